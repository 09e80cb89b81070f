"""The whole sound of a cut: voice over music, at one loudness, without a peak too high."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from producer.render.sound.curves import BLOCK_S, ramps
from producer.render.sound.ducking import ducking
from producer.render.sound.hall import Stereo
from producer.render.sound.master import CEILING_DB, mastering
from producer.render.sound.meter import HOP, MARGIN, RATE, Levels, Sound, factor, peaks_within
from producer.render.sound.music import Music
from producer.render.sound.voice import Mono, levels, polished
from producer.speech.loudness import SILENT, Energies, LoudnessMeter, integrated_loudness

VOICE_LUFS = -18.0
BOTH_CHANNELS_DB = 3.01
"""What is heard from both sides is so much louder than one channel of it."""
MOST_GAIN_DB = 8.0
"""By how much mastering raises the mixture; peaks that it cannot bring near the ceiling are read roughly."""
BLOCK = round(BLOCK_S * RATE)
PART = RATE
"""Samples that are made together: a second."""


def mix(
    voice: Mono,
    rate: int,
    offset_s: float,
    duration_s: float,
    music: Music | None,
    target_lufs: float,
    poll: Callable[[], None] = lambda: None,
) -> Track:
    """The whole sound, exactly `duration_s` long, the voice starting at `offset_s`.

    `poll` is called for every second of sound and may raise.
    """
    line = polished(voice, rate)
    poll()
    measured = integrated_loudness(line, RATE) + BOTH_CHANNELS_DB
    line = line * np.float32(factor(VOICE_LUFS - measured) if measured > SILENT + BOTH_CHANNELS_DB else 0.0)
    mixture = Mixture(line, round(offset_s * RATE), round(duration_s * RATE), music)
    return Track(mixture, mastering(*_readings(mixture, poll), target_lufs))


class Mixture:
    """Voice and music as loud as each should be beside the other; made part by part, when it is asked for."""

    def __init__(self, voice: Mono, first: int, samples: int, music: Music | None) -> None:
        self.samples = samples
        self._voice, self._first, self._music = voice[: max(samples - first, 0)], first, music
        self._gains = self._music_gains()

    def part(self, start: int, stop: int) -> Stereo:
        """Samples `start` to `stop`; `start` is a multiple of `BLOCK`."""
        sound = np.zeros((2, stop - start), np.float32)
        if self._music:
            gains = ramps(self._gains[start // BLOCK : -(-stop // BLOCK) + 1], BLOCK)
            sound = self._music.bed(start, stop) * gains[: stop - start]
            self._music.add_stings(sound, start)
        begin, end = max(start, self._first), min(stop, self._first + len(self._voice))
        if begin < end:
            sound[:, begin - start : end - start] += self._voice[begin - self._first : end - self._first]
        return sound

    def _music_gains(self) -> npt.NDArray[np.float64]:
        """The bed's gain at every block, and at the end: it fades in and out, and gives way to the voice."""
        count = self.samples // BLOCK + 2
        if self._music is None:
            return np.zeros(count)
        heard = np.zeros(count)
        spoken = levels(np.pad(self._voice, (self._first % BLOCK, 0)))
        first = self._first // BLOCK
        heard[first : first + len(spoken)] = spoken[: count - first]
        times, gains = zip(*self._music.fades, strict=True)
        return np.asarray(ducking(heard) * np.interp(np.arange(count) * BLOCK_S, times, gains))


class Track:
    """The finished sound: `track[a:b]` is (samples, 2) float32 at 48 kHz.

    A second of it is made at a time and not kept, so that a long cut takes no more memory than its voice.
    """

    def __init__(self, mixture: Mixture, gains: npt.NDArray[np.float64]) -> None:
        """`gains`: at every millisecond and at the end."""
        self._mixture, self._gains = mixture, gains
        self._made: tuple[int, Stereo] = (-1, np.zeros((2, 0), np.float32))

    def __len__(self) -> int:
        return self._mixture.samples

    def __getitem__(self, part: slice) -> Sound:
        start, stop, _ = part.indices(len(self))
        parts = [np.zeros((2, 0), np.float32)]
        for number in range(start // PART, -(-stop // PART)):
            first = number * PART
            parts.append(self._second(number)[:, max(start - first, 0) : max(stop - first, 0)])
        return np.concatenate(parts, axis=1).T

    def _second(self, number: int) -> Stereo:
        if self._made[0] != number:
            start, stop = number * PART, min((number + 1) * PART, len(self))
            gains = ramps(self._gains[start // HOP : -(-stop // HOP) + 1], HOP)
            self._made = number, self._mixture.part(start, stop) * gains[: stop - start]
        return self._made[1]


def _readings(mixture: Mixture, poll: Callable[[], None]) -> tuple[Energies, Levels]:
    """The energy of every 10 ms and the true peak of every millisecond."""
    meter, peaks = LoudnessMeter(RATE, 2), [np.zeros(0, np.float32)]
    before = np.zeros((2, MARGIN), np.float32)
    for start in range(0, mixture.samples, PART):
        poll()
        stop = min(start + PART, mixture.samples)
        ahead = np.pad(mixture.part(start, min(stop + BLOCK, mixture.samples)), ((0, 0), (0, MARGIN)))
        meter.add(ahead[:, : stop - start])
        known = np.concatenate([before, ahead[:, : stop - start + MARGIN]], axis=1)
        peaks.append(peaks_within(known.T, factor(CEILING_DB - MOST_GAIN_DB)))
        before = known[:, -2 * MARGIN : -MARGIN]
    return meter.energies, np.concatenate(peaks)
