"""Pictures: checked before they are decoded, stored as plain JPEG, and only where rights allow."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from config.errors import SourceError
from scraper.guard import BUNDLED
from scraper.images import LARGEST, as_jpeg
from scraper.intake import Draft
from scraper.pictures import may_show, with_picture
from storage.artifacts import FolderStore
from storage.documents import Rights
from storage.orders import SourceSpec
from storage.topics import FetchPolicy, FoundTopic
from tests.support.small_web import Web


def picture(width: int = 640, height: int = 360, kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "orange").save(out, kind, **options)
    return out.getvalue()


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be many pixels."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(bytes(1000))) + png_chunk(b"IEND", b"")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_kind_becomes_a_jpeg(kind: str) -> None:
    jpeg = opened(as_jpeg(picture(kind=kind)))
    assert (jpeg.format, jpeg.mode, jpeg.size) == ("JPEG", "RGB", (640, 360))


def test_large_pictures_are_scaled_down_and_small_ones_left() -> None:
    assert opened(as_jpeg(picture(4000, 1000, "JPEG"))).size == (LARGEST, LARGEST // 4)
    assert opened(as_jpeg(picture(300, 200))).size == (300, 200)


def test_transparency_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (300, 300), (255, 0, 0, 0)).save(out, "PNG")
    assert min(opened(as_jpeg(out.getvalue())).getpixel((150, 150))) > 250  # type: ignore[arg-type]


def test_metadata_is_dropped_and_the_orientation_applied() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"
    jpeg = as_jpeg(picture(640, 360, "JPEG", exif=exif))
    assert opened(jpeg).size == (360, 640)
    assert b"taken at home" not in jpeg
    assert not opened(jpeg).getexif()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (huge_png(60_000, 60_000), "too many"),
        (huge_png(12_000, 8_000), "too many"),
        (huge_png(7_000, 6_000), "too many"),
        (picture(1, 1), "only 1 × 1"),
        (picture(1200, 40), "only 1200 × 40"),
        (picture()[:200], "damaged"),
        (b"", "damaged"),
        (b"<svg onload='alert(1)'/>", "damaged"),
        (b"<html>404</html>", "damaged"),
        (b"%PDF-1.7", "damaged"),
        (picture(kind="BMP"), "unknown kind"),
        (picture(kind="TIFF"), "unknown kind"),
    ],
)
def test_what_is_no_harmless_picture_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        as_jpeg(data)


def draft(source_url: str, *pictures: str, rights: Rights = "own") -> Draft:
    source = SourceSpec(kind="feed", url=source_url, name="Paper", rights=rights)
    topic = FoundTopic(source=source, url="", canonical_url="urn:x", title="Night ferry", text="", language="en")
    return Draft(topic, pictures)


def test_a_picture_is_fetched_and_stored(web: Web, store: FolderStore) -> None:
    url = web.page("/a.png", picture())
    found, problem = with_picture(draft(web.url("/feed"), url), web.policy(), store)
    assert found.topic.image is not None
    assert (found.topic.image.media_type, problem) == ("image/jpeg", "")
    assert opened(store.fetch(found.topic.image).read_bytes()).size == (640, 360)


def test_the_second_picture_is_tried_when_the_first_is_no_use(web: Web, store: FolderStore) -> None:
    pixel, good = web.page("/pixel.gif", picture(1, 1, "GIF")), web.page("/good.png", picture())
    found, problem = with_picture(draft(web.url("/feed"), pixel, good), web.policy(), store)
    assert found.topic.image is not None
    assert problem == ""


def test_a_picture_that_cannot_be_had_is_a_flag_and_a_reason(web: Web, store: FolderStore) -> None:
    found, problem = with_picture(draft(web.url("/feed"), web.url("/gone.png")), web.policy(), store)
    assert found.topic.image is None
    assert "picture-refused" in found.topic.flags
    assert "“Night ferry” goes without its picture: There is nothing at" in problem


def test_quoted_sources_lend_their_words_only(web: Web, store: FolderStore) -> None:
    quoted = draft(web.url("/feed"), web.page("/a.png", picture()), rights="quote")
    found, problem = with_picture(quoted, web.policy(), store)
    assert not may_show(quoted)
    assert (found.topic.image, found.topic.flags, problem) == (None, ("picture-refused",), "")
    assert web.hits == []


def test_a_feed_on_the_web_cannot_show_our_files(store: FolderStore, tmp_path: Path) -> None:
    ours = (BUNDLED / "the-morning-desk" / "images" / "otters.jpg").as_uri()
    found, problem = with_picture(
        draft("https://news.example/feed", ours), FetchPolicy(folders=(str(tmp_path),)), store
    )
    assert found.topic.image is None
    assert "not in a folder" in problem


def test_a_topic_without_pictures_is_no_problem(store: FolderStore) -> None:
    found, problem = with_picture(draft("https://news.example/feed"), FetchPolicy(), store)
    assert (found.topic.flags, problem) == ((), "")
