"""Videos and pictures: only for people who are signed in, only of clips, only as what they are."""

from __future__ import annotations

import pytest

from storage.documents import Cut
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.web.conftest import Login
from web.media import media_address


@pytest.fixture(scope="module")
def clip(small: SmallStudio) -> str:
    return small.ready_clip(0)


@pytest.fixture(scope="module")
def cut(small: SmallStudio, clip: str) -> Cut:
    return small.detail(clip).cuts["16:9"]


def test_a_video_plays_from_anywhere(login: Login, clip: str, cut: Cut) -> None:
    vera, path = login("vera"), media_address(clip, cut.video.sha256)
    whole = vera.get(path)
    assert (whole.status_code, whole.headers["content-type"]) == (200, "video/mp4")
    assert len(whole.content) == cut.video.size
    part = vera.get(path, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{cut.video.size}"
    assert vera.get(path, headers={"Range": "bytes=99999999-"}).status_code == 416
    assert vera.head(path).headers["content-length"] == str(cut.video.size)


@pytest.mark.parametrize(
    ("part", "media_type"), [("poster", "image/jpeg"), ("vtt", "text/vtt"), ("srt", "application/x-subrip")]
)
def test_files_are_served_as_what_they_are_and_nothing_else(
    login: Login, clip: str, cut: Cut, part: str, media_type: str
) -> None:
    answer = login("vera").get(media_address(clip, getattr(cut, part).sha256))
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert "private" in answer.headers["cache-control"]


def test_a_file_belongs_to_its_clip_only(login: Login, small: SmallStudio, clip: str, cut: Cut) -> None:
    vera, other = login("vera"), small.ready_clip(1)
    loose = small.artifacts.put_bytes(b"nobody's file", "text/html").sha256
    assert vera.get(media_address(other, cut.video.sha256)).status_code == 404
    assert vera.get(media_address(clip, loose)).status_code == 404
    assert vera.get(media_address("no-such-clip", cut.video.sha256)).status_code == 404


@pytest.mark.parametrize("name", ["..%2f..%2fstudio.db", "x", "A" * 64, "0" * 63, "%2e%2e"])
def test_only_hashes_are_names(login: Login, clip: str, name: str) -> None:
    answer = login("vera").get(f"/media/{clip}/{name}")
    assert answer.status_code in (404, 422)
    assert b"SQLite" not in answer.content


def test_a_file_with_an_unknown_type_is_a_download(login: Login, small: SmallStudio, clip: str) -> None:
    page = small.artifacts.put_bytes(b"<script>alert(1)</script>", "text/html")
    about = topic(3).model_copy(update={"image": page})
    answer = login("vera").get(media_address(small.order(about), page.sha256))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "attachment" in answer.headers["content-disposition"]


def test_a_damaged_file_is_never_shown_and_is_made_again(login: Login, small: SmallStudio) -> None:
    clip = small.clip(topic(5).model_copy(update={"title": "Soon damaged"}))
    ref = small.detail(clip).cuts["16:9"].video
    path, ana = small.artifacts.fetch(ref), login("ana")
    assert ana.get(media_address(clip, ref.sha256)).status_code == 200
    path.chmod(0o644)
    path.write_bytes(b"x" * ref.size)
    answer = ana.get(media_address(clip, ref.sha256))
    assert answer.status_code == 410
    assert "damaged" in answer.json()["detail"]
    small.production.make(clip)
    assert ana.get(media_address(clip, small.detail(clip).cuts["16:9"].video.sha256)).status_code == 200
