"""What the inbox shows, in which order, and what may be done with each clip. Pure: rows in, answers out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from storage.people import Person
from storage.queries import ClipRow

Shelf = Literal["review", "making", "failed", "changes", "held", "approved", "done"]
SHELVES: dict[Shelf, str] = {
    "review": "To review",
    "making": "Being made",
    "failed": "Failed",
    "changes": "Changes asked",
    "held": "On hold",
    "approved": "Approved",
    "done": "Done",
}
"""In the order of the list: what waits for a person comes first."""

Action = Literal[
    "approve",
    "reject",
    "request_changes",
    "hold",
    "undo",
    "edit",
    "rewrite",
    "export",
    "retry",
    "cancel",
    "discard",
    "restore",
]


def shelf_of(row: ClipRow) -> Shelf:
    """Where a clip lies. A clip that is exported or rejected is done with."""
    if row.production in ("making", "waiting"):
        return "making"
    if row.production in ("failed", "cancelled"):
        return "failed"
    if row.exported or row.review == "rejected":
        return "done"
    if row.review == "undecided" or row.review == "endorsed":
        return "review"
    return row.review


def arrange(rows: Iterable[ClipRow]) -> list[tuple[Shelf, list[ClipRow]]]:
    """All shelves that are not empty; on each, what changed last comes first."""
    shelves: dict[Shelf, list[ClipRow]] = {shelf: [] for shelf in SHELVES}
    for row in rows:
        shelves[shelf_of(row)].append(row)
    return [
        (shelf, sorted(clips, key=lambda row: (row.settled_at or row.created_at, row.id), reverse=True))
        for shelf, clips in shelves.items()
        if clips
    ]


def offered(row: ClipRow, person: Person, *, own_words: bool = False) -> tuple[Action, ...]:
    """What this person may do with this clip now. The rules themselves are enforced again when it is done.

    `own_words`: its script is a person's, so no writer can be asked to write it again.
    """
    if not person.may("reviewer"):
        return ()
    if row.trashed:
        return ("restore",)
    if row.production in ("making", "waiting"):
        return ("cancel",)
    if row.production in ("failed", "cancelled"):
        return ("retry", "edit", "discard")
    if row.exported:
        return ("edit",)
    if row.review == "approved":
        return ("export", "undo", "edit")
    decisions: tuple[Action, ...] = ("approve", "reject", "request_changes", "hold")
    taken = {"rejected": "reject", "changes": "request_changes", "held": "hold"}.get(row.review)
    if row.review == "endorsed":
        return (*decisions[row.decided_by == person.name :], "edit", "undo")
    undo: tuple[Action, ...] = ("undo",) if taken else ()
    discard: tuple[Action, ...] = ("discard",) if taken else ()
    rewrite: tuple[Action, ...] = ("rewrite",) if row.review == "changes" and not own_words else ()
    return (*rewrite, *(action for action in decisions if action != taken), "edit", *undo, *discard)
