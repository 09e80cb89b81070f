"""Small pictures to choose by: drawn looks, backdrops, and the portraits of presenters. For people who are logged in.

A process of its own draws them when they are first asked for (`producer.pictures`); each is served as soon as it is there.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse
from nicegui import app as nicegui_app

from config.errors import Corrupt, UnknownName
from config.folders import DataFolder
from config.house import PROGRAM
from producer.pictures import VERSION, look_file, scene_file
from storage.catalogue import presenter
from storage.documents import ArtifactRef
from storage.orders import PresenterSpec
from web.studio import Studio

DAY = {"Cache-Control": "private, max-age=86400"}
LOOK_S = 0.1


class Painter:
    """The folder of drawn pictures, and at most one process that fills it."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder.samples / f"pictures-{VERSION}"
        self._starting = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def find(self, name: str, gone: Callable[[], Awaitable[bool]]) -> Path | None:
        """The picture's file; None when it could not be drawn, or when whoever asked is gone."""
        path = self._folder / name
        if path.is_file():
            return path
        async with self._starting:
            if self._process is None or self._process.returncode is not None:
                command = (sys.executable, "-m", "producer.pictures", str(self._folder))
                self._process = await asyncio.create_subprocess_exec(*command, cwd=PROGRAM.parent)
        while not path.is_file() and self._process.returncode is None and not await gone():  # noqa: ASYNC110 - another process draws
            await asyncio.sleep(LOOK_S)
        return path if path.is_file() else None

    async def stop(self) -> None:
        """Nobody will ask any more."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()


def face_address(presenter: PresenterSpec) -> str:
    """Where a presenter's picture is; "" for a look of its own parameters, which nobody has drawn."""
    if presenter.kind == "portrait":
        return f"/pictures/portrait/{presenter.slug}"
    if set(presenter.look) <= {"name"}:
        return f"/pictures/look/{presenter.look.get('name', 'mara')}"
    return ""


def scene_address(backdrop: str) -> str:
    return f"/pictures/scene/{backdrop}"


def pictures_router(studio: Studio) -> APIRouter:
    router, painter = APIRouter(include_in_schema=False), Painter(studio.folder)
    nicegui_app.on_shutdown(painter.stop)

    @router.get("/pictures/portrait/{slug}")
    def portrait(slug: str) -> FileResponse:
        try:
            with studio.reading() as db:
                found = presenter(db, slug)
            reference = ArtifactRef.model_validate(found.look.get("portrait"))
            return FileResponse(studio.artifacts.fetch(reference), media_type=reference.media_type, headers=DAY)
        except (UnknownName, ValueError, Corrupt) as error:
            raise HTTPException(404) from error

    @router.get("/pictures/{kind}/{name}")
    async def drawn(
        request: Request,
        kind: Literal["look", "scene"],
        name: Annotated[str, PathParameter(pattern="^[a-z-]{1,40}$")],
    ) -> FileResponse:
        path = await painter.find(look_file(name) if kind == "look" else scene_file(name), request.is_disconnected)
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, headers=DAY)

    return router
