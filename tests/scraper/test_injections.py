"""Orders in a scraped text change nothing but the text: not the show, the presenter, the formats, the rights or the rank."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.clean import INVISIBLE
from scraper.intake import Draft, take_in
from scraper.recording import brief_for
from scraper.score import Taste, score_terms
from scraper.screen import objection
from scraper.sources.base import Candidate
from storage.catalogue import TopicRow
from storage.orders import Brief, PresenterSpec, ShowSpec, SourceSpec
from storage.schedule import TopicRules
from storage.topics import FoundTopic
from tests.support.injections import INJECTIONS

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
SHOW = ShowSpec(slug="show", name="Show", languages=("en", "es", "fr", "de", "zh", "ar"))
SOURCE = SourceSpec(kind="feed", url="https://paper.example/feed", name="Paper")
STORY = "<p>The harbour had a long night, and the ferry had an even longer one before it came home.</p>"


def found(body: str, title: str = "A long night") -> FoundTopic:
    draft = take_in(Candidate(title=title, body=body, url="https://paper.example/1", language="en"), SOURCE, NOW)
    assert isinstance(draft, Draft)
    assert draft.pictures == ()
    return draft.topic


def brief(topic: FoundTopic) -> Brief:
    row = TopicRow(id="t", show="show", found=topic, found_at="2026-11-20T07:00:00.000Z", clip_id=None)
    return brief_for(row, SHOW, PresenterSpec(slug="mara", name="Mara"))


def test_there_are_enough_of_them() -> None:
    assert len(set(INJECTIONS)) >= 40


@pytest.mark.parametrize("order", INJECTIONS)
def test_an_order_in_a_text_changes_the_text_and_nothing_else(order: str) -> None:
    harmless, steered = brief(found(STORY * 3)), brief(found(STORY * 3 + order))
    same = {"topic": harmless.topic.model_copy(update={"text": ""})}
    assert steered.model_copy(update={"topic": steered.topic.model_copy(update={"text": ""})}) == harmless.model_copy(
        update=same
    )


@pytest.mark.parametrize("order", INJECTIONS)
def test_an_order_lifts_no_rank_and_passes_no_screen(order: str) -> None:
    rules = TopicRules(blocked_words=("harbour",), want=("ferry",))
    steered = found(f"{STORY}{order}")
    assert objection(steered, rules, NOW) == "The show blocks “harbour”."
    plain = {term.name: term for term in score_terms(found(STORY), False, NOW, Taste(rules))}
    moved = {term.name for term in score_terms(steered, False, NOW, Taste(rules)) if term != plain[term.name]}
    assert moved <= {"length"}


@pytest.mark.parametrize("order", INJECTIONS)
def test_nothing_of_it_is_hidden_from_the_person_who_reviews(order: str) -> None:
    text = found(f"{STORY}{order}").text
    assert not INVISIBLE.search(text)
    assert "<script" not in text
    assert "onerror" not in text


@pytest.mark.parametrize("order", INJECTIONS)
def test_a_title_is_one_line_whatever_it_says(order: str) -> None:
    title = found(STORY, title=order).title
    assert title
    assert "\n" not in title
