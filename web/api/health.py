"""`/api/v1/health`: how the house stands, for whoever watches over it."""

from __future__ import annotations

import shutil
from importlib.metadata import version

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from redis import RedisError

from producer.queue.leases import Lease
from storage.overview import set_aside
from storage.queries import open_clips
from web.api.auth import needs
from web.api.route import router_of
from web.desk import Desk


class Worker(BaseModel):
    name: str
    busy: bool


class Health(BaseModel):
    """`ok`: the database answers, and somebody works."""

    ok: bool
    version: str
    workers: list[Worker]
    open_clips: int = Field(description="clips that are being made, or wait to be")
    set_aside: int = Field(description="jobs that killed their workers again and again")
    next_scrape: str = Field(description="ISO 8601; empty = the autopilot is off")
    disk_free: int = Field(description="bytes")


def health_router(desk: Desk) -> APIRouter:
    router, studio = router_of("health"), desk.studio
    reader = Depends(needs("read", studio))

    @router.get("/health", dependencies=[reader])
    def health() -> Health:
        with studio.reading() as db:
            waiting, aside = len(open_clips(db)), len(set_aside(db))
        staff = _staff(desk)
        return Health(
            ok=bool(staff), version=version("dailies"), open_clips=waiting, set_aside=aside,
            workers=[Worker(name=lease.name, busy=lease.doing is not None) for lease in staff],
            next_scrape=studio.production.next_scrape(), disk_free=shutil.disk_usage(studio.folder.root).free,
        )  # fmt: skip

    return router


def _staff(desk: Desk) -> list[Lease]:
    """Nobody, when the queue is out of reach: then nobody works."""
    try:
        return desk.studio.production.workers()
    except RedisError:
        return []
