"""A film of one's own in the presenter's place: upright, at the clip's frame rate, as long as the speech, and silent.

What came in is read again here with nothing but the reader of its own container, as when it was taken in. What comes
out is plain H.264, which `producer.render.footage` shows in a window. A film that ends early holds its last frame, and a
check says so to whoever reviews the clip.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import BadInput
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import VideoRequest
from storage.documents import Check, Performance

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

LONGEST_SIDE = 1280
"""Pixels: the window that it is seen in is smaller."""
SHORT_BY_S = 0.5
"""How much earlier than the speech a film may end before the reviewer hears of it."""
OPTIONS = {"preset": "veryfast", "crf": "16"}
"""It is encoded once more in the cut: little may be lost here."""
CURE = "Bring an MP4, MOV or WebM file on the clip's edit page."


class Footage:
    """The film is a clip's own (`Brief.film`): where there is one, no other engine shows a presenter."""

    info = EngineInfo(
        id="footage",
        stage="video",
        version="1",
        title="Own film",
        code_licence=Licence("Apache-2.0"),
        needs="film",
    )

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        """Nothing to make resident."""

    def unload(self) -> None:
        """Nothing to free."""

    def run(self, request: VideoRequest, context: Context) -> Performance:
        """Raises BadInput for a clip without a film, or one that cannot be read."""
        options, wanted_s = request.options, request.speech.duration_s
        if options.film is None:
            raise BadInput("This clip has no film to show.", CURE)
        target, most = context.workdir / "footage.mp4", math.ceil(wanted_s * options.fps)
        count = 0
        with _Writer(target, options.fps) as writer:
            for picture in pictures(context.artifacts.fetch(options.film), options.fps):
                context.stop_if_cancelled()
                writer.write(picture)
                count += 1
                context.progress(count / most, "reading the film")
                if count == most:
                    break
        if not count:
            raise BadInput("The film holds no pictures.", CURE)
        return Performance(
            duration_s=wanted_s,
            fps=options.fps,
            footage=context.artifacts.put(target, "video/mp4"),
            checks=(_long_enough(count / options.fps, wanted_s),),
        )


def pictures(path: Path, fps: int) -> Iterator[Pixels]:
    """RGB pictures at a constant rate, whatever the film's own is: at each moment, the frame that is seen then."""
    import av
    import numpy as np

    from producer.intake import container_of

    with path.open("rb") as file:
        container = container_of(file.read(64))
    if container is None or container.kind == "image":
        raise BadInput("This is no film.", CURE)
    shown: Pixels | None = None
    number, start = 0, None
    try:
        with av.open(str(path), format=container.reader, options={"protocol_whitelist": "file"}) as media:
            for frame in media.decode(video=0):
                at = float(frame.time or 0.0)
                start = at if start is None else start
                while shown is not None and number / fps < at - start - 1e-6:
                    yield shown
                    number += 1
                scale = min(1.0, LONGEST_SIDE / max(frame.width, frame.height))
                small = frame.reformat(_even(frame.width * scale), _even(frame.height * scale), "rgb24")
                shown = np.ascontiguousarray(np.rot90(small.to_ndarray(), round(frame.rotation / 90)))
            if shown is not None:
                yield shown
    except (av.FFmpegError, IndexError) as error:
        raise BadInput("The film cannot be read.", CURE) from error


class _Writer:
    """H.264 of pictures that come one by one, as large as the first."""

    def __init__(self, path: Path, fps: int) -> None:
        import av

        self._fps, self._out = fps, av.open(str(path), "w", options={"fflags": "+bitexact"})
        self._stream = self._out.add_stream("libx264", rate=fps, options=OPTIONS)
        self._stream.codec_context.thread_count = 1
        self._stream.pix_fmt = "yuv420p"
        self._count = 0

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._count and kind is None:
            self._out.mux(self._stream.encode(None))
        self._out.close()

    def write(self, picture: Pixels) -> None:
        import av

        if not self._count:
            self._stream.height, self._stream.width = picture.shape[:2]
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame = frame.reformat(self._stream.width, self._stream.height, "yuv420p")
        frame.pts, frame.time_base = self._count, Fraction(1, self._fps)
        self._out.mux(self._stream.encode(frame))
        self._count += 1


def _long_enough(film_s: float, speech_s: float) -> Check:
    return Check(
        name="The film lasts as long as the speech",
        value=f"{film_s:.1f} of {speech_s:.1f} s",
        bound=f"at most {SHORT_BY_S:g} s shorter",
        passed=film_s >= speech_s - SHORT_BY_S,
    )


def _even(size: float) -> int:
    return max(2, round(size / 2) * 2)
