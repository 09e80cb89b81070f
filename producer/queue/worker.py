"""The worker: RQ's SimpleWorker, so that weights stay in its memory, hardened so that nothing is lost when it is killed.

Each override names the RQ 2.12 behaviour it replaces.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import redis
from loguru import logger
from rq import SimpleWorker
from rq.executions import Execution
from rq.job import Job
from rq.queue import Queue
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer
from rq.utils import now
from rq.worker import WorkerStatus

from config.process import process_space
from producer.plan.freeze import Capability
from producer.queue.claim import ClaimQueue, unclaim
from producer.queue.disk_watch import DiskWatch
from producer.queue.fairness import order_queues
from producer.queue.jobs import WorkJob
from producer.queue.leases import Doing, Lease, Vitals, release, renew
from producer.queue.lines import who_waits
from producer.queue.memory_watch import MemoryWatch
from producer.queue.release import is_other
from producer.queue.watchdog import bitten_after
from producer.work import Handler, Performer
from storage.clock import now as utc_now
from storage.events import ErrorFacts, Event, EventType
from storage.stream import publish
from storage.work import WorkOrder

LOOK_S = 10.0
"""How often a worker looks again at what it can do."""
HANGS_S = 30.0
"""So long after its deadline a job that could not be interrupted ends its worker, if nobody else did."""
LOOKS_UP_S = 5.0
"""An engine that was told to stop has so long to notice (`Context.cancelled` is polled twice a second)."""


class StageWorker(SimpleWorker):
    """Takes orders from its lanes' queues, sticky by engine, and reports events. One job at a time."""

    def __init__(
        self, name: str, queues: list[str], connection: redis.Redis, handlers: Mapping[str, Handler], *,
        lanes: tuple[str, ...], capabilities: Callable[[], tuple[Capability, ...]], lease_s: int, batch: int,
        resident: Callable[[], str] = lambda: "", vitals: Callable[[], Vitals] = Vitals, ram_mb: int = 0,
        store: str = "", ready: Callable[[], bool] = lambda: True, grace_s: float = 0.0, stages: tuple[str, ...] = (),
        room: Path | None = None, disk_mb: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(
            queues, name=name, connection=connection, job_class=WorkJob, queue_class=ClaimQueue,
            serializer=JSONSerializer, log_job_description=False, worker_ttl=30,
        )  # fmt: skip
        self._performer = Performer(handlers, self._report, name)
        self._lanes, self._look_around, self._resident, self._vitals = lanes, capabilities, resident, vitals
        self._capabilities: tuple[Capability, ...] = ()
        self._looked = -LOOK_S
        self._lease_s, self._batch = lease_s, batch
        self._watches: list[MemoryWatch | DiskWatch] = [MemoryWatch(ram_mb, partial(self._die, "memory", "ram_mb"))]
        if room is not None:
            self._watches.append(DiskWatch(room, disk_mb, partial(self._die, "disk", "disk_mb")))
        self._stop_job, self._leaving = threading.Event(), threading.Event()
        self._store, self._ready, self._stages = store, ready, stages
        self._grace_s, self._out_of_time = grace_s, threading.Event()
        self._doing: Doing | None = None
        self._began, self._beats = 0.0, 0
        self._current, self._run = "", 0
        self._held: Execution | None = None
        self._registry: StartedJobRegistry | None = None
        self._beating = threading.Event()

    # ── the lease ────────────────────────────────────────────────────────────────────────────────

    def serve(self) -> bool:
        """Serve until asked to stop, or until Redis has been gone for too long. Returns whether it was asked to stop."""
        silent = threading.Event()
        beat = threading.Thread(target=self._beat, args=(silent,), name="lease", daemon=True)
        beat.start()
        for watch in self._watches:
            watch.start()
        try:
            self.work(logging_level="WARNING")
        finally:
            for watch in self._watches:
                watch.stop()
            silent.set()
            beat.join()
            self._drop_lease()
        return self._leaving.is_set()

    def _beat(self, silent: threading.Event) -> None:
        while not silent.is_set():
            try:
                self._renew()
            except redis.RedisError as error:
                logger.warning("The lease could not be renewed: {}", error)
            except Exception:  # noqa: BLE001 - a worker that fell silent for ever would be taken for dead
                logger.exception("The lease could not be renewed")
            silent.wait(self._lease_s / 3)

    def _renew(self) -> None:
        """Renew the worker's card, and the execution in hand if there is one."""
        if time.monotonic() - self._looked >= LOOK_S:  # weights may have been pulled, a server may have come up
            self._capabilities, self._looked = self._look_around(), time.monotonic()
            if is_other(
                self.connection, self._store
            ):  # the studio was upgraded: hand back what is in hand at once, and go
                self._out_of_time.set()
                os.kill(os.getpid(), signal.SIGTERM)
        self._beats += 1
        doing, began = self._doing, self._began
        if doing is not None:
            doing = doing.model_copy(update={"seconds": time.monotonic() - began})
        lease = Lease(
            name=self.name, pid=self.pid, host=socket.gethostname(), lanes=self._lanes, capabilities=self._capabilities,
            resident=self._resident(), doing=doing, vitals=self._vitals(), release=version("dailies"),
            stages=self._stages, space=process_space(), beats=self._beats,
        )  # fmt: skip
        renew(self.connection, lease, self._lease_s)
        execution, registry = self.execution, self._registry
        if execution is None or registry is None or not self._beating.is_set():
            return
        with self.connection.pipeline() as pipeline:  # xx inside heartbeat() keeps an ended execution from rising again
            execution.heartbeat(registry, self._lease_s, pipeline=pipeline)
            pipeline.execute()

    def _drop_lease(self) -> None:
        try:
            release(self.connection, self.name)
        except redis.RedisError:
            logger.info("The lease runs out by itself: Redis is out of reach")

    def get_heartbeat_ttl(self, job: Job) -> int:
        """RQ gives a job in SimpleWorker its whole timeout plus a minute; here the lease is short and renewed."""
        return self._lease_s

    # ── one job ──────────────────────────────────────────────────────────────────────────────────

    def prepare_execution(self, job: Job) -> Execution:
        """RQ marks a job started and takes it off the intermediate list in separate round trips; here it is one."""
        with self.connection.pipeline() as pipeline:
            self.execution = Execution.create(job, self._lease_s, pipeline=pipeline, worker_name=self.name)
            self.set_state(WorkerStatus.BUSY, pipeline=pipeline)
            unclaim(pipeline, f"rq:queue:{job.origin}", job.id)
            pipeline.execute()
        self._held, self._registry = self.execution, job.started_job_registry
        return self.execution

    def perform_job(self, job: Job, queue: Queue) -> bool:
        assert isinstance(job, WorkJob)
        self._stop_job.clear()
        job.handle = self._perform
        with bitten_after(float(job.timeout) + HANGS_S if job.timeout else 0.0):
            return super().perform_job(job, queue)

    def _perform(self, order: WorkOrder) -> None:
        if order.queue not in self.queue_names():
            logger.error("A job of {} came by a queue that is not its own", order.queue)
            raise PermissionError(f"This worker takes nothing from {order.queue}.")
        self._began = time.monotonic()
        self._doing = Doing(
            kind=order.kind, key=order.key, attempt=order.attempt, engine=order.engine, since=time.time()
        )
        self._beating.set()
        try:
            self._renew()
            with logger.contextualize(clip=order.clip, job=order.key, attempt=order.attempt, engine=order.engine):
                self._performer.perform(order, self._stopped, self._out_of_time.is_set)
        finally:
            self._doing = None

    def _report(self, event: Event) -> None:
        """Send an event. Progress that cannot be told now is dropped: it must not fail the work it is about."""
        try:
            publish(self.connection, event)
        except redis.RedisError as error:
            if event.type != "progressed":
                raise
            logger.info("Progress could not be told: {}", error)

    def _die(self, what: str, setting: str, used_mb: float, limit_mb: float) -> None:
        """The work in hand ate too much: say so, so that it is handed to the next engine, and give all of it back at once."""
        logger.error(
            "This worker holds {:.0f} MB of {}, more than the {:.0f} MB that it may, and ends", used_mb, what, limit_mb
        )
        try:
            if (doing := self._doing) is not None:
                error = ErrorFacts(
                    kind="oom", message=f"It used more than {limit_mb:.0f} MB of {what}.",
                    cure=f"Raise {setting} in [workers] if the machine has more.",
                )  # fmt: skip
                publish(self.connection, self._about(doing, "oom", error))
        finally:
            os.kill(os.getpid(), signal.SIGKILL)

    def _stopped(self) -> bool:
        return self._stop_job.is_set() or self._out_of_time.is_set()

    def handle_execution_ended(self, job: Job, queue: Queue, heartbeat_ttl: int) -> None:
        """Stop beating before RQ's WATCH loop, which a heartbeat would make fail."""
        self._beating.clear()
        super().handle_execution_ended(job, queue, heartbeat_ttl)

    def cleanup_execution(self, job: Job, pipeline: Any) -> None:
        """RQ forgets the execution inside its WATCH loop, and fails the job on the loop's second turn (rq#2424)."""
        self.execution = self.execution or self._held
        super().cleanup_execution(job, pipeline)

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """What escapes here is a fault of ours: the performer turns an engine's faults into events."""
        logger.opt(exception=exc_info).error("Job {} broke the worker's own code", job.id)

    def kill_horse(self, *_: Any) -> None:
        """RQ does nothing here for a worker without a child process; engines poll this event."""
        self._stop_job.set()

    def handle_warm_shutdown_request(self) -> None:
        """Asked to stop: the job in hand may end within the grace; then it is handed back as soon as its engine looks up,
        or without its engine, if that does not."""
        self._leaving.set()
        if not self._grace_s:
            self._out_of_time.set()
        threading.Thread(target=self._drain, name="drain", daemon=True).start()

    def _drain(self) -> None:
        time.sleep(self._grace_s)
        self._out_of_time.set()
        time.sleep(LOOKS_UP_S)
        if (doing := self._doing) is None:
            return
        logger.warning("{} does not look up: its job is handed back without it", doing.engine)
        try:
            self._report(self._about(doing, "handed_back"))
            self._drop_lease()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)

    def _about(self, doing: Doing, kind: EventType, error: ErrorFacts | None = None) -> Event:
        """An event of the job in hand that its own thread does not send."""
        return Event(
            kind=doing.kind,
            key=doing.key,
            attempt=doing.attempt,
            type=kind,
            worker=self.name,
            at=utc_now(),
            error=error,
        )

    def dequeue_job_and_maintain_ttl(self, timeout: int | None, max_idle_time: int | None = None) -> Any:
        """Nothing is taken while it could not be done anyway: it waits in its queue, for us or for somebody better off."""
        while not self._ready():
            self.heartbeat()
            time.sleep(0.5)
        return super().dequeue_job_and_maintain_ttl(timeout, max_idle_time)

    # ── which queue next ─────────────────────────────────────────────────────────────────────────

    def reorder_queues(self, reference_queue: Queue) -> None:
        """Called by RQ right after each job is taken, before it is performed."""
        self._run = self._run + 1 if reference_queue.name == self._current else 1
        self._current = reference_queue.name
        by_name = {queue.name: queue for queue in self.queues}
        lines = who_waits(self.connection, list(by_name.values()))
        order = order_queues(list(by_name), self._current, self._run, self._batch, lines)
        self._ordered_queues = [by_name[name] for name in order]

    def run_maintenance_tasks(self) -> None:
        """Recovery is the control process's work, done once, by the server's clock."""
        self.last_cleaned_at = now()  # type: ignore[assignment]
