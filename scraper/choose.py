"""Which topics become clips, which do not, and why. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scraper.dedupe import Known
from scraper.merge import as_known
from scraper.score import rescored
from scraper.screen import expired
from storage.catalogue import TopicRow
from storage.orders import ShowSpec
from storage.runs import LedgerEntry

REASONS = 3
"""Terms of a score that a sentence about it names: those that moved it most."""


@dataclass(frozen=True)
class Room:
    """How many more clips there may be. `why` says what sets the limit, in a sentence."""

    clips: int
    why: str


@dataclass(frozen=True)
class Choice:
    """One topic, rated as of now, and what becomes of it."""

    topic: TopicRow
    why: str


@dataclass(frozen=True)
class Selection:
    chosen: tuple[Choice, ...]
    passed_over: tuple[Choice, ...]
    """The rest, best first."""


def choose(
    topics: Iterable[TopicRow], show: ShowSpec, ledger: Iterable[LedgerEntry], rooms: Iterable[Room], now: datetime
) -> Selection:
    """The best topics without a clip: up to `show.clips_per_run` in each of the show's languages, as far as all `rooms` allow.

    Scores are taken as of `now`: what was fresh when it was found may not be fresh any more.
    """
    made = defaultdict[str, Known](Known)
    for entry in ledger:
        made[entry.language].add(entry.as_known())
    tight = min(rooms, key=lambda room: room.clips, default=None)
    taken: Counter[str] = Counter()
    chosen: list[Choice] = []
    passed: list[Choice] = []
    for rank, topic in enumerate(_best_first(topics, show, now), 1):
        language, per_run = topic.found.language, show.clips_per_run
        objection = _objection(topic, show, made, now)
        if not objection and taken[language] >= per_run:
            objection = f"The show makes {per_run} clips in this language per run, and there were better ones."
        if not objection and tight and len(chosen) >= tight.clips:
            objection = tight.why
        if objection:
            passed.append(Choice(topic, objection))
        else:
            taken[language] += 1
            chosen.append(Choice(topic, f"Rank {rank}, score {topic.found.score:.2f}. {best_reasons(topic)}"))
    return Selection(tuple(chosen), tuple(passed))


def best_reasons(topic: TopicRow) -> str:
    """What lifts a topic most, in the words of its score."""
    terms = sorted(topic.found.score_terms, key=lambda term: -term.value * term.weight)
    return " ".join(term.why for term in terms[:REASONS] if term.value > 0)


def _best_first(topics: Iterable[TopicRow], show: ShowSpec, now: datetime) -> list[TopicRow]:
    rated = [topic.model_copy(update={"found": rescored(topic.found, now, show.topics.weights)}) for topic in topics]
    return sorted(rated, key=lambda topic: (-topic.found.score, topic.id))


def _objection(topic: TopicRow, show: ShowSpec, made: Mapping[str, Known], now: datetime) -> str:
    """Why this topic must not become a clip of the show, or ""."""
    found, rules = topic.found, show.topics
    if found.language not in show.languages:
        return f"The show does not speak its language ({found.language})."
    if found.language in made and (covered := made[found.language].match(as_known(found))):
        return f"Already covered by {covered.topic.label}. {covered.reason}"
    if topic.dismissed_by is not None:
        return f"{topic.dismissed_by} dismissed it."
    if topic.clip_id is not None:
        return "It has a clip already."
    if expired(found.published_at or topic.found_at, rules.expires_h, now):
        return f"It is older than {rules.expires_h} hours."
    if found.score < rules.minimum_score:
        return f"Its score, {found.score:.2f}, is below the show's minimum of {rules.minimum_score:.2f}."
    return ""
