"""A presenter who comes as a video file instead of drawn tracks: fitted into the presenter's place, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from config.errors import BadInput
from producer.render.cards.picture import fill
from producer.render.layout import Box, Layout

Pixels = npt.NDArray[np.uint8]


class FootageRenderer:
    """Shows footage frame `index` in a box. Before the first and after the last frame it holds that frame.

    Frames are decoded as they are asked for; going backwards starts again from the beginning.
    """

    def __init__(self, path: Path, frame: Pixels, box: Box) -> None:
        self._path = path
        x, y = max(0, round(box.x)), max(0, round(box.y))
        self._place = frame[y : round(box.bottom), x : round(box.right)]
        self._frames = self._decode()
        self._index = -1
        self._shown: Pixels | None = None

    def paint(self, index: int) -> None:
        index = max(index, 0)
        if index < self._index:
            self._frames, self._index = self._decode(), -1
        while self._index < index and (following := next(self._frames, None)) is not None:
            self._shown, self._index = following, self._index + 1
        if self._shown is None:
            raise BadInput(
                "The presenter's footage holds no pictures.", "Make the video stage again, or upload another file."
            )
        np.copyto(self._place, self._shown)

    def _decode(self) -> Iterator[Pixels]:
        size = self._place.shape[1], self._place.shape[0]
        try:
            with av.open(str(self._path)) as container:
                for frame in container.decode(video=0):
                    yield fill(np.asarray(frame.to_ndarray(format="bgra"), np.uint8), size)
        except (av.FFmpegError, IndexError) as error:
            raise BadInput(
                "The presenter's footage cannot be read.", "Make the video stage again, or upload another file."
            ) from error


def footage_box(layout: Layout) -> Box:
    """Where the presenter would stand, wider, down to the lower edge, clear of the cards."""
    gap, stage = 0.02 * layout.unit, layout.stage
    half = min(
        1.5 * layout.head_height, layout.presenter_x - stage.x - gap * layout.beside, stage.right - layout.presenter_x
    )
    top = layout.head_top - 0.1 * layout.head_height
    top = top if layout.beside else max(top, layout.source.bottom + gap)
    return Box(layout.presenter_x - half, top, 2 * half, layout.height - top)
