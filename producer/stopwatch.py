"""Which part of some work took how much processor time, for benchmarks."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Counts the time of the thread that does a part; what other threads do for it, `add` is told."""

    def __init__(self) -> None:
        self.cpu_s: defaultdict[str, float] = defaultdict(float)
        self.wall_s: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        cpu, wall = time.thread_time(), time.perf_counter()
        yield
        self.add(name, time.thread_time() - cpu, time.perf_counter() - wall)

    def add(self, name: str, cpu_s: float, wall_s: float = 0.0) -> None:
        self.cpu_s[name] += cpu_s
        self.wall_s[name] += wall_s
