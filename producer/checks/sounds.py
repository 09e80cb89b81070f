"""What is heard of a finished file while it is played: stretches of silence, gaps in time, samples at full scale."""

from __future__ import annotations

import numpy as np

from producer.checks.playing import Waves
from storage.documents import Sighting, Stretch

STEP_S = 0.02
SILENT_DB = -60.0
LEAST_S = 0.2
FULL = 0.999
JITTER_S = 0.0005
"""Times in files are rounded."""
MOST_PLACES = 20


class SoundWatch:
    """Listens to every sample of a file, and keeps its level only."""

    def __init__(self) -> None:
        self._powers: list[float] = []
        self._rest = np.zeros(0, np.float32)
        self._start, self._heard, self._rate = 0.0, 0, 0
        self._gap = (0.0, 0.0)
        self._full = 0

    def hear(self, seconds: float, waves: Waves, rate: int) -> None:
        if not self._rate:
            self._start, self._rate = seconds, rate
        late = seconds - (self._start + self._heard / rate)
        if abs(late) > abs(self._gap[0]) + JITTER_S:
            self._gap = (late, seconds)
        self._heard += waves.shape[1]
        self._full += int((np.abs(waves) >= FULL).sum())
        sound = np.concatenate([self._rest, np.abs(waves).max(axis=0)])
        step = round(rate * STEP_S)
        whole = len(sound) // step
        self._powers += (sound[: whole * step].reshape(whole, step).astype(np.float64) ** 2).mean(axis=1).tolist()
        self._rest = sound[whole * step :]

    def sightings(self) -> list[Sighting]:
        """After the file was played. Stretches are in the file's own time."""
        silent = 10 * np.log10(np.array([*self._powers, 1.0]) + 1e-12) < SILENT_DB
        edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(int)))
        spans = [self._start + STEP_S * edges[i : i + 2] for i in range(0, len(edges), 2)]
        places = [Stretch(start=round(float(a), 2), end=round(float(b), 2)) for a, b in spans if b - a >= LEAST_S]
        longest = sorted(places, key=lambda place: place.start - place.end)[:MOST_PLACES]
        late, at = self._gap
        where = (Stretch(start=round(max(at, 0.0), 2), end=round(max(at, 0.0), 2)),) if late else ()
        return [
            Sighting(
                name="silence",
                value=round(max((place.end - place.start for place in places), default=0.0), 2),
                where=tuple(sorted(longest, key=lambda place: place.start)),
            ),
            Sighting(name="sound gap", value=round(abs(late), 3), where=where),
            Sighting(name="samples at full scale", value=float(self._full)),
        ]
