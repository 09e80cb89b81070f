"""Voice over music, at one loudness, without a peak too high."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from producer.render.sound.meter import RATE, Sound, loudness, true_peaks
from producer.render.sound.music import bed
from producer.render.sound.voice import BLOCK, Mono, levels, over_blocks, polished, stereo

TARGET_LUFS = -16.0
CEILING_DB = -1.8
"""dBTP before encoding; AAC may overshoot by some tenths, and -1 must hold after it."""
VOICE_LUFS = -18.0
MUSIC_LUFS = -29.0
"""Where nobody speaks."""
DUCK_DB = -10.0
"""How far the music sinks under speech."""
SPEAKING_DB = -40.0
HOLD_S = 0.35
FALL, RISE = 0.055, 0.011
"""How far the music's gain moves in 5 ms towards its goal when speech begins, and when it ends."""
LOOK_AHEAD_S = 0.004


def mix(
    voice: Mono, rate: int, offset_s: float, duration_s: float, seed: int, poll: Callable[[], None] = lambda: None
) -> Sound:
    """The whole sound of a cut: (samples, 2) at 48 kHz, exactly `duration_s` long, the voice starting at `offset_s`.

    `poll` is called between the steps and may raise.
    """
    samples = round(duration_s * RATE)
    line = _placed(at_loudness(stereo(polished(voice, rate)), VOICE_LUFS)[:, 0], round(offset_s * RATE), samples)
    poll()
    music = at_loudness(bed(duration_s, seed), MUSIC_LUFS)
    poll()
    mixed = stereo(line) + music * _ducking(line)[:, None]
    for _ in range(2):  # limiting costs a little loudness: the second round gives it back
        mixed = limited(at_loudness(mixed, TARGET_LUFS))
        poll()
    return mixed


def at_loudness(sound: Sound, target: float) -> Sound:
    """The sound with its loudness at `target` LUFS; silence stays silence."""
    measured = loudness(sound)
    return sound if measured <= -69 else sound * np.float32(10 ** ((target - measured) / 20))


def limited(sound: Sound) -> Sound:
    """No true peak over the ceiling: the gain is down a few milliseconds before each peak comes."""
    ceiling = np.float32(10 ** (CEILING_DB / 20))
    peaks = true_peaks(sound, float(ceiling))
    if not len(peaks) or peaks.max() <= ceiling:
        return sound
    reach = round(LOOK_AHEAD_S * RATE)
    gain = np.minimum(1, ceiling / np.maximum(maximum_filter1d(peaks, 2 * reach + 1), 1e-6))
    return np.asarray(sound * uniform_filter1d(gain, reach)[:, None], np.float32)


def _placed(line: Mono, start: int, samples: int) -> Mono:
    whole = np.zeros(samples, np.float32)
    end = min(start + len(line), samples)
    whole[start:end] = line[: end - start]
    return whole


def _ducking(line: Mono) -> Mono:
    """The music's gain per sample: down while the voice speaks, and for a moment after."""
    speaking = levels(line) > 10 ** (SPEAKING_DB / 20)
    held = maximum_filter1d(speaking.astype(float), 2 * round(HOLD_S * RATE / BLOCK) + 1)
    depth, current = np.empty_like(held), 0.0
    for index, goal in enumerate(held):
        current += (goal - current) * (FALL if goal > current else RISE)
        depth[index] = current
    return over_blocks(10 ** (depth * DUCK_DB / 20), len(line))
