"""How far a mouth is open in a finished video: measured in its decoded frames, whoever drew them.

Only the luma of the frames is looked at, and only of chosen spans: about 3 ms for each frame of 1280 × 720.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import numpy.typing as npt

from producer.checks.lip_sync import MouthTrack, smooth, without_swell
from producer.checks.openness import RATE
from producer.faces.detection import FaceDetector
from producer.faces.mesh import Crop, FaceMesh, crop_of_detection, crop_of_points
from producer.faces.points import EYE_LEFT_INNER, EYE_LEFT_OUTER, EYE_RIGHT_INNER, EYE_RIGHT_OUTER, OPENING

Array = npt.NDArray[np.float64]
Luma = npt.NDArray[np.uint8]

SURE = 0.5
AROUND = 2.6
"""Side of the square in which a face is looked for, in heads."""
VOWELS_HZ = (500.0, 1200.0)
"""Where open vowels are loud: their first formant."""


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


NOBODY = Look(float("nan"))


class MouthReader:
    """Follows one face from frame to frame."""

    def __init__(self, weights: Path, near: Whereabouts | None = None) -> None:
        """`near` None: the largest face of the picture. Raises Unavailable when the weights are not there."""
        self._detector, self._mesh = FaceDetector(weights), FaceMesh(weights)
        self._near = near
        self._crop: Crop | None = None

    def look(self, luma: Luma) -> Look:
        """`luma` (height, width)."""
        crop = self._crop or self._find(luma)
        if crop is None:
            return NOBODY
        landmarks = self._mesh.fit(luma, crop)
        self._crop = crop_of_points(landmarks.points) if landmarks.score > SURE else None
        if self._crop is None:
            return NOBODY
        points, (height, width) = landmarks.flat, luma.shape
        whole = bool((points >= 0).all() and (points <= (width, height)).all())
        return Look(opening_of(points), whole)

    def _find(self, luma: Luma) -> Crop | None:
        height, width = luma.shape
        x, y, head = self._near or Whereabouts(width / 2, height / 2, max(width, height) / AROUND)
        half = AROUND / 2 * head
        left, top = max(0, round(x - half)), max(0, round(y - half))
        part = luma[top : round(y + half), left : round(x + half)]
        found = self._detector.detect(part)
        if not found:
            return None
        crop = crop_of_detection(found[0])
        return Crop(crop.centre + np.array([left, top]), crop.side, crop.turn)


def opening_of(points: Array) -> float:
    """From mesh points (n, 2)."""
    right = points[[EYE_RIGHT_OUTER, EYE_RIGHT_INNER]].mean(axis=0)
    left = points[[EYE_LEFT_OUTER, EYE_LEFT_INNER]].mean(axis=0)
    gaps = [float(np.linalg.norm(points[above] - points[below])) for above, below in OPENING]
    return float(np.mean(gaps)) / max(float(np.linalg.norm(left - right)), 1e-6)


def read_mouth(path: Path, spans: Sequence[tuple[float, float]], reader: MouthReader) -> MouthTrack:
    """The mouth in each span. Raises av.FFmpegError when the file does not decode."""
    times: list[float] = []
    looks: list[Look] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        for start, end in spans:
            container.seek(round(start / (stream.time_base or 1)), stream=stream)
            for frame in container.decode(stream):
                if frame.time >= end:
                    break
                if frame.time >= start and (not times or frame.time > times[-1]):
                    times.append(float(frame.time))
                    looks.append(reader.look(luma_of(frame)))
    cut = (time for time, look in zip(times, looks, strict=True) if look.opening >= 0 and not look.whole)
    return MouthTrack(np.array(times), np.array([look.opening for look in looks]), next(cut, None))


def luma_of(frame: av.VideoFrame) -> Luma:
    """The luma plane (height, width) of a planar YUV frame, without a copy."""
    plane = frame.planes[0]
    return np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]


def loudness_of_vowels(path: Path) -> Array:
    """How loud the vowels of a video's sound are, at `RATE` from its start; slow swells are taken out."""
    from scipy.signal import butter, sosfilt

    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        frames = list(_mono(container))
    late = round(float(frames[0].time or 0) * rate) if frames else 0  # a track may begin after the picture
    parts = [np.zeros(max(late, 0)), *(frame.to_ndarray().mean(axis=0) for frame in frames)]
    sound = np.concatenate(parts)[max(-late, 0) :] if frames else np.zeros(1)
    band = sosfilt(butter(2, VOWELS_HZ, "bandpass", fs=rate, output="sos"), sound)
    steps = len(sound) * RATE // rate
    power = np.add.reduceat(band**2, np.arange(steps) * rate // RATE) if steps else np.zeros(1)
    loud = smooth(np.sqrt(power * RATE / rate), 0.1)
    return without_swell(np.sqrt(np.minimum(loud, np.percentile(loud, 95))))


def _mono(container: av.container.InputContainer) -> Iterator[av.AudioFrame]:
    resampler = av.AudioResampler(format="fltp", layout="mono")
    for frame in container.decode(audio=0):
        yield from resampler.resample(frame)
