"""Cards: what the queue shows of each clip. One board makes them for all open pages."""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import date
from typing import Literal

from sqlite_utils import Database

from review.bundle import known_names
from review.inbox import SHELVES, Shelf, arrange, shelf_of
from review.licences import CLASSES, EngineFacts, facts_of, strictest
from review.progress import now_doing, overall, stages
from review.support import source_text, support
from storage.catalogue import shows
from storage.consents import lapsed_clips, today
from storage.documents import Frozen
from storage.history import evidence_of
from storage.queries import ClipRow, Stand, clip_nodes, clip_plan, desk_clips, find_clips
from web.media import media_address
from web.studio import Studio

LONGEST = 500
FOUND = 20
"""Cards at most of one search: looking at what each rests on takes a millisecond or two."""
Flag = Literal["unsupported", "limited", "fallback", "failed", "consent"]


class Flags(Frozen):
    """What a reviewer should know before opening a clip."""

    unsupported: int = 0
    limited: bool = False
    fallback: bool = False
    failed: int = 0
    """Checks of the quality gate."""
    consent: bool = False
    """Whether the person it shows or sounds like does not agree to that now; of clips on every shelf."""


class Card(Frozen):
    """One clip in the queue. Short names: these travel to the browser by the hundred."""

    id: str
    title: str
    lang: str
    show: str
    shelf: Shelf
    at: str
    """When it changed last; the browser makes an age of it."""
    poster: str
    seconds: float | None
    flags: Flags
    fraction: float | None = None
    doing: str = ""
    """The stage that runs."""
    note: str = ""
    """Why it waits, or where it failed."""
    revision: int = 1
    review: str = "undecided"
    exported: bool = False


class Board:
    """All cards as they are now. Made anew only after a commit; flags are kept as long as a clip does not change."""

    def __init__(self, studio: Studio, engines: dict[str, EngineFacts]) -> None:
        self._studio, self._engines = studio, engines
        self._commits = 0
        self._drawn: tuple[tuple[int, date], dict[str, Card]] = ((-1, date.min), {})
        self._flags: dict[tuple[str, int, str | None], Flags] = {}
        self._rows: dict[Stand, ClipRow] = {}
        self._cards: dict[str, tuple[ClipRow, Card]] = {}
        self._lock = threading.Lock()
        studio.writer.on_commit.append(self._committed)

    @property
    def version(self) -> int:
        """Grows with every commit."""
        return self._commits

    def cards(self) -> dict[str, Card]:
        """All cards by id, as of the newest commit; progress of what is being made as of now."""
        with self._lock, self._studio.reading() as db:
            version, cards = self._drawn
            if version != (self._commits, today()):  # a consent may end at midnight
                version = (self._commits, today())
                self._rows = desk_clips(db, LONGEST, self._rows)
                rows = [row for _, shelf in arrange(self._rows.values()) for row in shelf]
                names = {show.slug: show.name for show in shows(db)}
                lapsed = lapsed_clips(db)
                cards = {row.id: self._kept(db, row, names.get(row.show, row.show), row.id in lapsed) for row in rows}
                self._cards = {row.id: (row, cards[row.id]) for row in rows}
                self._flags = {key: flags for key, flags in self._flags.items() if key[0] in cards}
            else:
                moving = [card.id for card in cards.values() if card.shelf == "making"]
                cards = cards | {clip_id: self._moved(db, cards[clip_id]) for clip_id in moving}
            self._drawn = (version, cards)
            return cards

    def find(self, words: str, without: Collection[str]) -> list[Card]:
        """Clips of any age whose title has all of these words, newest first, but for those that a list has already."""
        with self._lock, self._studio.reading() as db:
            names = {show.slug: show.name for show in shows(db)}
            lapsed = lapsed_clips(db)
            found = find_clips(db, words, FOUND, without)
            return [self._card(db, row, names.get(row.show, row.show), row.id in lapsed) for row in found]

    def _committed(self) -> None:
        self._commits += 1

    def _kept(self, db: Database, row: ClipRow, show: str, lapsed: bool) -> Card:
        """The card that was made of this row before, if it still holds."""
        before, card = self._cards.get(row.id, (None, None))
        holds = card and before == row and card.shelf != "making" and (card.show, card.flags.consent) == (show, lapsed)
        return card if card and holds else self._card(db, row, show, lapsed)

    def _card(self, db: Database, row: ClipRow, show: str, lapsed: bool) -> Card:
        shelf = shelf_of(row)
        card = Card(
            id=row.id,
            title=row.title,
            lang=row.language,
            show=show,
            shelf=shelf,
            at=row.settled_at if row.settled_at and shelf != "making" else row.created_at,
            poster=media_address(row.id, row.poster) if row.poster else "",
            seconds=row.duration_s,
            flags=self._flags_of(db, row).model_copy(update={"consent": lapsed}),
            note=_note(row),
            revision=row.revision,
            review=row.review,
            exported=row.exported,
        )
        return self._moved(db, card) if shelf == "making" and not row.waiting else card

    def _moved(self, db: Database, card: Card) -> Card:
        """The card with its progress."""
        if card.note:  # waiting: nothing moves
            return card
        nodes = clip_nodes(db, card.id, documents=False)
        moving = self._studio.production.progress(card.id) if any(node.state == "running" for node in nodes) else ()
        rows = stages(clip_plan(db, card.id), nodes, {p.node: (p.fraction, p.message) for p in moving})
        return card.model_copy(update={"fraction": round(overall(rows), 2), "doing": now_doing(rows)})

    def _flags_of(self, db: Database, row: ClipRow) -> Flags:
        key = (row.id, row.revision, row.settled_at)
        if row.production != "ready":
            return Flags()
        if key not in self._flags:
            self._flags[key] = flags_of(db, row.id, self._engines)
        return self._flags[key].model_copy(update={"failed": row.failed_checks})


def flags_of(db: Database, clip_id: str, engines: dict[str, EngineFacts]) -> Flags:
    evidence = evidence_of(db, clip_id)
    brief, script = evidence.brief, evidence.script
    judged = support(script, source_text(brief.topic, direct=brief.direct), known_names(brief)) if script else ()
    licence = strictest(facts_of(engine, "", engines) for engine in evidence.engines)
    return Flags(
        unsupported=sum(line.state == "unsupported" for line in judged),
        limited=CLASSES.index(licence) >= CLASSES.index("non-commercial"),
        fallback=evidence.fallbacks > 0,
    )


def shelves(cards: dict[str, Card]) -> list[tuple[str, list[Card]]]:
    """Cards by shelf, with the shelves' names, in the order of the list."""
    named = [(name, [card for card in cards.values() if card.shelf == shelf]) for shelf, name in SHELVES.items()]
    return [(name, found) for name, found in named if found]


def _note(row: ClipRow) -> str:
    if row.production == "waiting":
        return row.waiting or "Waiting"
    if row.production == "cancelled":
        return "Cancelled"
    return row.failure.stage if row.failure else ""
