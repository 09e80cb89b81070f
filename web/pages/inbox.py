"""The inbox: what waits for review, why it may leave the house, and the decision."""

from __future__ import annotations

import time

from nicegui import ui

from config.errors import UnknownName
from web.cards import Card
from web.components.basics import box, text
from web.components.frame import frame
from web.components.panes import Panes
from web.components.queue import Queue
from web.desk import Desk
from web.open_clip import OpenClip
from web.pages.acts import Acts
from web.pages.batch import Batch
from web.sessions import Visit

TICK_S = 0.02
"""How often a page asks whether anything was committed: comparing two numbers. Only if so are cards made, once for all pages."""
LONGEST_SEARCH = 200
"""Letters of a search. Nobody types more."""
LOOK_S = 1.0
"""How often it looks who is here, and how far running work is."""


def inbox_page(desk: Desk, visit: Visit, clip_id: str = "", edited: int = 0) -> None:
    """`edited`: the revision that the reviewer has just ordered, to offer its undoing."""
    with frame(desk, visit, visit.must(), "inbox", "Inbox"):
        Inbox(desk, visit, clip_id, edited)


class Inbox:
    """One open inbox in one browser: the queue, the clip on the table, and what changes meanwhile."""

    def __init__(self, desk: Desk, visit: Visit, clip_id: str, edited: int) -> None:
        self.desk, self.visit = desk, visit
        self.version, self.cards, self.looked = desk.board.version, desk.board.cards(), time.monotonic()
        self.clip: OpenClip | None = None
        self.card: Card | None = None
        self.played: dict[str, dict[str, str]] = {}
        """Clip → format → sha256 of what really played here."""
        first = clip_id or self._first()
        self.acts = Acts(self)
        self.batch = Batch(self)
        text("Inbox", "unseen", "h1")
        with box(f"desk{' is-open' if clip_id else ''}") as self.root:
            with box("pane-q", "section", aria_label="Queue"):
                self.queue = Queue(
                    self.cards,
                    first,
                    on_open=self.open,
                    on_refresh=self.refresh,
                    on_find=self.find,
                    on_batch=self.batch.begin,
                    decides=visit.must().may("reviewer"),
                )
            self.panes = Panes(desk, self.acts.do, self._note_played, self.acts.with_engine)
        ui.on("desk", lambda event: self.acts.do(str(event.args)))
        ui.timer(TICK_S, self.tick)
        self.show(first)
        if edited and self.clip:
            self.acts.offer_to_undo_edit(self.clip.id, edited)

    @property
    def played_here(self) -> dict[str, str]:
        """What was played of the open clip."""
        return self.played.get(self.clip.id, {}) if self.clip else {}

    async def open(self, clip_id: str) -> None:
        """The reviewer moved to a clip."""
        self.show(clip_id)
        ui.run_javascript(f"dailies.show(true); dailies.at('/clip/{clip_id}')")

    def show(self, clip_id: str) -> None:
        """Lay a clip on the table."""
        card = self.desk.board.cards().get(clip_id)  # before the clip: what is made in between is then seen to be news
        try:
            self.clip = self._read(clip_id)
        except UnknownName:
            self.clip = None
            self.panes.show_nothing(unknown=bool(clip_id))
            return
        self.card = card
        self.panes.show(self.clip, self.visit.must())

    async def refresh(self) -> None:
        """Show new clips: only now does the list change."""
        self.cards = self.desk.board.cards()
        self.queue.lay_out(self.cards)
        if self.clip is None and (first := self._first()):
            self.show(first)
            self.queue.select(first)

    async def find(self, words: str) -> None:
        """What the archive has of these words beyond the list."""
        self.queue.found(words, self.desk.board.find(words[:LONGEST_SEARCH], without=self.cards))

    async def tick(self) -> None:
        """What changed, and once a second: who is here?"""
        board, moving = self.desk.board, False
        if (now := time.monotonic()) - self.looked >= LOOK_S:
            self.looked = now
            if self.visit.person() is None:
                ui.navigate.to("/login")
                return
            moving = any(card.shelf == "making" for card in self.cards.values())
        if board.version != self.version or moving:
            self.version, self.cards = board.version, board.cards()
            self.queue.show(self.cards)
            self._follow(self.cards.get(self.clip.id) if self.clip else None)

    def _follow(self, card: Card | None) -> None:
        """The open clip changed under the reviewer: show it, but never touch a player that plays the same cut."""
        if card is None or card == self.card:
            return
        before, self.card = self.card, card
        if before is None or _picture(before) != _picture(card):
            self.show(card.id)
        else:
            self.clip = self._read(card.id)
            self.panes.follow(self.clip, self.visit.must())

    def _read(self, clip_id: str) -> OpenClip:
        with self.desk.studio.reading() as db:
            return OpenClip.read(db, clip_id)

    def _first(self) -> str:
        """The clip to begin with: one that waits for a decision, if there is one."""
        waiting = (card.id for card in self.cards.values() if card.shelf == "review")
        return next(waiting, next(iter(self.cards), ""))

    def _note_played(self, frame: str, sha256: str) -> None:
        if self.clip:
            self.played.setdefault(self.clip.id, {})[frame] = sha256


def _picture(card: Card) -> tuple[object, ...]:
    """What decides what the stage shows."""
    return card.revision, card.poster, card.shelf in ("making", "failed"), card.note
