"""The loaded network: a voice from samples, and sentences in it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from config.errors import OutOfMemory, Unavailable
from producer.nets.xtts.checkpoint import load_model
from producer.speech.sound import Samples

SAMPLE_RATE = 22050
"""What samples of a voice are read at."""
LONGEST_SAMPLE_S, STYLE_S, CHUNK_S = 30, 30, 6
"""As the published configuration has it: so much of each sample, and of all together, in pieces."""


@dataclass(frozen=True)
class Latents:
    """A voice as the network sees it: (1, 32, 1024) and (1, 512, 1) in the published size."""

    style: Any
    identity: Any

    def to_bytes(self) -> bytes:
        """An .npz of two float32 arrays."""
        file = io.BytesIO()
        np.savez(file, style=self.style.float().cpu().numpy(), identity=self.identity.float().cpu().numpy())
        return file.getvalue()

    @classmethod
    def read(cls, path: Path) -> Latents:
        with np.load(path, allow_pickle=False) as arrays:
            return cls(torch.from_numpy(arrays["style"]), torch.from_numpy(arrays["identity"]))


class Speaker:
    """Raises Unavailable for files that are no XTTS weights, OutOfMemory when the device has no room."""

    def __init__(self, folder: Path, device: str = "cpu") -> None:
        wanted = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
        if wanted.startswith("cuda") and not torch.cuda.is_available():
            raise Unavailable("This torch finds no GPU.", "Look at what `run.py doctor` says of the GPU.")
        with _Room():
            self._model = load_model(folder).to(wanted)
        self.rate: int = int(self._model.args.output_sample_rate)

    def close(self) -> None:
        cuda = self._model.device.type == "cuda"
        self._model = None
        if cuda:
            torch.cuda.empty_cache()

    def limit(self, language: str) -> int:
        """Most characters of a sentence in this language that come out whole."""
        return int(self._model.tokenizer.char_limits.get(language, 200))

    def fits(self, text: str, language: str) -> bool:
        """Whether the network can take the text in one go."""
        tokens = self._model.tokenizer.encode(text.strip().lower(), lang=language)
        return len(text) <= self.limit(language) and len(tokens) + 2 < int(self._model.args.gpt_max_text_tokens)

    def latents(self, samples: Sequence[Samples]) -> Latents:
        """The voice in some samples (mono at `SAMPLE_RATE`, one second or more together)."""
        kept = [torch.from_numpy(s[: SAMPLE_RATE * LONGEST_SAMPLE_S]).float()[None] for s in samples]
        with _Room():
            identity = torch.stack([self._model.get_speaker_embedding(s, SAMPLE_RATE) for s in kept]).mean(0)
            style = self._model.get_gpt_cond_latents(torch.cat(kept, 1), SAMPLE_RATE, STYLE_S, CHUNK_S)
        return Latents(style, identity)

    def say(
        self, text: str, language: str, voice: Latents, rate: float, seed: int, look_up: Callable[[], None]
    ) -> Samples:
        """The text's sound at `rate` (1 = its own pace). `look_up` is called before each token (46 ms of sound) and may
        raise to stop."""

        def stop(ids: Any, _scores: Any, **_: Any) -> Any:
            look_up()
            return torch.zeros(ids.shape[0], dtype=torch.bool, device=ids.device)

        from transformers import StoppingCriteriaList

        device = self._model.device
        with _Room(), torch.random.fork_rng([device] if device.type == "cuda" else []):
            torch.manual_seed(seed)
            config = self._model.config
            made = self._model.inference(
                text, language, voice.style, voice.identity, speed=rate,
                temperature=config.temperature, length_penalty=config.length_penalty,
                repetition_penalty=config.repetition_penalty, top_k=config.top_k, top_p=config.top_p,
                stopping_criteria=StoppingCriteriaList([stop]),
            )  # fmt: skip
        return np.asarray(made["wav"], np.float32).ravel()


class _Room:
    """Turns torch's lack of memory into ours."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, torch.OutOfMemoryError):
            raise OutOfMemory("XTTS has not enough memory on this device.", "Close what else uses the GPU.") from error
