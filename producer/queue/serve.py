"""One worker process: what it can do, what it takes, and how it goes on after an outage."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from functools import partial

import redis
from loguru import logger
from rq.exceptions import StopRequested

from config.crashes import watch_for_crashes
from config.house import House
from config.logs import start_logging
from config.process import resident_mb
from producer.engines.registry import Registry
from producer.engines.servers import model_servers
from producer.gpu import budget
from producer.machine import nvidia_gpus
from producer.memory import give_back_memory
from producer.plan.freeze import Capability
from producer.queue.connection import connect
from producer.queue.leases import Vitals
from producer.queue.memory_watch import go_first
from producer.queue.release import refuse_other
from producer.queue.worker import StageWorker
from producer.ready import publish_capabilities
from producer.residency import residency_here
from producer.stage import StageHandler
from producer.supervisor import restarts
from producer.work import Handler
from storage.artifacts import ArtifactStore
from storage.ids import new_id
from storage.work import PREVIEW


def serve_worker(
    house: House,
    name: str,
    lanes: tuple[str, ...],
    artifacts: ArtifactStore,
    errands: Mapping[str, Handler],
    queues: tuple[str, ...],
) -> None:
    """Take work until asked to stop. `errands`: kind → handler of work that is no stage, coming from `queues`."""
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
    stages = StageHandler(residency, artifacts, workroot)
    handlers: dict[str, Handler] = {"stage": stages, PREVIEW: stages, **errands}

    published = partial(
        publish_capabilities,
        registry,
        settings.production.licences,
        budget_mb=budget(settings.workers.memory_mb, nvidia_gpus()),
    )

    def capabilities() -> tuple[Capability, ...]:
        return tuple(c for c in published() if c.lane in lanes)

    taken = [f"{c.lane}.{c.engine}" for c in capabilities()] + list(queues)
    asked_to_stop = False
    connection = connect(redis_url)
    while not asked_to_stop:  # a long outage of Redis ends serve(); it goes on with the weights still warm
        try:
            refuse_other(connection)
            asked_to_stop = StageWorker(
                f"{name}-{new_id()[-12:]}", taken, connect(redis_url), handlers, lanes=lanes, capabilities=capabilities,
                lease_s=settings.workers.lease_s, batch=settings.workers.batch, resident=lambda: " ".join(residency.resident),
                vitals=lambda: Vitals(swaps=residency.swaps, memory_mb=resident_mb(), restarts=restarts()),
                ram_mb=settings.workers.ram_mb, room=workroot, disk_mb=settings.workers.disk_mb,
            ).serve()  # fmt: skip
        except redis.RedisError as error:
            logger.warning("The queue is out of reach: {}", error)
        except StopRequested:  # between two of them, the last one's signal handler is still in force
            asked_to_stop = True
    residency.evict_all()
    with contextlib.suppress(redis.RedisError):  # was it another release that made it go? Then its end says so
        refuse_other(connection)
