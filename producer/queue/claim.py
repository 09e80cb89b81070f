"""A queue that cannot lose a job between Redis and the worker.

RQ 2.12 takes from several queues with BLPOP (`rq.queue.Queue.dequeue_any`): the id then exists only in the worker's
memory, and a worker killed at that moment takes the job with it. Here one Lua script moves the id into the queue's
intermediate list and stamps who claimed it and when; `recovery.py` puts back what was claimed and never begun.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import redis
from rq import Queue
from rq.exceptions import DequeueTimeout, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.utils import as_text

CLAIMS = "dailies:claims"
POLL_S = 0.02

CLAIM = f"""
for _, key in ipairs(KEYS) do
  local id = redis.call('LMOVE', key, key .. ':intermediate', 'LEFT', 'RIGHT')
  if id then
    redis.call('HSET', '{CLAIMS}', id, redis.call('TIME')[1])
    return {{key, id}}
  end
end
return false
"""


class ClaimQueue(Queue):
    """An RQ queue whose jobs are claimed in one step."""

    @classmethod
    def dequeue_any(  # type: ignore[override]
        cls, queues: Sequence[Queue], timeout: int | None, connection: redis.Redis, job_class: Any = None,
        serializer: Any = None, death_penalty_class: Any = None,
    ) -> tuple[Job, Queue] | None:  # fmt: skip
        """The next job of the first non-empty queue. Raises DequeueTimeout after `timeout` seconds of silence."""
        claim = connection.register_script(CLAIM)
        deadline = time.monotonic() + (timeout or 0)
        by_key = {queue.key: queue for queue in queues}
        while True:
            if claimed := claim(keys=list(by_key)):
                key, job_id = (as_text(part) for part in claimed)
                try:
                    job = (job_class or Job).fetch(
                        job_id, connection=connection, serializer=serializer or JSONSerializer
                    )
                    return job, by_key[key]
                except NoSuchJobError:  # its body was deleted: it was cancelled while it waited
                    unclaim(connection, key, job_id)
                    continue
            if timeout is None:
                return None
            if time.monotonic() > deadline:
                raise DequeueTimeout(timeout, list(by_key))
            time.sleep(POLL_S)


def unclaim(connection: Any, queue_key: str, job_id: str) -> None:
    """Take a job off the claimed list, because it has begun or is gone. Works on a pipeline too."""
    connection.lrem(f"{queue_key}:intermediate", 1, job_id)
    connection.hdel(CLAIMS, job_id)
