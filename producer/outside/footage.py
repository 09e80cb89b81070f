"""Taking over a film that somebody else's program made: looked at first, then renamed into place in one step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from config.errors import EngineError

SHORT_BY_S = 0.5
"""How much earlier than the speech a film may end: the last frame is held."""
LEAST_SIDE = 64
OPTIONS = {"preset": "veryfast", "crf": "15"}
"""It is encoded once more in the cut: little may be lost here."""


@dataclass(frozen=True)
class Film:
    """What is known of a film: pixels, frames a second, seconds."""

    width: int
    height: int
    fps: int
    duration_s: float


def take(made: Path, target: Path, name: str, least_s: float, skip: int = 0) -> Film:
    """Move the film to `target`, without its first `skip` frames. `name` made it; it should last `least_s`.

    Raises EngineError when it is no film, or far too short.
    """
    film = probe(made, name)
    if film.duration_s - skip / film.fps < least_s - SHORT_BY_S:
        told = f"{name} made a film of {film.duration_s:.1f} seconds for a speech of {least_s:.1f}."
        raise EngineError(told, "Make the video stage again.")
    if skip:
        made = _without(made, skip, film.fps)
    os.replace(made, target)  # noqa: PTH105 (the same file system: atomic)
    return film


def probe(path: Path, name: str) -> Film:
    """Looks into the film, frame by frame: a header may promise what is not there. Raises EngineError."""
    import av

    try:
        with av.open(str(path), metadata_errors="replace") as container:
            stream = container.streams.video[0]
            rate = stream.average_rate
            packets = sum(1 for packet in container.demux(stream) if packet.size)
        with av.open(str(path), metadata_errors="replace") as container:
            first = next(container.decode(video=0))
            width, height = first.width, first.height
    except (av.FFmpegError, IndexError, StopIteration, OSError) as error:
        raise EngineError(f"{name} made a file that is no film.", "Make the video stage again.") from error
    if not rate or not packets or min(width, height) < LEAST_SIDE:
        raise EngineError(f"{name} made a film of {width}×{height} with {packets} frames.", "Make it again.")
    return Film(width, height, round(rate), packets / float(rate))


def _without(path: Path, skip: int, fps: int) -> Path:
    """The same film, silent, from frame `skip` on."""
    import av

    target = path.with_name("trimmed.mp4")
    with av.open(str(path)) as source, av.open(str(target), "w", options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream("libx264", rate=fps, options=OPTIONS)
        old = source.streams.video[0].codec_context
        stream.width, stream.height, stream.pix_fmt = old.width // 2 * 2, old.height // 2 * 2, "yuv420p"
        stream.codec_context.thread_count = 1
        for number, frame in enumerate(source.decode(video=0)):
            if number < skip:
                continue
            fresh = frame.reformat(stream.width, stream.height, "yuv420p")
            fresh.pts, fresh.time_base = number - skip, Fraction(1, fps)
            out.mux(stream.encode(fresh))
        out.mux(stream.encode(None))
    return target
