"""The board: the cards of all clips that the desk shows, made once for all open pages."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlite_utils import Database

from review.inbox import arrange, shelf_of
from review.licences import EngineFacts
from review.progress import now_doing, overall, stages
from storage.catalogue import shows
from storage.consents import lapsed_clips, today
from storage.database import Reader
from storage.desk_clips import desk_clips
from storage.plans import Plan
from storage.queries import ClipRow, NodeRow, clip_nodes, clip_plan, find_clips
from storage.touched import EVERY
from web.cards import Card, Flags, card_of, flags_of
from web.studio import Studio

LONGEST = 500
"""Cards at most of the list."""
FOUND = 20
"""Cards at most of one search: looking at what each rests on takes a millisecond or two."""

Stand = tuple[Plan | None, tuple[NodeRow, ...]]
"""How far a clip is that is being made, as it is stored: its plan and its nodes."""


class Board:
    """All cards as they are now. After a commit those of the clips that it touched are made anew, and no others."""

    def __init__(self, studio: Studio, engines: dict[str, EngineFacts]) -> None:
        self._studio, self._engines = studio, engines
        self._reader = Reader(studio.database)
        self._version = 0
        self._touched, self._news = {EVERY}, threading.Lock()
        self._day = date.min
        self._rows: dict[str, ClipRow] | None = None
        self._cards: dict[str, Card] = {}
        self._running: dict[str, Stand] = {}
        """Of the clips that something runs for: their cards move without a commit."""
        self._shows: dict[str, str] = {}
        self._lock = threading.Lock()
        studio.writer.on_commit.append(self._committed)

    @property
    def version(self) -> int:
        """Grows with every commit that touches a clip."""
        return self._version

    def cards(self) -> dict[str, Card]:
        """All cards by id, as of the newest commit; progress of what is being made as of now."""
        with self._lock:
            drawn = self._catch_up()
            for clip_id in self._running.keys() - drawn:
                self._cards[clip_id] = self._moved(self._cards[clip_id], self._running[clip_id])
            return dict(self._cards)

    def find(self, words: str, without: Collection[str]) -> list[Card]:
        """Clips of any age whose title has all of these words, newest first, but for those that a list has already."""
        with self._lock, self._reader.asking() as db:
            return [card for card, _ in self._made(db, find_clips(db, words, FOUND, without), {})]

    def _committed(self, touched: Collection[str]) -> None:
        if touched:
            with self._news:
                self._touched.update(touched)
                self._version += 1

    def _catch_up(self) -> Collection[str]:
        """Take in what was committed since the last time. Returns whose cards were made anew."""
        day = today()
        with self._news:
            touched, self._touched = self._touched, set()
        if day != self._day:  # a consent may end at midnight
            touched.add(EVERY)
        if not touched:
            return ()
        try:
            with self._reader.asking() as db:
                drawn = self._draw(db, touched)
        except BaseException:
            self._committed(touched)  # whoever asks next must not be told what is out of date
            raise
        self._day = day
        return drawn

    def _draw(self, db: Database, touched: Collection[str]) -> Collection[str]:
        """What this costs depends on how many clips were touched, and hardly on how many there are."""
        before = self._rows or {}
        rows = desk_clips(db, LONGEST, self._rows, touched)
        if EVERY in touched:
            self._shows = {show.slug: show.name for show in shows(db)}
        stale = rows.keys() if EVERY in touched else (rows.keys() & touched) | (rows.keys() - before.keys())
        known = {i: self._cards[i].flags for i in stale & before.keys() if i not in touched}
        made, stands = dict[str, Card](), dict(self._running)
        for card, stand in self._made(db, [rows[clip_id] for clip_id in stale], known):
            made[card.id] = card
            stands.pop(card.id, None)
            if stand and _runs(stand):
                stands[card.id] = stand
        self._cards |= made
        if rows.keys() != before.keys() or any(_moves(before[clip_id], rows[clip_id]) for clip_id in stale):
            self._cards = {row.id: self._cards[row.id] for _, shelf in arrange(rows.values()) for row in shelf}
        self._running = {clip_id: stand for clip_id, stand in stands.items() if clip_id in rows}
        self._rows = rows
        return made

    def _made(
        self, db: Database, rows: Collection[ClipRow], known: Mapping[str, Flags]
    ) -> Iterator[tuple[Card, Stand | None]]:
        """The cards of these clips, and how those stand that are being made. `known`: flags that need not be found out."""
        lapsed = lapsed_clips(db, [row.id for row in rows])
        for row in rows:
            flags = known.get(row.id) or self._flags_of(db, row)
            card = card_of(row, self._shows.get(row.show, row.show), flags, lapsed=row.id in lapsed)
            if row.production == "making":
                stand = clip_plan(db, row.id), clip_nodes(db, row.id, documents=False)
                yield self._moved(card, stand), stand
            else:
                yield card, None

    def _moved(self, card: Card, stand: Stand) -> Card:
        """The card with its progress."""
        plan, nodes = stand
        running = self._studio.production.progress(card.id) if _runs(stand) else ()
        rows = stages(plan, nodes, {p.node: (p.fraction, p.message) for p in running})
        return card.model_copy(update={"fraction": round(overall(rows), 2), "doing": now_doing(rows)})

    def _flags_of(self, db: Database, row: ClipRow) -> Flags:
        return flags_of(db, row.id, self._engines) if row.production == "ready" else Flags()


def _moves(before: ClipRow, after: ClipRow) -> bool:
    """Whether a clip has to be put elsewhere in the list."""
    return (shelf_of(before), before.settled_at) != (shelf_of(after), after.settled_at)


def _runs(stand: Stand) -> bool:
    return any(node.state == "running" for node in stand[1])
