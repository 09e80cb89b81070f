"""What people decided: append-only. An undo is a new row that names the decision it takes back.

The rules (who may decide what, and when) are `review.decide`; here is only the record. What came later is told by the row's
number and not by the clock, which may have been set back in between.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from sqlite_utils import Database

from storage.canonical import canonical_json
from storage.clock import now
from storage.documents import Frozen
from storage.ids import new_id

DecisionKind = Literal["approve", "endorse", "reject", "request_changes", "hold", "undo"]
"""endorse: the first of the two approvals that some shows want; it lets nothing out."""


class Decision(Frozen):
    """One decision about one revision of a clip."""

    id: str
    clip_id: str
    revision: int
    kind: DecisionKind
    cuts: dict[str, str]
    """format → sha256 of the video that was played."""
    reason: str = ""
    note: str = ""
    user: str
    at: str
    undoes: str | None = None


def record_decision(
    db: Database,
    clip_id: str,
    revision: int,
    kind: DecisionKind,
    user: str,
    *,
    cuts: dict[str, str] | None = None,
    reason: str = "",
    note: str = "",
    undoes: str | None = None,
) -> Decision:
    decision = Decision(
        id=new_id(), clip_id=clip_id, revision=revision, kind=kind, cuts=cuts or {}, reason=reason, note=note, user=user,
        at=now(), undoes=undoes,
    )  # fmt: skip
    db.execute(
        "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [decision.id, clip_id, revision, kind, canonical_json(decision.cuts), reason, note, user, decision.at, undoes],
    )
    return decision


def decisions_of(db: Database, clip_id: str) -> list[Decision]:
    """The whole history of a clip, oldest first."""
    return [_decision(row) for row in db.query("SELECT * FROM decisions WHERE clip_id = ? ORDER BY rowid", [clip_id])]


def standing_decision(db: Database, clip_id: str) -> Decision | None:
    """The newest decision about the clip's newest revision that was not undone."""
    rows = db.query(
        """SELECT d.* FROM decisions d JOIN clips c ON c.id = d.clip_id AND c.revision = d.revision
           WHERE d.clip_id = ? AND d.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id)
           ORDER BY d.rowid DESC LIMIT 1""",
        [clip_id],
    )
    return next((_decision(row) for row in rows), None)


def endorsement_of(db: Database, approval: Decision) -> Decision | None:
    """The first of two approvals that this one completed; None where one was enough."""
    rows = db.query(
        """SELECT d.* FROM decisions d WHERE d.clip_id = ? AND d.revision = ? AND d.id < ? AND d.kind <> 'undo'
           AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id) ORDER BY d.id DESC LIMIT 1""",
        [approval.clip_id, approval.revision, approval.id],
    )
    before = next((_decision(row) for row in rows), None)
    return before if before and before.kind == "endorse" and before.cuts == approval.cuts else None


def _decision(row: dict[str, Any]) -> Decision:
    return Decision.model_validate({**row, "cuts": json.loads(row["cuts"])})
