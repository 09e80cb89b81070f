"""What the costly checks look with, and where it is: kept from one cut to the next, loaded when first needed."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from config.errors import BadInput
from producer.engines.line.ears import Transcript
from producer.likeness import ID as SPEAKER
from producer.likeness import encoder
from producer.quality.hearing import Listener
from producer.speech.sound import Samples
from producer.weights import read_lock

if TYPE_CHECKING:
    import numpy.typing as npt

    from producer.nets.speaker.encoder import VoiceEncoder

REMEMBERED = 1000
"""Lines."""


class Memory:
    """A listener that hears the same sound once: all formats of a clip speak the same, and so do the lines of a later revision
    that nobody changed."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._heard: OrderedDict[tuple[str, str], Transcript | None] = OrderedDict()

    @property
    def problem(self) -> str:
        return self._listener.problem

    def hear(self, audio: Samples, language: str = "") -> Transcript:
        key = hashlib.sha256(np.ascontiguousarray(audio).tobytes()).hexdigest(), language
        if key not in self._heard:
            self._heard[key] = self._understood(audio, language)
        self._heard.move_to_end(key)
        if len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)
        found = self._heard[key]
        if found is None:
            raise BadInput("No speech is understood in this line.")
        return found

    def _understood(self, audio: Samples, language: str) -> Transcript | None:
        try:
            return self._listener.hear(audio, language)
        except BadInput:
            return None


class Voices:
    """Tells voices apart. `weights`: the folder of all weights."""

    def __init__(self, weights: Path | None) -> None:
        self._weights = weights

    @property
    def problem(self) -> str:
        """What keeps it from that here; "" = nothing."""
        if self._weights is None or read_lock()[SPEAKER].missing(self._weights / SPEAKER):
            return f"the network that knows speakers is not installed: run.py pull {SPEAKER}"
        return "" if find_spec("torch") else 'the network that knows speakers needs torch: pip install "dailies[torch]"'

    def pieces(self, sound: Samples) -> npt.NDArray[np.float32]:
        """See `VoiceEncoder.pieces`. Raises Unavailable, BadInput."""
        return self._encoder.pieces(sound)

    @cached_property
    def _encoder(self) -> VoiceEncoder:
        return encoder(self._weights)
