"""The example show reads, scrapes and looks as the product needs it on first start."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from scraper.guard import BUNDLED
from scraper.job import scrape
from scraper.show_file import read_show
from scraper.words import word_count
from storage.artifacts import FolderStore
from storage.topics import ScrapeReport, ScrapeRequest

FOLDER = BUNDLED / "the-morning-desk"
PICTURES = sorted((FOLDER / "images").glob("*.jpg"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> ScrapeReport:
    show, _ = read_show(FOLDER / "show.toml")
    job = ScrapeRequest(show=show, asked_at="2026-11-20T07:00:00Z")
    return scrape(job, FolderStore(tmp_path_factory.mktemp("store")), lambda _fraction, _message: None)


def test_the_show_speaks_three_languages_through_a_presenter_it_brings() -> None:
    show, presenters = read_show(FOLDER / "show.toml")
    assert (show.slug, show.name, show.languages) == ("the-morning-desk", "The Morning Desk", ("en", "es", "zh"))
    assert show.presenter in {p.slug for p in presenters}
    assert [s.rights for s in show.sources] == ["own"]


def test_its_feed_gives_distinct_topics_in_three_languages(report: ScrapeReport) -> None:
    languages = Counter(t.language for t in report.topics)
    assert len(report.topics) == 15
    assert languages["en"] >= 7
    assert languages["es"] >= 2
    assert languages["zh"] >= 2
    assert len({t.canonical_url for t in report.topics}) == len({t.title for t in report.topics}) == 15


def test_its_source_is_healthy(report: ScrapeReport) -> None:
    (health,) = report.sources
    assert (health.ok, health.warnings, health.name, health.entries) == (True, (), "The Harbour Gazette", 17)


def test_its_duplicates_are_merged_with_the_reason(report: ScrapeReport) -> None:
    reasons = {left.title: left.reason for left in report.left_out}
    assert len(reasons) == 2
    assert "same address" in reasons["They beat the rescue service: over-seventies win the harbour race"]
    assert "of its wording is the same" in reasons["Night boat is back: ferry to cross Tolmouth harbour after midnight"]
    assert sum(len(t.mentions) for t in report.topics) == 2


def test_every_story_is_long_enough_to_tell_and_illustrated(report: ScrapeReport) -> None:
    for topic in report.topics:
        assert topic.image is not None, topic.title
        shortest, longest = (150, 400) if topic.language == "en" else (100, 400)
        assert shortest <= word_count(topic.text) <= longest, topic.title


def test_its_awkward_entries_come_out_clean(report: ScrapeReport) -> None:
    by_url = {t.canonical_url.rpartition("/")[2]: t for t in report.topics}
    leaks = by_url["app-listens-for-leaks"]
    assert leaks.title == "Plumber’s app listens for leaking pipes & finds 214 of them"
    assert "“A leak hisses" in leaks.text
    for trace in ("<", "&amp;", "track(", "Read more", "A drawing of a pipe"):
        assert trace not in leaks.text
    assert by_url["room-you-can-only-hear"].published_at == ""
    assert "title-shortened" in by_url["little-red-bus"].flags
    assert "שלום" in by_url["festival-of-languages"].title
    assert by_url["festival-of-languages"].language == "en"
    assert not any("utm_" in t.url or "fbclid" in t.url for t in report.topics)


def test_a_second_scrape_finds_nothing_new(report: ScrapeReport, tmp_path: Path) -> None:
    show, _ = read_show(FOLDER / "show.toml")
    states = {s.url: s.state for s in report.sources}
    job = ScrapeRequest(show=show, asked_at="2026-11-20T08:00:00Z", states=states)
    again = scrape(job, FolderStore(tmp_path), lambda _fraction, _message: None)
    assert again.topics == ()
    assert again.sources[0].unchanged


@pytest.mark.parametrize("path", PICTURES, ids=lambda p: p.stem)
def test_its_pictures_are_small_and_of_one_size(path: Path) -> None:
    assert path.stat().st_size <= 120_000
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1280, 720))


def test_no_two_of_its_pictures_are_alike() -> None:
    assert len({path.read_bytes() for path in PICTURES}) == len(PICTURES) == 15
