"""The inbox: what waits for review, why it may leave the house, and the decision."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from config.errors import DailiesError, UnknownName
from review.bundle import known_names
from review.decide import current_cuts, decide, undo
from review.inbox import offered
from review.progress import stages
from review.support import LineSupport, source_text, support
from storage.clips import cancel_clip, resume_clip, revise_clip
from storage.decisions import Decision, DecisionKind, decisions_of, standing_decision
from storage.exports import list_exports
from storage.history import brief_of, revisions_of
from storage.people import Person
from storage.queries import ClipDetail, clip_detail
from web.cards import Card
from web.components import why
from web.components.basics import box, button, crumbs, html, text
from web.components.decide import changes_sheet, decision_bar, keep_sheet, reject_sheet
from web.components.frame import frame, help_sheet
from web.components.player import Player
from web.components.queue import Queue
from web.components.released import released_note
from web.components.stage import unfinished
from web.components.toast import toast
from web.desk import Desk
from web.sessions import Visit
from web.theme.marks import MARK
from web.words import language

TICK_S = 1.0
SAID: dict[DecisionKind, str] = {
    "approve": "Approved", "reject": "Rejected", "request_changes": "Changes asked for", "hold": "On hold:", "undo": "Undone:",
}  # fmt: skip


def inbox_page(desk: Desk, visit: Visit, clip_id: str = "", edited: int = 0) -> None:
    """`edited`: the revision that the reviewer has just ordered, to offer its undoing."""
    with frame(desk, visit, visit.must(), "inbox", "Inbox"):
        Inbox(desk, visit).build(clip_id, edited)


class Inbox:
    """One open inbox in one browser. Every act asks again who is at the keys."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self.desk, self.visit = desk, visit
        self.cards = desk.board.cards()
        self.version = desk.board.version
        self.clip_id = ""
        self.detail: ClipDetail | None = None
        self.supports: tuple[LineSupport, ...] = ()
        self.standing: Decision | None = None
        self.played: dict[str, dict[str, str]] = {}
        self.last: Decision | None = None
        self.player: Player | None = None
        self.progress: ui.html | None = None

    def build(self, clip_id: str, edited: int) -> None:
        first = clip_id or next((card.id for card in self.cards.values() if card.shelf == "review"), "")
        first = first or next(iter(self.cards), "")
        text("Inbox", "unseen", "h1")
        with box("desk") as self.root:
            with box("pane-q", "section", aria_label="Queue"):
                self.queue = Queue(self.cards, first, on_open=self.open, on_refresh=self.refresh)
            self.stage = box("pane-stage", "section", aria_label="Clip", tabindex="0")
            self.why = box("pane-why", "aside", aria_label="Why", tabindex="0")
            self.bar = box("bar", role="toolbar", aria_label="Decision")
        self.acts: dict[str, Callable[[], Awaitable[None]]] = {
            "approve": self.approve, "reject": self.reject, "request_changes": self.request_changes, "hold": self.hold,
            "undo": self.undo, "edit": self.edit, "again": self.edit, "export": self.export, "retry": self.retry,
            "cancel": self.cancel, "refresh": self.refresh, "help": self.help,
        }  # fmt: skip
        ui.on("desk", lambda event: self.act(str(event.args)))
        ui.timer(TICK_S, self.tick)
        self.show(first)
        if clip_id:
            self.root.classes("is-open")
        if edited and self.detail:
            self.offer_undo_of_edit(edited)

    # ── what is shown ─────────────────────────────────────────────────────────────────────────────

    async def open(self, clip_id: str) -> None:
        """The reviewer moved to a clip."""
        self.show(clip_id)
        ui.run_javascript(f"dailies.show(true); dailies.at('/clip/{clip_id}')")

    def show(self, clip_id: str) -> None:
        """Lay a clip on the table."""
        self.clip_id, self.detail, self.player, self.progress = clip_id, None, None, None
        for pane in (self.stage, self.why, self.bar):
            pane.clear()
        try:
            self.read(clip_id)
        except UnknownName:
            self.show_nothing(bool(clip_id))
            return
        self.show_stage()
        self.show_why()
        self.show_bar()

    def read(self, clip_id: str) -> None:
        """Raises UnknownName."""
        with self.desk.studio.reading() as db:
            detail = clip_detail(db, clip_id)
            self.standing = standing_decision(db, clip_id)
            self.log = decisions_of(db, clip_id), revisions_of(db, clip_id), list_exports(db, clip_id=clip_id)
        brief = detail.brief
        words = source_text(brief.topic, direct=brief.direct)
        self.supports = support(detail.script, words, known_names(brief)) if detail.script else ()
        self.detail = detail
        self.card = self.desk.board.cards().get(clip_id)

    def show_stage(self) -> None:
        detail = self.must_detail()
        with self.stage, box("stage-in"):
            if detail.cuts and detail.script:
                self.player = Player(detail, self.supports, self.note_played)
                with self.player:
                    self.show_heading(detail)
            else:
                with box("stage-top"):
                    self.show_heading(detail)
                self.progress = html(self.unfinished())

    def show_heading(self, detail: ClipDetail) -> None:
        button(
            icon_name="chevron-left", hint="Back to the queue", kind="ghost", classes="back",
            on_click=lambda: ui.run_javascript("dailies.show(false); dailies.at('/')"),
        )  # fmt: skip
        take = f"revision {detail.row.revision}" if detail.row.revision > 1 else ""
        with box("grow"):
            html(
                crumbs(detail.brief.presenter.name, detail.brief.show.name, language(detail.row.language), take), "kick"
            )
            text(detail.row.title, "stage-title", "h2", language=detail.row.language)

    def unfinished(self) -> str:
        detail = self.must_detail()
        running = {p.node: (p.fraction, p.message) for p in self.desk.studio.production.progress(detail.row.id)}
        return unfinished(detail, stages(detail.plan, detail.nodes, running))

    def show_why(self) -> None:
        detail, engines = self.must_detail(), self.desk.engines
        decisions, revisions, exports = self.log
        with self.why:
            if exports:
                released_note(self.desk, exports[0])
            if detail.cuts:
                html(why.verdicts(detail, self.supports, engines), "verdicts", "nav", aria_label="Verdicts")
            parts = [why.source(detail, self.supports)]
            parts += [why.checks(detail)] if detail.cuts else []
            parts += [why.made(detail, engines), why.history(detail, decisions, revisions, exports)]
            html("".join(parts))

    def show_bar(self) -> None:
        detail, person = self.must_detail(), self.visit.person()
        if person is None:
            return
        facts = ""
        if detail.cuts:
            hashes = " ".join(cut.video.sha256[:7] for cut in detail.cuts.values())
            facts = (
                f'<span>Watched <b class="num" data-watched>0 %</b></span><span>Cut <b class="mono">{hashes}</b></span>'
            )
        can = offered(detail.row, person)
        with self.bar:
            decision_bar(can, self.act, facts=facts, say="" if can else "You may watch; a reviewer decides.")

    def show_nothing(self, unknown: bool) -> None:
        with self.stage:
            words = ("There is no such clip.", "It may belong to another studio.") if unknown else ("All quiet.", EMPTY)
            html(f"{MARK}<h2>{words[0]}</h2><p>{words[1]}</p>", "empty")

    async def refresh(self) -> None:
        """Show new clips: only now does the list change."""
        self.cards = self.desk.board.cards()
        self.queue.lay_out(self.cards)
        if self.detail is None:
            self.show(next(iter(self.cards), ""))
            self.queue.select(self.clip_id)

    async def tick(self) -> None:
        """Once a second: who is here, and what changed?"""
        if self.visit.person() is None:
            ui.navigate.to("/login")
            return
        board = self.desk.board
        moving = any(card.shelf == "making" for card in self.cards.values())
        if board.version == self.version and not moving:
            return
        self.version, self.cards = board.version, board.cards()
        self.queue.show(self.cards)
        self.follow(self.cards.get(self.clip_id))

    def follow(self, card: Card | None) -> None:
        """The open clip changed under the reviewer: show it, but never touch a player that plays the same cut."""
        if card is None or self.detail is None or card == self.card:
            return
        before, self.card = self.card, card
        if before is None or (card.revision, card.poster, card.shelf == "making") != (
            before.revision, before.poster, before.shelf == "making",
        ):  # fmt: skip
            self.show(self.clip_id)
        elif self.progress is not None:
            self.read(self.clip_id)
            self.progress.set_content(self.unfinished())
        else:
            self.read(self.clip_id)
            for pane in (self.why, self.bar):
                pane.clear()
            self.show_why()
            self.show_bar()

    def note_played(self, frame: str, sha256: str) -> None:
        self.played.setdefault(self.clip_id, {})[frame] = sha256

    # ── what is done ──────────────────────────────────────────────────────────────────────────────

    async def act(self, name: str) -> None:
        """Do what a button or a key asks for, if this person may do it to this clip now."""
        with self.root:
            try:
                person = self.visit.must()
                if name in FREE or self.may(name, person):
                    await self.acts[name]()
            except DailiesError as error:
                toast(str(error), bad=True)

    def may(self, name: str, person: Person) -> bool:
        if name == "undo" and self.last is not None:
            return person.may("reviewer")
        return self.detail is not None and ("edit" if name == "again" else name) in offered(self.detail.row, person)

    async def approve(self) -> None:
        detail = self.must_detail()
        seen = self.played.get(self.clip_id, {})
        missing = [frame for frame, sha256 in current_cuts(detail).items() if seen.get(frame) != sha256]
        if missing:
            if self.player:
                self.player.choose(missing[0])
            toast(f"Play {' and '.join(missing)} first: an approval names every file that was watched.")
            return
        claims = [self.line(answer) for answer in self.supports if answer.state == "unsupported"]
        if claims:
            keep_sheet(partial(self.decide, "approve"), claims).open()
        else:
            await self.decide("approve", "", "")

    async def reject(self) -> None:
        reject_sheet(partial(self.decide, "reject")).open()

    async def request_changes(self) -> None:
        changes_sheet(partial(self.decide, "request_changes")).open()

    async def hold(self) -> None:
        await self.decide("hold", "", "")

    async def decide(self, kind: DecisionKind, reason: str, note: str) -> None:
        """Record a decision about what lies on the table, and go on to the next clip."""
        detail = self.must_detail()
        with self.root:
            try:
                person = self.visit.must("reviewer")
                self.last = await self.desk.change(
                    partial(
                        decide,
                        clip_id=detail.row.id,
                        kind=kind,
                        user=person.name,
                        reason=reason,
                        note=note,
                        played=self.played.get(detail.row.id, {}),
                        seen=self.standing.id if self.standing else None,
                    )
                )
            except DailiesError as error:
                toast(str(error), bad=True)
                self.show(self.clip_id)
                return
            toast(f"{SAID[kind]} “{detail.row.title}”", "Undo", self.undo, key="u")
            await self.tick()
            self.queue.advance()

    async def undo(self) -> None:
        """Take back what was decided last on this page, else what stands on the open clip."""
        target = self.last or self.standing
        if target is None:
            return
        person = self.visit.must("reviewer")
        self.last = None
        await self.desk.change(partial(undo, decision_id=target.id, clip_id=target.clip_id, user=person.name))
        toast("Undone: the clip is as it was before.")
        await self.tick()
        self.queue.select(target.clip_id)
        self.show(target.clip_id)

    async def export(self) -> None:
        person = self.visit.must("reviewer")
        record = await self.desk.export(self.clip_id, person.name)
        self.last = None
        toast(f"Exported to {self.desk.studio.folder.exports / record.folder}")
        await self.tick()
        self.show(self.clip_id)

    async def edit(self) -> None:
        ui.navigate.to(f"/clip/{self.clip_id}/edit")

    async def retry(self) -> None:
        await self.desk.change(partial(resume_clip, clip_id=self.clip_id))
        self.desk.studio.production.wake()
        toast("Trying again; finished work is reused.")
        await self.tick()

    async def cancel(self) -> None:
        await self.desk.change(partial(cancel_clip, clip_id=self.clip_id))
        self.desk.studio.production.wake()
        toast("Cancelled. What was finished is kept.")
        await self.tick()

    async def help(self) -> None:
        help_sheet().open()

    def offer_undo_of_edit(self, revision: int) -> None:
        """The script was edited a moment ago: offer the one before."""
        clip_id = self.clip_id

        async def bring_back() -> None:
            with self.root:
                try:
                    person = self.visit.must("reviewer")
                    with self.desk.studio.reading() as db:
                        brief = brief_of(db, clip_id, revision - 1)
                    note = f"As in revision {revision - 1}"
                    await self.desk.change(
                        partial(
                            revise_clip, clip_id=clip_id, brief=brief, author=person.name, based_on=revision, note=note
                        )
                    )
                    self.desk.studio.production.wake()
                    toast("The script is as it was before.")
                except DailiesError as error:
                    toast(str(error), bad=True)

        toast("Making it again with your words.", "Undo", bring_back)

    def line(self, answer: LineSupport) -> str:
        script = self.must_detail().script
        return script.lines[answer.line - 1].text if script else ""

    def must_detail(self) -> ClipDetail:
        if self.detail is None:
            raise UnknownName("clip", self.clip_id, [])
        return self.detail


FREE: frozenset[str] = frozenset({"refresh", "help"})
"""What anybody who is signed in may do."""
EMPTY = "Clips appear here as they are made. New ones wait behind a badge above the list."
