"""How promising a topic is: a weighted mean of a few terms, each with its reason. Pure.

To add a term, write a function that returns a `ScoreTerm`, call it in `score_terms`, and name its weight in `WEIGHTS`
and in `storage.schedule.Term`. A show may weigh terms in its own way.
Every term is monotonic: fresher, longer, illustrated, more discussed or more widely reported never ranks lower, all else
equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scraper.screen import phrases_in
from scraper.words import word_count, words
from storage.schedule import Term, TopicRules
from storage.topics import FoundTopic, ScoreTerm

WEIGHTS: dict[Term, float] = {
    "freshness": 3, "length": 2, "picture": 1, "source": 1, "engagement": 1.5, "corroboration": 2, "variety": 1.5,
    "keywords": 2, "judgement": 2,
}  # fmt: skip
"""How much each term counts where a show does not say otherwise."""
HALF_LIFE_H = 24.0
"""Hours after which a topic is worth half as much."""
UNDATED = 0.25
"""What a topic without a date is worth: two half-lives old."""
ENOUGH_WORDS = 150
"""A story this long fills a clip; more is no better."""
LIVELY = 200
"""Votes that are worth half of what votes can be worth; a comment counts for two."""
KEYWORDS = 3
"""Wanted or avoided words that say all there is to say; one in the title counts for two."""
MEANS_SOMETHING = 4
"""Letters of a word that tells stories apart."""


@dataclass(frozen=True)
class Taste:
    """What a show wants, and what it had lately (titles of its last clips)."""

    rules: TopicRules = field(default_factory=TopicRules)
    recent: tuple[str, ...] = ()


def score_terms(topic: FoundTopic, has_picture: bool, now: datetime, taste: Taste) -> tuple[ScoreTerm, ...]:
    """The terms of one topic; `now` is aware of its zone."""
    terms = (
        _freshness(topic.published_at, now),
        _length(topic.text),
        _picture(has_picture),
        _source(topic),
        _engagement(topic.points, topic.comments),
        _corroboration(topic),
        _variety(topic.title, taste.recent),
        *_keywords(topic, taste.rules),
    )
    return weighed(terms, taste.rules.weights)


def weighed(terms: Iterable[ScoreTerm], weights: Mapping[Term, float]) -> tuple[ScoreTerm, ...]:
    """The terms as a show weighs them."""
    own = {str(name): weight for name, weight in {**WEIGHTS, **weights}.items()}
    return tuple(
        term
        if (weight := own.get(term.name, term.weight)) == term.weight
        else term.model_copy(update={"weight": weight})
        for term in terms
    )


def judged(topic: FoundTopic, judgement: ScoreTerm, rules: TopicRules) -> FoundTopic:
    """The topic with what a model thinks of it as one more term."""
    others = (term for term in topic.score_terms if term.name != judgement.name)
    terms = weighed((*others, judgement), rules.weights)
    return topic.model_copy(update={"score": total(terms), "score_terms": terms})


def rescored(topic: FoundTopic, now: datetime, weights: Mapping[Term, float] | None = None) -> FoundTopic:
    """The topic with its freshness as of `now`, what was reported since, the picture that it has, and the weights that its
    show gives terms now; what else it was given stays."""
    if not topic.score_terms:
        return topic
    changing = (_freshness(topic.published_at, now), _corroboration(topic), _picture(topic.image is not None))
    newer = {term.name: term for term in changing}
    terms = weighed((newer.get(term.name, term) for term in topic.score_terms), weights or {})
    return topic.model_copy(update={"score": total(terms), "score_terms": terms})


def total(terms: Iterable[ScoreTerm]) -> float:
    """The score, 0..1."""
    terms = tuple(terms)
    weight = sum(t.weight for t in terms)
    return round(sum(t.value * t.weight for t in terms) / weight, 4) if weight else 0.0


def _term(name: Term, value: float, why: str) -> ScoreTerm:
    return ScoreTerm(name=name, value=value, weight=WEIGHTS[name], why=why)


def _freshness(published_at: str, now: datetime) -> ScoreTerm:
    if not published_at:
        return _term("freshness", UNDATED, "Its source gives no date.")
    hours = max(0.0, (now - datetime.fromisoformat(published_at)).total_seconds() / 3600)
    return _term("freshness", 0.5 ** (hours / HALF_LIFE_H), f"Published {_ago(hours)}.")


def _ago(hours: float) -> str:
    if hours < 1:
        return "within the last hour"
    amount, unit = (hours, "hour") if hours < 48 else (hours / 24, "day")
    return f"{amount:.0f} {unit}{'s' if round(amount) != 1 else ''} ago"


def _length(text: str) -> ScoreTerm:
    count = word_count(text)
    return _term("length", min(1.0, count / ENOUGH_WORDS), f"{count} words to tell it with.")


def _picture(has_picture: bool) -> ScoreTerm:
    why = "It has a picture that may be shown." if has_picture else "It has no picture that may be shown."
    return _term("picture", float(has_picture), why)


def _source(topic: FoundTopic) -> ScoreTerm:
    weight = topic.source.weight
    return _term("source", weight, f"The show gives {topic.source.name} a weight of {weight:g}.")


def _engagement(points: int, comments: int) -> ScoreTerm:
    """From a half, where nobody counts, up to one."""
    lively = points + 2 * comments
    why = f"{points} votes and {comments} comments at its source." if lively else "Its source counts no votes."
    return _term("engagement", 0.5 + 0.5 * lively / (lively + LIVELY), why)


def _corroboration(topic: FoundTopic) -> ScoreTerm:
    others = sorted({mention.source for mention in topic.mentions} - {topic.source.name})
    why = (
        f"Also reported by {', '.join(others[:3])}{' and others' if len(others) > 3 else ''}."
        if others
        else "One source has it."
    )
    return _term("corroboration", 1 - 0.5 ** len(others), why)


def _variety(title: str, recent: Iterable[str]) -> ScoreTerm:
    """Lower, the more its title shares with that of one of the last clips."""
    mine = _telling(title)
    shares = [(len(mine & other) / len(mine | other), clip) for clip in recent if (other := _telling(clip)) and mine]
    share, clip = max(shares, default=(0.0, ""))
    why = f"Much like a recent clip, “{clip}”." if share >= 0.2 else "Unlike the show's recent clips."
    return _term("variety", 1 - share, why)


def _keywords(topic: FoundTopic, rules: TopicRules) -> Iterable[ScoreTerm]:
    """Only for a show that has any: a half without, up to one with wanted words, down to nought with avoided ones."""
    if not (rules.want or rules.avoid):
        return
    want, avoid = _named(topic, rules.want), _named(topic, rules.avoid)
    value = 0.5 + 0.5 * min(1.0, sum(want.values()) / KEYWORDS) - 0.5 * min(1.0, sum(avoid.values()) / KEYWORDS)
    said = [f"It speaks of {', '.join(want)}, which the show wants."] if want else []
    said += [f"It speaks of {', '.join(avoid)}, which the show avoids."] if avoid else []
    yield _term("keywords", value, " ".join(said) or "It has none of the show's words.")


def _named(topic: FoundTopic, phrases: Iterable[str]) -> dict[str, int]:
    """The phrases that a topic contains; 2 for one in its title, 1 for one in its text."""
    phrases = tuple(phrases)
    in_text = dict.fromkeys(phrases_in(topic.text, phrases), 1)
    return in_text | dict.fromkeys(phrases_in(topic.title, phrases), 2)


def _telling(title: str) -> set[str]:
    return {word for word in words(title) if len(word) >= MEANS_SOMETHING or ord(word[0]) > 0x2E80}
