"""kill -9 of workers, control process, server and supervisor at random moments, the server's folder deleted, and clocks that
are set forward and back: every clip is made, every effect happens once, and nothing is left behind."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
import redis
from sqlite_utils import Database

from config.folders import DataFolder
from producer.queue.valkey import EmbeddedValkey
from storage.artifacts import FolderStore
from storage.clips import create_clip
from storage.database import reading
from storage.queries import list_clips, open_clips
from storage.work_queries import in_flight
from storage.writer import Writer
from tests.support.briefs import make_brief
from tests.support.waiting import until

STAGES = 9
"""Of each clip: script, scene, four lines, speech, video, finish."""
KINDS = ("control", "gpu", "cpu", "server", "supervisor", "server and its folder", "clock")
OFTEN = ("control", "gpu", "cpu", "gpu", "cpu", "server", "supervisor", "clock")
JUMPS_S = (3600.0, -3600.0, 86_400.0, -120.0, 30.0)
SETTINGS = {"STUB_SECONDS": "0.2", "DAILIES_WORKERS__LEASE_S": "2", "DAILIES_LOG__LEVEL": "DEBUG"}
PATIENCE_S = 8.0
"""Whoever is killed while all are still getting up interrupts nothing: a deed waits for somebody to be at work."""
ROOT = Path(__file__).resolve().parent.parent
STARTS = (
    "CREATE TABLE chaos_starts (key TEXT NOT NULL, at REAL NOT NULL)",
    """CREATE TRIGGER chaos_counts AFTER UPDATE OF state ON work WHEN NEW.state = 'running' BEGIN
    INSERT INTO chaos_starts VALUES (NEW.key, (julianday('now') - 2440587.5) * 86400.0); END""",
)
"""Counted by SQLite itself, in the transaction that takes the fact in; its clock is the computer's own."""


class Chaos:
    """A studio of real processes, and somebody with a pistol and a watchmaker's key."""

    def __init__(self, folder: DataFolder, seed: int) -> None:
        self.folder, self.dice = folder, random.Random(seed)
        self.clock = folder.root / "clock"
        self.clock.write_text("0")
        writer = Writer(folder.database).start()
        for statement in STARTS:
            writer.do(partial(run_sql, sql=statement))
        writer.stop()
        self.deeds: list[str] = []
        self.moments: list[float] = []
        self.pids: set[int] = set()
        self.interrupted: list[tuple[str, float]] = []
        """Work that was in the hands of whoever was killed, and when."""
        self.upkeep = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join((str(ROOT / "tests" / "support" / "set_clock"), str(ROOT)))
        environment = {**os.environ, **SETTINGS, "PYTHONPATH": path, "SET_CLOCK": str(self.clock)}
        with (self.folder.logs / "upkeep.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.support.upkeep", str(self.folder.root)], env=environment, cwd=ROOT, stderr=log
            )  # fmt: skip

    def order(self, number: int) -> None:
        """Straight into the truth, as the command line does; the control process finds it at its next look."""
        writer = Writer(self.folder.database).start()
        writer.do(partial(create_clip, brief=make_brief(number), author="chaos"))
        writer.stop()

    def run(self, deeds: list[str], clips: int, seconds: float) -> None:
        """Order clips one after another, do a deed every now and then, and wait until all is made."""
        deadline, due = time.monotonic() + seconds, time.monotonic() + 2.0
        left, ordered = list(deeds), 0
        while left or ordered < clips or self._open():
            assert time.monotonic() < deadline, f"not made in {seconds:g} s after {self.deeds}: {self.states()}"
            if ordered * max(len(deeds), 1) <= clips * len(self.deeds) and ordered < clips:
                self.order(ordered)
                ordered += 1
            if left and time.monotonic() > due and (self._busy() or time.monotonic() > due + PATIENCE_S):
                self.do(left.pop())
                due = time.monotonic() + self.dice.uniform(0.2, 1.5)
            time.sleep(0.05)

    def do(self, deed: str) -> None:
        self.deeds.append(deed)
        self.moments.append(time.time())
        who = self.who()
        self.pids |= set(who.values())
        match deed:
            case "clock":
                self._set_clock(self.dice.choice(JUMPS_S))
            case "supervisor":
                self._note("gpu", "cpu")
                self._restart_upkeep(who)
            case "server and its folder":
                self._restart_upkeep(who, wipe=True)
            case _ if deed in who:
                self._aim(deed)
                self._note(deed)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(who[deed], signal.SIGKILL)

    def who(self) -> dict[str, int]:
        path = self.folder.root / "who.json"
        return dict(json.loads(until(lambda: path.is_file() and path.read_text(), "somebody", 60)))

    def stop(self) -> None:
        if self.upkeep.poll() is None:
            self.upkeep.terminate()
            self.upkeep.wait(30)

    def rows(self, table: str = "work") -> list[dict[str, Any]]:
        with reading(self.folder.database) as db:
            return list(db.query(f"SELECT * FROM {table}"))

    def states(self) -> list[tuple[str, str]]:
        return [(row["stage"], row["state"]) for row in self.rows() if row["state"] != "done"]

    def again_after_s(self) -> list[float]:
        """How long after a kill the work that it interrupted was begun again, where nobody else was killed meanwhile."""
        starts = self.rows("chaos_starts")
        found = []
        for key, at in self.interrupted:
            later = min((row["at"] for row in starts if row["key"] == key and row["at"] > at), default=at)
            if later > at and not any(at + 0.5 < moment < later for moment in self.moments):
                found.append(later - at)
        return found

    def _aim(self, name: str) -> None:
        """Half of the shots are fired when the worker has something in hand, or after a moment of waiting for that."""
        moment = time.monotonic() + self.dice.choice((0.0, 1.0))
        while time.monotonic() < moment:
            if any(row["state"] == "running" and row["worker"].startswith(name) for row in self.rows()):
                return
            time.sleep(0.005)

    def _busy(self) -> bool:
        with reading(self.folder.database) as db:
            return any(row.state == "running" for row in in_flight(db))

    def _open(self) -> bool:
        with reading(self.folder.database) as db:
            return bool(open_clips(db))

    def _note(self, *workers: str) -> None:
        self.interrupted += [
            (row["key"], time.time())
            for row in self.rows()
            if row["state"] == "running" and row["worker"].startswith(workers)
        ]

    def _restart_upkeep(self, who: dict[str, int], *, wipe: bool = False) -> None:
        """The supervisor dies, and with it, asked by the kernel, everybody else. Then somebody starts the studio again."""
        self.upkeep.kill()
        self.upkeep.wait()
        if wipe:
            for pid in who.values():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            until(lambda: not any(alive(pid) for pid in who.values()), "everybody to be dead")
            shutil.rmtree(self.folder.redis)
        (self.folder.root / "who.json").unlink()
        self.upkeep = self._start()

    def _set_clock(self, seconds: float) -> None:
        """All Python processes' at once by their file; the server's by what that does to keys that live for a while."""
        self.clock.write_text(str(float(self.clock.read_text()) + seconds))
        with contextlib.suppress(redis.RedisError), contextlib.closing(redis.Redis(
            unix_socket_path=str(EmbeddedValkey(self.folder).socket), socket_timeout=1
        )) as server:  # fmt: skip
            for key in server.scan_iter(count=500):
                if (left := server.pttl(key)) > 0:
                    server.pexpire(key, max(int(left - 1000 * seconds), 0))


@pytest.fixture
def chaos(studio_folder: DataFolder, request: pytest.FixtureRequest) -> Iterator[Chaos]:
    chaos = Chaos(studio_folder, request.param)
    yield chaos
    chaos.stop()


SHORT, PROVEN, ALL = [1], [2, 3], [2, 3, 4, 5, 6, 7]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("chaos", SHORT, indirect=True)
def test_one_of_each_loses_nothing_and_makes_nothing_twice(chaos: Chaos) -> None:
    survive(chaos, list(KINDS), clips=6)


@pytest.mark.proof
@pytest.mark.timeout(900)
@pytest.mark.parametrize("chaos", PROVEN, indirect=True)
def test_forty_lose_nothing_and_make_nothing_twice(chaos: Chaos) -> None:
    survive(chaos, many(chaos.dice), clips=20)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("chaos", ALL, indirect=True)
def test_forty_of_every_seed(chaos: Chaos) -> None:
    survive(chaos, many(chaos.dice), clips=20)


def many(dice: random.Random) -> list[str]:
    deeds = [*KINDS, *dice.choices(OFTEN, k=40 - len(KINDS))]
    dice.shuffle(deeds)
    return deeds


def survive(chaos: Chaos, deeds: list[str], clips: int) -> None:
    chaos.run(deeds, clips, seconds=120 + 10 * len(deeds))
    with reading(chaos.folder.database) as db:
        assert [row.production for row in list_clips(db)] == ["ready"] * clips
    rows = chaos.rows()
    assert len(rows) == clips * STAGES
    assert {(row["state"], row["finishes"]) for row in rows} == {("done", 1)}
    again = (len(chaos.rows("chaos_starts")) - len(rows)) / len(rows)
    waits = chaos.again_after_s()
    print(
        f"{len(deeds)} deeds, {clips} clips; begun again: {again:.1%}; after a kill: {sorted(round(w, 1) for w in waits)} s"
    )
    assert again <= 0.10 or len(deeds) > len(rows) / 10, "only what was in hand is begun again"
    assert all(wait < 60 for wait in waits)
    chaos.stop()
    nothing_is_left(chaos)


def nothing_is_left(chaos: Chaos) -> None:
    """No process, no half-written file, no damage."""
    folder = chaos.folder
    running = [
        one for one in psutil.process_iter(["cmdline"]) if str(folder.root) in " ".join(one.info["cmdline"] or [])
    ]
    assert running == []
    assert not any(alive(pid) for pid in chaos.pids)
    FolderStore(folder.artifacts)  # sweeps what killed workers left, as every worker does when it starts
    assert files(folder.artifacts / "tmp") == []
    assert files(folder.root / "work") == []
    for blob in files(folder.artifacts / "blobs"):
        assert hashlib.sha256(blob.read_bytes()).hexdigest() == blob.name
    assert Database(str(folder.database)).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def alive(pid: int) -> bool:
    """Killed and not yet waited for by whoever inherited it is dead."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def run_sql(db: Database, sql: str) -> None:
    db.execute(sql)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
