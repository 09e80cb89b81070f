"""Cards: what the queue shows of each clip."""

from __future__ import annotations

from typing import Literal

from sqlite_utils import Database

from review.bundle import known_names
from review.inbox import SHELVES, Shelf, shelf_of
from review.licences import CLASSES, EngineFacts, facts_of, strictest
from review.support import source_text, support
from storage.documents import Frozen
from storage.history import evidence_of
from storage.queries import ClipRow
from web.media import media_address

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


def card_of(row: ClipRow, show: str, flags: Flags, *, lapsed: bool) -> Card:
    """A clip's card, as far as it does not move. `show`: the show's name, `flags`: from `flags_of`."""
    shelf = shelf_of(row)
    ready = row.production == "ready"
    return Card(
        id=row.id,
        title=row.title,
        lang=row.language,
        show=show,
        shelf=shelf,
        at=row.settled_at if row.settled_at and shelf != "making" else row.created_at,
        poster=media_address(row.id, row.poster) if row.poster else "",
        seconds=row.duration_s,
        flags=flags.model_copy(update={"failed": row.failed_checks if ready else 0, "consent": lapsed}),
        note=_note(row),
        revision=row.revision,
        review=row.review,
        exported=row.exported,
    )


def flags_of(db: Database, clip_id: str, engines: dict[str, EngineFacts]) -> Flags:
    """What a finished clip rests on: its script, its engines, its plan. A millisecond or two."""
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
