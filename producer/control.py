"""The control loop: every half second, and after every event, look at what should exist and make it due.

Level-triggered: a pass reads the truth and acts on the difference. Missing a wake-up delays work, it never loses it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import redis
from loguru import logger
from sqlite_utils import Database

from config.errors import DailiesError
from producer.clip import ClipStep, Stepper
from producer.dispatcher import Dispatcher, InFlight
from producer.plan.freeze import Capabilities
from producer.plan.planner import Known
from producer.plan.policy import judge
from producer.queue.leases import capabilities, process_of
from producer.queue.release import announce
from storage import queries, work_queries
from storage.database import DatabaseError, reading, storage_error
from storage.events import Event
from storage.work import WorkOrder, forgive_strike, record_cancelled, record_loss, record_queued
from storage.work_queries import WorkRow
from storage.writer import Command, Writer

PASS_S = 0.5
LOOK_S = 1.0


class Control:
    """The one brain of production. Runs in its own thread of the control process."""

    def __init__(
        self, writer: Writer, database: Path, dispatcher: Dispatcher, stepper: Stepper,
        on_finished: Callable[[Event], None] = lambda _event: None, store: str = "",
    ) -> None:  # fmt: skip
        self._writer, self._database, self._dispatcher, self._stepper = writer, database, dispatcher, stepper
        self._on_finished, self._store = on_finished, store
        self._wake, self._stop = threading.Event(), threading.Event()
        self._touched: set[str] = set()
        self._lock = threading.Lock()
        self._passed = self._looked = 0.0
        self.capabilities: Capabilities = {}
        self.progress: dict[str, tuple[float, str]] = {}
        """Key of running work → how far it is; shown, never stored."""
        self._silent: dict[str, list[str]] = {}
        """Worker that was taken for dead → what it had in hand."""
        self._thread = threading.Thread(target=self._work, name="control", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def wake(self) -> None:
        """Something changed: look at everything now."""
        with self._lock:
            self._touched.add("*")
        self._wake.set()

    def hear(self, events: list[Event]) -> None:
        """Events that just took effect: whoever waits on them is looked at next."""
        for event in events:
            if event.type == "progressed":
                self.progress[event.key] = (event.fraction, event.message)
            elif event.type != "started":
                self.progress.pop(event.key, None)
            if event.type == "finished" and event.kind != "stage":
                self._on_finished(event)
        with self._lock:
            self._touched.update(event.key for event in events if event.type not in ("progressed", "started"))
        self._wake.set()

    def _work(self) -> None:
        with reading(self._database) as db:
            while not self._stop.is_set():
                try:
                    self._pass(db)
                except redis.RedisError as error:
                    logger.warning("The queue is out of reach: {}", error)
                    self._stop.wait(0.3)
                except DailiesError as error:
                    logger.error("{}", error)
                    self._stop.wait(1.0)
                except DatabaseError as error:
                    logger.error("{}", storage_error(error, self._database))
                    self._stop.wait(1.0)
                except Exception:  # noqa: BLE001 - without its one brain the studio would stand still and say nothing
                    logger.exception("A look at production failed")
                    self._stop.wait(1.0)
                self._wake.wait(PASS_S)
                self._wake.clear()

    def _pass(self, db: Database) -> None:
        """Do what is due: all of it every half second, and at once what the last events touched."""
        if (now := time.monotonic()) - self._looked >= LOOK_S:
            self._looked = now
            self._look(db)
        touched = self._take_touched()
        if "*" in touched or now - self._passed >= PASS_S:
            self._passed = now
            self._advance(db, queries.open_clips(db))
            self._repeat_errands(db)
            self._cancel_unwanted(db)
        elif touched:
            self._advance(db, work_queries.clips_waiting_on(db, sorted(touched)))

    def _take_touched(self) -> set[str]:
        with self._lock:
            touched, self._touched = self._touched, set()
        return touched

    def _advance(self, db: Database, clip_ids: Iterable[str]) -> None:
        """Plan clips, write down what follows in one transaction, then enqueue what is due."""
        steps = [self._stepper.step(db, clip_id, self.capabilities) for clip_id in clip_ids]
        if any(step.commands or step.due for step in steps):
            self._dispatcher.enqueue(self._writer.do(partial(carry_out, steps=steps)))

    def _repeat_errands(self, db: Database) -> None:
        """Scrapes, previews and other work without a clip, lost on the way: queued again."""
        orders = [
            WorkOrder(
                key=row.key,
                kind=row.kind,
                queue=row.queue,
                stage=row.stage,
                engine=row.engine,
                engine_version=row.engine_version,
                payload=work_queries.work_payload(db, row.key),
                attempt=row.attempt + 1,
            )
            for row in work_queries.failed_errands(db)
            if judge(Known(row.state, row.attempt, None, row.error), attempts=1) == "due"
        ]
        if orders:
            self._dispatcher.enqueue(self._writer.do(partial(record_queued, orders=orders)))

    def _cancel_unwanted(self, db: Database) -> None:
        for row in work_queries.unwanted(db):
            if self._dispatcher.stop(_in_flight(row)):
                self._writer.do(partial(record_cancelled, key=row.key, attempt=row.attempt))

    def _look(self, db: Database) -> None:
        """Who is alive, and is everything that should be under way really there?"""
        announce(self._dispatcher.connection, self._store)
        leases = self._dispatcher.staff()
        self.capabilities = capabilities(leases) or self.capabilities
        losses = self._dispatcher.look([_in_flight(row) for row in work_queries.in_flight(db)])
        for back in self._silent.keys() & {process_of(lease.name) for lease in leases}:
            logger.info("{} is heard of again", back)
            for key in self._silent.pop(back):
                self._writer.do(partial(forgive_strike, key=key))
        for item in losses.died:
            logger.warning("A worker died while making {}", item.key[:12])
            worker = self._writer.do(partial(record_loss, key=item.key, attempt=item.attempt, died=True))
            self._silent.setdefault(process_of(worker), []).append(item.key)
        for item in losses.vanished:
            self._writer.do(partial(record_loss, key=item.key, attempt=item.attempt, died=False))
        if losses.died or losses.vanished:
            self.wake()


def carry_out(db: Database, steps: list[ClipStep]) -> list[WorkOrder]:
    """Everything that a pass decided, in one transaction. Returns the orders to enqueue."""
    commands: list[Command[object]] = [command for step in steps for command in step.commands]
    for command in commands:
        command(db)
    due = {order.key: order for step in steps for order in step.due}
    return record_queued(db, due.values())


def _in_flight(row: WorkRow) -> InFlight:
    return InFlight(row.key, row.attempt, row.queue)
