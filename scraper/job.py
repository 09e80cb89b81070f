"""A scrape: one show's sources are read, cleaned, compared and scored. Runs in a CPU worker, on hostile input.

It touches no database and no settings: all it knows stands in the request, all it finds stands in the report.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from loguru import logger

from scraper.full_text import Pages
from scraper.intake import Draft
from scraper.judgement import Judge, with_judgements
from scraper.keys import Keys
from scraper.meaning import MeaningModel, with_meanings
from scraper.merge import merge
from scraper.pictures import may_show, with_picture
from scraper.reading import Reading, read_source
from scraper.score import Taste, rescored, score_terms, total
from scraper.screen import objection
from scraper.turns import Turns
from storage.artifacts import ArtifactStore
from storage.orders import SourceSpec
from storage.topics import LeftOut, ScrapeReport, ScrapeRequest, SourceReport, SourceState

AT_ONCE = 4
"""Sources, and then pictures, that are fetched side by side."""
READ = 20
"""Topics of one scrape whose page is read when the source gave only a teaser, the most promising first."""
MEANT = 100
"""Topics of one scrape that are compared by meaning, the most promising first: a second or two of one core."""
PICTURED = 40
"""Topics of one scrape whose picture is fetched, the most promising first."""
WARNINGS = 10
"""Lines of warning that one source's report keeps."""

Report = Callable[[float, str], None]


@dataclass(frozen=True)
class Helpers:
    """Models that help, where there are any. Without them a scrape finds the same topics."""

    meanings: MeaningModel | None = None
    judge: Judge | None = None


ALONE = Helpers()
In = TypeVar("In")
Out = TypeVar("Out")


def scrape(
    job: ScrapeRequest, artifacts: ArtifactStore, report: Report, keys: Keys | None = None, helpers: Helpers = ALONE
) -> ScrapeReport:
    """Read all sources of a show once. A source that fails costs its own topics and one line in its health.

    `report` gets a fraction 0..1 and a few words; whatever it raises (a cancellation) ends the scrape.
    """
    start = time.monotonic()
    now = datetime.fromisoformat(job.asked_at)

    known_as = keys or Keys()

    readings = []
    turns = Turns(job.policy.pause_s)

    def read(source: SourceSpec) -> Reading:
        state = _state(job, source.url)
        return turns.read(source, state, lambda: read_source(source, state, job.policy, now, known_as))

    for reading in _side_by_side(read, job.show.sources):
        readings.append(reading)
        report(0.7 * len(readings) / len(job.show.sources), f"Read {reading.report.name or reading.report.url}")

    taste = Taste(job.show.topics, job.recent)
    wanted, screened = _screened((draft for reading in readings for draft in reading.drafts), job, now)
    distinct, left_out = merge(_ranked(wanted, now, may_show, taste), job.known)
    if job.policy.full_text and any("teaser" in draft.topic.flags for draft in distinct[:READ]):
        pages = Pages(job.policy, now)
        told = list(_side_by_side(pages.with_full_text, distinct[:READ]))
        wanted, more_screened = _screened([*told, *distinct[READ:]], job, now)
        distinct, more_left_out = merge(_ranked(wanted, now, may_show, taste), job.known)
        screened, left_out = [*screened, *more_screened], [*left_out, *more_left_out]
    notes: list[str] = []
    if helpers.meanings:
        try:
            told = [*with_meanings(distinct[:MEANT], helpers.meanings), *distinct[MEANT:]]
            distinct, more_left_out = merge(told, job.known)
            left_out = [*left_out, *more_left_out]
        except Exception as e:  # noqa: BLE001  damaged weights, a library of another version: the topics are here all the same
            logger.opt(exception=True).error("The model of meanings failed")
            notes.append(
                f"Retellings were not looked for: the model of meanings failed ({type(e).__name__}). Pull it again with: run.py pull meaning"
            )

    pictured, problems = [], []
    for draft, problem in _side_by_side(lambda d: with_picture(d, job.policy, artifacts), distinct[:PICTURED]):
        pictured.append(draft)
        problems += [(draft.topic.source.url, problem)] if problem else []
        report(0.7 + 0.3 * len(pictured) / min(len(distinct), PICTURED), f"Looked at {draft.topic.title}")

    told = [*pictured, *distinct[PICTURED:]]
    topics = _best_first(replace(d, topic=rescored(d.topic, now, taste.rules.weights)) for d in told)
    if helpers.judge and job.show.topics.judge:
        topics, note = with_judgements(
            topics, job.show, helpers.judge, lambda topic: report(1.0, f"Asking the model about {topic.title}")
        )
        notes += [note] if note else []
    counts = Counter(draft.topic.source.url for draft in topics)
    return ScrapeReport(
        show=job.show.slug,
        topics=tuple(draft.topic for draft in topics),
        left_out=(*left_out, *screened, *(refused for reading in readings for refused in _refused(reading))),
        sources=tuple(_health(r.report, counts, problems) for r in readings),
        notes=tuple(notes),
        duration_s=round(time.monotonic() - start, 3),
    )


def _screened(drafts: Iterable[Draft], job: ScrapeRequest, now: datetime) -> tuple[list[Draft], list[LeftOut]]:
    """What the show may want, and the rest with reasons."""
    wanted, screened = [], []
    for draft in drafts:
        topic = draft.topic
        if reason := objection(topic, job.show.topics, now):
            screened.append(
                LeftOut(kind="screened", source_url=topic.source.url, source=topic.source.name, title=topic.title, url=topic.url, reason=reason)
            )  # fmt: skip
        else:
            wanted.append(draft)
    return wanted, screened


def _ranked(drafts: Iterable[Draft], now: datetime, has_picture: Callable[[Draft], bool], taste: Taste) -> list[Draft]:
    """Scored, best first; equals stay in the order of their sources."""
    scored = []
    for draft in drafts:
        terms = score_terms(draft.topic, has_picture(draft), now, taste)
        scored.append(
            replace(draft, topic=draft.topic.model_copy(update={"score": total(terms), "score_terms": terms}))
        )
    return _best_first(scored)


def _best_first(drafts: Iterable[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: -draft.topic.score)


def _refused(reading: Reading) -> Iterator[LeftOut]:
    for entry in reading.refusals:
        yield LeftOut(
            kind="refused", source_url=reading.report.url, title=entry.title, url=entry.url, reason=entry.reason
        )


def _health(report: SourceReport, counts: Counter[str], problems: list[tuple[str, str]]) -> SourceReport:
    warnings = [*report.warnings, *(line for url, line in problems if url == report.url)]
    return report.model_copy(update={"topics": counts[report.url], "warnings": tuple(warnings[:WARNINGS])})


def _state(job: ScrapeRequest, url: str) -> SourceState:
    return job.states.get(url, SourceState())


def _side_by_side(work: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
    """The results in the order of the items."""
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="scrape") as pool:
        yield from pool.map(work, items)
