"""A show's exports as a feed: an app subscribes with its address alone, and sees what was released and nothing else."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import httpx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from run import main
from storage.catalogue import put_show
from storage.clips import create_clip, revise_clip
from storage.database import open_for_writing
from storage.exports import ExportRecord
from storage.feeds import close_feed, feed_of, make_feed
from storage.orders import ShowSpec
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from web.feed import feed_address
from web.rss import Item, rss

SHOW = ShowSpec(slug="ferry-news", name="Ferry News & more", languages=("en",), formats=("16:9", "9:16"))


def released(small: SmallStudio, number: int) -> ExportRecord:
    """An export of the show in two formats."""
    brief = small.detail(small.order(topic(number), ("16:9", "9:16"))).brief.model_copy(update={"show": SHOW})
    clip = small.writer.do(partial(create_clip, brief=brief, author="autopilot"))
    small.production.make(clip)
    return exported(small, clip)


def exported(small: SmallStudio, clip: str) -> ExportRecord:
    small.approve(clip, "ana")
    with small.studio.reading() as db:
        return small.exporter().export(db, clip, "ana")


@pytest.fixture(scope="module")
def records(small: SmallStudio) -> list[ExportRecord]:
    small.writer.do(partial(put_show, show=SHOW))
    return [released(small, number) for number in (0, 3)]


@pytest.fixture
def feed(small: SmallStudio, records: list[ExportRecord]) -> str:
    return feed_address(small.writer.do(partial(make_feed, show=SHOW.slug, user="ada")))


def read(stranger: httpx.Client, feed: str) -> Any:
    answer = stranger.get(feed)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/rss+xml")
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo
    return parsed


def test_an_app_finds_every_clip_its_video_and_its_words(
    stranger: httpx.Client, feed: str, records: list[ExportRecord]
) -> None:
    parsed = read(stranger, feed)
    assert (parsed.feed.title, parsed.feed.language) == ("Ferry News & more", "en")
    assert [entry.title for entry in parsed.entries] == [record.bundle["clip"]["title"] for record in records[::-1]]
    entry, record = parsed.entries[-1], records[0]
    assert entry.id == f"urn:uuid:{record.clip_id}"
    assert "AI-generated" in entry.summary
    assert "https://sample.example/0" in entry.summary
    assert (
        abs(
            datetime(*entry.published_parsed[:6]).timestamp()
            - datetime.fromisoformat(record.made_at).replace(tzinfo=None).timestamp()
        )
        < 2
    )
    (enclosure,) = entry.enclosures
    video = stranger.get(enclosure.href, headers={"Range": "bytes=4-11"})
    assert (video.status_code, video.headers["content-type"], video.content[:4]) == (206, "video/mp4", b"ftyp")
    assert int(enclosure.length) == len(stranger.get(enclosure.href).content)
    assert {content["url"].rpartition("-")[2] for content in entry.media_content} == {"16x9.mp4", "9x16.mp4"}
    assert stranger.get(entry.media_thumbnail[0]["url"]).headers["content-type"] == "image/jpeg"
    assert stranger.head(enclosure.href).status_code == 200


def test_a_later_export_of_a_clip_is_the_same_item(
    small: SmallStudio, stranger: httpx.Client, feed: str, records: list[ExportRecord]
) -> None:
    record = released(small, 5)
    brief = small.detail(record.clip_id).brief
    small.writer.do(partial(revise_clip, clip_id=record.clip_id, brief=brief, author="ana", based_on=1))
    small.production.make(record.clip_id)
    later = exported(small, record.clip_id)
    mine = [one for one in read(stranger, feed).entries if one.id == f"urn:uuid:{record.clip_id}"]
    assert [later.id in one.enclosures[0].href for one in mine] == [True]


def test_nobody_gets_in_without_the_address_and_it_opens_nothing_else(
    small: SmallStudio, stranger: httpx.Client, feed: str, records: list[ExportRecord]
) -> None:
    other = small.ready_clip(8)
    secret, record, foreign = feed.split("/")[2], records[0], exported(small, other)
    for path in (
        feed_address("feed_guess"), feed_address(""), f"/feed/{secret}/{foreign.id}/poster.jpg",
        f"/feed/{secret}/{record.id}/clip.json", f"/feed/{secret}/{record.id}/..%2F..%2Fstudio.db",
        f"/feed/{secret}/{record.id}/%2e%2e/clip.json", f"/feed/{secret}/none/poster.jpg",
    ):  # fmt: skip
        assert stranger.get(path).status_code == 404, path
    assert stranger.get(f"/feed/{secret}/{record.id}/poster.jpg").headers["x-robots-tag"] == "noindex"
    assert stranger.post(feed).status_code in (404, 405)


def test_a_new_address_ends_the_old_one_and_a_closed_feed_has_none(
    small: SmallStudio, stranger: httpx.Client, feed: str
) -> None:
    newer = feed_address(small.writer.do(partial(make_feed, show=SHOW.slug, user="ada")))
    assert [stranger.get(one).status_code for one in (feed, newer)] == [404, 200]
    small.writer.do(partial(close_feed, show=SHOW.slug))
    assert stranger.get(newer).status_code == 404


def test_a_file_that_was_changed_since_is_not_sent(
    small: SmallStudio, stranger: httpx.Client, feed: str, records: list[ExportRecord]
) -> None:
    record = records[1]
    poster = small.studio.folder.exports / record.folder / "poster.jpg"
    whole = poster.read_bytes()
    poster.write_bytes(whole + b"more")
    address = f"{feed.removesuffix('feed.xml')}{record.id}/poster.jpg"
    assert stranger.get(address).status_code == 410
    poster.write_bytes(whole)
    assert stranger.get(address).content == whole


def test_the_command_prints_an_address(tmp_path: Any) -> None:
    database = open_for_writing(tmp_path / "studio.db")
    with database.conn:
        put_show(database, SHOW)
    run = partial(CliRunner().invoke, main)
    told = run(["--data", str(tmp_path), "show", "feed", SHOW.slug])
    assert urlsplit(told.output.strip()).path.startswith("/feed/feed_")
    assert feed_of(database, SHOW.slug) is not None
    assert run(["--data", str(tmp_path), "show", "feed", SHOW.slug, "--close"]).exit_code == 0
    assert feed_of(database, SHOW.slug) is None
    assert run(["--data", str(tmp_path), "show", "feed", "none"]).exit_code == 2


@given(st.text(), st.text())
def test_no_words_break_the_document(title: str, line: str) -> None:
    """A title or a line from anywhere, control characters and markup included, is a title or a line."""
    bundle = {
        "clip": {"title": title, "language": "en", "duration_s": 9.4},
        "sources": [{"name": line, "url": "javascript:alert(1)"}],
        "script": [{"text": line}],
        "files": [{"name": "a.mp4", "media_type": "video/mp4", "size": 3}],
    }
    document = rss(
        title,
        line,
        "en",
        "http://x/",
        "http://x/feed.xml",
        [Item("c", "2026-11-20T08:00:00+00:00", "http://x/", bundle)],
    )
    root = ElementTree.fromstring(document)
    assert len(root.findall("channel/item")) == 1
    assert root.findtext("channel/item/guid") == "urn:uuid:c"
    assert root.find("channel/item/{http://purl.org/dc/elements/1.1/}source") is None
