"""`/api/v1/clips/{id}/decisions`, and the other things one does to a clip: cancel it, try again, follow it live."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlite_utils import Database

from config.errors import UsageError
from review.decide import decide, undo
from review.retake import take_again
from review.rewrite import write_again
from review.wanted import Part
from storage.clips import cancel_clip, resume_clip
from storage.decisions import Decision, decisions_of
from storage.queries import clip_row
from web.api.auth import Caller, needs
from web.api.once import SentOnce, done
from web.api.route import router_of
from web.api.views import ClipFullView, read_clip
from web.bringing import agreed, replacements
from web.desk import Desk

LOOK_S, SILENCE_S = 0.5, 15.0
"""How often a followed clip is looked at; after how long a silent stream says that it is alive."""


class DecisionOrder(BaseModel):
    """A decision as it is sent. `cuts`: format → sha256 of each video that was watched; an approval names all."""

    kind: Literal["approve", "reject", "request_changes", "hold"]
    cuts: dict[str, str] = Field(default_factory=dict)
    seen: str | None = Field(default=None, description="id of the standing decision when the clip was looked at")
    reason: str = Field(default="", max_length=500)
    note: str = Field(default="", max_length=2000)
    again: bool = Field(default=False, description="request_changes: have it written again at once, with these words")


class RetakeOrder(BaseModel):
    """What to make again: stages by their names, or one node of them, such as `line.2`; and uploads that stand in for what
    engines made. `revision`: of the clip that was looked at."""

    model_config = ConfigDict(extra="forbid")

    parts: list[str] = Field(default=[], max_length=100)
    replace: dict[Part, Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]] = Field(
        default={}, description="part → sha256 of an upload: a recording for speech, a picture for scene, a video for video; \"\" = drop what was brought",
    )  # fmt: skip
    consent: str = Field(default="", max_length=500, description="of whoever a video shows: needed with one")
    revision: int = Field(ge=1)
    note: str = Field(default="", max_length=2000, description="why, for the clip's history")


class DecisionList(BaseModel):
    decisions: list[Decision]


def decisions_router(desk: Desk) -> APIRouter:
    router, studio = router_of("clips"), desk.studio
    reader, producer, reviewer = (Depends(needs(scope, studio)) for scope in ("read", "produce", "review"))

    @router.get("/clips/{clip_id}/decisions", dependencies=[reader])
    def history(clip_id: str) -> DecisionList:
        """Everything that was decided, oldest first: who, when, about which files, and why."""
        with studio.reading() as db:
            clip_row(db, clip_id)
            return DecisionList(decisions=decisions_of(db, clip_id))

    @router.post("/clips/{clip_id}/decisions", status_code=201, responses={409: {"description": "Refused"}})
    def decide_it(clip_id: str, order: DecisionOrder, once: SentOnce, caller: Caller = reviewer) -> Decision:
        """Decide, in the name of whoever the token belongs to. Where the show wants two reviewers, the answer to the first
        approval has the kind `endorse`: it lets nothing out yet."""
        wanted = partial(
            decide, clip_id=clip_id, kind=order.kind, user=caller.user, played=order.cuts, seen=order.seen,
            reason=order.reason, note=order.note,
        )  # fmt: skip

        def decided(db: Database) -> str:
            """The decision and what it asks for: both or neither."""
            decision = wanted(db)
            if order.again and order.kind == "request_changes":
                write_again(db, clip_id, caller.user)
            return decision.model_dump_json()

        told, _ = once.do(studio, caller, decided)
        studio.production.wake()
        return Decision.model_validate_json(told)

    @router.post("/clips/{clip_id}/rewrite", status_code=202, responses={409: {"description": "Refused"}})
    def rewrite(clip_id: str, once: SentOnce, caller: Caller = reviewer) -> ClipFullView:
        """Have the script written again as the standing request for changes asks: a new revision, reviewed like any other."""
        once.do(studio, caller, partial(done, command=partial(write_again, clip_id=clip_id, user=caller.user)))
        studio.production.wake()
        return read_clip(studio, clip_id)

    @router.delete("/clips/{clip_id}/decisions/{decision_id}", responses={409: {"description": "Refused"}})
    def take_back(clip_id: str, decision_id: str, caller: Caller = reviewer) -> Decision:
        """Undo the standing decision. Nothing is deleted: the undoing is a decision too."""
        return studio.writer.do(partial(undo, decision_id=decision_id, clip_id=clip_id, user=caller.user))

    @router.post("/clips/{clip_id}/cancel")
    def cancel(clip_id: str, once: SentOnce, caller: Caller = producer) -> ClipFullView:
        """Stop making it. What was finished is kept."""
        once.do(studio, caller, partial(done, command=partial(cancel_clip, clip_id=clip_id)))
        studio.production.wake()
        return read_clip(studio, clip_id)

    @router.post("/clips/{clip_id}/retry")
    def retry(clip_id: str, once: SentOnce, caller: Caller = producer) -> ClipFullView:
        """Make a failed or cancelled clip after all; finished work is reused."""
        once.do(studio, caller, partial(done, command=partial(resume_clip, clip_id=clip_id)))
        studio.production.wake()
        return read_clip(studio, clip_id)

    @router.post("/clips/{clip_id}/retake", status_code=202)
    def retake(clip_id: str, order: RetakeOrder, once: SentOnce, caller: Caller = producer) -> ClipFullView:
        """Have parts of the clip made anew, by another throw of the dice or from files of your own: a new revision, which
        waits for review again. Only what depends on them is made again."""
        if not order.parts and not order.replace:
            raise UsageError("There is nothing to make again.", "Name parts, or uploads that replace some.")
        with studio.reading() as db:
            clip_row(db, clip_id)
            files = replacements(db, clip_id, order.replace, studio.artifacts)
        wanted = partial(
            take_again, clip_id=clip_id, parts=order.parts, based_on=order.revision, author=caller.user, note=order.note,
            files=files, consent=agreed(order.consent),
        )  # fmt: skip
        once.do(studio, caller, lambda db: str(wanted(db)))
        studio.production.wake()
        return read_clip(studio, clip_id)

    @router.get("/clips/{clip_id}/events", dependencies=[reader], response_class=StreamingResponse)
    def follow(clip_id: str) -> StreamingResponse:
        """Server-sent events: `clip` with the whole clip whenever it changes, until it is made, failed or cancelled."""
        read_clip(studio, clip_id)  # an unknown clip is a 404, no stream
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            _events(lambda: read_clip(studio, clip_id)), media_type="text/event-stream", headers=headers
        )

    return router


async def _events(look: Callable[[], ClipFullView]) -> AsyncIterator[str]:
    """The clip as it is, then again after each change; a comment now and then, so that nobody takes it for dead."""
    told, silent = "", 0.0
    while True:
        clip = await asyncio.to_thread(look)
        data = clip.model_dump_json()
        if data != told:
            told, silent = data, 0.0
            yield f"event: clip\ndata: {data}\n\n"
        if clip.production not in ("waiting", "making"):
            return
        if silent >= SILENCE_S:
            silent = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(LOOK_S)
        silent += LOOK_S
