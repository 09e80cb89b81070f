"""What a reviewer does in the inbox. Every act asks again who is at the keys, and whether it makes sense now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from config.errors import DailiesError, Refused, UnknownName
from review.decide import decide, undo
from review.inbox import Action, offered
from review.licences import facts_of
from review.rewrite import guidance_of, rewritten, write_again
from review.rights import acknowledgements
from review.wanted import Wanted
from storage.clips import cancel_clip, resume_clip, revise_clip
from storage.decisions import Decision, DecisionKind
from storage.history import brief_of
from storage.people import Person
from storage.trash import discard_clip, restore_clip
from web.components.decide import acknowledge_sheet, changes_sheet, keep_sheet, reject_sheet, rewrite_sheet
from web.components.frame import help_sheet
from web.components.toast import toast
from web.open_clip import OpenClip

if TYPE_CHECKING:
    from web.pages.inbox import Inbox

SAID: dict[DecisionKind, str] = {
    "approve": "Approved", "endorse": "Approved, and one more reviewer has to:", "reject": "Rejected", "request_changes": "Changes asked for", "hold": "On hold:", "undo": "Undone:",
}  # fmt: skip
FREE: frozenset[str] = frozenset({"refresh", "help", "compare"})
"""What anybody who is signed in may do."""


class Acts:
    """The acts of one open inbox, by the names that buttons and keys use."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox, self.desk, self.visit = inbox, inbox.desk, inbox.visit
        self.last: Decision | None = None
        """What was decided last on this page, for undo."""
        self.by_name: dict[str, Callable[[], Awaitable[None]]] = {
            "approve": self.approve, "reject": self.reject, "request_changes": self.request_changes, "hold": self.hold,
            "undo": self.undo, "edit": self.edit, "again": self.again, "rewrite": self.rewrite, "export": self.export,
            "retry": self.retry, "cancel": self.cancel, "compare": self.compare, "discard": self.discard, "restore": self.restore, "refresh": inbox.refresh, "help": self.help,
        }  # fmt: skip

    async def do(self, name: str) -> None:
        await self._trying(self._do, name)

    async def _do(self, name: str) -> None:
        person = self.visit.must()
        if name in FREE or (name in self.by_name and self._may(name, person)):
            await self.by_name[name]()

    def _may(self, name: str, person: Person) -> bool:
        if name == "undo" and self.last is not None:
            return person.may("reviewer")
        return ("edit" if name == "again" else name) in self._offered(person)

    def _offered(self, person: Person) -> tuple[Action, ...]:
        clip = self.inbox.clip
        return offered(clip.detail.row, person, own_words=clip.detail.brief.direct) if clip else ()

    async def _trying(self, work: Callable[..., Awaitable[None]], *values: object) -> None:
        """Say what went wrong, in its own words and with its cure, and show how things stand."""
        with self.inbox.root:
            try:
                await work(*values)
            except DailiesError as error:
                toast(str(error), bad=True)
                if self.inbox.clip:
                    await self.inbox.tick()

    # ── deciding ──────────────────────────────────────────────────────────────────────────────────

    async def approve(self) -> None:
        clip = self._clip()
        if missing := clip.unplayed(self.inbox.played_here):
            if self.inbox.panes.player:
                self.inbox.panes.player.choose(missing[0])
            toast(f"Play {' and '.join(missing)} first: an approval names every file that was watched.")
        elif clip.claims:
            keep_sheet(partial(self.decide, "approve"), clip.claims).open()
        else:
            await self.decide("approve", "", "")

    async def reject(self) -> None:
        reject_sheet(partial(self.decide, "reject")).open()

    async def request_changes(self) -> None:
        clip = self._clip()
        changes_sheet(partial(self._trying, self._ask, clip.id), own_words=clip.detail.brief.direct).open()

    async def _ask(self, clip_id: str, reason: str, note: str, at_once: bool) -> None:
        await self._decide("request_changes", reason, note)
        if at_once:
            await self._write_again(clip_id)

    async def hold(self) -> None:
        await self.decide("hold", "", "")

    async def decide(self, kind: DecisionKind, reason: str, note: str) -> None:
        await self._trying(self._decide, kind, reason, note)

    async def _decide(self, kind: DecisionKind, reason: str, note: str) -> None:
        """Record a decision about what lies on the table, and go on to the next clip."""
        clip, person = self._clip(), self.visit.must("reviewer")
        seen = clip.standing.id if clip.standing else None
        self.last = await self.desk.change(
            partial(
                decide,
                clip_id=clip.id,
                kind=kind,
                user=person.name,
                played=self.inbox.played_here,
                seen=seen,
                reason=reason,
                note=note,
            )
        )
        toast(f"{SAID[self.last.kind]} “{clip.detail.row.title}”", "Undo", self._undo_button, key="u")
        await self.inbox.tick()
        self.inbox.queue.advance()

    async def _undo_button(self) -> None:
        await self.do("undo")

    async def undo(self) -> None:
        """Take back what was decided last on this page, else what stands on the open clip."""
        target, person = self.last or self._clip().standing, self.visit.must("reviewer")
        if target is None:
            return
        self.last = None
        await self.desk.change(partial(undo, decision_id=target.id, clip_id=target.clip_id, user=person.name))
        toast("Undone: the clip is as it was before.")
        await self.inbox.tick()
        self.inbox.queue.select(target.clip_id)
        self.inbox.show(target.clip_id)

    async def export(self) -> None:
        parts = acknowledgements(self._clip().detail, self.desk.engines)
        if parts:
            acknowledge_sheet(parts, partial(self._trying, self._export, parts)).open()
        else:
            await self._export(())

    async def _export(self, acknowledged: tuple[str, ...]) -> None:
        record = await self.desk.export(self._clip().id, self.visit.must("reviewer").name, acknowledged)
        self.last = None
        toast(f"Exported to {self.desk.studio.folder.exports / record.folder}")
        await self.inbox.tick()

    # ── making ────────────────────────────────────────────────────────────────────────────────────

    async def edit(self) -> None:
        ui.navigate.to(f"/clip/{self._clip().id}/edit")

    async def again(self) -> None:
        """By the writer where a reviewer asked for that, else by hand."""
        await (self.rewrite() if "rewrite" in self._offered(self.visit.must()) else self.edit())

    async def rewrite(self) -> None:
        clip, production = self._clip(), self.desk.studio.production
        guidance = guidance_of(clip.standing)
        brief = rewritten(clip.detail.brief, guidance)
        forecast = await asyncio.to_thread(production.forecast, clip.id, brief)
        writer = next((node.engine for node in forecast if node.stage == "script"), "")
        heeded = not writer or facts_of(writer, "", self.desk.engines).heeds
        rewrite_sheet(guidance, forecast, heeded, partial(self._trying, self._write_again, clip.id)).open()

    async def _write_again(self, clip_id: str) -> None:
        person = self.visit.must("reviewer")
        revision = await self.desk.change(partial(write_again, clip_id=clip_id, user=person.name))
        self.last = None
        self.desk.studio.production.wake()
        toast("The writer is told.", "Undo", lambda: self._trying(self._bring_back, clip_id, revision))
        await self.inbox.tick()

    async def retry(self) -> None:
        await self.desk.change(partial(resume_clip, clip_id=self._clip().id))
        self.desk.studio.production.wake()
        toast("Trying again; finished work is reused.")
        await self.inbox.tick()

    async def with_engine(self, engine: str) -> None:
        """Have a failed clip made by another engine than the one that failed."""
        await self._trying(self._with_engine, engine)

    async def _with_engine(self, engine: str) -> None:
        clip, person = self._clip(), self.visit.must("reviewer")
        failure, title = clip.detail.row.failure, facts_of(engine, "", self.desk.engines).title
        if failure is None or "retry" not in self._offered(person):
            raise Refused("This clip did not fail.", "Look at it again: somebody else was quicker.")
        if engine not in self.desk.studio.production.choices(clip.detail.brief).get(failure.stage, []):
            raise UnknownName("engine that is ready", engine, [])
        brief = Wanted(engines={failure.stage: engine}).applied(clip.detail.brief)
        await self.desk.change(
            partial(
                revise_clip, clip_id=clip.id, brief=brief, author=person.name, based_on=clip.detail.row.revision,
                note=f"Tried with {title}",
            )
        )  # fmt: skip
        self.desk.studio.production.wake()
        toast(f"Trying {title}; finished work is reused.")
        await self.inbox.tick()

    async def cancel(self) -> None:
        await self.desk.change(partial(cancel_clip, clip_id=self._clip().id))
        self.desk.studio.production.wake()
        toast("Cancelled. What was finished is kept.")
        await self.inbox.tick()

    async def discard(self) -> None:
        clip, person = self._clip(), self.visit.must("reviewer")
        await self.desk.change(partial(discard_clip, clip_id=clip.id, user=person.name))
        toast(f"In the trash: “{clip.detail.row.title}”", "Undo", partial(self._trying, self._restore, clip.id))
        await self.inbox.tick()
        self.inbox.show(clip.id)
        self.inbox.queue.move_on()

    async def restore(self) -> None:
        await self._restore(self._clip().id)

    async def _restore(self, clip_id: str) -> None:
        self.visit.must("reviewer")
        await self.desk.change(partial(restore_clip, clip_id=clip_id))
        toast("Restored, as it was.")
        await self.inbox.tick()
        self.inbox.queue.select(clip_id)
        self.inbox.show(clip_id)

    def offer_to_undo_edit(self, clip_id: str, revision: int) -> None:
        """The script was edited a moment ago: offer the one before."""
        toast("Making it again with your words.", "Undo", lambda: self._trying(self._bring_back, clip_id, revision))

    async def _bring_back(self, clip_id: str, revision: int) -> None:
        person, before = self.visit.must("reviewer"), revision - 1
        with self.desk.studio.reading() as db:
            brief = brief_of(db, clip_id, before)
        await self.desk.change(
            partial(
                revise_clip,
                clip_id=clip_id,
                brief=brief,
                author=person.name,
                based_on=revision,
                note=f"As in revision {before}",
            )
        )
        self.desk.studio.production.wake()
        toast("The script is as it was before.")

    async def compare(self) -> None:
        clip = self._clip()
        if clip.takes < 2:
            toast("There is only one take of this clip yet.")
        else:
            ui.navigate.to(f"/clip/{clip.id}/compare")

    async def help(self) -> None:
        help_sheet().open()

    def _clip(self) -> OpenClip:
        """Raises UnknownName when nothing lies on the table."""
        if self.inbox.clip is None:
            raise UnknownName("clip", "", [])
        return self.inbox.clip
