"""Who has fallen silent, told without the time of day.

The wall clock of any computer may be set, forward or back, at any moment. A lease that runs out at a time of day would then
make the living look dead, or the dead alive for an hour. So nobody's clock is compared with anybody else's: what is alive
changes its mark again and again, and whoever looks measures by its own monotonic clock how long a mark stayed the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping


class Stillness:
    """Remembers each thing's mark, and since when it is the same. Look often: between two looks it sees nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, tuple[Hashable, float]] = {}

    def of(self, marks: Mapping[str, Hashable]) -> dict[str, float]:
        """Seconds for which each has not changed. What is not among `marks` any more is forgotten."""
        now = self._clock()
        self._seen = {
            name: self._seen[name] if name in self._seen and self._seen[name][0] == mark else (mark, now)
            for name, mark in marks.items()
        }
        return {name: now - since for name, (_, since) in self._seen.items()}
