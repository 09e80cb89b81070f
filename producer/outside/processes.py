"""All processes that a program started, found by a mark in their environment.

A process group is not enough: torchrun starts its workers in sessions of their own, and an orphan has no parent to be
found by. Linux shows each process's first environment in /proc (proc(5)); elsewhere only the group can be ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

MARK = "DAILIES_RUN"
PROC = Path("/proc")
PATIENCE_S = 5.0


def marked(mark: str, name: str = MARK) -> list[int]:
    """Living processes of this user that carry the mark."""
    wanted, found = f"{name}={mark}".encode(), []
    for folder in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def resident_mb(pids: list[int]) -> float:
    """Memory that is theirs alone: neither mapped files, which the system can drop, nor what it shares."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            for line in (PROC / str(pid) / "status").read_text().splitlines():
                if line.startswith(("RssAnon:", "RssShmem:")):
                    total += int(line.split()[1])
    return total * 1024 / 1e6


def end_all(group: int, mark: str) -> None:
    """Kill the group and whoever carries the mark, until nobody does. Zombies of others carry none."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        left = marked(mark)
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if not left or time.monotonic() > deadline:
            return
        time.sleep(0.01)
