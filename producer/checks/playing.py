"""A finished file is played once, to everybody who looks at it or listens to it; pictures and sound at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

import av
import numpy as np
import numpy.typing as npt

Luma = npt.NDArray[np.uint8]
Waves = npt.NDArray[np.float32]

POLL_FRAMES = 5


class Viewer(Protocol):
    """Looks at pictures. Slow ones should only note what they need, and think in a thread of their own."""

    def see(self, seconds: float, luma: Luma, damaged: bool) -> None:
        """The next frame, (height, width), lent for the moment. `damaged`: the decoder had to guess a part of it."""


class Listener(Protocol):
    """Listens to the sound."""

    def hear(self, seconds: float, waves: Waves, rate: int) -> None:
        """The next samples, (channels, samples), -1..1; the first of them sounds at `seconds`."""


class Witness(Viewer, Listener, Protocol):
    """Does both, in two threads at once."""


class Played(NamedTuple):
    """What the file says of itself."""

    width: int
    height: int
    fps: float
    duration_s: float
    video_codec: str
    audio_codec: str


def play(
    path: Path,
    viewers: Sequence[Viewer] = (),
    listeners: Sequence[Listener] = (),
    poll: Callable[[float], None] = lambda _fraction: None,
) -> Played:
    """Decode every frame and sample. `poll` is called again and again with the fraction done; it may raise.

    Raises av.FFmpegError when the file does not decode.
    """
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        with _meanwhile(lambda stopped: _listen(path, listeners, stopped)):
            _watch(container, viewers, poll)
        return Played(
            width=video.width,
            height=video.height,
            fps=float(video.average_rate or 0),
            duration_s=round(float(container.duration or 0) / av.time_base, 3),
            video_codec=video.codec_context.codec.canonical_name,  # av1, whoever decodes it
            audio_codec=audio.codec_context.codec.canonical_name,
        )


@contextmanager
def _meanwhile(work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Do `work` in another thread until the block is over; it is told to stop when the block fails. Raises what it
    raised."""
    stopped = threading.Event()
    with ThreadPoolExecutor(1, "listening") as other:
        working = other.submit(work, stopped)
        try:
            yield
        except BaseException:
            stopped.set()
            raise
        working.result()


def _watch(container: av.container.InputContainer, viewers: Sequence[Viewer], poll: Callable[[float], None]) -> None:
    """The decoder need not smooth its blocks (H.264, section 8.7) for what is looked at; AV1's does."""
    video = container.streams.video[0]
    video.codec_context.thread_count = 1
    video.codec_context.options = {"skip_loop_filter": "all"}
    total = max(video.frames, 1)
    for number, frame in enumerate(container.decode(video), 1):
        luma = luma_of(frame)
        for viewer in viewers:
            viewer.see(float(frame.time or 0.0), luma, frame.is_corrupt)
        if number % POLL_FRAMES == 0:
            poll(min(number / total, 1.0))


def _listen(path: Path, listeners: Sequence[Listener], stopped: threading.Event) -> None:
    if not listeners:
        return
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            if stopped.is_set():
                return
            waves = np.asarray(frame.to_ndarray(), np.float32)
            for listener in listeners:
                listener.hear(float(frame.time or 0.0), waves, frame.sample_rate)


def luma_of(frame: av.VideoFrame) -> Luma:
    """The luma plane (height, width) of a planar YUV frame, without a copy."""
    plane = frame.planes[0]
    return np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
