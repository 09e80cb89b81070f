"""`/api/v1/trash`: what was discarded, discarding, and the way back until it is emptied."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from storage.queries import clip_row
from storage.trash import Discarded, discard_clip, restore_clip, trashed
from web.api.auth import Caller, needs
from web.api.once import SentOnce, done
from web.api.route import router_of
from web.api.views import ClipFullView, ClipView, read_clip
from web.desk import Desk


class DiscardedView(BaseModel):
    """A clip in the trash, and who put it there."""

    clip: ClipView
    user: str
    at: str

    @classmethod
    def of(cls, one: Discarded) -> DiscardedView:
        return cls(clip=ClipView.of(one.clip), user=one.user, at=one.at)


class Trash(BaseModel):
    clips: list[DiscardedView]
    keep_days: int = Field(description="it empties itself of what is in it for longer; 0 = when an admin does it")
    next: str | None = Field(description="`before` of the next page; null on the last")


def trash_router(desk: Desk) -> APIRouter:
    router, studio = router_of("trash"), desk.studio
    reader, reviewer = (Depends(needs(scope, studio)) for scope in ("read", "review"))

    @router.get("/trash", dependencies=[reader])
    def list_all(
        limit: Annotated[int, Query(ge=1, le=200)] = 50, before: Annotated[str, Query(max_length=100)] = ""
    ) -> Trash:
        """Newest first. `before`: the `next` of the page before."""
        with studio.reading() as db:
            found = trashed(db, limit + 1, before)
        more = found[limit - 1].place if len(found) > limit else None
        views = [DiscardedView.of(one) for one in found[:limit]]
        return Trash(clips=views, keep_days=studio.settings.trash.keep_days, next=more)

    @router.post("/clips/{clip_id}/discard", responses={409: {"description": "Refused"}})
    def discard(clip_id: str, once: SentOnce, caller: Caller = reviewer) -> ClipFullView:
        """Put a clip into the trash. One that is being made, approved, or has left the house is refused (409)."""
        wanted = partial(discard_clip, clip_id=clip_id, user=caller.user)
        once.do(studio, caller, partial(done, command=wanted))
        return read_clip(studio, clip_id)

    @router.post("/clips/{clip_id}/restore", responses={409: {"description": "Refused"}})
    def restore(clip_id: str, once: SentOnce, caller: Caller = reviewer) -> ClipFullView:
        """Take a clip out of the trash, as it was. Once the trash was emptied of it, that is refused (409)."""
        with studio.reading() as db:
            clip_row(db, clip_id)
        once.do(studio, caller, partial(done, command=partial(restore_clip, clip_id=clip_id)))
        return read_clip(studio, clip_id)

    return router
