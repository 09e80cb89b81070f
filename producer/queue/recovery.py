"""Finds the jobs that nobody will finish: claimed and never begun, or begun by a worker that fell silent."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from redis import Redis
from rq.job import Job
from rq.registry import StartedJobRegistry
from rq.utils import as_text, parse_composite_key

from producer.queue.claim import CLAIMS
from producer.queue.stillness import Stillness

GRACE_S = 3
"""A claimed job must begin within this."""

UNCLAIM = f"""
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
redis.call('HDEL', '{CLAIMS}', ARGV[1])
return redis.call('LPUSH', KEYS[2], ARGV[1])
"""


@dataclass(frozen=True)
class Whereabouts:
    """All job ids that Redis still has in hand."""

    waiting: frozenset[str]
    running: frozenset[str]

    def __contains__(self, job_id: str) -> bool:
        return job_id in self.waiting or job_id in self.running


def put_back_claims(connection: Redis, queues: Iterable[str], claims: Stillness) -> int:
    """Jobs whose worker died between taking and beginning them go back to the front of their queue."""
    held = {
        as_text(one): f"rq:queue:{name}"
        for name in queues
        for one in connection.lrange(f"rq:queue:{name}:intermediate", 0, -1)
    }
    stamps = connection.hmget(CLAIMS, list(held)) if held else []
    still = claims.of(dict(zip(held, stamps, strict=True)))
    return sum(
        bool(connection.eval(UNCLAIM, 2, f"{key}:intermediate", key, one))
        for one, key in held.items()
        if still[one] >= GRACE_S
    )


def abandoned(
    connection: Redis, queues: Iterable[str], leases: Stillness, lease_s: float, dropped: Container[str] = ()
) -> list[str]:
    """Takes the jobs whose lease nobody has renewed for `lease_s`, and those that are known to be `dropped`, off Redis. Returns
    their ids."""
    registries = [StartedJobRegistry(name, connection=connection).key for name in queues]
    begun = {
        entry: (key, score)
        for key in registries
        for entry, score in _scored(connection.zrange(key, 0, -1, withscores=True))
    }
    still = leases.of({entry: score for entry, (_, score) in begun.items()})
    lost = []
    for entry, (key, _) in begun.items():
        job_id, _ = parse_composite_key(entry)
        if (still[entry] >= lease_s or job_id in dropped) and connection.zrem(key, entry):
            connection.delete(Job.key_for(job_id))
            lost.append(job_id)
    return lost


def whereabouts(connection: Redis, queues: Iterable[str]) -> Whereabouts:
    """One look at all queues."""
    names = list(queues)
    with connection.pipeline() as pipeline:
        for name in names:
            pipeline.lrange(f"rq:queue:{name}", 0, -1)
            pipeline.lrange(f"rq:queue:{name}:intermediate", 0, -1)
            pipeline.zrange(StartedJobRegistry(name, connection=connection).key, 0, -1)
        answers = pipeline.execute()
    waiting = {as_text(item) for index, items in enumerate(answers) if index % 3 != 2 for item in items}
    running = {parse_composite_key(as_text(item))[0] for items in answers[2::3] for item in items}
    return Whereabouts(frozenset(waiting), frozenset(running))


def _scored(entries: Any) -> list[tuple[str, float]]:
    """Redis answers pairs; redis-py's stubs allow far more than a sorted set with scores returns."""
    return [(as_text(entry), float(score)) for entry, score in entries]
