"""`/metrics` in Prometheus' text format, and `/readyz`. What can be looked up is looked up when it is asked for.

The names and what they mean: docs/reliability.md. Asking needs a token with the scope `read`, as the API does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version

import redis
from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from config.process import resident_mb
from producer.queue.leases import Lease
from producer.supervisor import restarts
from storage.clock import now
from storage.overview import Tally, queue_lines, tally
from storage.schema import MIGRATIONS
from web.api.auth import admitted, needs
from web.api.budget import Budget
from web.meters import Meters
from web.studio import Studio

MB = 1e6
Values = Sequence[tuple[tuple[str, ...], float]]
"""(label values, value)."""


class StudioCollector(Collector):
    """Looks at the studio each time it is asked."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def describe(self) -> list[Metric]:
        """Nothing is looked at to register this."""
        return []

    def collect(self) -> Iterator[Metric]:
        with self._studio.reading() as db:
            counts, lines = tally(db), queue_lines(db)
        yield _info()
        yield from _counts(counts)
        yield _gauge("queue_jobs", "Work that waits", ("queue",), [((one.queue,), one.waiting) for one in lines])
        yield _gauge("queue_running", "Work in hand", ("queue",), [((one.queue,), one.running) for one in lines])
        ages = [((one.queue,), _age(one.oldest)) for one in lines]
        yield _gauge("queue_oldest_seconds", "How long the first in line has waited", ("queue",), ages)
        yield from _disk(self._studio)
        try:
            staff = self._studio.production.workers()
        except redis.RedisError:
            staff = None
        yield _gauge("queue_reachable", "Whether Redis answers", (), [((), int(staff is not None))])
        reachable = int(self._studio.artifacts.reachable())
        yield _gauge(
            "store_reachable", "Whether the artifact store answered when it was last asked", (), [((), reachable)]
        )
        yield from _processes(staff or [])


def metrics_router(studio: Studio, meters: Meters) -> APIRouter:
    router = APIRouter()
    meters.registry.register(StudioCollector(studio))

    admit = admitted(studio, Budget(studio.settings.api.per_minute))

    @router.get("/metrics", include_in_schema=False, dependencies=[Depends(admit), Depends(needs("read", studio))])
    def metrics() -> Response:
        return Response(generate_latest(meters.registry), media_type=CONTENT_TYPE_LATEST)

    @router.get("/readyz", include_in_schema=False)
    def readyz() -> JSONResponse:
        """Whether clips can be made now: 200, or 503 and which part is missing. Says no more than that to strangers."""
        parts = readiness(studio)
        return JSONResponse({"ready": all(parts.values()), **parts}, 200 if all(parts.values()) else 503)

    return router


def readiness(studio: Studio) -> dict[str, bool]:
    """By part of the house: database, store, queue, workers."""
    store = studio.artifacts.reachable()
    try:
        with studio.reading() as db:
            database = db.execute("SELECT count(*) FROM facts").fetchone() is not None
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not ready
        database = False
    try:
        workers = studio.production.workers()
    except redis.RedisError:
        return {"database": database, "store": store, "queue": False, "workers": False}
    return {"database": database, "store": store, "queue": True, "workers": bool(workers)}


def _info() -> Metric:
    labels = {"version": version("dailies"), "schema": max(one.name for one in MIGRATIONS._migrations)}
    family = GaugeMetricFamily("dailies_info", "Which release this is", labels=tuple(labels))
    family.add_metric(tuple(labels.values()), 1)
    return family


def _counts(counts: Tally) -> Iterator[Metric]:
    yield _gauge("clips", "Clips by how far production is", ("production",), _by_name(counts.clips))
    yield _gauge("work", "Pieces of work by their state", ("state",), _by_name(counts.work))
    yield _counter("decisions", "What people decided", ("kind",), _by_name(counts.decisions))
    yield _counter("exports", "Released bundles", (), [((), counts.exports)])
    yield _counter("strikes", "Workers that died of work which is not done yet", (), [((), counts.strikes)])


def _disk(studio: Studio) -> Iterator[Metric]:
    disk = shutil.disk_usage(studio.folder.root)
    yield _gauge("disk_bytes", "Size of the data folder's disk", (), [((), disk.total)])
    yield _gauge("disk_free_bytes", "Room left on it", (), [((), disk.free)])
    size = sum(path.stat().st_size for path in studio.folder.root.glob("studio.db*"))
    yield _gauge("database_bytes", "Size of the database", (), [((), size)])


def _processes(staff: list[Lease]) -> Iterator[Metric]:
    """Workers by their names in the supervisor, without what makes each life of one unique."""
    by_name = {lease.name.rpartition("-")[0] or lease.name: lease for lease in staff}
    yield _gauge("workers", "Workers that are alive", (), [((), len(staff))])
    yield _gauge(
        "worker_busy",
        "Whether it has work in hand",
        ("worker",),
        _each(by_name, lambda one: int(one.doing is not None)),
    )
    yield _counter("worker_swaps", "Heavy engines loaded", ("worker",), _each(by_name, lambda one: one.vitals.swaps))
    memory = [(("control",), resident_mb() * MB), *_each(by_name, lambda one: one.vitals.memory_mb * MB)]
    yield _gauge("process_memory_bytes", "Memory that is resident", ("process",), memory)
    again = [(("control",), restarts()), *_each(by_name, lambda one: one.vitals.restarts)]
    yield _counter("process_restarts", "How often its supervisor had to start it again", ("process",), again)


def _each(staff: dict[str, Lease], value: Callable[[Lease], float]) -> Values:
    return [((name,), value(lease)) for name, lease in staff.items()]


def _by_name(counts: dict[str, int]) -> Values:
    return [((name,), count) for name, count in counts.items()]


def _gauge(name: str, help: str, labels: tuple[str, ...], values: Values) -> Metric:
    return _filled(GaugeMetricFamily(f"dailies_{name}", help, labels=labels), values)


def _counter(name: str, help: str, labels: tuple[str, ...], values: Values) -> Metric:
    return _filled(CounterMetricFamily(f"dailies_{name}", help, labels=labels), values)


def _filled(family: GaugeMetricFamily | CounterMetricFamily, values: Values) -> Metric:
    for labels, value in values:
        family.add_metric(labels, value)
    return family


def _age(since: str | None) -> float:
    return (datetime.fromisoformat(now()) - datetime.fromisoformat(since)).total_seconds() if since else 0.0
