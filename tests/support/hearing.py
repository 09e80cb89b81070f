"""What tests need to listen: tones, levels, and the sound as viewers get it, through the codec and back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from producer.render.sound.aac import BITS
from producer.render.sound.meter import RATE, Sounding

Array = npt.NDArray[np.float32]


def tone(level_db: float, hertz: float = 997.0, seconds: float = 2.0, phase: float = 0.0) -> Array:
    """A stereo sine whose crests reach the level, (samples, 2) at 48 kHz."""
    t = np.arange(round(seconds * RATE)) / RATE
    sine = 10 ** (level_db / 20) * np.sin(2 * np.pi * hertz * t + phase)
    return np.repeat(sine[:, None], 2, axis=1).astype(np.float32)


def level(sound: Array) -> float:
    """RMS in dB."""
    return float(20 * np.log10(np.sqrt(np.mean(sound.astype(np.float64) ** 2)) + 1e-9))


def steps(sound: Array) -> float:
    """The largest change from one sample to the next."""
    return float(np.abs(np.diff(sound, axis=0)).max())


def through_aac(sound: Sounding, path: Path) -> Array:
    """The sound as a viewer's player decodes it, (samples, 2)."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo")
        stream.bit_rate = BITS
        for first in range(0, len(sound), 1024):
            part = np.ascontiguousarray(sound[first : first + 1024].T)
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, first
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T


def spectrum(sound: Array) -> Array:
    """How loud each third of an octave is, in dB relative to the whole, 60 Hz … 8 kHz."""
    power = np.abs(np.fft.rfft(sound[:, 0].astype(np.float64))) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    edges = 60 * 2 ** (np.arange(22) / 3)
    bands = [power[(hertz >= low) & (hertz < high)].sum() for low, high in pairwise(edges)]
    return np.asarray(10 * np.log10(np.array(bands) / power.sum() + 1e-9), np.float32)
