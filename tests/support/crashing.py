"""A studio in lockstep, one of whose two processes is killed at a chosen point: the n-th thing that it does to the world.

Each process is a fork of the test's own, takes one step when told, and answers with how many points it has passed. A point
lies before and after each message to Redis, each operation of the artifact store and each commit of SQLite. The product's
own classes run unchanged: the points are counted where they touch redis-py, SQLite and the store.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, Literal

import redis
from redis.connection import AbstractConnection
from rq.registry import StartedJobRegistry
from sqlite_utils import Database

from config.folders import DataFolder
from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher
from producer.engines.registry import Registry
from producer.plan.freeze import STUB_ORDER
from producer.queue.claim import CLAIMS
from producer.queue.connection import connect
from producer.queue.leases import Lease, renew
from producer.queue.worker import StageWorker
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import ArtifactStore, FolderStore
from storage.database import reading
from storage.s3 import S3
from storage.stream import StreamReader
from storage.writer import Writer
from tests.support.bucket import Bucket
from tests.support.buckets import store_in
from tests.support.jobs import burst
from tests.support.model_studio import CAPABILITIES

Part = Literal["worker", "control"]
QUEUES = [f"{one.lane}.{one.engine}" for one in CAPABILITIES.values()]
TURNS_AFTER = 2
"""Once all is made: for what a dead worker left behind. A minute passes between any two looks of the control process, so that
whatever a worker holds at the end of its turn, it holds for ever."""
STORE = ("put", "put_bytes", "fetch", "holds", "commit", "result", "discard", "discard_result")


class Points:
    """Counts what this process does to the world, and kills it at number `fatal`."""

    def __init__(self, fatal: int) -> None:
        self.passed, self._fatal = 0, fatal

    def tick(self) -> None:
        self.passed += 1
        if self.passed == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: type, name: str) -> None:
        """A point before and a point after each call."""
        real = getattr(owner, name)

        @wraps(real)
        def counted(*arguments: Any, **named: Any) -> Any:
            self.tick()
            answer = real(*arguments, **named)
            self.tick()
            return answer

        setattr(owner, name, counted)

    def around_commits(self) -> None:
        real = Database.atomic

        @contextlib.contextmanager
        def counted(database: Database) -> Iterator[Any]:
            with real(database) as inner:
                yield inner
                self.tick()
            self.tick()

        Database.atomic = counted


class Process:
    """One of the studio's two processes, as a fork that steps when it is told."""

    def __init__(self, part: Part, folder: DataFolder, url: str, fatal: int = 0, there: Bucket | None = None) -> None:
        told, tell = os.pipe()
        answer, answers = os.pipe()
        self._tell, self._answer = tell, answer
        self.pid = os.fork()
        if self.pid == 0:
            os.close(tell)
            os.close(answer)
            with contextlib.suppress(BaseException):
                _live(part, folder, url, Points(fatal), told, answers, there)
            os._exit(1)
        os.close(told)
        os.close(answers)

    def step(self) -> int | None:
        """Let it do what it finds to do. Returns the points it has passed so far; None: it was killed."""
        os.write(self._tell, b"g")
        said = os.read(self._answer, 8)
        if said:
            return int(struct.unpack("q", said)[0])
        _, status = os.waitpid(self.pid, 0)
        self._close()
        assert os.WIFSIGNALED(status), "it was to be killed, and ended with an error of its own"
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._close()

    def _close(self) -> None:
        os.close(self._tell)
        os.close(self._answer)


def _live(
    part: Part, folder: DataFolder, url: str, points: Points, told: int, answers: int, there: Bucket | None
) -> None:
    step = _worker(folder, url, points, there) if part == "worker" else _control(folder, url, points)
    while os.read(told, 1):
        step()
        os.write(answers, struct.pack("q", points.passed))


def _worker(folder: DataFolder, url: str, points: Points, there: Bucket | None) -> Callable[[], object]:
    """`there`: its store is a bucket; then each request to that is a point too."""
    store: ArtifactStore = store_in(there, folder.cache) if there else FolderStore(folder.artifacts)
    points.around(AbstractConnection, "send_packed_command")
    for name in STORE:
        points.around(type(store), name)
    points.around(S3, "_send")
    points.around(os, "link")  # type: ignore[arg-type]
    handler = StageHandler(Residency(Registry().create, 12_000), store, folder.root / "work" / "w")
    return lambda: burst(connect(url), handler, QUEUES, Unaddressed)


def _control(folder: DataFolder, url: str, points: Points) -> Callable[[], object]:
    points.around(AbstractConnection, "send_packed_command")
    points.around_commits()
    writer = Writer(folder.database).start()
    brain = Control(
        writer, folder.database, Dispatcher(connect(url), 60, clock=count(0, 60).__next__), Stepper(STUB_ORDER, 3)
    )
    reader = StreamReader(lambda: connect(url), writer, brain.hear)

    def step() -> None:
        reader._follow(Impatient.until_silent(url, reader))
        reader._stop.clear()
        brain._looked = brain._passed = -1e9  # it looks at everything, as it does every second
        with reading(folder.database) as db:
            brain._pass(db)

    return step


class Unaddressed(StageWorker):
    """Listens to no commands, and so has no second thread whose doings would be counted in another order each time."""

    def subscribe(self) -> None:
        return None

    def unsubscribe(self) -> None:
        return None


class Impatient(redis.Redis):
    """A connection that stops its reader as soon as there is nothing to read."""

    reader: StreamReader

    @classmethod
    def until_silent(cls, url: str, reader: StreamReader) -> Impatient:
        client = cls.from_url(url)
        client.reader = reader
        return client

    def get(self, name: Any) -> Any:
        return super().get(name) or self.reader._stop.set()

    def xread(self, streams: Any, count: int | None = None, block: int | None = None) -> Any:
        return super().xread(streams, count) or self.reader._stop.set()


def run(
    part: Part, folder: DataFolder, url: str, fatal: int, made: Callable[[], bool], there: Bucket | None = None
) -> tuple[int, bool]:
    """Let both processes work in turns until `made`, `part` being killed at its point `fatal`. Returns (points that `part`
    passed, whether it was killed)."""
    server = connect(url)
    lives = {name: Process(name, folder, url, fatal if name == part else 0, there) for name in ("control", "worker")}
    passed, killed, done = 0, False, 0
    try:
        for _turn in range(60):
            for name, life in list(lives.items()):
                _promise(server)
                if (points := life.step()) is None:
                    killed = True
                    lives[name] = Process(name, folder, url, there=there)
                elif name == part:
                    passed = max(passed, points)
            if done > TURNS_AFTER:
                return passed, killed
            done += made()
        raise AssertionError(f"not made in 60 turns; {part} was killed at point {fatal}")
    finally:
        for life in lives.values():
            life.end()
        server.close()


def left_in_redis(server: redis.Redis) -> list[bytes]:
    """Jobs that are still queued, claimed or begun."""
    left = list(server.hkeys(CLAIMS))
    for queue in QUEUES:
        left += server.lrange(f"rq:queue:{queue}", 0, -1) + server.lrange(f"rq:queue:{queue}:intermediate", 0, -1)
        left += server.zrange(StartedJobRegistry(queue, connection=server).key, 0, -1)
    return left


def _promise(server: redis.Redis) -> None:
    """Somebody can run the stub engines: else nothing is planned."""
    card = Lease(name="w", pid=1, host="here", lanes=("gpu", "cpu"), capabilities=tuple(CAPABILITIES.values()))
    renew(server, card, 60)


def half_written(folder: DataFolder) -> list[Path]:
    stores = [folder.artifacts, *([folder.cache] if folder.cache.exists() else [])]
    for store in stores:
        FolderStore(store)  # sweeps what the dead left, as every worker does when it starts
    return [path for store in stores for path in (store / "tmp").iterdir() if path.is_file()]
