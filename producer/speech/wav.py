"""16-bit mono WAV files and samples."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np

from producer.speech.sound import Samples

MEDIA_TYPE = "audio/wav"


def to_wav(audio: Samples, rate: int) -> bytes:
    """A complete 16-bit mono WAV file; samples beyond -1..1 are clipped."""
    pcm = np.round(np.clip(audio, -1.0, 1.0) * 32767.0).astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm.tobytes())
    return buffer.getvalue()


def from_wav(path: Path) -> tuple[Samples, int]:
    """Samples (channels mixed to one) and sample rate of a 16-bit WAV file."""
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path.name} is not 16-bit PCM")
        channels, rate = file.getnchannels(), file.getframerate()
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    mono = pcm.reshape(-1, channels).mean(axis=1)
    return (mono / 32767.0).astype(np.float32), rate
