"""Which work a worker takes: the lanes of its machine, and the stages that it was started for. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from config.errors import UnknownName
from producer.engines.base import Lane, Stage
from producer.plan.freeze import Capability
from storage.work import SCRAPE_QUEUE

SCRAPE = "scrape"
TRAINERS, A_DAY_S = "train-", 24 * 3600
TOGETHER: dict[str, tuple[str, ...]] = {"speech": ("speech", "line")}
"""What somebody means who names one of several: speech is spoken line by line."""


@dataclass(frozen=True)
class Tasks:
    """`stages`: empty = all of them. `scrapes`: reads sources too."""

    lanes: tuple[str, ...]
    stages: frozenset[str] = frozenset()
    scrapes: bool = False

    def offered(self, capabilities: Iterable[Capability]) -> tuple[Capability, ...]:
        """Of what this machine could do, what this worker does."""
        return tuple(c for c in capabilities if c.lane in self.lanes and (not self.stages or c.stage in self.stages))

    def queues(self, capabilities: Iterable[Capability]) -> list[str]:
        return [f"{c.lane}.{c.engine}" for c in self.offered(capabilities)] + [SCRAPE_QUEUE] * self.scrapes


def read_tasks(lanes: str, stages: str = "", *, elsewhere: bool = False) -> Tasks:
    """From the command line. A worker `elsewhere` reads sources only when it is told to: it has neither the studio's keys
    nor its folders. Raises UnknownName."""
    taken, named = _known("lane", lanes, get_args(Lane)), _known("stage", stages, (*get_args(Stage), SCRAPE))
    wanted = {stage for name in named for stage in TOGETHER.get(name, (name,))}
    scrapes = SCRAPE in named or (not named and not elsewhere and "cpu" in taken)
    return Tasks(tuple(taken), frozenset(wanted), scrapes)


def allowed_s(engine: str, deadline_s: float) -> float:
    """How long a job of this engine may take: one that trains may take all day, and says step by step how far it is."""
    return max(deadline_s, A_DAY_S) if engine.startswith(TRAINERS) else deadline_s


def _known(kind: str, text: str, known: tuple[str, ...]) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise UnknownName(kind, name, list(known))
    return names
