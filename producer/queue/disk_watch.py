"""Looks after what work in hand writes into its room, so that one that fills the disk harms neither its neighbours nor the
truth, which lies on the same disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

LOOK_S = 0.5


class DiskWatch:
    """A thread that calls `too_much` once, with what the room holds and what it may, in MB. Without a limit it may hold as much
    as is left for everybody else: half of what was free."""

    def __init__(self, room: Path, limit_mb: float, too_much: Callable[[float, float], None]) -> None:
        self._room, self._limit_mb, self._too_much = room, limit_mb, too_much
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, name="disk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(LOOK_S):
            used = used_mb(self._room)
            limit = self._limit_mb or (free_mb(self._room) if used else 0.0)
            if used > limit:
                self._too_much(used, limit)
                return


def used_mb(folder: Path) -> float:
    """What the files in a folder take on the disk. Files come and go meanwhile."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(root, name).lstat().st_blocks * 512
    return total / 1e6


def free_mb(folder: Path) -> float:
    return shutil.disk_usage(folder).free / 1e6
