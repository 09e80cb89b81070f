"""The autopilot: scrapes shows on schedule, and turns their best topics into briefs.

It keeps no state of its own. A finished scrape waits in the work table until its report is recorded and its clips are
ordered, in one transaction: killed at any moment, it neither forgets a topic nor orders a clip twice.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from loguru import logger
from sqlite_utils import Database

from config.settings import Scraper
from storage import catalogue
from storage.canonical import tagged_hash
from storage.catalogue import TopicRow
from storage.clips import create_clip
from storage.clock import now
from storage.database import reading
from storage.ids import new_id
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, SourceSpec
from storage.topics import FetchPolicy, ScrapeReport, ScrapeRequest
from storage.work import WorkOrder, record_queued
from storage.writer import Writer

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

T = TypeVar("T")

QUEUE = "cpu.scrape"
READ = "read"
"""The kind of a scrape whose report nobody records: whoever asked takes it."""
AUTHOR = "autopilot"


class Autopilot:
    """Runs in the control process. `enqueue` hands committed orders to the queue; `wake` starts production at once."""

    def __init__(
        self, writer: Writer, database: Path, policy: FetchPolicy, backlog: int,
        enqueue: Callable[[Iterable[WorkOrder]], None], wake: Callable[[], None],
    ) -> None:  # fmt: skip
        self._writer, self._database, self._policy, self._backlog = writer, database, policy, backlog
        self._enqueue, self._wake = enqueue, wake
        self._scheduler: BackgroundScheduler | None = None

    def start(self, every_minutes: int) -> None:
        """Scrape every show now and then. A run missed while the machine slept happens once when it is back."""
        from apscheduler.schedulers.background import BackgroundScheduler

        self._scheduler = BackgroundScheduler(
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        self._scheduler.add_job(self.scrape_all, "interval", minutes=every_minutes, id="scrape-all")
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)

    @property
    def next_run(self) -> str:
        """When all shows are scraped next, ISO 8601; "" = not by itself."""
        job = self._scheduler.get_job("scrape-all") if self._scheduler else None
        return job.next_run_time.isoformat() if job and job.next_run_time else ""

    def scrape_all(self) -> None:
        with_sources = [show.slug for show in self._read(catalogue.shows) if show.sources]
        for slug in with_sources:
            self.scrape(slug)

    def scrape(self, slug: str) -> str:
        """Order a scrape of one show. Returns its key. Raises UnknownName."""
        request = self._read(partial(scrape_request, slug=slug, policy=self._policy))
        order = WorkOrder(key=new_id(), kind="scrape", queue=QUEUE, payload=request.to_json())
        self._enqueue(self._writer.do(partial(record_queued, orders=[order])))
        return order.key

    def read_page(self, url: str) -> str:
        """Order the reading of one page, for a clip that belongs to no show. Returns the work's key."""
        show = ShowSpec(slug="one-off", name="One-off", sources=(SourceSpec(kind="page", url=url),))
        request = ScrapeRequest(show=show, asked_at=now(), policy=self._policy)
        order = WorkOrder(key=new_id(), kind=READ, queue=QUEUE, payload=request.to_json())
        self._enqueue(self._writer.do(partial(record_queued, orders=[order])))
        return order.key

    def collect(self) -> None:
        """Record the scrapes that are done, and order clips from what they found."""
        for key in self._read(finished_scrapes):
            clips = self._writer.do(partial(take_report, key=key, backlog=self._backlog))
            logger.info("Scrape {}: {} clips ordered", key[:8], len(clips))
            self._wake()

    def _read(self, question: Callable[[Database], T]) -> T:
        with reading(self._database) as db:
            return question(db)


def fetch_policy(settings: Scraper) -> FetchPolicy:
    """How far the scraper may reach."""
    limit = int(settings.max_mb * 1_000_000)
    return FetchPolicy(hosts=settings.allow_hosts, timeout_s=settings.timeout_s, max_bytes=limit)


def scrape_request(db: Database, slug: str, policy: FetchPolicy) -> ScrapeRequest:
    show = catalogue.show(db, slug)
    known, states = catalogue.known_topics(db, slug), catalogue.source_states(db, slug)
    return ScrapeRequest(show=show, asked_at=now(), known=known, states=states, policy=policy)


def finished_scrapes(db: Database) -> list[str]:
    return [row[0] for row in db.execute("SELECT key FROM work WHERE kind = 'scrape' AND state = 'done'").fetchall()]


def take_report(db: Database, key: str, backlog: int) -> list[str]:
    """Record a finished scrape and order clips from its show's best topics, once. Returns the clips' ids."""
    row = db.execute("SELECT document FROM work WHERE key = ? AND state = 'done'", [key]).fetchone()
    if row is None:
        return []
    data = json.loads(row[0])
    data.pop("tag")
    report = ScrapeReport.model_validate(data)
    catalogue.record_scrape(db, report)
    db.execute("UPDATE work SET state = 'recorded' WHERE key = ?", [key])
    show = catalogue.show(db, report.show)
    waiting = db.execute("SELECT count(*) FROM clips WHERE show = ? AND author = ?", [show.slug, AUTHOR]).fetchone()[0]
    reviewed = db.execute(
        "SELECT count(DISTINCT d.clip_id) FROM decisions d JOIN clips c ON c.id = d.clip_id WHERE c.show = ? AND c.author = ?",
        [show.slug, AUTHOR],
    ).fetchone()[0]
    chosen = choose(catalogue.topics(db, show.slug), show, room=backlog - (waiting - reviewed))
    presenter = catalogue.presenter(db, show.presenter)
    return [create_clip(db, brief_for(topic, show, presenter), AUTHOR) for topic in chosen]


def choose(topics: list[TopicRow], show: ShowSpec, room: int) -> list[TopicRow]:
    """The best topics that have no clip yet and that nobody dismissed: up to `show.clips_per_run` in each of the show's languages,
    and no more than `room` in all. Pure; `topics` come best first."""
    taken: Counter[str] = Counter()
    chosen = []
    for topic in topics:
        language = topic.found.language
        if (
            topic.clip_id is None
            and topic.dismissed_by is None
            and language in show.languages
            and taken[language] < show.clips_per_run
        ):
            taken[language] += 1
            chosen.append(topic)
    return chosen[: max(room, 0)]


def brief_for(topic: TopicRow, show: ShowSpec, presenter: PresenterSpec) -> Brief:
    """The brief of a clip about a scraped topic, as the show wants it."""
    options = BriefOptions(
        language=topic.found.language,
        formats=show.formats,
        length_s=show.length_s,
        captions=show.captions,
        resolution=show.resolution,
        fps=show.fps,
        platform=show.platform,
        presenter=presenter.slug,
    )
    seed = int(tagged_hash("seed", topic.found.canonical_url)[:6], 16)
    return Brief(topic=topic.found.copy_for_brief(topic.id), show=show, presenter=presenter, options=options, seed=seed)
