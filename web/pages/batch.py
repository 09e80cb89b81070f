"""Several clips at once: each is decided by itself, by the same rules, and each says what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from config.errors import DailiesError, Refused
from review.decide import decide
from review.rewrite import write_again
from storage.clips import resume_clip
from storage.decisions import DecisionKind
from storage.people import Person
from web.components.decide import reject_sheet
from web.components.outcomes import Outcome, outcome_sheet
from web.components.toast import toast
from web.open_clip import OpenClip

if TYPE_CHECKING:
    from web.pages.inbox import Inbox

MOST = 200
DONE: dict[str, str] = {
    "approve": "Approved", "endorse": "Approved, and one more reviewer has to", "reject": "Rejected", "hold": "On hold",
}  # fmt: skip
Act = Callable[[OpenClip, Person], Awaitable[str]]
"""Does it to one clip. Returns what to say."""


class Batch:
    """The batches of one open inbox. What was played counts as it does for one clip: on this page."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox, self.desk, self.visit = inbox, inbox.desk, inbox.visit

    async def begin(self, act: str, clip_ids: list[str]) -> None:
        with self.inbox.root:
            if act == "reject":
                reject_sheet(partial(self._rejected, clip_ids)).open()
            elif act in ("approve", "hold"):
                await self.run(partial(self._decide, act), clip_ids)  # type: ignore[arg-type]
            elif act == "again":
                await self.run(self._again, clip_ids)

    async def run(self, act: Act, clip_ids: list[str]) -> None:
        """One after the other; a refusal concerns its own clip alone."""
        with self.inbox.root:
            try:
                outcomes = [await self._one(act, clip_id) for clip_id in dict.fromkeys(clip_ids[:MOST])]
            except DailiesError as error:
                toast(str(error), bad=True)
                return
            self.desk.studio.production.wake()
            await self.inbox.tick()
            if self.inbox.clip:
                self.inbox.show(self.inbox.clip.id)
            self.inbox.queue.stop_picking()
            outcome_sheet(outcomes).open()

    async def _one(self, act: Act, clip_id: str) -> Outcome:
        """Raises UnknownName for a clip that does not exist, Refused when this person may decide nothing."""
        person = self.visit.must("reviewer")
        with self.desk.studio.reading() as db:
            clip = OpenClip.read(db, clip_id)
        card = self.inbox.cards.get(clip_id)
        try:
            done, said = True, await act(clip, person)
        except DailiesError as error:
            done, said = False, str(error)
        row = clip.detail.row
        return Outcome(clip_id, row.title, row.language, card.poster if card else "", done, said)

    async def _rejected(self, clip_ids: list[str], reason: str, note: str) -> None:
        await self.run(partial(self._decide, "reject", reason=reason, note=note), clip_ids)

    async def _decide(
        self, kind: DecisionKind, clip: OpenClip, person: Person, reason: str = "", note: str = ""
    ) -> str:
        if kind == "approve" and clip.claims:
            raise Refused("It says what the source does not support.", "Approve it by itself, with a reason.")
        command = partial(
            decide, clip_id=clip.id, kind=kind, user=person.name, played=self.inbox.played.get(clip.id, {}),
            seen=clip.standing.id if clip.standing else None, reason=reason, note=note,
        )  # fmt: skip
        return DONE[(await self.desk.change(command)).kind]

    async def _again(self, clip: OpenClip, person: Person) -> str:
        """What failed or was cancelled is tried again; where changes were asked for, the writer is told."""
        if clip.detail.row.production in ("failed", "cancelled"):
            await self.desk.change(partial(resume_clip, clip_id=clip.id))
            return "Tried again"
        await self.desk.change(partial(write_again, clip_id=clip.id, user=person.name))
        return "Written again"
