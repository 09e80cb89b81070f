"""Orders on a real server, and a worker that performs what is waiting and then stops, in the test's own process."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import redis
from rq.registry import StartedJobRegistry

from producer.dispatcher import InFlight
from producer.queue.jobs import job_id
from producer.queue.worker import StageWorker
from producer.work import Handler, Hands, Outcome
from storage.canonical import sha256_text
from storage.events import Event
from storage.ids import new_id
from storage.work import PREVIEW, WorkOrder


def make_order(name: str = "a", engine: str = "x", attempt: int = 1, **payload: Any) -> WorkOrder:
    return WorkOrder(
        key=sha256_text(name), kind="stage", queue=f"cpu.{engine}", stage="script", engine=engine, payload=payload,
        attempt=attempt,
    )  # fmt: skip


def in_flight(order: WorkOrder) -> InFlight:
    return InFlight(order.key, order.attempt, order.queue)


class Clock:
    """A monotonic clock that moves when it is told."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def begun(server: redis.Redis, order: WorkOrder, beat: int = 0) -> str:
    """A job in the hands of a worker that renewed its lease `beat` times. Returns its id."""
    one = job_id(order.key, order.attempt)
    registry = StartedJobRegistry(order.queue, connection=server)
    server.zadd(registry.key, {f"{one}:execution": 1_700_000_000 + beat})
    server.hset(f"rq:job:{one}", "status", "started")
    return one


def succeed(_order: WorkOrder, _hands: Hands) -> Outcome:
    return Outcome({"tag": "script/1"}, "hash", 0.1)


def burst(
    server: redis.Redis, handler: Handler = succeed, queues: Sequence[str] = ("cpu.x",),
    worker_class: type[StageWorker] = StageWorker, most: int | None = None, **options: Any,
) -> StageWorker:  # fmt: skip
    """Perform everything that waits, or at `most` so many jobs of it, here and now."""
    handlers: Mapping[str, Handler] = {"stage": handler, PREVIEW: handler}
    settings = {"lanes": ("cpu",), "capabilities": tuple, "lease_s": 8, "batch": 16, **options}
    worker = worker_class(f"burst-{new_id()}", list(queues), server, handlers, **settings)
    with kept_signals():
        worker.work(burst=True, max_jobs=most, logging_level="CRITICAL")
    return worker


@contextmanager
def kept_signals() -> Iterator[None]:
    """RQ takes SIGINT, SIGTERM and SIGALRM for itself; the test runner needs them back."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)
    before = {number: signal.getsignal(number) for number in numbers}
    left = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.setitimer(signal.ITIMER_REAL, *left)


def events(server: redis.Redis) -> list[Event]:
    """All events of the stream in use, in the order they were sent."""
    epoch = server.get("epoch")
    if not isinstance(epoch, bytes):
        return []
    entries: Any = server.xrange(f"events:{epoch.decode()}")
    return [Event.model_validate_json(fields[b"event"]) for _, fields in entries]


def story(server: redis.Redis) -> list[str]:
    return [event.type for event in events(server)]
