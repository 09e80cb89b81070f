"""Reading the published files. Whatever else they hold is refused, and nothing is fetched.

model.safetensors           {"flow_lm.…": tensor, "mimi.…": tensor}
tokenizer.json or .model    its text tokens, in the format of the libraries tokenizers or sentencepiece
config.yaml                 how the network is built; where there is none, the package's own for that edition
embeddings/NAME.safetensors a voice: what the network's attention remembers of a recording of it
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch
import yaml

from config.errors import Unavailable
from producer.nets.pocket.package import pocket
from producer.nets.safetensors import read

MODEL, CONFIG = "model.safetensors", "config.yaml"
TOKENIZERS = {"tokenizer.json": "tokenizers", "tokenizer.model": "sentencepiece"}
"""File → what pocket-tts calls the library that reads it. Both hold the same tokens."""
LARGEST_TEXT_FILE = 8 << 20
MOST = {"d_model": 4096, "num_layers": 64, "num_heads": 64, "hidden_scale": 16, "dim": 4096, "depth": 64, "n_bins": 65536,
        "n_filters": 512, "inner_dim": 4096, "outer_dim": 4096, "dimension": 4096, "output_dimension": 4096,
        "dim_feedforward": 16384, "kernel_size": 64, "sample_rate": 48000, "context": 4096}  # fmt: skip
"""What the published networks have, with room above: a file that asks for more would fill the memory."""

Voice = dict[str, dict[str, Any]]
"""Layer → what its attention remembers: `cache` (2, 1, steps, heads, width) and `offset`."""


def load_model(folder: Path, edition: str) -> Any:
    """The network, its weights in it, on the CPU. `edition` names the package's configuration, such as `german`.

    Raises Unavailable, with the reason.
    """
    kind = pocket()
    try:
        return _built(kind, _config(folder, edition, kind), folder / MODEL)
    except ValueError as reason:
        raise Unavailable(
            f"These are no weights of Pocket TTS: {reason}.", f"Put the published files into {folder} again."
        ) from reason


def read_voice(path: Path, model: Any) -> Voice:
    """Raises Unavailable for a file that is no voice of this network."""
    try:
        found = _voice(path, model)
    except (ValueError, OSError) as reason:
        raise Unavailable(
            f"{path.name} is no voice of these weights: {reason}.", "Take model, tokenizer and voices of one revision."
        ) from reason
    return found


def can_learn(model: Any) -> bool:
    """Whether it can learn a voice from a recording. In weights that anybody may fetch its ear is all zeros."""
    return any(bool(weights.any()) for weights in model.mimi.encoder.parameters())


def _config(folder: Path, edition: str, kind: Any) -> dict[str, Any]:
    """With the folder's own files in it, and no place to fetch anything from."""
    import pocket_tts

    own, published = folder / CONFIG, Path(pocket_tts.__file__).parent / "config" / f"{edition}.yaml"
    path = own if own.is_file() else published
    try:
        if path.stat().st_size > LARGEST_TEXT_FILE:
            raise ValueError(f"{path.name} is too large")
        found = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"{path.name} cannot be read") from error
    if not isinstance(found, dict) or not all(isinstance(found.get(part), dict) for part in ("flow_lm", "mimi")):
        raise ValueError(f"{path.name} describes no network of Pocket TTS")
    _within_bounds(found, path.name)
    tokenizer = next((folder / name for name in TOKENIZERS if (folder / name).is_file()), None)
    if tokenizer is None or tokenizer.stat().st_size > LARGEST_TEXT_FILE:
        raise ValueError("it has no tokenizer, or one that is far too large")
    table = found["flow_lm"].get("lookup_table")
    if not isinstance(table, dict):
        raise ValueError(f"{path.name} has no table of tokens")
    table |= {"tokenizer": TOKENIZERS[tokenizer.name], "tokenizer_path": str(tokenizer)}
    found["flow_lm"]["weights_path"] = found["mimi"]["weights_path"] = None
    return found | {"weights_path": str(folder / MODEL), "weights_path_without_voice_cloning": None}


def _within_bounds(part: dict[Any, Any], file: str) -> None:
    for name, value in part.items():
        if isinstance(value, dict):
            _within_bounds(value, file)
        elif name in MOST and value is not None and not (isinstance(value, int) and 0 < value <= MOST[name]):
            raise ValueError(f"{file} asks for {name} = {value!r}; up to {MOST[name]} is possible")


def _built(kind: Any, config: dict[str, Any], weights: Path) -> Any:
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / CONFIG
        file.write_text(yaml.safe_dump(config), "utf-8")
        try:
            model = kind.load_model(config=file)
        except AssertionError as error:
            raise ValueError("its tokenizer has another number of tokens") from error
        except RuntimeError as error:  # torch's list of all tensors that do not fit
            raise ValueError(f"{weights.name} holds the tensors of another network") from error
        except Exception as error:
            raise ValueError(f"it cannot be loaded ({type(error).__name__}); a file may be cut off") from error
    if not all(bool(torch.isfinite(tensor).all()) for tensor in model.parameters()):
        raise ValueError(f"{weights.name} holds what are no numbers")
    model.max_decoder_frames_per_call = 1  # else how it is decoded depends on what the machine does beside it
    return model


def _voice(path: Path, model: Any) -> Voice:
    from pocket_tts.modules.stateful_module import init_states

    wanted, found = init_states(model.flow_lm, batch_size=1, sequence_length=1), Voice()
    for name, tensor in read(path).items():
        layer, _, part = name.partition("/")
        if part == "current_end":  # of older files: as long as what is remembered
            part, tensor = "offset", torch.full((1,), tensor.shape[0], dtype=torch.long)
        found.setdefault(layer, {})[part] = tensor
    if set(found) != set(wanted):
        raise ValueError("it has other layers")
    for layer, parts in found.items():
        cache, like = parts.get("cache"), wanted[layer]["cache"]
        if cache is None or cache.ndim != 5 or cache.shape[:2] != like.shape[:2] or cache.shape[3:] != like.shape[3:]:
            raise ValueError("its layers are of another size")
        steps = parts.get("offset")
        if steps is None or steps.numel() != 1 or not 0 < int(steps) <= cache.shape[2]:
            raise ValueError("it does not say how long it is")
        if not bool(torch.isfinite(cache[:, :, : int(steps)]).all()):
            raise ValueError("it holds what are no numbers")
        parts["cache"] = cache.to(like.dtype)
    return found
