"""A tiny Pocket TTS with random weights, in the published layout and format; 140 kB, and it speaks noise.

`languages/EDITION/`: config.yaml, model.safetensors, tokenizer.json or tokenizer.model, embeddings/NAME.safetensors.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

TOKENS = 96


def write_tiny_pocket(folder: Path, *voices: str, deaf: bool = False, seed: int = 0, pieces: bool = False) -> Path:
    """Put the files into the folder and return it. `deaf`: without the ear that learns voices, as the open weights are;
    `pieces`: with a tokenizer of sentencepiece instead of tokenizers."""
    import torch
    import yaml
    from pocket_tts import TTSModel, export_model_state
    from safetensors.torch import save_file

    (folder / "embeddings").mkdir(parents=True, exist_ok=True)
    tokenizer = _sentencepiece(folder) if pieces else _tokenizers(folder)
    config = _config() | {"weights_path": None, "weights_path_without_voice_cloning": None}
    kind = "sentencepiece" if pieces else "tokenizers"
    config["flow_lm"]["lookup_table"] |= {
        "dim": 16,
        "n_bins": TOKENS,
        "tokenizer": kind,
        "tokenizer_path": str(tokenizer),
    }
    (folder / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    with torch.random.fork_rng([]):
        torch.manual_seed(seed)
        model: Any = TTSModel.load_model(config=folder / "config.yaml")
        for weights in model.parameters():  # fresh ones are zero where a voice would come in
            weights.data += 0.1 * torch.randn_like(weights)
        for name in voices:
            state = model.get_state_for_audio_prompt(0.1 * torch.randn(1, 24000))
            export_model_state(state, folder / "embeddings" / f"{name}.safetensors")
    if deaf:
        for weights in model.mimi.encoder.parameters():
            weights.data.zero_()
    save_file({name: tensor.contiguous() for name, tensor in model.state_dict().items()}, folder / "model.safetensors")
    return folder


def _config() -> dict[str, Any]:
    """The published English one, as small as it gets."""
    import pocket_tts
    import yaml

    config: dict[str, Any] = yaml.safe_load(
        (Path(pocket_tts.__file__).parent / "config" / "english_2026-04.yaml").read_text("utf-8")
    )
    language, sound = config["flow_lm"], config["mimi"]
    language["flow"] = {"depth": 1, "dim": 16}
    language["transformer"] |= {"d_model": 16, "hidden_scale": 2, "num_heads": 2, "num_layers": 1}
    sound |= {"inner_dim": 8, "outer_dim": 16}
    sound["seanet"] |= {"dimension": 16, "n_filters": 2}
    sound["transformer"] |= {
        "d_model": 16, "num_heads": 2, "num_layers": 1, "dim_feedforward": 32, "input_dimension": 16, "output_dimensions": [16],
    }  # fmt: skip
    sound["quantizer"] |= {"dimension": 8, "output_dimension": 16}
    return config


def _tokenizers(folder: Path) -> Path:
    """A token for each letter, as the published tokenizer.json has words."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    letters = ["▁", *map(chr, range(33, 127))]
    tokenizer = Tokenizer(models.Unigram([("<unk>", 0.0), *((letter, -3.0) for letter in letters)], 0, False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.save(str(folder / "tokenizer.json"))
    assert tokenizer.get_vocab_size() == TOKENS
    return folder / "tokenizer.json"


def _sentencepiece(folder: Path) -> Path:
    import sentencepiece

    text = ["".join(map(chr, range(33, 127))), *("otters are back in the harbour." for _ in range(30))]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text), model_prefix=str(folder / "tokenizer"), vocab_size=TOKENS + 4, character_coverage=1.0,
        model_type="char", minloglevel=2, bos_id=-1, eos_id=-1, hard_vocab_limit=False,
    )  # fmt: skip
    (folder / "tokenizer.vocab").unlink()
    return folder / "tokenizer.model"
