"""Chatterbox's multilingual network at work, for `answer.py`: loaded once, then one sentence after another.

    arguments   {"code": where its package lies, "weights": folder, "device": "cpu" | "cuda" | "cuda:1" | "auto"}
    order       {"text", "language", "sample": WAV, "seed", "exaggeration", "cfg_weight", "out": file}
    answer      {"rate": Hz}; the sound lies in `out`, float32, little-endian

Its names are those of mtl_tts.py at the revision in config/environments.toml. Imports nothing of ours.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any

STEPS = 1000
"""It makes at most so many steps of 40 ms: `max_new_tokens` in its `generate`."""


def load(arguments: dict[str, Any]) -> tuple[dict[str, Any], Callable[..., dict[str, Any]]]:
    sys.path.insert(0, arguments["code"])
    import torch
    from chatterbox.models.t3 import t3 as sampler  # type: ignore[import-not-found, unused-ignore]
    from chatterbox.mtl_tts import ChatterboxMultilingualTTS  # type: ignore[import-not-found, unused-ignore]

    device = arguments["device"]
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    model = ChatterboxMultilingualTTS.from_local(arguments["weights"], device, t3_model="v3")
    known = ""

    def do(order: dict[str, Any], look_up: Callable[[float], None]) -> dict[str, Any]:
        nonlocal known
        strength = order["exaggeration"]

        def watched(steps: range, **_: object) -> Iterator[int]:
            """In the place of its progress bar, which goes over each step."""
            for step in steps:
                look_up(min(1.0, step / STEPS))
                yield step

        sampler.tqdm = watched
        if known != order["sample"]:
            known = ""
            model.prepare_conditionals(order["sample"], exaggeration=strength)
            known = order["sample"]
            look_up(0.0)
        torch.manual_seed(order["seed"])
        sound = model.generate(order["text"], order["language"], exaggeration=strength, cfg_weight=order["cfg_weight"])
        with open(order["out"], "wb") as file:  # noqa: PTH123 - plain Python
            file.write(sound.squeeze(0).numpy().astype("<f4").tobytes())
        return {"rate": model.sr}

    return {"rate": model.sr, "device": device}, do
