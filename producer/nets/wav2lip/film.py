"""A silent film of a still of which one part changes: straight into H.264, and only the part is converted each time."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

from producer.render.layout import Box

Pixels = npt.NDArray[np.uint8]

OPTIONS = {"preset": "ultrafast", "crf": "15", "x264-params": "colormatrix=smpte170m:colorprim=bt709:transfer=bt709"}
"""It is encoded once more in the cut: little may be lost here, and bytes do not matter. The matrix is that of cv2's
BGR → I420."""
KEYFRAME_S = 2
QUEUED = 6
"""Frames that may wait for the encoder."""


class Film:
    """Writes one file; a context manager. Frames are encoded in a thread of their own."""

    def __init__(self, path: Path, still: Pixels, part: Box, fps: int) -> None:
        """`still` (height, width, 3) is BGR, its sides multiples of four; `part` is what changes, with even corners and sides."""
        self.encoding_s = 0.0
        """Processor time that encoding has taken so far, in seconds."""
        height, width = still.shape[:2]
        self._planes = np.asarray(cv2.cvtColor(still, cv2.COLOR_BGR2YUV_I420), np.uint8)
        self._targets = _parts(self._planes.reshape(-1), (height, width), part)
        self._fps, self._path = fps, path
        self._container = av.open(str(path), "w", format="mp4", options={"fflags": "+bitexact"})
        stream = self._container.add_stream("libx264", rate=fps, options={**OPTIONS, "g": str(KEYFRAME_S * fps)})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base, stream.codec_context.thread_count = Fraction(1, fps), 1
        self._stream = stream
        self._waiting: queue.Queue[Pixels | None] = queue.Queue(maxsize=QUEUED)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="film", daemon=True)
        self._thread.start()

    def write(self, part: Pixels) -> None:
        """The next frame: the still with this part, BGR. Raises what went wrong with an earlier one."""
        if self._error:
            raise self._error
        converted = np.asarray(cv2.cvtColor(part, cv2.COLOR_BGR2YUV_I420), np.uint8).reshape(-1)
        whole = Box(0, 0, part.shape[1], part.shape[0])
        for target, source in zip(self._targets, _parts(converted, part.shape[:2], whole), strict=True):
            np.copyto(target, source)
        self._waiting.put(self._planes.copy())

    def __enter__(self) -> Film:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join()
        if kind is not None or self._error is not None:
            with contextlib.suppress(av.FFmpegError):
                self._container.close()
        if kind is None and self._error is not None:
            raise self._error

    def _work(self) -> None:
        started, frame = time.thread_time(), 0
        while (planes := self._waiting.get()) is not None:
            if self._error is None:
                try:
                    self._encode(planes, frame)
                except Exception as error:  # noqa: BLE001 - raised where the next frame is written
                    self._error = error
            frame += 1
            self.encoding_s = time.thread_time() - started
        if self._error is None:
            try:
                self._container.mux(self._stream.encode(None))
                self._container.close()
            except Exception as error:  # noqa: BLE001 - raised at the end
                self._error = error
        self.encoding_s = time.thread_time() - started

    def _encode(self, planes: Pixels, number: int) -> None:
        frame = av.VideoFrame.from_numpy_buffer(planes, format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, self._fps)
        self._container.mux(self._stream.encode(frame))


def _parts(planes: Pixels, size: tuple[int, ...], box: Box) -> list[Pixels]:
    """Views of the part of each of the three planes; `planes` is I420, flat, of `size` (height, width)."""
    height, width = size
    luma, chroma = height * width, height * width // 4
    y = planes[:luma].reshape(height, width)
    u = planes[luma : luma + chroma].reshape(height // 2, width // 2)
    v = planes[luma + chroma :].reshape(height // 2, width // 2)
    top, bottom, left, right = int(box.y), int(box.bottom), int(box.x), int(box.right)
    half = slice(top // 2, bottom // 2), slice(left // 2, right // 2)
    return [y[top:bottom, left:right], u[half], v[half]]
