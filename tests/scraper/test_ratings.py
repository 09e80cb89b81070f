"""What is not for everybody is known by its source's own marks, and by the warnings that newsrooms write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.article import read_article
from scraper.intake import Draft, take_in
from scraper.ratings import Marks, is_warned_of, rated
from scraper.sources.base import Candidate
from scraper.sources.feed import read_feed
from storage.orders import SourceSpec
from tests.support.small_web import item, rss


@pytest.mark.parametrize(
    ("scheme", "value", "marks"),
    [
        ("urn:simple", "adult", Marks(adult=True)),
        ("", " Adult ", Marks(adult=True)),
        ("", "nonadult", Marks()),
        ("urn:mpaa", "R", Marks(adult=True)),
        ("urn:mpaa", "pg-13", Marks()),
        ("urn:v-chip", "tv-ma", Marks(adult=True)),
        ("urn:v-chip", "tv-14-v", Marks(violent=True)),
        ("urn:v-chip", "tv-14-dlsv", Marks(violent=True)),
        ("urn:v-chip", "tv-y7-fv", Marks()),
        ("urn:icra", "r (cz 1 lz 1 nz 1 oz 1 vz 1)", Marks()),
        ("urn:icra", "r (cz 1 lz 1 na 1 oz 1 vb 1)", Marks(adult=True, violent=True)),
        ("urn:unheard-of", "adult", Marks()),
    ],
)
def test_ratings_of_media_rss(scheme: str, value: str, marks: Marks) -> None:
    assert rated(scheme, value) == marks


def test_an_entry_of_a_feed_carries_its_own_mark_or_its_feeds() -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    own = rss(
        item("One", "Words.", "https://a.example/1", '<media:rating scheme="urn:v-chip">tv-14-v</media:rating>'),
        item("Two", "Words.", "https://a.example/2", "<itunes:explicit>yes</itunes:explicit>"),
        item("Three", "Words.", "https://a.example/3"),
    ).replace("<rss", f"<rss {media}", 1)  # fmt: skip
    assert [(c.adult, c.violent) for c in read_feed(own, "https://a.example/").candidates] == [
        (False, True), (True, False), (False, False),
    ]  # fmt: skip
    all_of_it = rss(item("One", "Words.", "https://a.example/1"), channel="<media:rating>adult</media:rating>")
    (entry,) = read_feed(all_of_it.replace("<rss", f"<rss {media}", 1), "https://a.example/").candidates
    assert entry.adult


@pytest.mark.parametrize(
    "text",
    [
        "Warning: graphic content. The report begins at the harbour.", "Viewer discretion is advised.",
        "Some readers may find the details distressing.", "Advertencia: imágenes violentas.", "Las imágenes pueden herir la sensibilidad del espectador.",
        "Ces images peuvent heurter la sensibilité.", "Achtung: verstörende Bilder.", "以下内容可能引起不适。",
    ],
)  # fmt: skip
def test_a_warning_in_the_text_is_a_mark(text: str) -> None:
    assert is_warned_of(text)
    source = SourceSpec(kind="feed", url="https://a.example/feed", name="Paper")
    draft = take_in(Candidate(title="A report", body=text), source, datetime.now(UTC))
    assert isinstance(draft, Draft)
    assert "violent" in draft.topic.flags


@pytest.mark.parametrize(
    "text", ["The violent storm passed.", "A graphic designer won.", "The film is violent, critics say.", "Readers may find it here."]
)  # fmt: skip
def test_words_alone_are_none(text: str) -> None:
    assert not is_warned_of(text)


@pytest.mark.parametrize("label", ["adult", "RTA-5042-1996-1400-RTA"])
def test_a_page_says_that_it_is_for_adults(label: str) -> None:
    story = f"<p>{'The ferry crossed the harbour again on Friday night. ' * 12}</p>"
    page = (
        '<html><head><title>T</title><meta content="{}" name="rating"></head><body><article>{}</article></body></html>'
    )
    assert read_article(page.format(label, story), "https://a.example/").adult
    assert not read_article(page.format("general", story), "https://a.example/").adult
