"""Which exports are still to be carried to which target. Ordered with the export itself, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from config.errors import UnknownName
from storage.clock import now, stamp
from storage.documents import Frozen

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)


class Shipment(Frozen):
    """One export on its way to one target. `error`: why the last attempt failed."""

    export_id: str
    target: str
    state: Literal["due", "done"]
    attempts: int
    next_at: str
    error: str
    done_at: str | None


def order_shipments(db: Database, export_id: str, targets: Sequence[str]) -> None:
    for target in targets:
        db.execute(
            "INSERT OR IGNORE INTO shipments (export_id, target, state, next_at) VALUES (?, ?, 'due', ?)",
            [export_id, target, now()],
        )


def due_shipments(db: Database, target: str, moment: datetime, limit: int = 20) -> list[Shipment]:
    """Those whose time has come, oldest first."""
    rows = db.query(
        "SELECT * FROM shipments WHERE state = 'due' AND target = ? AND next_at <= ? ORDER BY next_at, export_id LIMIT ?",
        [target, stamp(moment), limit],
    )
    return [Shipment(**row) for row in rows]


def shipments_of(db: Database, export_ids: Sequence[str]) -> dict[str, list[Shipment]]:
    """Export → its shipments."""
    found: dict[str, list[Shipment]] = {}
    marks = ", ".join("?" for _ in export_ids)
    for row in db.query(f"SELECT * FROM shipments WHERE export_id IN ({marks}) ORDER BY target", list(export_ids)):
        found.setdefault(row["export_id"], []).append(Shipment(**row))
    return found


def note_arrived(db: Database, export_id: str, target: str) -> None:
    db.execute(
        "UPDATE shipments SET state = 'done', attempts = attempts + 1, error = '', done_at = ? WHERE export_id = ? AND target = ?",
        [now(), export_id, target],
    )


def note_failed(db: Database, export_id: str, target: str, error: str, moment: datetime) -> None:
    """It is tried again for ever, but ever less often: half a minute later at first, every six hours in the end."""
    where = [export_id, target]
    row = db.execute("SELECT attempts FROM shipments WHERE export_id = ? AND target = ?", where).fetchone()
    wait = min(FIRST_WAIT * 2 ** min(row[0], 20), LONGEST_WAIT)
    db.execute(
        "UPDATE shipments SET attempts = attempts + 1, error = ?, next_at = ? WHERE export_id = ? AND target = ?",
        [error, stamp(moment + wait), *where],
    )


def send_again(db: Database, export_id: str, target: str) -> None:
    """Carry an export to a target now, whether it failed there or arrived before. Raises UnknownName."""
    changed = db.execute(
        "UPDATE shipments SET state = 'due', attempts = 0, next_at = ?, error = '' WHERE export_id = ? AND target = ?",
        [now(), export_id, target],
    ).rowcount
    if not changed:
        raise UnknownName("target of this export", target[:40], [s.target for s in shipments_of(db, [export_id]).get(export_id, [])])  # fmt: skip


def hurry(db: Database, target: str) -> None:
    """Whatever waits is due now: the studio was started again, perhaps with other settings."""
    db.execute("UPDATE shipments SET next_at = ? WHERE state = 'due' AND target = ?", [now(), target])
