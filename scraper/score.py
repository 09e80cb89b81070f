"""How promising a topic is: a weighted mean of a few terms, each with its reason. Pure.

To add a term, write a function that returns a `ScoreTerm` and call it in `score_terms`.
Every term is monotonic: fresher, longer or illustrated never ranks lower, all else equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scraper.words import word_count
from storage.topics import FoundTopic, ScoreTerm

HALF_LIFE_H = 24.0
"""Hours after which a topic is worth half as much."""
UNDATED = 0.25
"""What a topic without a date is worth: two half-lives old."""
ENOUGH_WORDS = 150
"""A story this long fills a clip; more is no better."""


def score_terms(text: str, published_at: str, has_picture: bool, now: datetime) -> tuple[ScoreTerm, ...]:
    """The terms of one topic. `published_at` is ISO 8601 or "" for unknown; `now` is aware of its zone."""
    return (_freshness(published_at, now), _length(text), _picture(has_picture))


def rescored(topic: FoundTopic, now: datetime) -> FoundTopic:
    """The topic with its freshness as of `now`; what else it was given stays."""
    if not topic.published_at:
        return topic
    fresh = _freshness(topic.published_at, now)
    terms = tuple(fresh if term.name == fresh.name else term for term in topic.score_terms)
    return topic.model_copy(update={"score": total(terms), "score_terms": terms}) if terms else topic


def total(terms: Iterable[ScoreTerm]) -> float:
    """The score, 0..1."""
    terms = tuple(terms)
    return round(sum(t.value * t.weight for t in terms) / sum(t.weight for t in terms), 4)


def _freshness(published_at: str, now: datetime) -> ScoreTerm:
    if not published_at:
        return ScoreTerm(name="freshness", value=UNDATED, weight=3, why="Its source gives no date.")
    hours = max(0.0, (now - datetime.fromisoformat(published_at)).total_seconds() / 3600)
    return ScoreTerm(name="freshness", value=0.5 ** (hours / HALF_LIFE_H), weight=3, why=f"Published {_ago(hours)}.")


def _ago(hours: float) -> str:
    if hours < 1:
        return "within the last hour"
    amount, unit = (hours, "hour") if hours < 48 else (hours / 24, "day")
    return f"{amount:.0f} {unit}{'s' if round(amount) != 1 else ''} ago"


def _length(text: str) -> ScoreTerm:
    count = word_count(text)
    return ScoreTerm(
        name="length", value=min(1.0, count / ENOUGH_WORDS), weight=2, why=f"{count} words to tell it with."
    )


def _picture(has_picture: bool) -> ScoreTerm:
    why = "It has a picture that may be shown." if has_picture else "It has no picture that may be shown."
    return ScoreTerm(name="picture", value=float(has_picture), weight=1, why=why)
