"""`run.py bench queue`: what the queue, the storage and the events cost per stage, and how often models are swapped.

A real Valkey, a real GPU worker and CPU worker as processes, the real control loop and writer, on stub engines.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from config.folders import DataFolder
from config.house import House
from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher
from producer.plan.freeze import STUB_ORDER
from producer.queue.connection import connect
from producer.queue.valkey import EmbeddedValkey
from producer.supervisor import Supervisor
from storage.clips import create_clip
from storage.database import reading
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy
from storage.stream import StreamReader
from storage.writer import Writer

STAGGER_S = 0.4
"""Between the arrivals of two clips, when swaps are counted."""


def measure(clips: int) -> dict[str, Any]:
    """Overhead per stage over `clips` clips of instant stages; swaps over 20 clips that arrive one by one."""
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as folder:
        rows, wall = _run(DataFolder(Path(folder)), clips, arrivals_s=0.0, environment={})
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as folder:
        heavy = {"STUB_SECONDS": "0.05", "STUB_LOAD_SECONDS": "0.25"}
        staggered, _ = _run(DataFolder(Path(folder)), 20, arrivals_s=STAGGER_S, environment=heavy)
    latencies = [row["latency_ms"] for row in rows]
    return {
        "clips": clips,
        "stages": len(rows),
        "overhead_ms_median": round(wall * 1000 / len(rows), 2),
        "queued_to_done_ms_median": round(statistics.median(latencies), 1),
        "stages_per_s": round(len(rows) / wall, 1),
        "swaps_per_20_clips": swaps(staggered),
    }


def swaps(rows: list[dict[str, Any]]) -> int:
    """How often the GPU worker changed its engine, from what it did in the order it did it."""
    heavy = [
        row["engine"] for row in sorted(rows, key=lambda row: row["started_at"]) if row["queue"].startswith("gpu.")
    ]
    return sum(before != after for before, after in zip([None, *heavy], heavy, strict=False))


def _run(
    folder: DataFolder, clips: int, arrivals_s: float, environment: dict[str, str]
) -> tuple[list[dict[str, Any]], float]:
    """Make the clips; returns what is known of every stage, and the seconds from the first order to the last cut."""
    folder.make()
    valkey = EmbeddedValkey(folder)
    valkey.start()
    house = House(folder)
    supervisor = Supervisor({**os.environ, "REDIS_URL": valkey.url, **environment})
    supervisor.add("gpu", house.command("worker", "--name", "gpu", "--lanes", "gpu"))
    supervisor.add("cpu", house.command("worker", "--name", "cpu", "--lanes", "cpu"))
    writer = Writer(folder.database).start()
    brain = Control(writer, folder.database, Dispatcher(connect(valkey.url), 60), Stepper(STUB_ORDER, 3))
    reader = StreamReader(lambda: connect(valkey.url), writer, brain.hear)
    try:
        supervisor.check()
        brain.start()
        reader.start()
        _until(lambda: len(brain.capabilities) > 0 and {"stub-script", "stub-finish"} <= set(brain.capabilities))
        started = time.monotonic()
        for number in range(clips):
            writer.do(partial(create_clip, brief=_brief(number), author="bench"))
            brain.wake()
            time.sleep(arrivals_s)
        with reading(folder.database) as db:
            _until(lambda: _open(db) == 0)
            wall = time.monotonic() - started
            rows = list(db.query(STAGES))
        return rows, wall
    finally:
        reader.stop()
        brain.stop()
        supervisor.stop()
        writer.stop()
        valkey.stop()


STAGES = """
SELECT engine, queue, started_at, 86400000.0 * (julianday(finished_at) - julianday(queued_at)) AS latency_ms
FROM work WHERE kind = 'stage' AND state = 'done'
"""


def _open(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM clips WHERE settled < revision").fetchone()[0])


def _brief(number: int) -> Brief:
    text = f"This is the first sentence of story {number}. It goes on with a second one. And it ends with a third."
    return Brief(
        topic=TopicCopy(title=f"Story number {number}", text=text),
        show=ShowSpec(slug="bench", name="Bench"),
        presenter=PresenterSpec(slug="stub", name="Stub"),
        options=BriefOptions(),
        seed=number,
    )


def _until(condition: Any, seconds: float = 300.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("The benchmark did not come to an end.")
        time.sleep(0.02)
