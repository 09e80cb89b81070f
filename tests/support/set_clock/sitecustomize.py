"""On the path of a process whose clock somebody sets: the file that `SET_CLOCK` names says by how many seconds its time of
day is off, from now on. Monotonic clocks go on, as they do when a computer's clock is set."""

import contextlib
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

if "SET_CLOCK" in os.environ:
    import time_machine

    said, real = Path(os.environ["SET_CLOCK"]), time.time
    off = 0.0
    clock = time_machine.travel(datetime.now(UTC), tick=True).start()

    def follow() -> None:
        global off
        while True:
            with contextlib.suppress(OSError, ValueError):
                if (wanted := float(said.read_text())) != off:
                    clock.shift(timedelta(seconds=wanted - off))
                    off = wanted
            time.sleep(0.05)

    threading.Thread(target=follow, daemon=True).start()
