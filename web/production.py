"""Production as the desk sees it: forecasts, progress, pins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher, InFlight
from producer.doctor.report import Report
from producer.plan.forecast import Forecast
from producer.plan.options import script_options
from producer.queue.leases import Lease, read_leases
from scraper.autopilot import Autopilot
from storage import queries
from storage.canonical import sha256_text
from storage.database import reading
from storage.documents import Script
from storage.orders import Brief, Pin
from storage.training import TrainingRow, order_training, trainings
from storage.work import PREVIEW, record_cancelled, record_queued
from storage.writer import Writer
from web.studio import Progress
from web.training import TrainingWish, training_order, training_work


class DeskProduction:
    """The `Production` of a running studio."""

    def __init__(
        self,
        writer: Writer,
        brain: Control,
        stepper: Stepper,
        dispatcher: Dispatcher,
        autopilot: Autopilot,
        examine: Callable[[], Report],
    ) -> None:
        self.examine = examine
        self._writer, self._database = writer, writer.path
        self._brain, self._stepper, self._dispatcher, self._autopilot = brain, stepper, dispatcher, autopilot

    def forecast(self, clip_id: str, brief: Brief) -> list[Forecast]:
        with reading(self._database) as db:
            return self._stepper.forecast(db, clip_id, brief, self._brain.capabilities)

    def choices(self, brief: Brief) -> dict[str, list[str]]:
        return self._stepper.choices(brief, self._brain.capabilities)

    def hear(self, brief: Brief) -> str:
        with reading(self._database) as db:
            key, order = self._stepper.first_line(db, brief, self._brain.capabilities)
        if order is not None:
            wanted = [order.model_copy(update={"kind": PREVIEW})]
            self._dispatcher.enqueue(self._writer.do(partial(record_queued, orders=wanted)))
        return key

    def progress(self, clip_id: str) -> list[Progress]:
        with reading(self._database) as db:
            nodes = queries.clip_nodes(db, clip_id, documents=False)
        running = [node for node in nodes if node.state == "running"]
        return [
            Progress(n.node, n.stage, n.engine, *self._brain.progress.get(n.key, (0.0, "")), n.key) for n in running
        ]

    def pin_script(self, clip_id: str, brief: Brief, script: Script) -> Brief:
        return pin_script(brief, script)

    def wake(self) -> None:
        self._brain.wake()

    def scrape(self, show: str) -> str:
        return self._autopilot.scrape(show)

    def train(self, slug: str, wish: TrainingWish) -> str:
        with reading(self._database) as db:
            order = training_order(db, slug, wish)
        work = training_work(slug, order, self._brain.capabilities, wish.preset)
        self._dispatcher.enqueue(self._writer.do(partial(order_training, order=work)))
        return work.key

    def trainings(self, slug: str) -> list[tuple[TrainingRow, float, str]]:
        with reading(self._database) as db:
            rows = trainings(db, slug)
        return [(row, *self._brain.progress.get(row.key, (0.0, ""))) for row in rows]

    def stop_training(self, slug: str) -> int:
        with reading(self._database) as db:
            going = [row for row in trainings(db, slug) if row.state in ("queued", "running")]
        for row in going:
            if self._dispatcher.stop(InFlight(row.key, row.attempt, row.queue)):
                self._writer.do(partial(record_cancelled, key=row.key, attempt=row.attempt))
        return len(going)

    def read_page(self, url: str) -> str:
        return self._autopilot.read_page(url)

    def next_scrape(self) -> str:
        return self._autopilot.next_run

    def day_ahead(self, now: datetime) -> dict[str, list[datetime]]:
        return self._autopilot.day_ahead(now)

    def workers(self) -> list[Lease]:
        return sorted(read_leases(self._dispatcher.connection), key=lambda lease: lease.name)


def pin_script(brief: Brief, script: Script) -> Brief:
    """`brief` with a person's script in place of the engine's, and what it was made against."""
    made_against = "" if brief.direct else script_options(brief).model_dump_json(exclude_defaults=True)
    pin = Pin(document=script.to_json(), made_against=sha256_text(made_against) if made_against else "")
    return brief.model_copy(update={"pins": {**brief.pins, "script": pin}})
