"""Reads one source: what it gave, as drafts of topics, and how it did. Never raises: a bad source is a line in its health."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from loguru import logger

from config.errors import DailiesError, SourceError
from scraper.clean import plain_line, shorten
from scraper.fetch import Client
from scraper.intake import NAME_LIMIT, Draft, Refusal, take_in
from scraper.keys import Keys
from scraper.sources.base import FetchResult
from scraper.sources.registry import create
from storage.orders import SourceSpec
from storage.topics import FetchPolicy, SourceReport, SourceState

LINE_LIMIT = 300


@dataclass(frozen=True)
class Reading:
    """One source, read once."""

    report: SourceReport
    drafts: tuple[Draft, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def read_source(source: SourceSpec, state: SourceState, policy: FetchPolicy, now: datetime, keys: Keys) -> Reading:
    """Fetch and clean. On failure the report keeps `state`, so that the next try asks the same question."""
    start = time.monotonic()
    report = SourceReport(url=source.url, kind=source.kind, name=source.name, state=state)
    try:
        reading = _read(source, state, Client(source.url, policy, keys=keys), now, report)
    except DailiesError as e:
        pause = e.retry_after_s if isinstance(e, SourceError) else 0
        reading = Reading(_with(report, error=shorten(e.message, LINE_LIMIT), cure=e.cure, retry_after_s=pause))
    except Exception as e:  # noqa: BLE001  hostile input may find a fault of ours: the other sources must not pay for it
        logger.opt(exception=True).error("Reading {} failed", source.url)
        line = f"It could not be read because of a fault in Dailies ({type(e).__name__})."
        reading = Reading(_with(report, error=line, cure="Please report it; the log has the details."))
    seconds = round(time.monotonic() - start, 3)
    return Reading(_with(reading.report, duration_s=seconds), reading.drafts, reading.refusals)


def _read(source: SourceSpec, state: SourceState, client: Client, now: datetime, report: SourceReport) -> Reading:
    reader = create(source.kind)
    result = reader.fetch(source, client, state)
    named = source.model_copy(update={"name": _name(source, result)})
    taken = [take_in(candidate, named, now) for candidate in result.candidates]
    return Reading(
        report=_with(
            report,
            name=named.name,
            warnings=result.warnings,
            unchanged=result.unchanged,
            entries=len(taken),
            state=result.state,
            moved_to=result.moved_to,
        ),
        drafts=tuple(t for t in taken if isinstance(t, Draft)),
        refusals=tuple(t for t in taken if isinstance(t, Refusal)),
    )


def _name(source: SourceSpec, result: FetchResult) -> str:
    """Who is quoted: as the show says, else as the source calls itself, else where it lives."""
    own = shorten(plain_line(result.name), NAME_LIMIT)
    return source.name or own or urlsplit(source.url).hostname or source.url


def _with(report: SourceReport, **changes: object) -> SourceReport:
    return report.model_copy(update=changes)
