"""`/api/v1/clips`: order clips, list them, look at one."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from producer.engines.line.ears import Ears
from scraper.recording import order_by_hand
from storage.consents import lapsed_clips
from storage.queries import find_clips, list_clips
from web.api.auth import Caller, needs
from web.api.once import SentOnce
from web.api.route import router_of
from web.api.views import ClipFullView, ClipList, ClipView, read_clip
from web.desk import Desk
from web.ordering import ClipOrder, build_brief
from web.recording import with_upload


def clips_router(desk: Desk) -> APIRouter:
    router, studio = router_of("clips"), desk.studio
    reader, producer = Depends(needs("read", studio)), Depends(needs("produce", studio))

    @router.get("/clips", dependencies=[reader])
    def list_all(
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        before: str = "",
        words: Annotated[str, Query(max_length=200)] = "",
    ) -> ClipList:
        """Newest first. `before`: the `next` of the page before. `words`: only clips with all of these in their titles, in one
        page."""
        with studio.reading() as db:
            lapsed = lapsed_clips(db)
            if words.strip():
                named = find_clips(db, words, limit)
                return ClipList(clips=[ClipView.of(row, lapsed.get(row.id)) for row in named], next=None)
            found = list_clips(db, limit + 1, before)
        page = found[:limit]
        more = page[-1].id if len(found) > limit else None
        return ClipList(clips=[ClipView.of(row, lapsed.get(row.id)) for row in page], next=more)

    @router.get("/clips/{clip_id}", dependencies=[reader])
    def read(clip_id: str) -> ClipFullView:
        return read_clip(studio, clip_id)

    @router.post("/clips", status_code=202, responses={200: {"description": "Ordered before", "model": ClipFullView}})
    def create(order: ClipOrder, response: Response, once: SentOnce, caller: Caller = producer) -> ClipFullView:
        """Order a clip from a topic's text (guided) or from a script (direct, your own words). It then waits for review.

        With an `Idempotency-Key`, sending the same order again returns the same clip (200 instead of 202).
        """
        with studio.reading() as db:
            brief = build_brief(db, with_upload(db, order, studio.artifacts, Ears(studio.folder.weights)))
        clip_id, fresh = once.do(studio, caller, partial(order_by_hand, brief=brief, author=caller.user))
        studio.production.wake()
        response.status_code = 202 if fresh else 200
        response.headers["Location"] = f"/api/v1/clips/{clip_id}"
        return read(clip_id)

    return router
