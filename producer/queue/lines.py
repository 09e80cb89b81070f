"""Who waits in which queue, as Redis has it."""

from __future__ import annotations

from collections.abc import Sequence

import redis
from rq.job import Job
from rq.queue import Queue
from rq.utils import as_text, now, str_to_date

from producer.queue.fairness import Line


def who_waits(connection: redis.Redis, queues: Sequence[Queue]) -> dict[str, Line]:
    """Of each queue in which somebody waits: how many, and for how long the first. Two round trips."""
    with connection.pipeline(transaction=False) as pipeline:
        for queue in queues:
            pipeline.llen(queue.key)
            pipeline.lindex(queue.key, 0)
        answers = pipeline.execute()
        waiting = [
            (q.name, n, as_text(head)) for q, n, head in zip(queues, answers[::2], answers[1::2], strict=True) if head
        ]
        for _, _, job_id in waiting:
            pipeline.hget(Job.key_for(job_id), "enqueued_at")
        times = pipeline.execute()
    return {name: Line(jobs, _age(at)) for (name, jobs, _), at in zip(waiting, times, strict=True)}


def _age(enqueued_at: bytes | None) -> float:
    return float((now() - str_to_date(enqueued_at)).total_seconds()) if enqueued_at else 0.0
