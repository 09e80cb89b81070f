"""`/api/v1/uploads`: pictures, recordings and videos of one's own, named by their hash from then on."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from config.errors import BadInput, StudioError
from config.settings import Uploads
from storage.uploads import Upload, find_upload, list_uploads
from web.api.auth import Caller, needs
from web.api.once import Key, Once, fingerprint
from web.api.route import router_of
from web.desk import Desk
from web.media import HEADERS, SHA256, SHOWN
from web.uploads import take_upload

AT_ONCE = 2
"""Files that are looked at side by side."""
BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}  # fmt: skip
Sha256 = Annotated[str, PathParameter(pattern=SHA256)]


class UploadList(BaseModel):
    uploads: list[Upload]
    next: str | None = Field(description="`before` of the next page; null on the last")


def uploads_router(desk: Desk) -> APIRouter:
    router, studio = router_of("uploads"), desk.studio
    reader, producer = Depends(needs("read", studio)), Depends(needs("produce", studio))
    folder, turn = studio.folder.incoming, asyncio.Semaphore(AT_ONCE)
    shutil.rmtree(folder, ignore_errors=True)  # what a killed process was receiving

    @router.post(
        "/uploads",
        status_code=201,
        openapi_extra=BODY,
        responses={413: {"description": "Larger than any file that is taken"}},
    )
    async def upload(
        request: Request, caller: Caller = producer, key: Key = "",
        name: Annotated[str, Query(max_length=200, description="as people call it")] = "",
    ) -> Upload:  # fmt: skip
        """The file itself is the body, of any Content-Type: what it is, is read from its bytes.

        Pictures (JPEG, PNG, WebP), recordings (WAV, FLAC, Ogg, MP3, M4A) and videos (MP4, MOV, WebM).
        """
        with _place_in(folder) as path:
            sha256 = await receive(request, path, largest(studio.settings.uploads))
            once = Once(key, fingerprint(request, sha256))
            async with turn:
                taken = await take_upload(studio, path, name, caller.user)
        result, _ = await asyncio.to_thread(once.after, studio, caller, lambda: taken.sha256)
        with studio.reading() as db:
            return find_upload(db, result)

    @router.get("/uploads", dependencies=[reader])
    def list_all(limit: Annotated[int, Query(ge=1, le=200)] = 50, before: str = "") -> UploadList:
        """Newest first. `before`: the `next` of the page before."""
        with studio.reading() as db:
            found = list_uploads(db, limit + 1, before)
        return UploadList(uploads=found[:limit], next=found[limit - 1].sha256 if len(found) > limit else None)

    @router.get("/uploads/{sha256}", dependencies=[reader])
    def read(sha256: Sha256) -> Upload:
        with studio.reading() as db:
            return find_upload(db, sha256)

    @router.get("/uploads/{sha256}/content", dependencies=[reader], response_class=FileResponse)
    def content(sha256: Sha256) -> FileResponse:
        """The bytes, with ranges."""
        ref = read(sha256).ref
        path, shown = studio.artifacts.fetch(ref), ref.media_type in SHOWN
        kind = ref.media_type if shown else "application/octet-stream"
        return FileResponse(
            path, media_type=kind, headers={**HEADERS, "ETag": f'"{sha256}"'}, filename=None if shown else sha256[:12]
        )

    return router


def largest(limits: Uploads) -> int:
    """Bytes of the largest file of any kind."""
    return int(max(limits.image_mb, limits.audio_mb, limits.video_mb) * 1e6)


async def receive(request: Request, path: Path, most: int) -> str:
    """Write a request's body to `path` as it comes. Returns its sha256. Raises HTTPException, BadInput, StudioError."""
    digest, size = hashlib.sha256(), 0
    too_much = HTTPException(413, f"At most {most / 1e6:g} MB are taken.")
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise too_much
    try:
        with path.open("wb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                if size > most:
                    raise too_much
                digest.update(chunk)
                file.write(chunk)
    except ClientDisconnect:
        raise HTTPException(400, "The upload broke off.") from None
    except OSError as error:
        raise StudioError(
            f"The upload cannot be stored: {error.strerror}.", "Free some space and try again."
        ) from error
    if not size:
        raise BadInput("The body is empty.", "Send the file itself as the body.")
    return digest.hexdigest()


@contextmanager
def _place_in(folder: Path) -> Iterator[Path]:
    """Where one file is received; gone afterwards, whatever came."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as own:
        yield Path(own) / "upload"
