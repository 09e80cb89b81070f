"""In which order a worker looks at its queues. Pure.

Sticky: the queue of the engine that is in memory comes first, so that twenty clips cost a handful of model loads.
When it has to change, it changes to where most is waiting: one load then serves the most jobs.
Bounded: after `batch` jobs in a row the current queue goes last if anybody has waited for longer than a model takes
to load, and a queue whose first job has waited for long goes before all others, so that none starves. (Measured with unbounded stickiness under steady
arrivals: the first queue never empties and no clip is ever finished.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PATIENCE_S = 5.0
"""About what a swap costs on a real GPU: yielding earlier would cost more than it gives."""
LONG_S = 30.0


@dataclass(frozen=True)
class Line:
    """Who waits in a queue: how many jobs, and for how many seconds the first of them."""

    jobs: int = 0
    head_age_s: float = 0.0


NOBODY = Line()


def order_queues(names: Sequence[str], current: str, run: int, batch: int, lines: Mapping[str, Line]) -> list[str]:
    """Queue names, first served first. `run`: jobs taken from `current` in a row; a queue not in `lines` is empty."""

    def urgency(name: str) -> tuple[float, int, float]:
        line = lines.get(name, NOBODY)
        overdue = line.head_age_s if line.head_age_s > LONG_S else 0.0
        return (-overdue, -line.jobs, -line.head_age_s)

    others = sorted((name for name in names if name != current), key=urgency)
    waiting = any(lines.get(name, NOBODY).head_age_s > PATIENCE_S for name in others)
    return [*others, current] if run >= batch and waiting else [current, *others]
