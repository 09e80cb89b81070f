"""What each worker says of itself, in Redis, for as long as its lease lasts: who it is, what it can do, what it does now."""

from __future__ import annotations

from importlib.metadata import version

import redis
from loguru import logger

from producer.plan.freeze import Capability
from storage.documents import Frozen

PREFIX = "dailies:worker:"


class Doing(Frozen):
    """The work in a worker's hands."""

    kind: str
    key: str
    attempt: int
    engine: str
    since: float
    """Unix time, to be shown."""
    seconds: float = 0.0
    """For how long, when the card was written; right even if the clock was set meanwhile."""


class Vitals(Frozen):
    """How a worker process fares, counted since it started."""

    swaps: int = 0
    """How often a heavy engine was loaded."""
    memory_mb: float = 0.0
    """Main memory that is resident now."""
    restarts: int = 0
    """How often its supervisor had to start it again."""


class Lease(Frozen):
    """One worker's card. It vanishes by itself when the worker falls silent."""

    name: str
    pid: int
    host: str
    lanes: tuple[str, ...]
    capabilities: tuple[Capability, ...]
    resident: str = ""
    doing: Doing | None = None
    vitals: Vitals = Vitals()
    release: str = ""
    stages: tuple[str, ...] = ()
    """The stages that it was started for; empty = all."""
    space: str = ""
    """Where `pid` is its number (`config.process.process_space`)."""
    beats: int = 0
    """How often the card was written: no two look the same while its worker lives. 0: nobody counts."""


def process_of(worker: str) -> str:
    """By what a worker's process is known through outages: each time it comes back, RQ wants another name of it."""
    return worker.partition("~")[0]


def renew(connection: redis.Redis, lease: Lease, seconds: int) -> None:
    connection.set(PREFIX + lease.name, lease.model_dump_json(exclude_defaults=True), ex=seconds)


def release(connection: redis.Redis, name: str) -> None:
    connection.delete(PREFIX + name)


def read_leases(connection: redis.Redis) -> list[Lease]:
    """The workers that are alive. A card that cannot be read is of another release, or no worker's: it is passed over."""
    names = list(connection.scan_iter(match=PREFIX + "*", count=100))
    cards = connection.mget(names) if names else []
    return [lease for card in cards if card and (lease := _read(card)) is not None]


def _read(card: bytes | str) -> Lease | None:
    try:
        return Lease.model_validate_json(card)
    except ValueError:
        logger.warning("A worker's card cannot be read; it may be of another release")
        return None


def capabilities(leases: list[Lease]) -> dict[str, Capability]:
    """What the workers of our release can do together: an engine is ready if it is ready anywhere."""
    union: dict[str, Capability] = {}
    for lease in leases:
        if lease.release not in ("", version("dailies")):
            continue
        for capability in lease.capabilities:
            if capability.engine not in union or union[capability.engine].problem:
                union[capability.engine] = capability
    return union
