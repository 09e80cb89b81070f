"""Reading the published files. Whatever else they hold is refused, and nothing in them is run or rewritten.

config.json    how the network is built
vocab.json     its text tokens, in the format of the library tokenizers
model.pth      {"model": {"gpt.…": tensor, "hifigan_decoder.…": tensor, …}, "config": …}
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from config.errors import Unavailable
from producer.nets.xtts.package import coqui

FILES = ("config.json", "model.pth", "vocab.json")
LARGEST_TEXT_FILE = 8 << 20
BOUNDS = {
    "gpt_layers": 48, "gpt_n_model_channels": 2048, "gpt_n_heads": 64, "gpt_max_audio_tokens": 4096,
    "gpt_max_text_tokens": 4096, "gpt_max_prompt_tokens": 512, "gpt_num_audio_tokens": 65536,
    "gpt_code_stride_len": 4096, "decoder_input_dim": 4096, "d_vector_dim": 4096, "output_hop_length": 4096,
    "input_sample_rate": 48000, "output_sample_rate": 48000,
}  # fmt: skip
"""What the published network has, with room above: a file that asks for more would fill the memory."""
TRAINING = ("torch_mel_spectrogram_style_encoder", "torch_mel_spectrogram_dvae", "dvae")
"""What only training needs and some files carry along."""


def load_model(folder: Path) -> Any:
    """The network, its weights in it, on the CPU. Raises Unavailable, with the reason."""
    xtts, config_module = coqui("TTS.tts.models.xtts"), coqui("TTS.tts.configs.xtts_config")
    try:
        config = _config(folder / "config.json", config_module.XttsConfig)
        model = xtts.Xtts.init_from_config(config)
        model.tokenizer = _tokenizer(folder / "vocab.json")
        model.init_models()
        model.load_state_dict(_checked(_read(folder / "model.pth", config_module), model.state_dict()))
    except ValueError as reason:
        raise Unavailable(
            f"These are no XTTS weights: {reason}.", f"Put the published {', '.join(FILES)} into {folder}."
        ) from reason
    model.hifigan_decoder.eval()
    model.gpt.init_gpt_for_inference(kv_cache=model.args.kv_cache, use_deepspeed=False)
    model.gpt.eval()
    return model


def _config(path: Path, kind: Any) -> Any:
    found = _json(path)
    arguments = found.get("model_args") if isinstance(found, Mapping) else None
    if not isinstance(arguments, Mapping) or found.get("model") != "xtts":
        raise ValueError(f"{path.name} describes no XTTS network")
    for name, most in BOUNDS.items():
        value = arguments.get(name)
        if value is not None and not (isinstance(value, int) and 0 < value <= most):
            raise ValueError(f"{path.name} asks for {name} = {value!r}; up to {most} is possible")
    config = kind()
    try:
        config.from_dict(dict(found))
    except Exception as error:
        raise ValueError(f"{path.name} cannot be understood ({type(error).__name__})") from error
    return config


def _tokenizer(path: Path) -> Any:
    _json(path)
    try:
        tokenizer = coqui("TTS.tts.layers.xtts.tokenizer").VoiceBpeTokenizer(vocab_file=str(path))
        known = tokenizer.tokenizer.token_to_id
    except Exception as error:
        raise ValueError(f"{path.name} is no vocabulary ({type(error).__name__})") from error
    if known("[START]") is None or known("[STOP]") is None:
        raise ValueError(f"{path.name} is the vocabulary of something else")
    return tokenizer


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST_TEXT_FILE:
            raise ValueError(f"{path.name} is too large")
        return json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"{path.name} cannot be read; it may be cut off") from error


def _read(path: Path, config_module: Any) -> dict[str, Any]:
    """The tensors of the file. Published files carry their configuration as objects of four known classes, which are
    let in under the names they once had; any other object is not."""
    shared = coqui("TTS.config.shared_configs")
    names = ("XttsConfig", "XttsArgs", "XttsAudioConfig")
    known: list[Any] = [(getattr(config_module, n), f"{m}.{n}") for n in names for m in (
        "TTS.tts.models.xtts", "TTS.tts.configs.xtts_config")]  # fmt: skip
    known.append((shared.BaseDatasetConfig, "TTS.config.shared_configs.BaseDatasetConfig"))
    try:
        with torch.serialization.safe_globals(known):
            content = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except pickle.UnpicklingError as error:
        if "unsupported" in str(error).lower():
            raise ValueError(f"{path.name} holds more than numbers, and that could run as a program") from error
        raise ValueError(f"{path.name} cannot be read; it may be cut off") from error
    except Exception as error:
        raise ValueError(f"{path.name} cannot be read; it may be cut off") from error
    tensors = content.get("model") if isinstance(content, Mapping) else None
    if not isinstance(tensors, Mapping) or not all(isinstance(tensor, torch.Tensor) for tensor in tensors.values()):
        raise ValueError(f"{path.name} holds no model")
    plain = {str(name).removeprefix("xtts."): tensor for name, tensor in tensors.items()}
    return {name: tensor for name, tensor in plain.items() if name.split(".")[0] not in TRAINING}


def _checked(tensors: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The tensors, if they are those of the network, by name and shape, and finite."""
    found = {name: tensor for name, tensor in tensors.items() if not name.startswith("gpt.gpt_inference.")}
    if missing := [name for name in wanted if name not in found]:
        raise ValueError(f"{len(missing)} of {len(wanted)} tensors are missing, {missing[0]} first")
    if foreign := [name for name in found if name not in wanted]:
        raise ValueError(f"it holds {len(foreign)} tensors of another network, {foreign[0]} first")
    for name, tensor in found.items():
        if tensor.shape != wanted[name].shape:
            raise ValueError(f"{name} is {tuple(tensor.shape)}, not {tuple(wanted[name].shape)}")
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"{name} holds what are no numbers")
    return dict(found)
