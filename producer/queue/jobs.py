"""RQ's job, made to carry an order and nothing else.

RQ runs whatever function a job names. A `WorkJob` names none that exists: the worker that holds it gives it to its own
handler, so that nobody who can write to Redis can choose code to run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from redis import Redis
from rq.job import Job
from rq.serializers import JSONSerializer

from storage.work import WorkOrder

NAME = "dailies.work"
KEEP_S = 600
"""How long RQ remembers an ended job; nothing depends on it."""


class WorkJob(Job):
    """`handle` is set by the worker just before it performs the job."""

    handle: Callable[[WorkOrder], None] | None = None

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
        timeout=deadline_s,
        result_ttl=KEEP_S,
        failure_ttl=KEEP_S,
        serializer=JSONSerializer,
        description=f"{order.kind} {order.key[:12]}",
    )
    return cast("WorkJob", job)
