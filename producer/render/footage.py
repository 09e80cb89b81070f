"""A presenter who comes as a video file instead of drawn tracks: seen through a window in the presenter's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from config.errors import BadInput
from producer.render.cards.picture import fill
from producer.render.layout import Box
from producer.render.photo.renderer import upper_part
from producer.render.photo.window import Window

Pixels = npt.NDArray[np.uint8]


class FootageRenderer:
    """Shows footage frame `index` in a window. Before the first and after the last frame it holds that frame.

    Frames are decoded as they are asked for; going backwards starts again from the beginning.
    """

    def __init__(self, path: Path, frame: Pixels, box: Box) -> None:
        self._path, self._window = path, Window(frame, box)
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
        np.copyto(self._window.inside, self._shown)
        self._window.show()

    def _decode(self) -> Iterator[Pixels]:
        height, width = self._window.inside.shape[:2]
        try:
            with av.open(str(self._path), metadata_errors="replace") as container:
                for frame in container.decode(video=0):
                    picture = np.asarray(frame.to_ndarray(format="bgra"), np.uint8)
                    yield fill(upper_part(picture, (width, height)), (width, height))
        except (av.FFmpegError, IndexError) as error:
            raise BadInput(
                "The presenter's footage cannot be read.", "Make the video stage again, or upload another file."
            ) from error
