"""Frames and sound into an MP4 that starts to play before it is loaded: H.264 or AV1, AAC, faststart.

Equal frames and sound give an equal file, byte for byte, from x264 and SVT-AV1: one encoder thread, no times written.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.codec.codec import UnknownCodecError
from av.codec.hwaccel import HWAccel

from config.errors import Unavailable
from producer.render.encoders import X264, VideoEncoder
from producer.render.sound.aac import BITS, OPTIONS, Coded
from producer.render.sound.meter import RATE

Pixels = npt.NDArray[np.uint8]

THREADS = 1
"""The frames are drawn on the other core meanwhile. More threads cost a fifth more processor time for each frame."""
TURN_S = 0.001
"""How long Python's lock may be kept from a thread that waits for it. Who draws holds it, and with the usual 5 ms the
encoder would often wait. With 0.3 ms drawing and encoding take a tenth more processor time (measured in turns on a busy
machine)."""
QUEUED = 6
"""Frames that may wait for the encoder."""
QUIET_SVT = ("SVT_LOG", "1")
"""SVT-AV1 writes its settings to standard error; 1 = errors alone (SVT-AV1, Source/Lib/Codec/svt_log.h)."""
BT709, BT601_MATRIX, LIMITED_RANGE = 1, 6, 1
"""Code points of ITU-T H.273."""


class Encoder:
    """Writes one file; a context manager. Frames are encoded in a thread of their own while the next ones are drawn;
    sound is interleaved as they come."""

    def __init__(
        self, path: Path, size: tuple[int, int], fps: int, sound: Future[Sequence[Coded]], encoder: VideoEncoder = X264
    ) -> None:
        """`size` is (width, height), both even; `sound` may still be in the making.

        An encoder that does not work raises Unavailable, here or where the next frame is written.
        """
        self._stream = _Stream(path, size, fps, sound, encoder)
        self._waiting: queue.Queue[Pixels | None] = queue.Queue(maxsize=QUEUED)
        self._spare: queue.SimpleQueue[Pixels] = queue.SimpleQueue()
        for _ in range(QUEUED + 2):
            self._spare.put(np.empty((size[1] * 3 // 2, size[0]), np.uint8))
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="encoder", daemon=True)
        self._thread.start()

    @property
    def encoding_s(self) -> float:
        """Processor time that the encoder has taken so far in the thread that calls it, in seconds: all of x264's."""
        return self._stream.encoding_s

    def write(self, pixels: Pixels) -> None:
        """The next frame, (height, width, 4) BGRA. Raises what went wrong with an earlier one."""
        if self._error:
            raise self._error
        planes = self._spare.get()
        cv2.cvtColor(pixels, cv2.COLOR_BGRA2YUV_I420, planes)
        self._waiting.put(planes)

    def __enter__(self) -> Encoder:
        self._usual = sys.getswitchinterval()
        sys.setswitchinterval(TURN_S)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join()
        sys.setswitchinterval(self._usual)
        if kind is None and self._error is None:
            self._stream.finish()
        else:
            self._stream.abandon()
        if kind is None and self._error:
            raise self._error

    def _work(self) -> None:
        while (planes := self._waiting.get()) is not None:
            if self._error is None:
                try:
                    self._stream.write(planes)
                except Exception as error:  # noqa: BLE001 - raised where the next frame is written
                    self._error = error
            self._spare.put(planes)


class _Stream:
    """The file itself, with its video encoder; its sound is encoded by others (see `sound.aac`)."""

    def __init__(
        self, path: Path, size: tuple[int, int], fps: int, sound: Future[Sequence[Coded]], encoder: VideoEncoder
    ) -> None:
        options = {"movflags": "+faststart", "fflags": "+bitexact"}
        self._container = av.open(str(path), "w", format="mp4", options=options)
        self._fps, self._sound = fps, sound
        self._written = self._muxed = 0
        self._unheard: deque[Coded] | None = None
        self._held: list[Any] = []
        self._encoder = encoder
        self.encoding_s = 0.0
        try:
            with self._explained():
                self._video = self._add_video(size)
        except Unavailable:
            self.abandon()
            raise
        self._audio = self._container.add_stream("aac", rate=RATE, layout="stereo", options=dict(OPTIONS))
        self._audio.bit_rate = BITS

    def _add_video(self, size: tuple[int, int]) -> av.VideoStream:
        """The video stream. A card's encoder gets its frames copied to the card by PyAV, in the layout it takes."""
        encoder = self._encoder
        os.environ.setdefault(*QUIET_SVT)
        device = HWAccel(encoder.device) if encoder.device else None
        options = encoder.options(self._fps)
        added = self._container.add_stream(encoder.codec, rate=self._fps, options=options, hwaccel=device)
        video = cast("av.VideoStream", added)
        video.width, video.height = size
        video.pix_fmt = encoder.pixels
        video.time_base = Fraction(1, self._fps)
        codec = video.codec_context
        codec.thread_count = THREADS
        codec.colorspace, codec.color_primaries, codec.color_trc = BT601_MATRIX, BT709, BT709
        codec.color_range = LIMITED_RANGE
        return video

    def write(self, planes: Pixels) -> None:
        """I420: (height * 3 / 2, width). The encoder has copied them when this returns."""
        copied = len(planes) % 6 != 0  # PyAV lends planes of whole chroma rows alone: height // 6 * 4 (video/frame.py)
        frame = (av.VideoFrame.from_ndarray if copied else av.VideoFrame.from_numpy_buffer)(planes, format="yuv420p")
        frame.pts, frame.time_base = self._written, Fraction(1, self._fps)
        self._encode(frame)
        self._written += 1
        if self._sound.done():
            self._release(until=self._written * RATE // self._fps)

    def finish(self) -> None:
        """Raises what making the sound raised."""
        sound = self._sound.result()
        self._encode(None)
        self._release(until=sound[-1].end if sound else 0)
        self._container.close()

    def abandon(self) -> None:
        """Let go of a file that nobody will use."""
        with contextlib.suppress(av.FFmpegError):
            self._container.close()

    def _encode(self, frame: av.VideoFrame | None) -> None:
        """With one thread x264 works in the thread that calls it."""
        started = time.thread_time()
        with self._explained():
            self._held += self._video.encode(frame)
        self.encoding_s += time.thread_time() - started

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """What FFmpeg says of an encoder, as an error that lets the planner take another one."""
        try:
            yield
        except (av.FFmpegError, UnknownCodecError, NotImplementedError) as error:
            encoder = self._encoder
            raise Unavailable(f"{encoder.title} does not work here ({_reason(error)}).", encoder.cure) from error

    def _release(self, until: int) -> None:
        """Write the pictures that are held back, each after the sound before it, and then the sound up to this sample.

        All at once they would be written as they come: what is 10 s apart FFmpeg no longer puts in order (libavformat,
        `max_interleave_delta`), so that the file would depend on when the sound was ready.
        """
        if self._unheard is None:
            self._unheard = deque(self._sound.result())
        for packet in self._held:
            self._release_sound(until=min(self._muxed * RATE // self._fps, until))
            self._container.mux(packet)
            self._muxed += 1
        self._held.clear()
        self._release_sound(until)

    def _release_sound(self, until: int) -> None:
        while self._unheard and self._unheard[0].end <= until:
            packet = self._unheard.popleft().packet()
            packet.stream = self._audio
            self._container.mux(packet)


def _reason(error: Exception) -> str:
    if isinstance(error, UnknownCodecError):
        return f"this FFmpeg has no {error}"
    if (said := getattr(error, "log", None)) is not None:  # only where FFmpeg's log is listened to (av.logging)
        return str(said[2]).strip().rstrip(".")
    return getattr(error, "strerror", None) or str(error)
