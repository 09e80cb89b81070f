"""One worker process: what it can do, what it takes, and how it goes on after an outage."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import socket
import time
from collections.abc import Mapping
from functools import partial

import redis
from loguru import logger
from rq.exceptions import StopRequested

from config.crashes import watch_for_crashes
from config.errors import StudioError
from config.house import House
from config.logs import start_logging
from config.process import resident_mb
from producer.engines.registry import Registry
from producer.engines.servers import model_servers
from producer.gpu import budget
from producer.machine import nvidia_gpus
from producer.memory import give_back_memory
from producer.plan.freeze import Capability
from producer.queue.connection import connect, greet
from producer.queue.leases import Vitals, read_leases
from producer.queue.memory_watch import go_first
from producer.queue.release import refuse_other
from producer.queue.tasks import Tasks
from producer.queue.worker import StageWorker
from producer.ready import publish_capabilities
from producer.residency import residency_here
from producer.stage import StageHandler
from producer.supervisor import restarts
from producer.work import Handler
from storage.artifacts import ArtifactStore
from storage.ids import new_id
from storage.work import PREVIEW, TRAIN

PAUSE_S = 1.0
"""Between an outage and the next try."""


def serve_worker(
    house: House, name: str, tasks: Tasks, artifacts: ArtifactStore, errands: Mapping[str, Handler],
    grace_s: float | None = None,
) -> None:  # fmt: skip
    """Take work until asked to stop. `errands`: kind → handler of work that is no stage. `grace_s`: None = as set."""
    give_back_memory()
    go_first()
    folder, settings, redis_url = house.folder, house.settings, house.need_redis("A worker")
    start_logging(f"worker-{name}", folder.logs, settings.log.level, style=settings.log.style)
    watch_for_crashes(f"worker-{name}", folder.root)
    workroot = folder.root / "work" / name
    shutil.rmtree(workroot, ignore_errors=True)  # what a killed predecessor left
    workroot.mkdir(parents=True, exist_ok=True)
    registry = Registry(weights=folder.weights, servers=model_servers(settings))
    residency = residency_here(registry.create, settings.workers.memory_mb, folder.root)
    published = partial(
        publish_capabilities,
        registry,
        settings.production.licences,
        budget_mb=budget(settings.workers.memory_mb, nvidia_gpus()),
    )

    def capabilities() -> tuple[Capability, ...]:
        return tasks.offered(published())

    offered = capabilities()
    taken = tasks.queues(offered)
    stages = StageHandler(residency, artifacts, workroot, {c.engine: c.stage for c in offered})
    handlers: dict[str, Handler] = {"stage": stages, PREVIEW: stages, TRAIN: stages, **errands}
    called, turns = f"{name}-{new_id()[-12:]}", itertools.count(1)
    asked_to_stop, pause_s = False, 0.0
    greet(redis_url)
    connection = connect(redis_url)
    while not asked_to_stop:  # a long outage of Redis ends serve(); it goes on with the weights still warm
        try:
            time.sleep(pause_s)
            pause_s = 0.0
            refuse_other(connection, artifacts.id)
            asked_to_stop = StageWorker(
                f"{called}~{next(turns)}", taken, connect(redis_url), handlers, lanes=tasks.lanes, capabilities=capabilities,
                lease_s=settings.workers.lease_s, batch=settings.workers.batch, resident=lambda: " ".join(residency.resident),
                vitals=lambda: Vitals(swaps=residency.swaps, memory_mb=resident_mb(), restarts=restarts()),
                store=artifacts.id, ready=artifacts.reachable,
                grace_s=settings.workers.grace_s if grace_s is None else grace_s, stages=tuple(sorted(tasks.stages)),
                ram_mb=settings.workers.ram_mb, room=workroot, disk_mb=settings.workers.disk_mb,
            ).serve()  # fmt: skip
        except redis.RedisError as error:
            logger.warning("The queue is out of reach: {}", error)
            pause_s = PAUSE_S  # it may answer at once, and refuse: no need to ask it all the time
        except StopRequested:  # between two of them, the last one's signal handler is still in force
            asked_to_stop = True
    residency.evict_all()
    with contextlib.suppress(redis.RedisError):  # was it another release that made it go? Then its end says so
        refuse_other(connection, artifacts.id)


def need_worker_here(house: House) -> None:
    """Raises StudioError when no worker of this machine has a card, or Redis does not answer."""
    try:
        leases = read_leases(connect(house.need_redis("A worker")))
    except redis.RedisError as error:
        raise StudioError("The queue is out of reach.", "Look at the worker's log.") from error
    if not any(lease.host == socket.gethostname() for lease in leases):
        raise StudioError("No worker of this machine is at work.", "Look at its log.")
