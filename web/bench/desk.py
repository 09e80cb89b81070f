"""From a worker's fact to the page, and the questions that the desk and the planner ask of a large archive.

The queue's server, the writer, the event stream, the control loop and the desk's board are real. The benchmark plays the
worker, so that the moment at which a fact is told is known, and the page, which asks the board as often as the inbox does.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import redis
from sqlite_utils import Database

from config.folders import DataFolder
from config.house import House
from producer.bench_queue import scaling
from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher
from producer.doctor.report import examine
from producer.engines.registry import Registry
from producer.plan.freeze import STUB_ORDER
from producer.queue.connection import connect
from producer.queue.leases import Lease, renew
from producer.queue.valkey import EmbeddedValkey
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Hands
from scraper.autopilot import Autopilot, fetch_policy, limits_of
from storage import overview, queries, work_queries
from storage.artifacts import FolderStore
from storage.clock import now
from storage.database import reading
from storage.events import Event
from storage.stream import StreamReader, position, publish
from storage.work import WorkOrder, record_queued
from storage.writer import Writer
from web.bench.archive import DEVICE_MB, fill, stub_capabilities
from web.cards import Board, Card
from web.facts import engine_facts
from web.meters import Meters
from web.pages.inbox import TICK_S
from web.production import DeskProduction
from web.studio import Studio

PIECES = 9000
"""Of work whose two facts each are counted: as many as Redis keeps of them."""
FACTS = 100
"""That are followed to the page."""
CARD_S = 3600
"""For so long somebody is said to be there who can run the stub engines."""
PAUSE_S = 0.1
"""At most, between two facts that are followed to the page."""


def measure(clips: int, *, with_scaling: bool) -> dict[str, Any]:
    """All figures of `run.py bench studio`, on an archive of `clips` in a folder of its own."""
    figures: dict[str, Any] = {"clips": clips}
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as root:
        folder = DataFolder(Path(root)).make()
        writer = Writer(folder.database).start()
        try:
            worked = time.process_time()
            fill(writer, folder, clips)
            figures["archive_cpu_s"] = round(time.process_time() - worked, 1)
            figures["database_mb"] = round(sum(one.stat().st_size for one in Path(root).glob("studio.db")) / 1e6)
            with running(folder, writer) as studio:
                figures |= events_per_s(
                    studio, PIECES
                )  # before the brain misses their jobs in Redis, where they never were
                studio.brain.start()
                try:
                    _until(lambda: bool(studio.brain.capabilities))
                    figures |= questions(studio) | fact_to_page(studio, FACTS)
                finally:
                    studio.brain.stop()
                    studio.reader.stop()
        finally:
            writer.stop()
    return figures | (scaling() if with_scaling else {})


@dataclass(frozen=True)
class Running:
    """A control process's parts, in this process."""

    folder: DataFolder
    writer: Writer
    server: redis.Redis
    reader: StreamReader
    brain: Control
    stepper: Stepper
    board: Board


@contextmanager
def running(folder: DataFolder, writer: Writer) -> Iterator[Running]:
    """The event stream is not read yet, and nothing is planned: start `reader` and `brain`."""
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder.runtime, ignore_errors=True)
        valkey = EmbeddedValkey(folder)
        valkey.start()
        stack.callback(valkey.stop)
        server = connect(valkey.url)
        stack.callback(server.close)
        card = Lease(
            name="bench", pid=1, host="here", lanes=("gpu", "cpu"), capabilities=tuple(stub_capabilities().values())
        )
        renew(server, card, CARD_S)
        house = House(folder)
        settings = house.settings
        stepper, dispatcher = Stepper(STUB_ORDER, 3), Dispatcher(connect(valkey.url), 60)
        brain = Control(writer, folder.database, dispatcher, stepper)
        autopilot = Autopilot(
            writer,
            folder.database,
            fetch_policy(settings.scraper),
            limits_of(settings),
            dispatcher.enqueue,
            brain.wake,
        )
        meters = Meters(folder.database)

        def hear(events: list[Event]) -> None:
            brain.hear(events)
            meters.hear(events)

        reader = StreamReader(lambda: connect(valkey.url), writer, hear)
        production = DeskProduction(writer, brain, stepper, dispatcher, autopilot, partial(examine, house))
        studio = Studio(settings, folder, writer, FolderStore(folder.artifacts), production)
        board = Board(studio, engine_facts(Registry()))
        yield Running(folder, writer, server, reader, brain, stepper, board)


def events_per_s(studio: Running, pieces: int) -> dict[str, Any]:
    """`pieces` of work are begun and finished while nobody listens; then the reader starts. Ends with the reader running."""
    with reading(studio.folder.database) as db:
        done = db.execute("SELECT document, content_hash FROM work WHERE engine = 'stub-line' LIMIT 1").fetchone()
    orders = [
        WorkOrder(
            key=f"{number:064x}",
            kind="bench",
            queue="cpu.stub-line",
            stage="line",
            engine="stub-line",
            engine_version="1",
            payload={},
        )
        for number in range(pieces)
    ]
    studio.writer.do(partial(record_queued, orders=orders))
    document, at = json.loads(done[0]), now()
    with studio.server.pipeline(transaction=False) as pipeline:
        for order in orders:
            fact = partial(Event, kind="bench", key=order.key, attempt=1, worker="bench", at=at)
            publish(pipeline, fact(type="started"))
            publish(pipeline, fact(type="finished", seconds=0.1, document=document, content_hash=done[1]))
        pipeline.execute()
    epoch = studio.server.get("epoch")
    assert isinstance(epoch, bytes)
    newest = studio.server.xinfo_stream(f"events:{epoch.decode()}")["last-generated-id"].decode()
    started, worked = time.monotonic(), time.process_time()
    studio.reader.start()
    with reading(studio.folder.database) as db:
        _until(lambda: position(db)[1] == newest)
    wall, cpu = time.monotonic() - started, time.process_time() - worked
    return {"events_per_s": round(2 * pieces / wall), "events_per_cpu_s": round(2 * pieces / cpu)}


def fact_to_page(studio: Running, facts: int) -> dict[str, Any]:
    """Milliseconds from a worker's telling of a finished stage until the inbox has the changed card to send."""
    store, dice = FolderStore(studio.folder.artifacts), random.Random(1)
    handler = StageHandler(Residency(Registry().create, DEVICE_MB), store, studio.folder.root / "work" / "bench")
    times: list[float] = []
    worked = time.process_time()
    with reading(studio.folder.database) as db:
        while len(times) < facts:
            _until(lambda: _next_order(db) is not None)
            clip_id, order = _next_order(db) or ("", None)
            assert order is not None
            made = handler(order, Hands(lambda _fraction, _message: None, lambda: False))
            before = studio.board.cards()[clip_id]
            fact = partial(Event, kind="stage", key=order.key, attempt=order.attempt, worker="bench", at=now())
            told = time.monotonic()
            publish(
                studio.server,
                fact(type="finished", seconds=0.1, document=made.document, content_hash=made.content_hash),
            )
            _wait_for_the_page(studio.board, clip_id, before)
            times.append(1000 * (time.monotonic() - told))
            time.sleep(dice.uniform(0, PAUSE_S))
    times.sort()
    return {
        "fact_to_page_ms_median": round(statistics.median(times), 1),
        "fact_to_page_ms_p99": round(times[round(0.99 * (len(times) - 1))], 1),
        "fact_to_page_cpu_ms": round(1000 * (time.process_time() - worked) / facts, 1),
    }


def _wait_for_the_page(board: Board, clip_id: str, before: Card) -> None:
    """As the inbox waits: it asks whether anything was committed, and only then for the cards."""
    seen = -1

    def changed() -> bool:
        nonlocal seen
        if board.version == seen:
            return False
        seen = board.version
        return board.cards().get(clip_id) != before

    _until(changed, pause_s=TICK_S)


def questions(studio: Running) -> dict[str, Any]:
    """Processor time of each, in ms: the median of several, after one that warms up."""
    stepper, capabilities = studio.stepper, studio.brain.capabilities
    with reading(studio.folder.database) as db:

        def planner_pass() -> None:
            for clip_id in queries.open_clips(db):
                stepper.step(db, clip_id, capabilities)
            work_queries.failed_errands(db)
            work_queries.unwanted(db)

        known = queries.desk_clips(db)
        return {
            "planner_pass_ms": _ms(planner_pass),
            "planner_pass_clips": len(queries.open_clips(db)),
            "inbox_first_ms": _ms(lambda: queries.desk_clips(db)),
            "inbox_again_ms": _ms(lambda: queries.desk_clips(db, known=known)),
            "api_page_ms": _ms(lambda: queries.list_clips(db, 50)),
            "search_rare_ms": _ms(lambda: queries.find_clips(db, "number 7713")),
            "search_common_ms": _ms(lambda: queries.find_clips(db, "story")),
            "metrics_ms": _ms(lambda: overview.tally(db)),
        }


def _ms(ask: Callable[[], object], times: int = 7) -> float:
    ask()
    took = []
    for _ in range(times):
        started = time.thread_time()
        ask()
        took.append(1000 * (time.thread_time() - started))
    return round(statistics.median(took), 2)


def _next_order(db: Database) -> tuple[str, WorkOrder] | None:
    """Some queued work of a clip that is being made, and the clip."""
    for row in work_queries.in_flight(db):
        if row.kind == "stage" and row.state == "queued" and (waiting := work_queries.clips_waiting_on(db, [row.key])):
            fields = row.model_dump(include={"key", "kind", "queue", "stage", "engine", "engine_version", "attempt"})
            return min(waiting), WorkOrder(**fields, payload=work_queries.work_payload(db, row.key))
    return None


def _until(condition: Callable[[], bool], seconds: float = 60.0, pause_s: float = 0.005) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("The benchmark did not come to an end.")
        time.sleep(pause_s)
