"""Whatever comes in from outside, however it was damaged: it is read, or refused in plain words. Nothing else ever happens.

The API's bodies are tried by `tests/web/test_api_schema.py`; here is what has a parser.
"""

from __future__ import annotations

import gzip
import io
import json
import wave
from functools import partial
from pathlib import Path

import brotli
import pytest
from PIL import Image

from config.errors import SourceError
from config.settings import Uploads
from producer.engines.script.gguf import read_card
from producer.engines.script.reply import NoScript, read_reply
from producer.intake import inspect
from producer.outside.footage import probe
from producer.render.brand import read_logo
from producer.render.fonts import check_own, faces
from producer.render.sound.own_music import read_music
from producer.speech.intake import read_sound
from review.credentials.verifying import verify
from scraper.article import read_article
from scraper.charset import decode
from scraper.clean import headline, plain_text
from scraper.images import as_jpeg
from scraper.show_file import read_show
from scraper.sources.feed import read_feed
from scraper.sources.newsapi import read_articles
from scraper.unpack import unpack
from scraper.urls import canonical_url, checked_url, clean_link
from tests.support.damage import Parser, in_file, outcomes, samples
from tests.support.footage import film
from tests.support.gguf import gguf

HERE = "https://news.example/feed"
UPLOADS = Uploads(image_mb=1, audio_mb=2, video_mb=3, megapixels=4, seconds=20)

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Paper</title><language>en-gb</language><item><title>Ferry &amp; tide</title><link>/a?utm_source=x</link>
<description>short</description><content:encoded><![CDATA[<p>A longer <b>text</b> <img src="x.jpg"></p>]]></content:encoded>
<enclosure url="film.mp4" type="video/mp4" length="1"/><pubDate>Wed, 18 Nov 2026 09:00:00 +0100</pubDate></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Journal</title><entry><title type="html">Bateau</title>
<link href="../a"/><updated>2026-11-18T08:00:00+01:00</updated><summary>court</summary></entry></feed>"""
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": [{"id": "1", "url": "/1", "title": "2 < 3", "content_html": "<p>Hola</p>", "date_published": "2026-11-18T08:00:00-05:00"}]}
).encode()  # fmt: skip
NEWS = json.dumps(
    {"status": "ok", "articles": [{"source": {"name": "Paper"}, "title": "Ferry", "url": "/f", "urlToImage": "/f.jpg", "publishedAt": "2026-11-20T06:00:00Z", "content": "It sails again… [+12 chars]"}]}
).encode()  # fmt: skip
PAGE = b"""<html lang="en"><head><meta charset="utf-8"><title>Ferry</title><meta property="og:title" content="Ferry returns">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-20"}</script></head><body><nav><a href="/">x</a></nav>
<article><h1>Ferry returns</h1><p>The ferry sails again from Friday, nine years after it was cancelled.</p><p>It leaves at six.</p>
</article></body></html>"""
SHOW = (Path(__file__).parent.parent / "examples/the-morning-desk/show.toml").read_bytes()
REPLY = json.dumps(
    {"title": "Ferry", "lines": [{"text": "It sails.", "source": [1]}, {"text": "At six.", "source": [2]}], "call_to_action": "", "scene": "a quay", "keywords": ["ferry"]}
).encode()  # fmt: skip


def picture(kind: str, mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").convert(mode).save(file, kind)
    return file.getvalue()


def sound(seconds: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(8000)
        wav.writeframes(b"\x10\x20\xf0\xd0" * 4000 * seconds)
    return file.getvalue()


def video(folder: Path) -> bytes:
    film(folder / "film.mp4", 64, 64, 0.4, 1, "A film")
    return (folder / "film.mp4").read_bytes()


def text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def links(data: bytes, _: Path) -> None:
    clean_link(text(data), HERE)
    canonical_url(text(data))
    checked_url(text(data))


def unpacked(data: bytes, _: Path) -> None:
    for coding in ("gzip", "deflate", "br"):
        try:
            unpack([data[:7], data[7:]], coding, 100_000)
        except SourceError:
            continue


PARSERS = {
    "feeds": Parser(samples(RSS, ATOM, JSON_FEED), lambda data, _: read_feed(decode(data), HERE), spoilt=(PAGE, b"")),
    "news services": Parser(samples(NEWS), lambda data, _: read_articles(data, 200, HERE)),
    "pages": Parser(samples(PAGE, RSS), lambda data, _: read_article(decode(data, "text/html"), HERE)),
    "character sets": Parser(
        samples(RSS, PAGE, "名前".encode("utf-16"), "Fähre".encode("latin-1")),
        lambda data, _: decode(data, f"text/html; charset={text(data[:12])}"),
    ),
    "markup": Parser(samples(PAGE), lambda data, _: (plain_text(text(data)), headline(text(data), "Paper"))),
    "addresses": Parser(
        samples(b"https://news.example:8080/a/../b?utm_source=x&id=1#top"), links, spoilt=(b"//[::1]/", b"mailto:x")
    ),
    "compressed answers": Parser(samples(gzip.compress(RSS), brotli.compress(RSS), RSS), unpacked),
    "a source's pictures": Parser(
        lambda _: [picture("PNG", "P"), picture("JPEG"), picture("WEBP"), picture("GIF", "P")],
        lambda data, _: as_jpeg(data),
    ),
    "shows": Parser(samples(SHOW), in_file("show.toml", read_show)),
    "answers of language models": Parser(
        samples(REPLY, b"Sure!\n```json\n" + REPLY + b"\n```"), lambda data, _: read_reply(text(data)), (NoScript,)
    ),
    "uploads": Parser(
        lambda folder: [picture("PNG"), picture("JPEG"), picture("WEBP"), sound(), video(folder)],
        in_file("upload", lambda path: inspect(path, UPLOADS)),
    ),
    "recordings": Parser(
        lambda folder: [sound(), video(folder)], in_file("voice", lambda path: read_sound(path, 16_000, 30.0))
    ),
    "music": Parser(lambda _: [sound(3)], in_file("bed", partial(read_music, wanted_s=3.0))),
    "films that other programs made": Parser(
        lambda folder: [video(folder)], in_file("made.mp4", partial(probe, name="Painter"))
    ),
    "logos": Parser(lambda _: [picture("PNG", "RGBA"), picture("PNG", "L")], in_file("logo.png", read_logo)),
    "typefaces": Parser(lambda _: [faces("en")[0].path().read_bytes()], in_file("own.ttf", check_own)),
    "signed videos": Parser(lambda folder: [video(folder)], in_file("signed.mp4", verify)),
    "weights as GGUF": Parser(
        samples(gguf({"general.name": "Otter", "general.license": "mit", "general.version": 2})),
        in_file("m.gguf", read_card),
    ),
}


@pytest.mark.parametrize("what", PARSERS)
def test_what_is_whole_is_read(what: str, tmp_path: Path) -> None:
    """Or the others would prove nothing."""
    for data in PARSERS[what].samples(tmp_path):
        PARSERS[what].read(data, tmp_path)


@pytest.mark.parametrize("what", PARSERS)
def test_what_is_damaged_is_read_or_refused(what: str, tmp_path: Path) -> None:
    said = list(outcomes(PARSERS[what], tmp_path, 40, seed=1))
    assert all(str(refusal) for refusal in said if refusal is not None)


@pytest.mark.proof
@pytest.mark.timeout(900)
@pytest.mark.parametrize("what", PARSERS)
def test_and_so_it_is_many_times_over(what: str, tmp_path: Path) -> None:
    tries = 150 if what in ("signed videos", "typefaces") else 600
    assert sum(1 for _ in outcomes(PARSERS[what], tmp_path, tries, seed=2)) == tries
