"""A raw entry becomes a clean topic, or a refusal that says why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.intake import TEXT_LIMIT, TITLE_LIMIT, Draft, Refusal, believable, take_in
from scraper.sources.base import Candidate
from storage.orders import SourceSpec
from storage.topics import FoundTopic

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
SOURCE = SourceSpec(kind="feed", url="https://news.example/feed", name="The Harbour Gazette")


def taken(**entry: str) -> FoundTopic:
    draft = take_in(Candidate(**{"title": "", **entry}), SOURCE, NOW)  # type: ignore[arg-type]
    assert isinstance(draft, Draft), draft
    return draft.topic


def test_an_ordinary_entry() -> None:
    topic = taken(
        title="Night ferry returns - The Harbour Gazette",
        body="<p>For the first time in nine years.</p>" + "<p>A ferry crosses the harbour at night.</p>" * 6,
        url="https://news.example/ferry?utm_source=rss",
        published_at="2026-11-20T06:00:00+01:00",
        language="en-GB",
    )
    assert topic.title == "Night ferry returns"
    assert topic.text.startswith("For the first time in nine years.\n\nA ferry")
    assert (topic.url, topic.canonical_url) == ("https://news.example/ferry",) * 2
    assert (topic.language, topic.published_at, topic.flags) == ("en", "2026-11-20T05:00:00Z", ())
    assert topic.source == SOURCE


@pytest.mark.parametrize("title", ["🎉🎊🔥", "", "   ", "…!!", "<b></b>", "\u202e\u200b"])
def test_a_title_without_words_is_taken_from_the_text(title: str) -> None:
    topic = taken(title=title, body="<p>The harbour opens today. It was closed.</p><p>More.</p>")
    assert topic.title == "The harbour opens today. It was closed."
    assert "title-made" in topic.flags


@pytest.mark.parametrize("body", ["", "🎉🎉", "<p><img src=x></p>", "…"])
def test_an_entry_without_words_is_refused(body: str) -> None:
    assert take_in(Candidate("🎉", body, "https://news.example/1"), SOURCE, NOW) == Refusal(
        "🎉", "https://news.example/1", "It contains no words."
    )


def test_a_title_that_never_ends_is_shortened() -> None:
    topic = taken(title="After seven months of debate " * 30)
    assert len(topic.title) <= TITLE_LIMIT
    assert topic.title.endswith("…")
    assert "title-shortened" in topic.flags


def test_a_text_that_never_ends_is_shortened_at_a_sentence() -> None:
    topic = taken(title="Long", body="This is one of very many sentences. " * 1200)
    assert TEXT_LIMIT * 0.9 < len(topic.text) <= TEXT_LIMIT
    assert topic.text.endswith("sentences.")
    assert "text-shortened" in topic.flags
    exactly = taken(title="Exact", body="a" * TEXT_LIMIT)
    assert (len(exactly.text), "text-shortened" in exactly.flags) == (TEXT_LIMIT, False)


def test_words_from_right_to_left_are_kept_and_overrides_are_not() -> None:
    topic = taken(
        title="Festival opens: \u202eשלום\u202c, سلام, peace", body="<p dir=rtl>שלום לכולם מן הנמל של העיר</p>"
    )
    assert topic.title == "Festival opens: שלום, سلام, peace"
    assert topic.language == "he"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", "http://u:p@x.example/"]
)
def test_a_link_that_no_one_should_follow_is_no_link(link: str) -> None:
    topic = taken(title="Story of the harbour", url=link)
    assert topic.url == ""
    assert "no-link" in topic.flags
    assert topic.canonical_url == taken(title="Story of the harbour").canonical_url
    assert topic.canonical_url != taken(title="Another story").canonical_url


def test_scripts_in_titles_and_texts_come_to_nothing() -> None:
    topic = taken(
        title="<script>alert(1)</script>Ferry &lt;img src=x onerror=alert(1)&gt;",
        body="<p onclick=x>Text<svg onload=alert(1)></p>",
    )
    assert (topic.title, topic.text) == ("Ferry", "Text")


@pytest.mark.parametrize(
    ("date", "believed"),
    [
        ("", ""),
        ("2026-11-20T06:59:59+00:00", "2026-11-20T06:59:59Z"),
        ("2026-11-20T09:00:00+09:00", "2026-11-20T00:00:00Z"),
        ("2026-11-21T06:00:00+00:00", "2026-11-21T06:00:00Z"),
        ("2026-11-22T07:00:00+00:00", ""),
        ("2099-01-01T00:00:00+00:00", ""),
        ("1970-01-01T00:00:00+00:00", ""),
    ],
)
def test_dates_are_believed_within_reason(date: str, believed: str) -> None:
    assert believable(date, NOW) == believed


def test_teasers_are_flagged() -> None:
    assert "teaser" in taken(title="Ferry", body="Read all about it.").flags
    assert "teaser" not in taken(title="Ferry", body="word " * 60).flags
    assert "teaser" not in taken(title="渡轮", body="夜" * 100).flags


@given(st.text(), st.text(), st.text())
def test_whatever_comes_is_a_clean_topic_or_a_refusal(title: str, body: str, url: str) -> None:
    found = take_in(Candidate(title, body, url), SOURCE, NOW)
    if isinstance(found, Draft):
        assert found.topic.title
        assert found.topic.canonical_url
        assert "\n" not in found.topic.title
        assert FoundTopic.model_validate_json(found.topic.model_dump_json()) == found.topic
