"""The autopilot for a person: what each show did last, when it is next, and how its sources do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from scraper.feedback import feedback
from scraper.schedule import next_run
from scraper.sources.registry import terms_of
from storage import catalogue, runs
from storage.orders import ShowSpec
from storage.source_health import SourceHealth, SourceRow, sources


def autopilot_status(db: Database, every_minutes: int) -> dict[str, Any]:
    """Plain values, ready to be shown or sent as JSON. `every_minutes`: as in the settings; 0 = it is switched off."""
    return {"paused_since": runs.paused_since(db), "shows": [_show(db, s, every_minutes) for s in catalogue.shows(db)]}


def health_line(health: SourceHealth) -> str:
    """How a source does, in a sentence."""
    if health.paused:
        return f"Paused. {health.paused}"
    if health.failures:
        well = f"last read {health.last_success_at}" if health.last_success_at else "never read"
        return f"Failed {health.failures} times since {health.failing_since[:10]}, {well}; asked again after {health.next_try_at}."
    if health.last_success_at:
        return f"Read {health.last_success_at}; {health.items_a_day:g} new topics a day."
    return "Not read yet."


def _show(db: Database, show: ShowSpec, every_minutes: int) -> dict[str, Any]:
    after = max(datetime.fromisoformat(runs.last_planned(db, show.slug)), datetime.now(UTC))
    idle = show.schedule.paused or not show.sources or not every_minutes
    coming = None if idle else next_run(show.schedule, after, every_minutes)
    local = coming.astimezone(ZoneInfo(show.schedule.zone)).isoformat(timespec="minutes") if coming else None
    last = runs.runs(db, show.slug, limit=1)
    rows = sources(db, show.slug)
    return {
        "show": show.slug,
        "name": show.name,
        "next": local,
        "last": last[0].model_dump(mode="json") if last else None,
        "feedback": feedback(db, show).model_dump(),
        "sources": [_source(s.url, s.kind, rows.get(s.url)) for s in show.sources],
    }


def _source(url: str, kind: str, row: SourceRow | None) -> dict[str, Any]:
    health = row.health if row else SourceHealth()
    error = row.report.error if row else ""
    return {
        "url": url,
        "line": f"{health_line(health)} {error}".strip(),
        "terms": terms_of(kind),
        **health.model_dump(mode="json"),
    }
