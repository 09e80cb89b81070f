"""Finds the jobs that nobody will finish: claimed and never begun, or begun by a worker that fell silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redis import Redis
from rq.job import Job
from rq.registry import StartedJobRegistry
from rq.utils import as_text, parse_composite_key

from producer.queue.claim import CLAIMS

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


def put_back_claims(connection: Redis, queues: Iterable[str]) -> int:
    """Jobs whose worker died between taking and beginning them go back to the front of their queue."""
    server_time = connection.time()[0]
    returned = 0
    for name in queues:
        key = f"rq:queue:{name}"
        for job_id in map(as_text, connection.lrange(f"{key}:intermediate", 0, -1)):
            claimed = connection.hget(CLAIMS, job_id)
            if server_time - int(claimed or 0) >= GRACE_S:
                returned += bool(connection.eval(UNCLAIM, 2, f"{key}:intermediate", key, job_id))
    return returned


def abandoned(connection: Redis, queues: Iterable[str]) -> list[str]:
    """Takes the jobs whose lease ran out off Redis, and returns their ids."""
    server_time = connection.time()[0]
    lost = []
    for name in queues:
        registry = StartedJobRegistry(name, connection=connection)
        for entry in _texts(connection.zrangebyscore(registry.key, 0, server_time)):
            job_id, _ = parse_composite_key(entry)
            if connection.zrem(registry.key, entry):
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


def _texts(values: object) -> list[str]:
    """Redis answers as text; redis-py's stubs allow far more than a sorted set without scores returns."""
    return (
        [value.decode() if isinstance(value, bytes) else str(value) for value in values]
        if isinstance(values, list)
        else []
    )
