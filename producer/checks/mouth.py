"""How far a mouth is open in a finished video, and how loud its vowels are: measured in what was decoded, whoever made it.

Only the luma of the frames is looked at, and only of chosen spans.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from producer.checks.lip_sync import MouthTrack, smooth, without_swell
from producer.checks.openness import RATE
from producer.checks.playing import Luma, Waves
from producer.faces.detection import FaceDetector
from producer.faces.mesh import Crop, FaceMesh, crop_of_detection, crop_of_points
from producer.faces.points import EYE_LEFT_INNER, EYE_LEFT_OUTER, EYE_RIGHT_INNER, EYE_RIGHT_OUTER, OPENING

Array = npt.NDArray[np.float64]
Span = tuple[float, float]
"""From … to, in seconds."""

SURE = 0.5
AROUND = 2.6
"""Side of the square in which a face is looked for, in heads."""
VOWELS_HZ = (500.0, 1200.0)
"""Where open vowels are loud: their first formant."""
LEAST_OTHER = 0.4
"""How large a second face must be beside the first to count: pictures on cards are smaller."""
COUNT_EVERY = 15
"""Looks between two in which all faces are counted."""
WAITING = 64
"""Parts of frames that may wait to be looked at: the decoder goes on to the next span meanwhile."""


class Whereabouts(NamedTuple):
    """Where the presenter's face should be: its middle, and the height of the head, in pixels."""

    x: float
    y: float
    head: float


class Look(NamedTuple):
    """What one frame shows: the gap between the lips / the distance between the eyes, NaN when there is no face; and
    whether the face, from ear to ear and from brow to chin, is whole inside of the picture."""

    opening: float
    whole: bool = False
    face: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom, in shares of the picture."""


NOBODY = Look(float("nan"))


class Part(NamedTuple):
    """What is kept of a frame: a piece of its luma, where that lies, and the width and height of the whole."""

    luma: Luma
    left: int
    top: int
    size: tuple[int, int]


class MouthReader:
    """Follows one face from frame to frame."""

    def __init__(self, weights: Path, near: Whereabouts | None = None) -> None:
        """`near` None: the largest face of the picture. Raises Unavailable when the weights are not there."""
        self._detector, self._mesh = FaceDetector(weights), FaceMesh(weights)
        self._near = near
        self._crop: Crop | None = None

    def part(self, luma: Luma) -> Part:
        """A copy of as much of a frame as `look` needs."""
        height, width = luma.shape
        x, y, head = self._near or Whereabouts(width / 2, height / 2, max(width, height) / AROUND)
        half = AROUND / 2 * head
        left, top = max(0, round(x - half)), max(0, round(y - half))
        return Part(luma[top : round(y + half), left : round(x + half)].copy(), left, top, (width, height))

    def look(self, part: Part) -> Look:
        """What is to be seen in one frame; the face is looked for where it was in the one before."""
        crop = self._crop or self._find(part)
        if crop is None:
            return NOBODY
        landmarks = self._mesh.fit(part.luma, crop)
        self._crop = crop_of_points(landmarks.points) if landmarks.score > SURE else None
        if self._crop is None:
            return NOBODY
        points = landmarks.flat + np.array([part.left, part.top])
        whole = bool((points >= 0).all() and (points <= part.size).all())
        left, top, right, bottom = (np.concatenate([points.min(axis=0), points.max(axis=0)]) / (part.size * 2)).tolist()
        return Look(opening_of(points), whole, (left, top, right, bottom))

    def count(self, part: Part) -> int:
        """How many faces are there, beside each other; not those that are small beside the largest."""
        found = self._detector.detect(part.luma)
        return sum(face.size.max() > LEAST_OTHER * found[0].size.max() for face in found)

    def _find(self, part: Part) -> Crop | None:
        found = self._detector.detect(part.luma)
        return crop_of_detection(found[0]) if found else None


def opening_of(points: Array) -> float:
    """From mesh points (n, 2)."""
    right = points[[EYE_RIGHT_OUTER, EYE_RIGHT_INNER]].mean(axis=0)
    left = points[[EYE_LEFT_OUTER, EYE_LEFT_INNER]].mean(axis=0)
    gaps = [float(np.linalg.norm(points[above] - points[below])) for above, below in OPENING]
    return float(np.mean(gaps)) / max(float(np.linalg.norm(left - right)), 1e-6)


def within(seconds: float, spans: Sequence[Span]) -> bool:
    return any(start <= seconds < end for start, end in spans)


class MouthWatch:
    """Looks at a mouth in chosen spans of a file that is played, in a thread of its own: at every other frame, for lips
    open and close no faster than eight times a second, and at every frame of some moments."""

    def __init__(self, reader: MouthReader, spans: Sequence[Span], moments: Sequence[Span] = ()) -> None:
        self._reader, self._spans, self._moments = reader, spans, moments
        self._left_out = True
        self._thinking = ThreadPoolExecutor(1, "lips")
        self._room = threading.Semaphore(WAITING)
        self._times: list[float] = []
        self._looks: list[Future[Look]] = []
        self._crowd = (0, 0.0)

    def see(self, seconds: float, luma: Luma, damaged: bool) -> None:
        if not within(seconds, self._spans):
            return
        self._left_out = not (self._left_out or within(seconds, self._moments))
        if not self._left_out:
            self._room.acquire()
            counts = seconds if len(self._times) % COUNT_EVERY == 0 else None
            self._times.append(seconds)
            self._looks.append(self._thinking.submit(self._look, self._reader.part(luma), counts))

    def track(self) -> MouthTrack:
        """What was seen. Raises what went wrong in looking."""
        looks = [look.result() for look in self._looks]
        cut = (time for time, look in zip(self._times, looks, strict=True) if look.opening >= 0 and not look.whole)
        faces = [look.face for look in looks if look.face is not None]
        left, top, right, bottom = np.median(faces, axis=0).tolist() if faces else (0.0, 0.0, 0.0, 0.0)
        return MouthTrack(
            np.array(self._times), np.array([look.opening for look in looks]), next(cut, None),
            (left, top, right, bottom) if faces else None, self._crowd,
        )  # fmt: skip

    def close(self) -> None:
        """Stop thinking about what was seen."""
        self._thinking.shutdown(cancel_futures=True)

    def _look(self, part: Part, counted_at: float | None) -> Look:
        """What one frame shows; all faces are counted where a time is given. In the one thread that thinks."""
        try:
            if counted_at is not None and (count := self._reader.count(part)) > self._crowd[0]:
                self._crowd = (count, counted_at)
            return self._reader.look(part)
        finally:
            self._room.release()


class VowelMeter:
    """How loud the vowels of a sound are."""

    def __init__(self) -> None:
        self._power: list[Array] = []  # of every step that is over, and then of samples of one that is not
        self._samples, self._steps = 0, 0
        self._rest: Array = np.zeros(0)
        self._filter: Any = None
        self._early = 0

    def hear(self, seconds: float, waves: Waves, rate: int) -> None:
        from scipy.signal import butter, sosfilt

        sound = waves.mean(axis=0)
        if self._filter is None:
            self._filter = butter(2, VOWELS_HZ, "bandpass", fs=rate, output="sos")
            self._state = np.zeros((len(self._filter), 2))
            late = round(seconds * rate)  # a track may begin after the picture
            sound, self._early = np.concatenate([np.zeros(max(late, 0)), sound]), max(-late, 0)
        sound, self._early = sound[self._early :], max(self._early - len(sound), 0)
        if not len(sound):
            return
        band, self._state = sosfilt(self._filter, sound, zi=self._state)
        self._add(band**2, rate)

    @property
    def loudness(self) -> Array:
        """At `RATE` from the file's start; slow swells are taken out."""
        power = np.concatenate(self._power) if self._power else np.zeros(1)
        loud = smooth(np.sqrt(power), 0.1)
        return without_swell(np.sqrt(np.minimum(loud, np.percentile(loud, 95))))

    def _add(self, squares: Array, rate: int) -> None:
        """Sum up the steps that are whole by now."""
        begun = self._samples - len(self._rest)
        squares = np.concatenate([self._rest, squares])
        self._samples = begun + len(squares)
        whole = self._samples * RATE // rate
        edges = np.arange(self._steps, whole + 1) * rate // RATE - begun
        if whole > self._steps:
            self._power.append(np.add.reduceat(squares[: edges[-1]], edges[:-1]) * RATE / rate)
        self._rest, self._steps = squares[edges[-1] :], whole
