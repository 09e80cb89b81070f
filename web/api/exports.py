"""`/api/v1/exports`: what left the house, and its bundles."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from config.errors import StudioError
from review.export import intact
from storage.exports import ExportRecord, find_export, list_exports
from web.api.auth import needs
from web.api.route import router_of
from web.api.views import ExportList, ExportView
from web.desk import Desk

CHUNK = 1 << 18


def exports_router(desk: Desk) -> APIRouter:
    router, studio = router_of("exports"), desk.studio
    reader = Depends(needs("read", studio))
    exporter = Depends(needs("export", studio))

    @router.get("/exports", dependencies=[reader])
    def list_all(limit: Annotated[int, Query(ge=1, le=200)] = 50, before: str = "", clip: str = "") -> ExportList:
        """Newest first. `before`: the `next` of the page before. `clip`: only this clip's."""
        with studio.reading() as db:
            found = list_exports(db, limit + 1, before, clip)
        page = found[:limit]
        more = page[-1].id if len(found) > limit else None
        return ExportList(exports=[ExportView.of(record) for record in page], next=more)

    @router.get("/exports/{export_id}", dependencies=[reader])
    def read(export_id: str) -> ExportView:
        with studio.reading() as db:
            return ExportView.of(find_export(db, export_id))

    @router.get("/exports/{export_id}/bundle.zip", dependencies=[exporter], response_class=StreamingResponse)
    def bundle(export_id: str) -> StreamingResponse:
        """The bundle's files in one archive, each checked against its hash before the first byte is sent."""
        with studio.reading() as db:
            record = find_export(db, export_id)
        folder = bundle_folder(studio.folder.exports, record)
        name = f"{record.folder.removeprefix(record.clip_id + '-')}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        names = [file["name"] for file in record.bundle["files"]]
        return StreamingResponse(zipped(folder, [*names, "clip.json"]), media_type="application/zip", headers=headers)

    return router


def bundle_folder(exports: Path, record: ExportRecord) -> Path:
    """Raises StudioError when the released files are no longer what the record says."""
    folder = exports / record.folder
    if folder.resolve().parent != exports.resolve() or not intact(folder, record.bundle):
        raise StudioError(
            "The bundle's files were moved or changed since the export.",
            "Export the clip again from the desk: it is restored.",
        )
    return folder


def zipped(folder: Path, names: list[str]) -> Iterator[bytes]:
    """A zip archive of some files of a folder, piece by piece, whatever its size. Stored: videos do not shrink."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            with (folder / name).open("rb") as source, archive.open(f"{folder.name}/{name}", "w") as target:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield sink.take()
    yield sink.take()


class _Sink(RawIOBase):
    """Keeps what was written until it is taken. It cannot seek, so the archive describes sizes after the data."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces += piece
        return len(piece)

    def take(self) -> bytes:
        taken, self._pieces = bytes(self._pieces), bytearray()
        return taken
