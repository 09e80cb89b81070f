"""kill -9 of worker, control process and server at random moments: every clip is made, and every effect happens once."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlite_utils import Database

from config.folders import DataFolder
from config.house import House
from producer.queue.valkey import EmbeddedValkey
from producer.supervisor import Supervisor
from storage.artifacts import FolderStore
from storage.clips import create_clip
from storage.database import reading
from storage.queries import list_clips, open_clips
from storage.writer import Writer
from tests.support.briefs import make_brief

CLIPS = 10
STAGES = 9
"""Of each clip: script, scene, four lines, speech, video, finish."""
VICTIMS = ("control", "gpu", "cpu", "gpu", "cpu", "server")
SETTINGS = {"STUB_SECONDS": "0.05", "DAILIES_WORKERS__LEASE_S": "2", "DAILIES_LOG__LEVEL": "DEBUG"}


class Chaos:
    """A studio of real processes, and somebody with a pistol."""

    def __init__(self, folder: DataFolder, seed: int) -> None:
        self.folder, self.dice = folder, random.Random(seed)
        self.valkey = EmbeddedValkey(folder)
        self.valkey.start()
        self.supervisor = Supervisor({**os.environ, **SETTINGS, "REDIS_URL": self.valkey.url})
        house = House(folder)
        self.supervisor.add("control", [sys.executable, "-m", "tests.support.control", str(folder.root)])
        for lane in ("gpu", "cpu"):
            self.supervisor.add(lane, house.command("worker", "--name", lane, "--lanes", lane))
        self.pids: set[int] = set()
        self.killed: list[str] = []

    def order_clips(self) -> None:
        writer = Writer(self.folder.database).start()
        for number in range(CLIPS):
            writer.do(partial(create_clip, brief=make_brief(number), author="chaos"))
        writer.stop()

    def run(self, kills: int, seconds: float) -> None:
        """Keep the studio alive until every clip is made, killing somebody every now and then."""
        deadline, next_kill = time.monotonic() + seconds, time.monotonic() + 1.0
        while self._open() or len(self.killed) < kills:
            assert time.monotonic() < deadline, f"not made in {seconds:g} s after {self.killed}: {self.states()}"
            self.valkey.ensure()
            self.supervisor.check()
            self.pids |= {child.process.pid for child in self.supervisor.children if child.process}
            if len(self.killed) < kills and time.monotonic() > next_kill:
                self._kill(self.dice.choice(VICTIMS))
                next_kill = time.monotonic() + self.dice.uniform(0.2, 1.5)
            time.sleep(0.05)

    def stop(self) -> None:
        self.supervisor.stop()
        self.valkey.stop()

    def rows(self) -> list[dict[str, Any]]:
        with reading(self.folder.database) as db:
            return list(db.query("SELECT * FROM work"))

    def states(self) -> list[tuple[str, str]]:
        return [(row["stage"], row["state"]) for row in self.rows() if row["state"] != "done"]

    def _open(self) -> bool:
        with reading(self.folder.database) as db:
            return bool(open_clips(db))

    def _kill(self, victim: str) -> None:
        self.killed.append(victim)
        if victim == "server":
            assert self.valkey._process
            self.valkey._process.kill()
            self.valkey._process.wait()
            if "server and its folder" not in self.killed:  # the first time, its disk goes too
                shutil.rmtree(self.folder.redis)
                self.killed[-1] = "server and its folder"
            return
        child = next(child for child in self.supervisor.children if child.name == victim)
        if child.process and child.alive:
            child.process.kill()
            child.process.wait()
            child.started, child.restarts = -1e9, 0  # the pistol is no fault of the child's: it comes back at once


@pytest.fixture
def chaos(studio_folder: DataFolder, request: pytest.FixtureRequest) -> Iterator[Chaos]:
    chaos = Chaos(studio_folder, request.param)
    yield chaos
    chaos.stop()


SHORT, LONG = [1], [2, 3, 4, 5, 6]


@pytest.mark.parametrize("chaos", SHORT, indirect=True)
def test_a_few_kills_lose_nothing_and_make_nothing_twice(chaos: Chaos) -> None:
    survive(chaos, kills=6)


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize("chaos", LONG, indirect=True)
def test_many_kills_lose_nothing_and_make_nothing_twice(chaos: Chaos) -> None:
    survive(chaos, kills=30)
    assert {"control", "gpu", "cpu", "server", "server and its folder"} <= set(chaos.killed)


def survive(chaos: Chaos, kills: int) -> None:
    chaos.order_clips()
    chaos.run(kills, seconds=60 + 10 * kills)
    with reading(chaos.folder.database) as db:
        assert {row.production for row in list_clips(db)} == {"ready"}
    rows = chaos.rows()
    assert len(rows) == CLIPS * STAGES
    assert {(row["state"], row["finishes"]) for row in rows} == {("done", 1)}
    chaos.stop()
    nothing_is_left(chaos)


def nothing_is_left(chaos: Chaos) -> None:
    """No process, no half-written file, no damage."""
    folder = chaos.folder
    alive = [one for one in psutil.process_iter(["cmdline"]) if str(folder.root) in " ".join(one.info["cmdline"] or [])]
    assert alive == []
    assert not any(psutil.pid_exists(pid) for pid in chaos.pids)
    FolderStore(folder.artifacts)  # sweeps what killed workers left, as every worker does when it starts
    assert files(folder.artifacts / "tmp") == []
    assert files(folder.root / "work") == []
    for blob in files(folder.artifacts / "blobs"):
        assert hashlib.sha256(blob.read_bytes()).hexdigest() == blob.name
    assert Database(str(folder.database)).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
