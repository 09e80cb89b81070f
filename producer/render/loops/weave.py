"""A few seconds of film become a loop without a seam, at the pace of the cut.

frames   0 1 2 3 4 5 6 7            seam    the first OVERLAP frames become what follows the last one,
loop     0 1 2 3 4 5                        dissolved into what came first
in between                          a model of 7 frames a second is drawn at 25: what lies between two frames is
                                    found by following each pixel (dense inverse search, OpenCV)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Flow = npt.NDArray[np.float32]

OVERLAP = 0.25
"""The part of a film that is dissolved into its own end: as little as hides the seam of slow motion."""
FOLLOWED = 512
"""The longer side, in pixels, of the small pictures in which pixels are followed."""


def without_a_seam(
    film: npt.NDArray[np.uint8] | Sequence[Pixels], fps: int, wanted_fps: int, stop_if_wanted: Callable[[], None]
) -> list[Pixels]:
    """A loop of RGB frames at `wanted_fps`, as long as it lasts at `fps`. `film`: RGB (height, width, 3) each, at `fps`."""
    return in_between(closed(film), fps, wanted_fps, stop_if_wanted)


def closed(film: npt.NDArray[np.uint8] | Sequence[Pixels]) -> list[Pixels]:
    """The film with its last quarter dissolved into its beginning; one of less than three frames as it is."""
    count = len(film)
    overlap = min(round(count * OVERLAP), count // 2) if count >= 3 else 0
    length = count - overlap
    loop = [np.asarray(film[number]) for number in range(length)]
    for number in range(overlap):
        weight = (number + 1) / (overlap + 1)
        loop[number] = np.asarray(cv2.addWeighted(film[number], weight, film[length + number], 1 - weight, 0), np.uint8)
    return loop


def in_between(loop: Sequence[Pixels], fps: int, wanted_fps: int, stop_if_wanted: Callable[[], None]) -> list[Pixels]:
    """The loop at another pace; its last frame leads to its first. A faster one is thinned out."""
    count = len(loop)
    wanted = max(1, round(count * wanted_fps / fps))
    flows: dict[int, tuple[Flow, Flow]] = {}
    made = []
    for number in range(wanted):
        stop_if_wanted()
        at = number * count / wanted
        first, part = int(at), at - int(at)
        second = (first + 1) % count
        if part < 1e-6 or first == second:
            made.append(loop[first])
            continue
        if first not in flows:
            flows = {first: (_flow(loop[first], loop[second]), _flow(loop[second], loop[first]))}
        made.append(_between(loop[first], loop[second], *flows[first], part))
    return made


def _between(first: Pixels, second: Pixels, there: Flow, back: Flow, part: float) -> Pixels:
    return np.asarray(
        cv2.addWeighted(_pushed(first, there, part), 1 - part, _pushed(second, back, 1 - part), part, 0), np.uint8
    )


def _pushed(picture: Pixels, flow: Flow, part: float) -> Pixels:
    """The picture as it is when a part of its way is done: each place shows what comes from against the flow there."""
    height, width = picture.shape[:2]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return np.asarray(
        cv2.remap(
            picture, columns - part * flow[..., 0], rows - part * flow[..., 1], cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )  # fmt: skip


def _flow(first: Pixels, second: Pixels) -> Flow:
    """Where each pixel of the first is in the second, (height, width, 2) in pixels: x, y."""
    height, width = first.shape[:2]
    scale = min(1.0, FOLLOWED / max(height, width))
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    grey = [
        np.asarray(cv2.resize(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA))
        for one in (first, second)
    ]
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    small = search.calc(grey[0], grey[1], np.zeros((size[1], size[0], 2), np.float32))
    whole = np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return whole * np.array([width / size[0], height / size[1]], np.float32)
