"""The music of one cut: a bed that goes round as long as it must, between two stings, or a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from producer.render.sound.curves import smooth
from producer.render.sound.hall import Stereo
from producer.render.sound.meter import RATE
from producer.render.sound.score import score
from producer.render.timeline import Timeline

LEAST_S = 1.0
"""An intro or outro shorter than this has no sting."""
SILENT_S = 0.05
"""Nothing sounds in the last moment, so that no player cuts a wave."""
UNDER_S = 0.3
"""How far the opening sting may ring on under the first word."""
DYING_S = 1.0
ENTRY_S = 0.9
"""The bed comes in this long, from the middle of the intro on."""
FADE_IN_S, FADE_OUT_S = 0.5, 1.8


@dataclass(frozen=True)
class Music:
    """Stereo at 48 kHz, (2, samples), level as under nobody's voice. `lead` sounds once, then `loop` again and again
    from its sample `phase` on. `fades`: when the bed has which gain. `stings`: sounds of their own, by first sample."""

    loop: Stereo
    fades: tuple[tuple[float, float], ...]
    phase: int = 0
    lead: Stereo = field(default_factory=lambda: np.zeros((2, 0), np.float32))
    stings: tuple[tuple[int, Stereo], ...] = ()

    def bed(self, start: int, stop: int) -> Stereo:
        """The samples of the bed from `start` to `stop`, without fades; yours to change."""
        parts = [self.lead[:, start:stop]]
        place = max(start, self.lead.shape[1])
        while place < stop:
            at = (place - self.lead.shape[1] + self.phase) % self.loop.shape[1]
            parts.append(self.loop[:, at : at + stop - place])
            place += parts[-1].shape[1]
        return np.concatenate(parts, axis=1)

    def add_stings(self, sound: Stereo, start: int) -> None:
        """Add what sounds of the stings to samples from `start` on."""
        stop = start + sound.shape[1]
        for first, sting in self.stings:
            begin, end = max(first, start), min(first + sting.shape[1], stop)
            if begin < end:
                sound[:, begin - start : end - start] += sting[:, begin - first : end - first]


def composed(mood: str, seed: int, times: Timeline) -> Music:
    """Music made for a cut: its opening sting belongs to the intro, and its root's chord returns with the outro.

    Where there is no intro or outro to speak of, the bed fades in and out instead.
    """
    music = score(mood, seed)
    intro_s, outro_s, end_s = times.body / times.fps, times.outro / times.fps, times.duration_s
    outro = round(outro_s * RATE)
    stings: list[tuple[int, Stereo]] = []
    entry, exit_ = ((0.0, 0.0), (FADE_IN_S, 1.0)), (max(end_s - FADE_OUT_S, FADE_IN_S), 1.0)
    if intro_s >= LEAST_S:
        stings.append((0, _ending(music.intro, round((times.offset_s + UNDER_S) * RATE))))
        entry = ((intro_s / 2, 0.0), (intro_s / 2 + ENTRY_S, 1.0))
    if end_s - outro_s >= LEAST_S:
        stings.append((outro, _ending(music.outro, round(end_s * RATE) - outro)))
        exit_ = (outro_s, 1.0)
    phase = -outro % music.bed.shape[1]
    return Music(music.bed, (*entry, exit_, (end_s - SILENT_S, 0.0)), phase, stings=tuple(stings))


def looped(sound: Stereo, duration_s: float, crossfade_s: float = 2.0) -> Music:
    """Finished music for a cut of that length; where it is too short, its end flows into its beginning."""
    fades = ((0.0, 0.0), (FADE_IN_S, 1.0), (max(duration_s - FADE_OUT_S, FADE_IN_S), 1.0), (duration_s - SILENT_S, 0.0))
    count = min(round(crossfade_s * RATE), sound.shape[1] // 3)
    if sound.shape[1] >= duration_s * RATE or not count:
        return Music(sound, fades)
    across = np.linspace(0, np.pi / 2, count, endpoint=False, dtype=np.float32)
    loop = sound[:, count:].copy()
    loop[:, -count:] = loop[:, -count:] * np.cos(across) + sound[:, :count] * np.sin(across)
    return Music(loop, fades, lead=sound[:, :count])


def _ending(sound: Stereo, samples: int) -> Stereo:
    """As much of a sting as there is room for, dying away."""
    count = max(min(samples, sound.shape[1]), 0)
    left = np.arange(count, 0, -1) / (DYING_S * RATE)
    return sound[:, :count] * smooth(left).astype(np.float32)
