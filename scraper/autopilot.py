"""The autopilot: scrapes shows on schedule, and turns their best topics into briefs.

It keeps no state of its own. A finished scrape waits in the work table until its report is recorded and its clips are
ordered, in one transaction: killed at any moment, it neither forgets a topic nor orders a clip twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from loguru import logger
from sqlite_utils import Database

from config.settings import Scraper, Settings
from scraper.health import is_resting
from scraper.recording import AUTHOR, Limits, take_report
from scraper.schedule import Due, due, next_run, runs_until
from storage import catalogue, runs
from storage.clock import now, stamp
from storage.database import reading
from storage.ids import new_id
from storage.orders import ShowSpec, SourceSpec
from storage.source_health import sources
from storage.topics import FetchPolicy, ScrapeRequest
from storage.work import SCRAPE_QUEUE, WorkOrder, record_queued
from storage.writer import Writer

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

T = TypeVar("T")

READ = "read"
"""The kind of a scrape whose report nobody records: whoever asked takes it."""
RECENT = 30
"""Clips that a new topic should not be too much like."""
LOOK_S = 15
"""Between two looks at the calendar."""


class Autopilot:
    """Runs in the control process. `enqueue` hands committed orders to the queue; `wake` starts production at once."""

    def __init__(
        self, writer: Writer, database: Path, policy: FetchPolicy, limits: Limits,
        enqueue: Callable[[Iterable[WorkOrder]], None], wake: Callable[[], None],
    ) -> None:  # fmt: skip
        self._writer, self._database, self._policy, self._limits = writer, database, policy, limits
        self._enqueue, self._wake = enqueue, wake
        self._scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        """Look every few seconds for shows that are due. However long the machine slept, one look makes up for it."""
        from apscheduler.schedulers.background import BackgroundScheduler

        self._scheduler = BackgroundScheduler(
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._scheduler.add_job(self.look, "interval", seconds=LOOK_S, id="look")
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)

    @property
    def next_run(self) -> str:
        """When the next show is read by itself, ISO 8601; "" = never."""
        if self._scheduler is None:
            return ""
        return self._read(partial(first_run, every_minutes=self._limits.every_minutes, now=datetime.now(UTC)))

    def day_ahead(self, now: datetime) -> dict[str, list[datetime]]:
        """Show → when its sources are read by themselves within 24 hours; empty = the autopilot is off."""
        if self._scheduler is None:
            return {}
        return self._read(partial(day_ahead, every_minutes=self._limits.every_minutes, now=now))

    def look(self) -> list[str]:
        """Order a scrape of each show that is due, and close what was given up. Returns the new runs' keys."""
        moment = datetime.now(UTC)
        for key, note in self._read(runs.broken_runs):
            self._writer.do(partial(runs.finish_run, key=key, state="failed", note=note))
        ordered = []
        for slug, planned in self._read(partial(due_shows, every_minutes=self._limits.every_minutes, now=moment)):
            if planned.late:
                note = "The studio was off or the show was quiet for too long; it was not caught up."
                self._writer.do(partial(runs.record_run, key=new_id(), show=slug, starter=AUTHOR, planned_at=stamp(planned.planned), state="missed", note=note))  # fmt: skip
            else:
                ordered.append(self.scrape(slug, AUTHOR, planned.planned))
        return ordered

    def scrape(self, slug: str, starter: runs.Starter = "hand", planned: datetime | None = None) -> str:
        """Order a scrape of one show. Returns its key. Raises UnknownName."""
        request = self._read(partial(scrape_request, slug=slug, policy=self._policy, all_sources=starter == "hand"))
        order = WorkOrder(key=new_id(), kind="scrape", queue=SCRAPE_QUEUE, payload=request.to_json())
        planned_at = stamp(planned or datetime.now(UTC))

        def record(db: Database) -> list[WorkOrder]:
            runs.record_run(db, order.key, slug, starter, planned_at)
            return record_queued(db, [order])

        self._enqueue(self._writer.do(record))
        return order.key

    def read_page(self, url: str) -> str:
        """Order the reading of one page, for a clip that belongs to no show. Returns the work's key."""
        show = ShowSpec(slug=runs.ONE_OFF, name="One-off", sources=(SourceSpec(kind="page", url=url),))
        request = ScrapeRequest(show=show, asked_at=now(), policy=self._policy)
        order = WorkOrder(key=new_id(), kind=READ, queue=SCRAPE_QUEUE, payload=request.to_json())
        self._enqueue(self._writer.do(partial(record_queued, orders=[order])))
        return order.key

    def collect(self) -> None:
        """Record the scrapes that are done, and order clips from what they found."""
        for key in self._read(finished_scrapes):
            clips = self._writer.do(partial(take_report, key=key, limits=self._limits))
            logger.info("Scrape {}: {} clips ordered", key[:8], len(clips))
            self._wake()

    def _read(self, question: Callable[[Database], T]) -> T:
        with reading(self._database) as db:
            return question(db)


def fetch_policy(settings: Scraper) -> FetchPolicy:
    """How far the scraper may reach."""
    return FetchPolicy(
        hosts=settings.allow_hosts,
        folders=settings.allow_folders,
        timeout_s=settings.timeout_s,
        pause_s=settings.pause_s,
        max_bytes=int(settings.max_mb * 1_000_000),
        full_text=settings.full_text,
    )


def limits_of(settings: Settings) -> Limits:
    own = settings.autopilot
    return Limits(settings.production.backlog, own.every_minutes, own.gpu_minutes_per_day, own.keep_topics_days)


def due_shows(db: Database, every_minutes: int, now: datetime) -> list[tuple[str, Due]]:
    """Shows with sources whose time has come, unless the autopilot is paused or their last run is still under way."""
    if runs.paused_since(db):
        return []
    found = []
    for show in catalogue.shows(db):
        if show.sources and not runs.under_way(db, show.slug):
            planned = due(show.schedule, every_minutes, datetime.fromisoformat(runs.last_planned(db, show.slug)), now)
            found += [(show.slug, planned)] if planned else []
    return found


def first_run(db: Database, every_minutes: int, now: datetime) -> str:
    """The earliest run of any show after `now`, ISO 8601; "" = none."""
    if runs.paused_since(db):
        return ""
    shows = [show for show in catalogue.shows(db) if show.sources and not show.schedule.paused]
    lasts = {show.slug: datetime.fromisoformat(runs.last_planned(db, show.slug)) for show in shows}
    coming = [
        next_run(show.schedule, lasts[show.slug] if not show.schedule.cron else now, every_minutes) for show in shows
    ]
    return min((stamp(max(moment, now)) for moment in coming if moment), default="")


def day_ahead(db: Database, every_minutes: int, now: datetime) -> dict[str, list[datetime]]:
    """Show → its planned runs within 24 hours of `now`; none while the autopilot is paused."""
    if runs.paused_since(db):
        return {}
    until = now + timedelta(hours=24)
    return {
        show.slug: runs_until(
            show.schedule, datetime.fromisoformat(runs.last_planned(db, show.slug)), now, until, every_minutes
        )
        for show in catalogue.shows(db) if show.sources
    }  # fmt: skip


def scrape_request(db: Database, slug: str, policy: FetchPolicy, *, all_sources: bool = True) -> ScrapeRequest:
    """The order to read a show's sources: all, or those that are not resting after failures."""
    show, moment, rows = catalogue.show(db, slug), datetime.now(UTC), sources(db, slug)
    awake = [s for s in show.sources if all_sources or s.url not in rows or not is_resting(rows[s.url].health, moment)]
    made = [entry.as_known(stamp(moment - catalogue.REMEMBERED)) for entry in runs.covered(db, slug)]
    return ScrapeRequest(
        show=show.model_copy(update={"sources": tuple(awake)}),
        asked_at=now(),
        known=(*made, *catalogue.known_topics(db, slug)),
        recent=tuple(entry.title for entry in runs.ledger(db, slug, limit=RECENT)),
        states={url: row.state for url, row in rows.items()},
        policy=policy,
    )


def finished_scrapes(db: Database) -> list[str]:
    return [row[0] for row in db.execute("SELECT key FROM work WHERE kind = 'scrape' AND state = 'done'").fetchall()]
