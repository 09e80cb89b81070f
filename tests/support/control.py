"""A control process without a desk: `python -m tests.support.control DATA`. It plans and dispatches until SIGTERM."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from config.folders import DataFolder
from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher
from producer.plan.freeze import STUB_ORDER
from producer.queue.connection import connect
from storage.stream import StreamReader
from storage.writer import Writer

LEASE_S = float(os.environ.get("DAILIES_WORKERS__LEASE_S", "8"))


def run_control(folder: DataFolder, redis_url: str) -> None:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    with folder.lock("control"):
        writer = Writer(folder.database).start()
        brain = Control(writer, folder.database, Dispatcher(connect(redis_url), 60, LEASE_S), Stepper(STUB_ORDER, 3))
        reader = StreamReader(lambda: connect(redis_url), writer, brain.hear)
        brain.start()
        reader.start()
        stopping.wait()
        reader.stop()
        brain.stop()
        writer.stop()


if __name__ == "__main__":
    run_control(DataFolder(Path(sys.argv[1])), os.environ["REDIS_URL"])
