"""Waiting for what happens in another thread or process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import psutil

T = TypeVar("T")


def until(condition: Callable[[], T], what: str = "it", seconds: float = 90.0, pause_s: float = 0.02) -> T:
    """The first true value of `condition`, asked every `pause_s`. Raises AssertionError when none comes within a generous time."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what} in vain"
        time.sleep(pause_s)
    return value


def gone(process: psutil.Process) -> bool:
    """Dead, be it that nobody has waited for it yet: who inherits an orphan takes its time."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # between the two questions
        return True
