"""A show's feed and its files, for apps that cannot log in: whoever has the address may read it, and nothing else.

/feed/<secret>/feed.xml
/feed/<secret>/<export id>/<file>
"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse

from config.errors import UnknownName
from review.released import is_inside
from storage.catalogue import show as show_of
from storage.consents import lapsed_clips
from storage.exports import ExportRecord
from storage.feeds import Feed, feed_exports, find_feed
from storage.orders import ShowSpec
from web.rss import Item, rss
from web.studio import Studio

MOST = 100
"""Items in a feed."""
TYPE = "application/rss+xml; charset=utf-8"
PRIVATE = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def feed_address(secret: str) -> str:
    return f"/feed/{secret}/feed.xml"


def feed_router(studio: Studio) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    def feed_behind(secret: str) -> tuple[Feed, list[ExportRecord], ShowSpec]:
        """Without clips whose person does not agree now. Raises HTTPException: an address that does not work says nothing
        of why."""
        with studio.reading() as db:
            feed = find_feed(db, secret)
            if feed is None:
                raise HTTPException(404)
            try:
                lapsed, show = lapsed_clips(db), show_of(db, feed.show)
                return feed, [one for one in feed_exports(db, feed.show, MOST) if one.clip_id not in lapsed], show
            except UnknownName as error:
                raise HTTPException(404) from error

    @router.api_route("/feed/{secret}/feed.xml", methods=["GET", "HEAD"])
    def feed(secret: str, request: Request) -> Response:
        _, records, show = feed_behind(secret)
        home = str(request.base_url)
        here = f"{home}feed/{secret}/"
        items = [Item(record.clip_id, record.made_at, f"{here}{record.id}/", record.bundle) for record in records]
        body = rss(show.name, f"Clips of {show.name}.", show.languages[0], home, f"{here}feed.xml", items)
        return Response(body, media_type=TYPE, headers=PRIVATE)

    @router.api_route("/feed/{secret}/{export_id}/{name}", methods=["GET", "HEAD"])
    def file(secret: str, export_id: str, name: str) -> FileResponse:
        """One file of an export that is in the feed: a video with ranges, its poster, its captions."""
        _, records, _ = feed_behind(secret)
        record = next((one for one in records if one.id == export_id), None)
        known = next((one for one in record.bundle["files"] if one["name"] == name), None) if record else None
        if record is None or known is None:
            raise HTTPException(404)
        path = studio.folder.exports / record.folder / name
        if not is_inside(studio.folder.exports, path) or path.stat().st_size != known["size"]:
            raise HTTPException(410, "This file is no longer what was released.")
        return FileResponse(path, media_type=known["media_type"], headers=PRIVATE)

    return router
