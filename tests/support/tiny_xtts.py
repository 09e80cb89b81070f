"""A tiny XTTS with random weights, in the published format: config.json, model.pth, vocab.json.

The vocoder and the speaker encoder cannot be made smaller, so that the file has about 90 MB; it speaks noise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import Whitespace

from producer.nets.xtts.package import coqui

SPECIAL = ["[STOP]", "[UNK]", "[SPACE]", "[START]", "[en]", "[es]", "[de]"]
ARGUMENTS: dict[str, Any] = {
    "gpt_max_audio_tokens": 24, "gpt_max_text_tokens": 402, "gpt_layers": 1, "gpt_n_model_channels": 64, "gpt_n_heads": 2,
    "gpt_num_audio_tokens": 66, "gpt_start_audio_token": 64, "gpt_stop_audio_token": 65, "gpt_use_perceiver_resampler": True,
    "decoder_input_dim": 64, "gpt_code_stride_len": 1024,
}  # fmt: skip


def write_tiny_xtts(folder: Path) -> Path:
    """Put the three files into the folder and return it."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    letters = list("abcdefghijklmnopqrstuvwxyzäöüß.,!?'’-áéíóúñ¿¡")
    words = {token: number for number, token in enumerate([*SPECIAL, *letters])}
    tokenizer = Tokenizer(BPE(vocab=words, merges=[], unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.save(str(folder / "vocab.json"))
    config = coqui("TTS.tts.configs.xtts_config").XttsConfig()
    config.model_args.update(
        {**ARGUMENTS, "gpt_number_text_tokens": len(words), "gpt_start_text_token": 3, "gpt_stop_text_token": 0}
    )
    (folder / "config.json").write_text(json.dumps(config.to_dict()))
    torch.manual_seed(0)
    model = coqui("TTS.tts.models.xtts").Xtts.init_from_config(config)
    torch.save({"model": model.state_dict(), "config": config.to_dict()}, folder / "model.pth")
    return folder
