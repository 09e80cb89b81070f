"""A film of one's own: upright, at the clip's rate, as long as the speech, whatever came in."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from config.errors import BadInput
from producer.engines.base import Context
from producer.engines.requests import VideoOptions, VideoRequest
from producer.engines.video.footage import Footage, pictures
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef, Performance, Speech
from tests.support.briefs import make_script


def filmed(path: Path, times: list[int], size: tuple[int, int] = (160, 90)) -> Path:
    """Frames that grow brighter, each at its time in hundredths of a second."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=100, options={"preset": "ultrafast", "crf": "10"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 100)
        for number, at in enumerate(times):
            frame = av.VideoFrame.from_ndarray(
                np.full((size[1], size[0], 3), 40 * number % 240, np.uint8), format="rgb24"
            )
            frame.pts, frame.time_base = at, Fraction(1, 100)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def run(folder: Path, film: Path | None, seconds: float) -> tuple[Performance, FolderStore]:
    store = FolderStore(folder / "store")
    nothing = ArtifactRef(sha256="0" * 64, media_type="audio/wav", size=0)
    speech = Speech(audio=nothing, sample_rate=48000, duration_s=seconds, loudness_lufs=-16, lines=())
    options = VideoOptions(film=store.put(film, "video/mp4") if film else None)
    (folder / "work").mkdir()
    return Footage().run(VideoRequest(options, make_script("Hello."), speech), Context(folder / "work", store)), store


def test_at_each_moment_the_frame_that_is_seen_then(tmp_path: Path) -> None:
    """A phone's film has no constant rate: 0 to 1 s dark, then a brighter frame, then at 2 s the last."""
    seen = [int(picture.mean()) for picture in pictures(filmed(tmp_path / "phone.mp4", [0, 100, 200]), 10)]
    assert len(seen) == 21
    assert seen[:10] == pytest.approx([0] * 10, abs=6)
    assert seen[10:20] == pytest.approx([40] * 10, abs=8)


def test_is_as_long_as_the_speech(tmp_path: Path) -> None:
    made, store = run(tmp_path, filmed(tmp_path / "long.mp4", list(range(0, 600, 10))), 2.0)
    assert made.footage is not None
    with av.open(str(store.fetch(made.footage))) as film:
        assert sum(1 for _ in film.decode(video=0)) == 50
    assert [check.passed for check in made.checks] == [True]


def test_one_that_ends_early_is_taken_and_the_reviewer_hears_of_it(tmp_path: Path) -> None:
    made, _ = run(tmp_path, filmed(tmp_path / "short.mp4", [0, 50, 100]), 4.0)
    (check,) = made.checks
    assert (check.passed, check.value) == (False, "1.0 of 4.0 s")


@pytest.mark.parametrize("data", [b"GIF89a", b"\0\0\0\x18ftypmp42" + b"\0" * 80])
def test_what_is_no_film_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "no.mp4").write_bytes(data)
    with pytest.raises(BadInput, match="film"):
        run(tmp_path, tmp_path / "no.mp4", 1.0)


def test_without_a_film_it_says_where_to_bring_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="edit page"):
        run(tmp_path, None, 1.0)
