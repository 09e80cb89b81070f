"""Production without a desk: a real server, writer, event stream and control loop on a folder, and workers on demand."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import redis

from config.folders import DataFolder
from config.house import House
from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher
from producer.engines.registry import Registry
from producer.plan.freeze import STUB_ORDER
from producer.queue.connection import connect
from producer.queue.leases import Lease, renew
from producer.queue.valkey import EmbeddedValkey
from producer.residency import Residency
from producer.stage import StageHandler
from storage import queries
from storage.artifacts import ArtifactStore, FolderStore
from storage.clips import create_clip
from storage.database import reading
from storage.orders import Brief
from storage.queries import ClipRow
from storage.stream import StreamReader
from storage.writer import Writer
from tests.support.bucket import KEY, SECRET, Bucket
from tests.support.jobs import burst
from tests.support.model_studio import CAPABILITIES
from tests.support.waiting import until

ATTEMPTS = 3
LEASE_S = 3
SAID = "stderr"


def said_by(root: Path) -> str:
    """What a worker elsewhere told its terminal."""
    return (root / SAID).read_text()


class Production:
    """Started when made. `stop` ends its threads; its workers are processes and stop by themselves or by `stop` too."""

    def __init__(
        self, folder: DataFolder, valkey: EmbeddedValkey | str, writer: Writer | None = None, deadline_s: int = 60,
        artifacts: ArtifactStore | None = None,
    ) -> None:  # fmt: skip
        self.folder, self.url = folder, valkey if isinstance(valkey, str) else valkey.url
        self.server: redis.Redis = connect(self.url)
        self.artifacts = artifacts or FolderStore(folder.artifacts)
        self.writer = (writer or Writer(folder.database)).start()
        self.brain = Control(
            self.writer, folder.database, Dispatcher(connect(self.url), deadline_s, LEASE_S), Stepper(STUB_ORDER, ATTEMPTS),
            store=self.artifacts.id,
        )  # fmt: skip
        self.reader = StreamReader(lambda: connect(self.url), self.writer, self.brain.hear)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.brain.start()
        self.reader.start()

    def stop(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.reader.stop()
        self.brain.stop()
        self.writer.stop()

    # ── workers ──────────────────────────────────────────────────────────────────────────────────

    def promise_workers(self) -> None:
        """Say that somebody can run the stub engines, for a minute; `work` is who does."""
        card = Lease(
            name="promised", pid=os.getpid(), host=socket.gethostname(), lanes=("gpu", "cpu"),
            capabilities=tuple(CAPABILITIES.values()),
        )  # fmt: skip
        renew(self.server, card, 60)

    def work(self, most: int | None = None) -> None:
        """Perform everything that waits, or at `most` so many jobs of it, in this process."""
        residency = Residency(Registry().create, 12_000)
        handler = StageHandler(residency, self.artifacts, self.folder.root / "work" / "here")
        queues = [f"{one.lane}.{one.engine}" for one in CAPABILITIES.values()]
        burst(self.server, handler, queues=queues, most=most)

    def start_worker(
        self, name: str = "w", lanes: str = "gpu,cpu", path: Sequence[Path] = (), **environment: object
    ) -> subprocess.Popen[bytes]:
        """A real worker process. `environment`: STUB_SECONDS and the like; `path`: where else it finds modules."""
        variables = {
            **os.environ, "REDIS_URL": self.url, "DAILIES_WORKERS__LEASE_S": str(LEASE_S),
            "PYTHONPATH": os.pathsep.join(map(str, path)), **{key: str(value) for key, value in environment.items()},
        }  # fmt: skip
        command = House(self.folder).command("worker", "--name", name, "--lanes", lanes)
        worker = subprocess.Popen(command, env=variables, stderr=subprocess.DEVNULL)
        self.workers.append(worker)
        return worker

    def start_worker_elsewhere(
        self, root: Path, there: Bucket, *arguments: str, redis_url: str = "", **environment: object
    ) -> subprocess.Popen[bytes]:
        """A worker as another machine has it: a folder of its own, the address of Redis and of the bucket, its keys."""
        variables = {
            **os.environ, "DAILIES_WORKERS__LEASE_S": str(LEASE_S), "DAILIES_STORE__ENDPOINT": there.address,
            "DAILIES_STORE__ACCESS_KEY": KEY, "DAILIES_STORE__SECRET_KEY": SECRET, "DAILIES_STORE__PATIENCE_S": "1",
            **{key: str(value) for key, value in environment.items()},
        }  # fmt: skip
        where = ("--redis", redis_url or self.url, "--store", f"s3://{there.name}/studio")
        command = House(DataFolder(root)).command("worker", *where, *arguments)
        root.mkdir(exist_ok=True)
        with (root / SAID).open("wb") as said:
            worker = subprocess.Popen(command, env=variables, stderr=said)
        self.workers.append(worker)
        return worker

    # ── clips ────────────────────────────────────────────────────────────────────────────────────

    def order(self, brief: Brief) -> str:
        clip_id = self.writer.do(partial(create_clip, brief=brief, author="tests"))
        self.brain.wake()
        return clip_id

    def row(self, clip_id: str) -> ClipRow:
        with reading(self.folder.database) as db:
            return queries.clip_row(db, clip_id)

    def until(self, clip_id: str, production: str, seconds: float = 60.0) -> ClipRow:
        """Wait until the clip's production stands so."""

        def there() -> ClipRow | None:
            row = self.row(clip_id)
            return row if row.production == production else None

        return until(there, f"{clip_id} to be {production}", seconds)

    def work_rows(self) -> list[dict[str, Any]]:
        with reading(self.folder.database) as db:
            return list(db.query("SELECT * FROM work ORDER BY queued_at"))

    def states(self) -> dict[str, int]:
        """State → how many pieces of work are in it."""
        counts: dict[str, int] = {}
        for row in self.work_rows():
            counts[row["state"]] = counts.get(row["state"], 0) + 1
        return counts

    def until_running(self, seconds: float = 90.0) -> dict[str, Any]:
        """Wait until some work is in a worker's hands."""
        return until(
            lambda: next((row for row in self.work_rows() if row["state"] == "running"), None), "running work", seconds
        )
