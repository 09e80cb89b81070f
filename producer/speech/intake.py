"""Sound that people bring along: any usual file, read within limits, as mono samples.

What a file is, its first bytes say, never its name. FFmpeg (in PyAV) reads it; it is told which kind to expect, and opens
nothing that the file points to.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from config.errors import BadInput
from producer.speech.sound import Samples

LARGEST_BYTES = 200 << 20
KINDS: tuple[tuple[str, str, Callable[[bytes], bool]], ...] = (
    ("audio/wav", "wav", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE"),
    ("audio/flac", "flac", lambda head: head[:4] == b"fLaC"),
    ("audio/ogg", "ogg", lambda head: head[:4] == b"OggS"),
    ("audio/mp4", "mov", lambda head: head[4:8] == b"ftyp"),
    ("audio/webm", "matroska", lambda head: head[:4] == b"\x1aE\xdf\xa3"),
    ("audio/mpeg", "mp3", lambda head: head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] > b"\xe1")),
)
"""Media type, FFmpeg's name for the container, and how such files begin."""
CURE = "Give a WAV, MP3, M4A, FLAC, Ogg/Opus or WebM file."


def media_type(path: Path) -> str:
    """Raises BadInput for what is no sound that Dailies reads."""
    return _kind(path)[0]


def read_sound(path: Path, rate: int, longest_s: float, look_up: Callable[[], None] = lambda: None) -> Samples:
    """The file's first sound track as mono samples at `rate`. Raises BadInput: too large, too long, empty, unreadable."""
    size = path.stat().st_size
    if size > LARGEST_BYTES:
        raise BadInput(f"The recording has {size >> 20} MB; {LARGEST_BYTES >> 20} are allowed.", "Give a shorter one.")
    _, container, _ = _kind(path)
    import av

    parts: list[Samples] = []
    count = 0
    try:
        with av.open(
            str(path), format=container, options={"protocol_whitelist": "file"}, metadata_errors="replace"
        ) as file:
            if not file.streams.audio:
                raise BadInput("There is no sound in this file.", CURE)
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
            for frame in file.decode(audio=0):
                look_up()
                for piece in resampler.resample(frame):
                    parts.append(_samples(piece))
                    count += len(parts[-1])
                if count > longest_s * rate:
                    raise BadInput(
                        f"The recording is longer than {longest_s / 60:.0f} minutes.", "Cut it, or make several clips."
                    )
            parts += [_samples(piece) for piece in resampler.resample(None)]
    except av.FFmpegError as error:
        raise BadInput("This recording cannot be read; it may be cut off.", CURE) from error
    audio = np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)
    if not len(audio) or not np.all(np.isfinite(audio)) or not np.any(np.abs(audio) > 1e-4):
        raise BadInput("There is nothing to hear in this recording.", "Give one in which somebody speaks.")
    return audio


def _samples(piece: Any) -> Samples:
    return np.asarray(piece.to_ndarray(), np.float32).ravel()


def _kind(path: Path) -> tuple[str, str, Callable[[bytes], bool]]:
    with path.open("rb") as file:
        head = file.read(16)
    for kind in KINDS:
        if kind[2](head):
            return kind
    raise BadInput(f"{path.name} is no sound that Dailies reads.", CURE)
