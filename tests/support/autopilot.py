"""An autopilot over real SQLite and real sources, with a worker that reads them when it is told to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from scraper.autopilot import Autopilot
from scraper.job import scrape
from scraper.recording import Limits
from storage import catalogue, runs
from storage.artifacts import FolderStore
from storage.clock import now
from storage.database import reading
from storage.events import Event
from storage.orders import PresenterSpec, ShowSpec
from storage.runs import Run, RunReport
from storage.topics import FetchPolicy, ScrapeReport, ScrapeRequest
from storage.work import WorkOrder, apply_events
from storage.writer import Writer


class SmallAutopilot:
    """`look` as the scheduler does; `work` as a worker does."""

    def __init__(self, folder: Path, policy: FetchPolicy, *shows: ShowSpec, limits: Limits | None = None) -> None:
        self.database, self.store = folder / "studio.db", FolderStore(folder / "artifacts")
        self.writer = Writer(self.database).start()
        self.writer.do(partial(catalogue.put_presenter, presenter=PresenterSpec(slug="mara", name="Mara")))
        for show in shows:
            self.put(show)
        self.queue: list[WorkOrder] = []
        self.scraped: list[ScrapeReport] = []
        self.pilot = Autopilot(self.writer, self.database, policy, limits or Limits(), self._enqueue, lambda: None)

    def put(self, show: ShowSpec) -> None:
        self.writer.do(partial(catalogue.put_show, show=show))

    def look(self) -> list[RunReport]:
        """Look at the calendar, and let a worker do what is due. Returns the reports of the new runs."""
        self.pilot.look()
        return self.work()

    def scrape(self, show: str) -> RunReport:
        self.pilot.scrape(show)
        return self.work()[0]

    def work(self) -> list[RunReport]:
        done, self.queue = self.queue, []
        for order in done:
            fields = {name: value for name, value in order.payload.items() if name != "tag"}
            report = scrape(ScrapeRequest.model_validate(fields), self.store, lambda _fraction, _message: None)
            self.scraped.append(report)
            event = Event(kind="scrape", key=order.key, attempt=order.attempt, type="finished", worker="w", at=now(), document=report.to_json(), content_hash=report.content_hash, seconds=1)  # fmt: skip
            self.writer.do(partial(apply_events, epoch="test", last_id="", events=[event]))
        self.pilot.collect()
        with reading(self.database) as db:
            found = [runs.run(db, order.key) for order in done]
        return [run.report for run in found if run and run.report]

    def runs(self, show: str) -> list[Run]:
        with reading(self.database) as db:
            return runs.runs(db, show, limit=10_000)

    def stop(self) -> None:
        self.writer.stop()

    def _enqueue(self, orders: Iterable[WorkOrder]) -> None:
        self.queue += orders
