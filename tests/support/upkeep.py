"""`run.py up` without a desk: `python -m tests.support.upkeep DATA`. Says who is who in DATA/who.json, for whoever kills."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path

import redis

from config.folders import DataFolder
from config.house import House
from producer.queue.connection import connect
from producer.queue.leases import read_leases
from producer.queue.valkey import EmbeddedValkey
from producer.supervisor import STUDIO, Supervisor, end_left_over
from tests.support.control import LEASE_S

TICK_S = 0.1


def keep(folder: DataFolder) -> None:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    house, valkey = House(folder), EmbeddedValkey(folder)
    with folder.lock():
        end_left_over(str(folder.root))
        valkey.ensure()
        server = connect(valkey.url)
        supervisor = Supervisor({**os.environ, "REDIS_URL": valkey.url, STUDIO: str(folder.root)})
        supervisor.add("control", [sys.executable, "-m", "tests.support.control", str(folder.root)])
        for lane in ("gpu", "cpu"):
            supervisor.add(lane, house.command("worker", "--name", lane, "--lanes", lane))
        while not stopping.is_set():
            valkey.ensure()
            supervisor.check()
            with contextlib.suppress(redis.RedisError):
                supervisor.kill_hung(read_leases(server), 60, 3 * LEASE_S)
            for child in supervisor.children:
                child.restarts = 0  # the pistol is no fault of the child's: it comes back at once
            _tell(folder, supervisor, valkey)
            stopping.wait(TICK_S)
        supervisor.stop()
        valkey.stop()


def _tell(folder: DataFolder, supervisor: Supervisor, valkey: EmbeddedValkey) -> None:
    who = {child.name: child.process.pid for child in supervisor.children if child.process and child.alive}
    if valkey._process is not None:
        who["server"] = valkey._process.pid
    fresh = folder.root / "who.new"
    fresh.write_text(json.dumps(who))
    fresh.replace(folder.root / "who.json")


if __name__ == "__main__":
    keep(DataFolder(Path(sys.argv[1])))
