"""The pictures of a file are shown to those who look at them while it is still being written, so that nobody waits for them
when it is finished.

    encoder ─┬─▶ muxer ─▶ file ───────────┐
             └─▶ decoder ─▶ viewers       ├─▶ are these the same pictures?
                    └─▶ fingerprint ──────┘
What was shown counts for the file only if the file holds, to the bit and in the same order, what was decoded.
"""

from __future__ import annotations

import hashlib
import queue
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import av

from producer.checks.playing import UNSMOOTHED, Viewer, luma_of

START_CODE = re.compile(rb"\0\0+\x01")
"""Between the units of a byte stream (ITU-T H.264, annex B); inside of a unit it cannot occur, and no unit ends in zeros."""
LENGTH_BYTES = 4
"""Before each unit in an MP4 file, as FFmpeg writes it (ISO/IEC 14496-15)."""


class _Coded(NamedTuple):
    data: bytes
    pts: int
    headers: bytes


class Preview:
    """Decodes H.264 in a thread of its own as it comes from the encoder; a context manager that stops when it is left."""

    def __init__(self, viewers: Sequence[Viewer], fps: int) -> None:
        self._viewers, self._fps = viewers, fps
        self._coming: queue.SimpleQueue[_Coded | None] = queue.SimpleQueue()
        self._left = False
        self._thread = ThreadPoolExecutor(1, "watching")
        self._watching = self._thread.submit(self._watch)

    def take(self, packet: av.Packet[Any], headers: bytes) -> None:
        """The encoder's next packet, in frames of time, as a byte stream; it is copied. `headers`: its parameter sets."""
        self._coming.put(_Coded(bytes(packet), packet.pts or 0, headers))

    def shown(self, video: Path) -> bool:
        """Whether the finished file holds the pictures that were shown, and no others. Waits until all are shown. Raises what
        a viewer raised, and av.FFmpegError when something does not decode."""
        self._coming.put(None)
        return self._watching.result() == fingerprint(_units_of_file(video))

    def __enter__(self) -> Preview:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = True
        self._coming.put(None)
        self._thread.shutdown()

    def _watch(self) -> bytes:
        """Show all that comes; its fingerprint."""
        return fingerprint(self._decoded())

    def _decoded(self) -> Iterator[tuple[float, list[bytes]]]:
        decoder: av.VideoCodecContext | None = None
        while (coded := self._coming.get()) is not None and not self._left:
            if decoder is None:
                decoder = av.CodecContext.create("h264", "r")
                decoder.extradata, decoder.thread_count, decoder.options = coded.headers, 1, dict(UNSMOOTHED)
            packet: av.Packet[Any] = av.Packet(coded.data)
            packet.pts, packet.time_base = coded.pts, Fraction(1, self._fps)
            self._show(decoder.decode(packet))
            yield coded.pts / self._fps, START_CODE.split(coded.data)[1:]
        if decoder is not None and not self._left:
            self._show(decoder.decode(None))

    def _show(self, frames: Iterable[av.VideoFrame]) -> None:
        for frame in frames:
            luma = luma_of(frame)
            for viewer in self._viewers:
                viewer.see((frame.pts or 0) / self._fps, luma, frame.is_corrupt)


def fingerprint(pictures: Iterable[tuple[float, list[bytes]]]) -> bytes:
    """Of coded pictures in the order of decoding: when each is to be seen, in seconds, and its units."""
    digest = hashlib.sha256()
    for seconds, units in pictures:
        digest.update(f"{seconds:.5f} {[len(unit) for unit in units]}".encode())
        for unit in units:
            digest.update(unit)
    return digest.digest()


def _units_of_file(video: Path) -> Iterator[tuple[float, list[bytes]]]:
    with av.open(str(video)) as container:
        for packet in container.demux(video=0):
            if packet.pts is not None and packet.time_base is not None:
                yield float(packet.pts * packet.time_base), _units(bytes(packet))


def _units(data: bytes) -> list[bytes]:
    """The units of one picture in an MP4 file."""
    units: list[bytes] = []
    place = 0
    while place < len(data):
        length = int.from_bytes(data[place : place + LENGTH_BYTES])
        place += LENGTH_BYTES
        units.append(data[place : place + length])
        place += length
    return units
