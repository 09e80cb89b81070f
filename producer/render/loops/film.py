"""The file of a loop: written once, and played from any frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import cv2
import numpy as np
import numpy.typing as npt

from config.errors import BadInput
from producer.render.cards.picture import fill
from producer.render.encoders import X264

Pixels = npt.NDArray[np.uint8]

QUALITY = "14"
"""x264's CRF: hardly to be told from the frames; a cut encodes them once more."""
UNREADABLE = ("The moving scene cannot be read.", "Make the motion stage again.")


def write_loop(
    path: Path, frames: Sequence[Pixels], fps: int, size: tuple[int, int], stop_if_wanted: Callable[[], None]
) -> None:
    """A silent MP4 of exactly `size` (width, height). Equal frames give an equal file. `frames`: RGB."""
    options = {**X264.options(fps), "crf": QUALITY}
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as file:
        stream = cast("av.VideoStream", file.add_stream(X264.codec, fps, options=options))
        stream.width, stream.height = size
        stream.pix_fmt, stream.codec_context.thread_count = "yuv420p", 1
        for number, frame in enumerate(frames):
            stop_if_wanted()
            pixels = fill(np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2RGBA), np.uint8), size)
            planes = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2YUV_I420), np.uint8)
            picture = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            picture.pts, picture.time_base = number, Fraction(1, fps)
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))


class LoopFilm:
    """Plays a loop: any frame, for ever. Frames are decoded as they are asked for; going back begins again."""

    def __init__(self, path: Path, frames: int, fps: int, size: tuple[int, int]) -> None:
        """`frames` and `fps` of the loop; `size` (width, height) of the frames that are given out."""
        if frames < 1 or fps < 1:
            raise BadInput(*UNREADABLE)
        self._path, self.frames, self.fps, self._size = path, frames, fps, size
        self._coming: Iterator[Pixels] = iter(())
        self._index = frames
        self._shown: Pixels | None = None

    def at(self, index: int) -> Pixels:
        """Opaque BGRA; valid until the next call, and not to be written to."""
        index %= self.frames
        if index < self._index:
            self._coming, self._index = self._decoded(), -1
        while self._index < index and (following := next(self._coming, None)) is not None:
            self._shown, self._index = following, self._index + 1
        if self._shown is None:
            raise BadInput(*UNREADABLE)
        return self._shown

    def _decoded(self) -> Iterator[Pixels]:
        width, height = self._size
        try:
            with av.open(str(self._path)) as file:
                for frame in file.decode(video=0):
                    planes = frame.reformat(format="yuv420p").to_ndarray()
                    pixels = np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2BGRA_I420), np.uint8)
                    yield pixels if pixels.shape[:2] == (height, width) else fill(pixels, self._size)
        except (av.FFmpegError, IndexError) as error:
            raise BadInput(*UNREADABLE) from error
