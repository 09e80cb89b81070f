"""Flicker, hard cuts and incoherent pictures, found as the frames of a video go by. What follows from them, the gate says.

flicker      a good part of the picture gets lighter and darker again from frame to frame, several times over
scene cuts   most of the picture is another one from one frame to the next, and stays so
warp error   what is left of a change when movement is taken out of it (as in Lai et al., “Learning Blind Video Temporal
             Consistency”, 2018): levels of luma, in the middle one of all parts of the picture, so that one card that
             comes or goes does not count
camera       how fast the whole picture moves, in widths of it a second: the middle one of what its edges do, so that somebody
             who moves before it does not count; in the middle of a second
uneven       the longest that a frame was early or late
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt

from producer.checks.playing import Luma
from storage.documents import Sighting, Stretch

Array = npt.NDArray[np.float32]

SHRINK = 8
ROWS, COLUMNS = 8, 12
"""The parts of a picture that are looked at by themselves."""
REVERSAL, REVERSING = 3.0, 0.2
"""Levels of luma (0..255) that a part must change by, and back, to flicker, which is just noticed; and the share of all parts
that must do so at once: a title that slides by lights up and darkens what it passes."""
WINDOW_S = 0.5
CUT_LEVELS, CUT_SHARE, QUIET_SHARE = 10.0, 0.5, 0.25
"""A cut changes more than this share of all parts by so many levels; just before and after it, less than the other share
does, which a curtain or a fade never keeps to."""
FLOW_EVERY, LASTING = 3, 9
"""Pairs of frames whose flow is looked at, and over how many of them an error or a movement must last, about a second: a curtain
or a fade from one picture to the next is gone by then."""
EDGES, LEAST_STEP, LEAST_EDGES = 75, 4, 40
"""Movement is seen at the quarter of all pixels with the sharpest edges, of so many levels at least; and how many it takes."""
MOST_PLACES = 5


class PictureWatch:
    """Looks at every frame, shrunken. Cheap: it runs in the decoder's thread."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._grids: list[Array] = []
        self._errors: list[tuple[float, float]] = []
        self._speeds: list[tuple[float, float]] = []
        self._last: Luma | None = None
        self._flow: Any = None

    def see(self, seconds: float, luma: Luma, damaged: bool) -> None:
        import cv2

        small = np.ascontiguousarray(luma[SHRINK // 2 :: SHRINK, SHRINK // 2 :: SHRINK])
        if len(self._times) % FLOW_EVERY == 0 and self._last is not None:
            flow = self._flow_between(self._last, small)
            self._errors.append((seconds, warped_difference(self._last, small, flow)))
            self._speeds.append((seconds, edge_speed(self._last, flow) / max(seconds - self._times[-1], 1e-3)))
        self._times.append(seconds)
        parts = cv2.resize(small.astype(np.float32), (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)
        self._grids.append(np.asarray(parts, np.float32))
        self._last = small

    def sightings(self) -> list[Sighting]:
        """After the file was played."""
        times, grids = np.array(self._times), np.array(self._grids)
        return [
            flicker(times, grids),
            scene_cuts(times, grids),
            warp_error(self._errors),
            camera(self._speeds),
            uneven(times),
        ]

    def _flow_between(self, before: Luma, after: Luma) -> Array:
        import cv2

        if self._flow is None:
            self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        return np.asarray(self._flow.calc(after, before, None), np.float32)


def warped_difference(before: Luma, after: Luma, flow: Array) -> float:
    """Levels by which a picture differs from the one before, moved as it seems to have moved. `flow`: (rows, columns, 2)."""
    import cv2

    x, y = _places(*after.shape)
    warped = cv2.remap(before, x + flow[..., 0], y + flow[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    error = cv2.absdiff(warped, after).astype(np.float32)
    return float(np.median(cv2.resize(error, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA)))


def edge_speed(picture: Luma, flow: Array) -> float:
    """How far a picture moved, in its own widths: only where there is something to see it by."""
    levels = picture.astype(np.int16)
    steps = np.abs(np.diff(levels, axis=1))[:-1] + np.abs(np.diff(levels, axis=0))[:, :-1]
    edges = steps >= max(float(np.percentile(steps, EDGES)), LEAST_STEP)
    if edges.sum() < LEAST_EDGES:
        return 0.0
    across, down = np.median(flow[:-1, :-1][edges], axis=0)
    return float(np.hypot(across, down) / picture.shape[1])


@functools.lru_cache(maxsize=4)
def _places(height: int, width: int) -> tuple[Array, Array]:
    """How far across and down each pixel is."""
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return x, y


def flicker(times: npt.NDArray[np.float64], grids: Array) -> Sighting:
    """The most reversals within half a second. `grids` (frames, rows, columns)."""
    if len(grids) < 3:
        return Sighting(name="flicker", value=0.0)
    steps = np.diff(grids.reshape(len(grids), -1), axis=0)
    back = (np.sign(steps[1:]) != np.sign(steps[:-1])) & (np.minimum(abs(steps[1:]), abs(steps[:-1])) >= REVERSAL)
    at = times[1:-1]
    first = np.searchsorted(at, at - WINDOW_S, side="right")
    total = np.concatenate([[0], (back.mean(axis=1) >= REVERSING).cumsum()])
    counts = total[1:] - total[first]
    return Sighting(name="flicker", value=float(counts.max()), where=_around(at, counts > counts.max() / 2, WINDOW_S))


def scene_cuts(times: npt.NDArray[np.float64], grids: Array) -> Sighting:
    """How many hard cuts there are."""
    if len(grids) < 4:
        return Sighting(name="scene cuts", value=0.0)
    steps = np.abs(np.diff(grids.reshape(len(grids), -1), axis=0))
    shares = (steps > CUT_LEVELS).mean(axis=1)
    calm = np.maximum(np.pad(shares[:-1], (1, 0)), np.pad(shares[1:], (0, 1)))
    cuts = (shares > CUT_SHARE) & (calm < QUIET_SHARE)
    return Sighting(name="scene cuts", value=float(cuts.sum()), where=_around(times[1:], cuts, 0.04))


def warp_error(errors: list[tuple[float, float]]) -> Sighting:
    """The largest error that lasts. `errors`: (seconds, levels)."""
    return _lasting("warp error", errors, 2)


def camera(speeds: list[tuple[float, float]]) -> Sighting:
    """The fastest movement of the whole picture that lasts. `speeds`: (seconds, widths a second)."""
    return _lasting("camera movement", speeds, 3)


def _lasting(name: str, seen: list[tuple[float, float]], digits: int) -> Sighting:
    """The largest median of so many values in a row. `seen`: (seconds, value)."""
    if len(seen) < LASTING:
        return Sighting(name=name, value=0.0)
    times, values = (np.array(column) for column in zip(*seen, strict=True))
    medians = np.median(np.lib.stride_tricks.sliding_window_view(values, LASTING), axis=1)
    worst = int(medians.argmax())
    span = Stretch(start=round(float(times[worst]), 2), end=round(float(times[worst + LASTING - 1]), 2))
    return Sighting(name=name, value=round(float(medians[worst]), digits), where=(span,))


def uneven(times: npt.NDArray[np.float64]) -> Sighting:
    """Seconds by which the frame that is most early or late is off the beat of the others."""
    if len(times) < 3:
        return Sighting(name="uneven frames", value=0.0)
    beat = float(np.median(np.diff(times)))
    off = np.abs(np.diff(times) - beat)
    worst = int(off.argmax())
    where = (Stretch(start=round(float(times[worst]), 2), end=round(float(times[worst + 1]), 2)),)
    return Sighting(
        name="uneven frames", value=round(float(off[worst]), 3), where=where if off[worst] > beat / 2 else ()
    )


def _around(times: npt.NDArray[np.float64], found: npt.NDArray[np.bool_], length_s: float) -> tuple[Stretch, ...]:
    """Where something was found, a stretch for each run of it; the first few."""
    places: list[Stretch] = []
    for at in times[found]:
        start = round(max(float(at) - length_s, 0.0), 2)
        if places and start <= places[-1].end:
            places[-1] = Stretch(start=places[-1].start, end=round(float(at), 2))
        else:
            places.append(Stretch(start=start, end=round(float(at), 2)))
    return tuple(places[:MOST_PLACES])
