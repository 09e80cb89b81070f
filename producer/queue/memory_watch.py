"""Looks after a worker's main memory, so that work which eats it harms neither its neighbours nor the machine."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from config.process import resident_mb

LOOK_S = 0.2
SHARE = 0.8
"""Of the machine's memory, where no limit is set."""


class MemoryWatch:
    """A thread that calls `too_much` once, with what is resident and what may be, in MB."""

    def __init__(self, limit_mb: float, too_much: Callable[[float, float], None]) -> None:
        self._limit_mb = limit_mb or SHARE * machine_mb()
        self._too_much = too_much
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, name="memory", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(LOOK_S):
            if (used := resident_mb()) > self._limit_mb:
                self._too_much(used, self._limit_mb)
                return


def machine_mb() -> float:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e6


def go_first() -> None:
    """If memory runs out before anybody looked, the kernel is to take a worker and not the studio (proc(5))."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("500")
