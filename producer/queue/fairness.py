"""In which order a worker looks at its queues. Pure.

Sticky: the queue of the engine that is in memory comes first, so that twenty clips cost a handful of model loads.
Bounded: after `batch` jobs in a row it goes last if anybody waits, so that no queue starves. (Measured with unbounded
stickiness under steady arrivals: the first queue never empties and no clip is ever finished.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def order_queues(names: Sequence[str], current: str, run: int, batch: int, head_age: Mapping[str, float]) -> list[str]:
    """Queue names, first served first.

    `run`: jobs taken from `current` in a row. `head_age`: queue → seconds its first job has waited; absent = empty.
    """
    others = sorted((name for name in names if name != current), key=lambda name: -head_age.get(name, -1.0))
    waiting = any(name in head_age for name in others)
    return [*others, current] if run >= batch and waiting else [current, *others]
