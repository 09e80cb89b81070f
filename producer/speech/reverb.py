"""How long the room rings that somebody was recorded in (T60), from the speech alone: blind, without a test signal.

    sound ─▶ levels in four bands ─▶ how fast each falls, wherever it falls ─▶ root mean square ─▶ seconds, by a table

Sound in a room falls by 60 dB in T60 seconds (W. C. Sabine), and where it rings for long, no level falls fast. The spread of the
negative slopes of a recording's levels therefore tells T60, whatever is said: J. Y. C. Wen, E. A. P. Habets, P. A. Naylor, “Blind
estimation of reverberation time based on the distribution of signal decay rates”, ICASSP 2008. The table here was measured with
four synthetic voices in rooms of noise that dies away (J.-D. Polack's model) and whose echo is as strong as the voice itself; who
speaks nearer to the microphone is told a shorter time, and sounds so.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from producer.speech.sound import Samples

Array = npt.NDArray[np.float64]

BANDS = ((300, 700), (700, 1300), (1300, 2200), (2200, 3600))
"""Hertz: where voices are strong."""
FRAME_S, HOP_S, LOOK_S = 0.032, 0.005, 0.1
"""Seconds of a frame, between two, and over which a slope is taken."""
LOUD_DB, FLOOR_DB = 30.0, 6.0
"""A stretch counts that begins at most so far under the loud frames, and ends so far over the noise."""
LEAST_FALL, LEAST_FALLS = -10.0, 40
"""A level that changes less, in dB a second, is a steady sound and tells nothing; so many falls are needed."""
TABLE = ((52.0, 1.6), (58.0, 1.2), (72.0, 0.8), (93.0, 0.5), (121.0, 0.3), (148.0, 0.2), (170.0, 0.1), (200.0, 0.05))
"""Decibels a second → T60 in seconds."""
ECHOES_S, HALL_S = 0.4, 0.8
"""From the first on a recording could be better; from the second on a voice is not learnt from it."""
CURE = "Record in a smaller, softer room: with carpets, curtains and clothes around."


def reverberation(sound: Samples, rate: int) -> float | None:
    """T60 in seconds, 0.05..1.6; None where too little is said to tell. `rate` is 8000 or more."""
    slopes = [slope for band in levels(sound, rate) if (slope := falling(band)) is not None]
    if not slopes:
        return None
    speeds, times = zip(*TABLE, strict=True)
    return round(float(np.exp(np.interp(np.median(slopes), speeds, np.log(times)))), 2)


def falling(level: Array) -> float | None:
    """How fast a level falls where it does: dB a second, root mean square; None where it seldom does."""
    size = round(LOOK_S / HOP_S)
    if len(level) < size:
        return None
    times = (np.arange(size) - (size - 1) / 2) * HOP_S
    windows = np.lib.stride_tricks.sliding_window_view(level, size)
    slopes = windows @ times / (times @ times)
    heard = windows.max(axis=1) > np.percentile(level, 95) - LOUD_DB
    clear = windows.min(axis=1) > np.percentile(level, 2) + FLOOR_DB
    falls = slopes[heard & clear & (slopes < LEAST_FALL)]
    return float(np.sqrt(np.mean(np.square(falls)))) if len(falls) >= LEAST_FALLS else None


def levels(sound: Samples, rate: int) -> list[Array]:
    """Decibels of each band, every 5 ms."""
    size, hop = round(FRAME_S * rate), round(HOP_S * rate)
    if len(sound) < size:
        return []
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop] * np.hanning(size)
    power, hertz = np.abs(np.fft.rfft(frames)) ** 2, np.fft.rfftfreq(size, 1 / rate)
    return [
        np.asarray(10 * np.log10(power[:, (hertz >= low) & (hertz < high)].sum(axis=1) + 1e-12)) for low, high in BANDS
    ]
