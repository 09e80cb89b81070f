"""Pictures, videos and captions of clips, with ranges, for people who are logged in.

A file is addressed by its clip and its hash, and served only if it belongs to that clip.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse

from config.errors import Corrupt
from review.damage import remake
from storage.artifacts import ArtifactStore
from storage.belongings import file_of_clip
from storage.documents import ArtifactRef, SpokenLine
from storage.upcast import read_document
from storage.work_queries import work_document
from web.studio import Studio

SHOWN = frozenset(
    {
        "video/mp4",
        "image/png",
        "image/jpeg",
        "image/webp",
        "audio/wav",
        "audio/mpeg",
        "audio/flac",
        "audio/ogg",
        "audio/mp4",
        "video/webm",
        "text/vtt",
        "application/x-subrip",
    }
)
"""Anything else is offered as a download, never shown."""
SHA256 = "^[0-9a-f]{64}$"
HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


class CheckedFiles:
    """Stored files whose hash was checked since they last changed, so that a range costs no hashing."""

    def __init__(self, artifacts: ArtifactStore) -> None:
        self._artifacts = artifacts
        self._checked: dict[str, tuple[Path, int]] = {}
        self._lock = threading.Lock()

    def path(self, ref: ArtifactRef) -> Path:
        """Raises Corrupt."""
        with self._lock:
            path, changed = self._checked.get(ref.sha256, (None, 0))
        if path is not None and path.is_file() and path.stat().st_mtime_ns == changed:
            return path
        path = self._artifacts.fetch(ref)
        with self._lock:
            self._checked[ref.sha256] = (path, path.stat().st_mtime_ns)
        return path


def media_address(clip_id: str, sha256: str) -> str:
    return f"/media/{clip_id}/{sha256}"


def heard_address(key: str) -> str:
    """Where a line that was spoken by itself is heard. `key`: of its work."""
    return f"/heard/{key}"


def media_router(studio: Studio) -> APIRouter:
    router, files = APIRouter(include_in_schema=False), CheckedFiles(studio.artifacts)

    @router.get("/heard/{key}")
    def heard(key: Annotated[str, PathParameter(pattern=SHA256)]) -> FileResponse:
        with studio.reading() as db:
            data = work_document(db, key)
        line = read_document(data) if data else None
        if not isinstance(line, SpokenLine):
            raise HTTPException(404)
        return send(line.audio)

    @router.api_route("/media/{clip_id}/{sha256}", methods=["GET", "HEAD"])
    def media(clip_id: str, sha256: Annotated[str, PathParameter(pattern=SHA256)]) -> FileResponse:
        with studio.reading() as db:
            ref = file_of_clip(db, clip_id, sha256)
        if ref is None:
            raise HTTPException(404)
        return send(ref)

    def send(ref: ArtifactRef) -> FileResponse:
        try:
            path = files.path(ref)
        except Corrupt as error:
            remake(error.sha256, studio.artifacts, studio.writer)
            studio.production.wake()
            raise HTTPException(410, error.message) from error
        if ref.media_type in SHOWN:
            return FileResponse(path, media_type=ref.media_type, headers=HEADERS)
        return FileResponse(path, media_type="application/octet-stream", headers=HEADERS, filename=ref.sha256[:12])

    return router
