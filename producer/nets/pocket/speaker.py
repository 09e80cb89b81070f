"""The loaded network: a voice from a file or a recording, and sentences in it. It runs on the CPU, on two cores."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from config.errors import Unavailable
from producer.nets.pocket.checkpoint import Voice, can_learn, load_model, read_voice
from producer.speech.sound import Samples

MOST_TOKENS = 50
"""Of a sentence that comes out whole (pocket-tts: MAX_TOKEN_PER_CHUNK); longer ones lose words."""


class Speaker:
    """Raises Unavailable for files that are no weights of Pocket TTS."""

    def __init__(self, folder: Path, edition: str) -> None:
        self._model = load_model(folder, edition)
        self.rate: int = int(self._model.sample_rate)

    def close(self) -> None:
        self._model = None

    def fits(self, text: str) -> bool:
        """Whether the network can take the text in one go."""
        return len(self._model.flow_lm.conditioner.tokenizer.encode(text)) <= MOST_TOKENS

    def voice(self, path: Path) -> Voice:
        """A voice that was published with the weights, or learnt by them. Raises Unavailable for one of other weights."""
        return read_voice(path, self._model)

    def learn(self, sample: Samples) -> bytes:
        """The voice in a recording (mono at `rate`), as the file that `voice` reads."""
        if not can_learn(self._model):
            raise Unavailable(
                "These weights of Pocket TTS cannot learn a voice: their ear was taken out.",
                "Take those of the repository kyutai/pocket-tts, whose conditions you have to accept.",
            )
        from safetensors.torch import save

        state: Voice = self._model.get_state_for_audio_prompt(torch.from_numpy(sample).float()[None])
        parts = {f"{layer}/{name}": tensor for layer, found in state.items() for name, tensor in found.items()}
        return io.BytesIO(save({name: tensor.contiguous() for name, tensor in parts.items()})).getvalue()

    def say(self, text: str, voice: Voice, seed: int, look_up: Callable[[], None]) -> Samples:
        """The text's sound. `look_up` is called after each 80 ms of it, and may raise to stop."""
        stop, parts, threads = threading.Event(), list[Samples](), torch.get_num_threads()
        torch.set_num_threads(1)  # it has two threads of its own already
        try:
            with torch.random.fork_rng([]):
                torch.manual_seed(seed)
                stream = self._model.generate_audio_stream(voice, text, max_tokens=MOST_TOKENS, stop=stop)
                try:
                    for part in stream:
                        parts.append(part.numpy())
                        look_up()
                finally:
                    stop.set()
                    for _ in stream:  # its threads end by themselves, within a frame
                        pass
        finally:
            torch.set_num_threads(threads)
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)
