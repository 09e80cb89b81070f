"""What a show does not want is kept out, with the reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scraper.screen import blocked_domain, objection, phrases_in
from storage.orders import SourceSpec
from storage.schedule import TopicRules
from storage.topics import FoundTopic

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
RULES = TopicRules(blocked_words=("casino", "free money", "赌场"), blocked_domains=("spam.example",), expires_h=48)


def found(**changes: Any) -> FoundTopic:
    source = SourceSpec(kind="feed", url="https://a.example/feed", name="Paper")
    basics = {
        "source": source,
        "url": "https://a.example/1",
        "canonical_url": "x",
        "title": "A story",
        "text": "",
        "language": "en",
    }
    return FoundTopic.model_validate({**basics, **changes})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"title": "The CASINO burns"}, "The show blocks “casino”."),
        ({"text": "They promised free, money."}, "The show blocks “free money”."),
        ({"text": "这里有一个赌场。"}, "The show blocks “赌场”."),
        ({"title": "Casinos"}, ""),
        ({"url": "https://news.spam.example/1"}, "The show blocks spam.example."),
        ({"url": "https://notspam.example/1"}, ""),
        ({"published_at": "2026-11-18T06:00:00Z"}, "It is older than 48 hours."),
        ({"published_at": "2026-11-18T08:00:00Z"}, ""),
        ({"flags": ("paywall",)}, "Most of it is for subscribers."),
        ({"flags": ("adult",)}, "Its source marks it as not for everybody."),
        ({"flags": ("violent",)}, "Its source warns of violence in it."),
    ],
)
def test_every_objection_is_a_sentence(changes: dict[str, Any], reason: str) -> None:
    assert objection(found(**changes), RULES, NOW) == reason


def test_a_show_may_want_what_is_marked_as_adult() -> None:
    assert objection(found(flags=("adult",)), TopicRules(adult=True), NOW) == ""
    assert objection(found(flags=("violent",)), TopicRules(violent=True), NOW) == ""


def test_nothing_expires_in_a_show_that_says_so() -> None:
    assert objection(found(published_at="1999-01-01T00:00:00Z"), TopicRules(expires_h=0), NOW) == ""


def test_empty_words_and_domains_block_nothing() -> None:
    assert phrases_in("any text", ("", "  ", "!?")) == []
    assert blocked_domain("https://a.example/", ("", ".", " ")) == ""
    assert blocked_domain("https://A.Spam.Example./", ("Spam.example",)) == "spam.example"
