"""A process that hangs with Python's lock in its hands ends itself, and says where it hung."""

from __future__ import annotations

import subprocess
import sys

HANGS = """
import ctypes
from producer.queue.watchdog import bitten_after
with bitten_after({seconds}):
    ctypes.PyDLL(None).sleep({sleeps})  # PyDLL keeps the lock
print("done")
"""


def run(seconds: float, sleeps: int) -> subprocess.CompletedProcess[str]:
    code = HANGS.format(seconds=seconds, sleeps=sleeps)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50)


def test_it_ends_and_says_where() -> None:
    ended = run(0.2, 60)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Timeout" in ended.stderr
    assert "line 5" in ended.stderr


def test_work_that_ends_in_time_is_left_alone() -> None:
    assert run(30, 0).stdout == "done\n"
    assert run(0, 0).stdout == "done\n"
