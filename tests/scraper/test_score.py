"""A topic's rank is a mean of named terms, and never falls because the topic got better."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.score import ENOUGH_WORDS, score_terms, total
from storage.topics import ScoreTerm

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
hours = st.floats(0, 24 * 400)
lengths = st.integers(0, 400)


def rate(age_h: float, words: int, picture: bool) -> float:
    published = (NOW - timedelta(hours=age_h)).isoformat()
    return total(score_terms("word " * words, published, picture, NOW))


@given(hours, hours, lengths, st.booleans())
def test_fresher_never_ranks_lower(a: float, b: float, words: int, picture: bool) -> None:
    assert rate(min(a, b), words, picture) >= rate(max(a, b), words, picture)


@given(hours, lengths, lengths, st.booleans())
def test_longer_never_ranks_lower(age: float, a: int, b: int, picture: bool) -> None:
    assert rate(age, max(a, b), picture) >= rate(age, min(a, b), picture)


@given(hours, lengths)
def test_illustrated_ranks_higher(age: float, words: int) -> None:
    assert rate(age, words, True) > rate(age, words, False)


@given(hours, lengths, st.booleans())
def test_a_score_is_between_nought_and_one(age: float, words: int, picture: bool) -> None:
    assert 0 <= rate(age, words, picture) <= 1


def test_a_day_halves_the_freshness() -> None:
    now, then = (score_terms("", (NOW - timedelta(hours=h)).isoformat(), False, NOW)[0].value for h in (0, 24))
    assert (now, then) == (1.0, 0.5)


def test_a_topic_without_a_date_is_worth_as_much_as_one_of_two_days_ago() -> None:
    undated, old = score_terms("", "", False, NOW)[0], score_terms("", "2026-11-18T07:00:00Z", False, NOW)[0]
    assert undated.value == old.value
    assert undated.why == "Its source gives no date."


def test_a_date_ahead_of_us_is_not_fresher_than_now() -> None:
    assert score_terms("", "2026-11-20T20:00:00Z", False, NOW)[0].value == 1.0


def test_chinese_is_measured_by_the_time_it_takes_to_say() -> None:
    assert (
        score_terms("字" * 240, "", False, NOW)[1].value
        == score_terms("word " * ENOUGH_WORDS, "", False, NOW)[1].value
        == 1.0
    )


@pytest.mark.parametrize(
    ("age_h", "why"),
    [(0.5, "Published within the last hour."), (1, "Published 1 hour ago."), (26, "Published 26 hours ago."), (72, "Published 3 days ago.")],
)  # fmt: skip
def test_every_term_says_why(age_h: float, why: str) -> None:
    terms = score_terms("word " * 12, (NOW - timedelta(hours=age_h)).isoformat(), True, NOW)
    assert [t.name for t in terms] == ["freshness", "length", "picture"]
    assert [t.why for t in terms] == [why, "12 words to tell it with.", "It has a picture that may be shown."]


def test_the_score_is_the_weighted_mean() -> None:
    terms = [ScoreTerm(name="a", value=1, weight=3, why=""), ScoreTerm(name="b", value=0, weight=1, why="")]
    assert total(terms) == 0.75
