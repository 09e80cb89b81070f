"""`/api/v1/exports`: release a clip, see what left the house, and fetch bundles, one or many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from review.bundle import bundle_schema
from storage.decisions import standing_decision
from storage.exports import DAY, Wanted, export_of_decision, find_export, list_exports
from storage.shipments import Shipment, send_again, shipments_of
from web.api.auth import Caller, needs
from web.api.once import SentOnce, done
from web.api.route import router_of
from web.api.views import ExportList, ExportView
from web.archive import many_bundles, one_bundle
from web.desk import Desk

MOST = 1000
"""Bundles in one archive."""
Day = Annotated[str, Query(pattern=DAY, description="YYYY-MM-DD, UTC, included")]


class ExportOrder(BaseModel):
    """`acknowledge`: what is not free to use in the clip, as the refusal's `parts` say it."""

    acknowledge: list[Annotated[str, Field(max_length=1000)]] = Field(default_factory=list, max_length=50)


class ShipmentList(BaseModel):
    shipments: list[Shipment]


def wanted(clip: str = "", show: str = "", since: Day = "", until: Day = "") -> Wanted:
    return Wanted(clip=clip, show=show, since=since, until=until)


Filter = Annotated[Wanted, Depends(wanted)]


def exports_router(desk: Desk) -> APIRouter:
    router, studio = router_of("exports"), desk.studio
    reader = Depends(needs("read", studio))
    exporter = Depends(needs("export", studio))

    @router.post(
        "/clips/{clip_id}/exports", status_code=201,
        responses={200: {"description": "Exported before", "model": ExportView}, 409: {"description": "Refused"}},
    )  # fmt: skip
    def release(
        clip_id: str, response: Response, order: ExportOrder | None = None, caller: Caller = exporter
    ) -> ExportView:
        """Export an approved clip. Doing it again returns the same export (200 instead of 201).

        A clip with parts that are not free to use is refused (409) and `parts` says which; send them back in
        `acknowledge` to take that upon yourself.
        """
        with studio.reading() as db:
            standing = standing_decision(db, clip_id)
            before = export_of_decision(db, standing.id) if standing else None
        record = desk.export_now(clip_id, caller.user, order.acknowledge if order else ())
        response.status_code = 200 if before else 201
        response.headers["Location"] = f"/api/v1/exports/{record.id}"
        return ExportView.of(record)

    @router.get("/exports", dependencies=[reader])
    def list_all(which: Filter, limit: Annotated[int, Query(ge=1, le=200)] = 50, before: str = "") -> ExportList:
        """Newest first. `before`: the `next` of the page before. The rest narrows: one clip, one show, some days."""
        with studio.reading() as db:
            found = list_exports(db, limit + 1, before, which)
        page = found[:limit]
        more = page[-1].id if len(found) > limit else None
        return ExportList(exports=[ExportView.of(record) for record in page], next=more)

    @router.get("/exports/bundles.zip", dependencies=[exporter], response_class=StreamingResponse)
    def bundles(which: Filter) -> StreamingResponse:
        """The bundles of the newest thousand exports that the filters let through, in one archive, a folder each. One whose
        files changed since is left out, and named in `MISSING.txt`."""
        with studio.reading() as db:
            records = list_exports(db, MOST, "", which)
        days = "_".join(part for part in (which.since, which.until) if part)
        name = "-".join(part for part in ("exports", _plain(which.show), days) if part)
        return _archive(many_bundles(studio.folder.exports, records), name)

    @router.get("/exports/{export_id}", dependencies=[reader])
    def read(export_id: str) -> ExportView:
        with studio.reading() as db:
            return ExportView.of(find_export(db, export_id))

    @router.get("/exports/{export_id}/shipments", dependencies=[reader])
    def shipments(export_id: str) -> ShipmentList:
        """Where else the export has to go, and how far it got: `due` with the last `error`, or `done`."""
        with studio.reading() as db:
            find_export(db, export_id)
            return ShipmentList(shipments=shipments_of(db, [export_id]).get(export_id, []))

    @router.post("/exports/{export_id}/shipments/{target}/again", status_code=202)
    def again(export_id: str, target: str, once: SentOnce, caller: Caller = exporter) -> ShipmentList:
        """Carry it there now, whether it failed before or arrived."""
        with studio.reading() as db:
            find_export(db, export_id)
        once.do(studio, caller, partial(done, command=partial(send_again, export_id=export_id, target=target)))
        return shipments(export_id)

    @router.get("/exports/{export_id}/bundle.zip", dependencies=[exporter], response_class=StreamingResponse)
    def bundle(export_id: str) -> StreamingResponse:
        """The bundle's files in one archive, each checked against its hash before the first byte is sent."""
        with studio.reading() as db:
            record = find_export(db, export_id)
        return _archive(one_bundle(studio.folder.exports, record), record.folder.removeprefix(record.clip_id + "-"))

    @router.get("/schemas/clip-export", dependencies=[reader])
    def schema() -> dict[str, Any]:
        """The JSON Schema of a bundle's `clip.json`."""
        return bundle_schema()

    return router


def _archive(pieces: Iterator[bytes], name: str) -> StreamingResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "private, no-store"}
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


def _plain(name: str) -> str:
    """A show's short name in a header: anything but letters, digits and dashes is left out."""
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter == "-"))
