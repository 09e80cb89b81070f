"""RQ's job, made to carry an order and nothing else.

RQ runs whatever function a job names. A `WorkJob` names none that exists: the worker that holds it gives it to its own
handler, so that nobody who can write to Redis can choose code to run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from redis import Redis
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.utils import as_text

from producer.queue.tasks import allowed_s
from storage.work import WorkOrder

NAME = "dailies.work"
POWERS = frozenset(
    {"success_callback_name", "failure_callback_name", "stopped_callback_name", "webhooks", "repeats_left",
     "dependency_id", "dependency_ids", "retries_left"}
)  # fmt: skip
"""Fields of RQ's jobs by which whoever can write to Redis could choose what runs, or what is asked of other servers."""
KEEP_S = 600
"""How long RQ remembers an ended job; nothing depends on it."""


class WorkJob(Job):
    """`handle` is set by the worker just before it performs the job."""

    handle: Callable[[WorkOrder], None] | None = None

    def restore(self, raw_data: Any) -> None:
        """RQ would also import and call whatever functions a stored job names for its end, and send requests to addresses
        of its choice: all of that is forgotten before it is read."""
        super().restore({name: value for name, value in raw_data.items() if as_text(name) not in POWERS})

    @property
    def order(self) -> WorkOrder:
        return WorkOrder.model_validate(self.args[0])

    def perform(self) -> None:
        if self.handle is None or self.func_name != NAME:
            raise PermissionError(f"A job names {self.func_name!r}, which no worker runs.")
        self.handle(self.order)


def job_id(key: str, attempt: int) -> str:
    return f"{key}-{attempt}"


def make_job(connection: Redis, order: WorkOrder, deadline_s: int) -> WorkJob:
    job = WorkJob.create(
        NAME,
        args=(order.model_dump(mode="json"),),
        connection=connection,
        id=job_id(order.key, order.attempt),
        origin=order.queue,
        timeout=round(allowed_s(order.engine, deadline_s)),
        result_ttl=KEEP_S,
        failure_ttl=KEEP_S,
        serializer=JSONSerializer,
        description=f"{order.kind} {order.key[:12]}",
    )
    return cast("WorkJob", job)
