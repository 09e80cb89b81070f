"""`run.py bench queue`: what the queue, the storage and the events cost per stage, and how often models are swapped.

A real Valkey, a real GPU worker and CPU worker as processes, the real control loop and writer, on stub engines.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from config.folders import DataFolder
from config.house import House
from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher
from producer.plan.freeze import STUB_ORDER
from producer.queue.connection import connect
from producer.queue.leases import read_leases
from producer.queue.valkey import EmbeddedValkey
from producer.supervisor import Supervisor
from storage import queries
from storage.clips import create_clip
from storage.database import reading
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy
from storage.stream import StreamReader
from storage.writer import Writer

STAGGER_S = 0.15
"""Between the arrivals of two clips, when swaps are counted."""
HEAVY = {"STUB_SECONDS": "0.03", "STUB_LOAD_SECONDS": "0.25"}
ONE_BY_ONE = 10


def measure(clips: int) -> dict[str, Any]:
    """Three runs: clips one by one on an idle studio (what a stage costs beside its own work), `clips` instant clips at
    once (what the studio can carry), and 20 staggered clips of stages that take time and models that take time to load.
    """
    with _studio({}) as studio:
        for number in range(ONE_BY_ONE):
            studio.make(range(number, number + 1))
        alone = studio.stages()
    with _studio({}) as studio:
        wall = studio.make(range(clips))
        crowd = studio.stages()
    with _studio(HEAVY) as studio:
        studio.make(range(20), stagger_s=STAGGER_S)
        staggered = studio.stages()
    return {
        "clips": clips,
        "stages": len(crowd),
        "overhead_ms_median": round(statistics.median(row["overhead_ms"] for row in alone), 1),
        "overhead_ms_max": round(max(row["overhead_ms"] for row in alone), 1),
        "stages_per_s": round(len(crowd) / wall, 1),
        "ms_per_stage_at_full_load": round(wall * 1000 / len(crowd), 1),
        "swaps_per_20_clips": swaps(staggered),
    }


def scaling(workers: tuple[int, ...] = (1, 2, 4), clips_each: int = 12, stage_s: float = 0.25) -> dict[str, Any]:
    """Stages a second of one worker and of more, each with as many clips to make as it has workers, on stages that sleep; and
    how much of the control process's processor time a stage costs, which is where all of it would come to an end."""
    figures: dict[str, Any] = {}
    alone, cpu_s, stages = 0.0, 0.0, 0
    for count in workers:
        with _studio({"STUB_SECONDS": str(stage_s)}, tuple("gpu,cpu" for _ in range(count))) as studio:
            worked = time.process_time()
            wall = studio.make(range(count * clips_each))
            cpu_s, stages = time.process_time() - worked, len(studio.stages())
        rate = stages / wall
        alone = alone or rate / count
        figures[f"stages_per_s_{count}"] = round(rate, 2)
        figures[f"efficiency_{count}"] = round(rate / count / alone, 3)
    figures["control_cpu_ms_per_stage"] = round(1000 * cpu_s / stages, 2)
    figures["control_saturates_at_stages_per_s"] = round(stages / cpu_s)
    return figures


def swaps(rows: list[dict[str, Any]]) -> int:
    """How often the GPU worker changed its engine, from what it did in the order it did it."""
    heavy = [
        row["engine"] for row in sorted(rows, key=lambda row: row["started_at"]) if row["queue"].startswith("gpu.")
    ]
    return sum(before != after for before, after in zip([None, *heavy], heavy, strict=False))


@dataclass(frozen=True)
class _Studio:
    """A studio without a desk: everything between an order and its cut."""

    writer: Writer
    brain: Control
    database: Path

    def make(self, numbers: range, stagger_s: float = 0.0) -> float:
        """Order clips and wait until all are made. Returns the seconds from the first order to the last cut."""
        started = time.monotonic()
        for number in numbers:
            self.writer.do(partial(create_clip, brief=_brief(number), author="bench"))
            self.brain.wake()
            time.sleep(stagger_s)
        with reading(self.database) as db:
            _until(lambda: not queries.open_clips(db))
        return time.monotonic() - started

    def stages(self) -> list[dict[str, Any]]:
        with reading(self.database) as db:
            return list(db.query(STAGES))


STAGES = """
SELECT engine, queue, started_at,
    86400000.0 * (julianday(finished_at) - julianday(queued_at)) - 1000.0 * seconds AS overhead_ms
FROM work WHERE kind = 'stage' AND state = 'done'
"""


@contextmanager
def _studio(environment: dict[str, str], lanes: Sequence[str] = ("gpu", "cpu")) -> Iterator[_Studio]:
    """With a worker for each of `lanes`, all of them there."""
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as root, contextlib.ExitStack() as stack:
        folder = DataFolder(Path(root)).make()
        stack.callback(shutil.rmtree, folder.runtime, ignore_errors=True)
        valkey = EmbeddedValkey(folder)
        valkey.start()
        stack.callback(valkey.stop)
        supervisor = Supervisor({**os.environ, "REDIS_URL": valkey.url, **environment})
        for number, taken in enumerate(lanes):
            supervisor.add(f"w{number}", House(folder).command("worker", "--name", f"w{number}", "--lanes", taken))
        stack.callback(supervisor.stop)
        writer = Writer(folder.database).start()
        stack.callback(writer.stop)
        brain = Control(writer, folder.database, Dispatcher(connect(valkey.url), 60), Stepper(STUB_ORDER, 3))
        reader = StreamReader(lambda: connect(valkey.url), writer, brain.hear)
        stack.callback(brain.stop)
        stack.callback(reader.stop)
        supervisor.check()
        brain.start()
        reader.start()
        with contextlib.closing(connect(valkey.url)) as server:
            _until(lambda: len(read_leases(server)) == len(lanes))
        _until(lambda: {"stub-script", "stub-finish"} <= set(brain.capabilities))
        yield _Studio(writer, brain, folder.database)


def _brief(number: int) -> Brief:
    text = f"This is the first sentence of story {number}. It goes on with a second one. And it ends with a third."
    return Brief(
        topic=TopicCopy(title=f"Story number {number}", text=text),
        show=ShowSpec(slug="bench", name="Bench"),
        presenter=PresenterSpec(slug="stub", name="Stub"),
        options=BriefOptions(),
        seed=number,
    )


def _until(condition: Callable[[], bool], seconds: float = 300.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("The benchmark did not come to an end.")
        time.sleep(0.02)
