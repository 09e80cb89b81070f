"""Commands on clips: ordering, revising, settling, cancelling. Run by the writer only."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from config.errors import Refused, UnknownName
from storage.canonical import canonical_json
from storage.clock import now
from storage.ids import new_id
from storage.orders import Brief
from storage.plans import Failure, Plan


def create_clip(db: Database, brief: Brief, author: str) -> str:
    """Order a clip. Returns its id."""
    clip_id = new_id()
    db.execute(
        """INSERT INTO clips (id, show, title, language, topic_id, author, created_at, revision)
           VALUES (?, ?, ?, ?, ?, ?, ?, 1)""",
        [
            clip_id,
            brief.show.slug,
            brief.topic.title,
            brief.options.language,
            brief.topic.topic_id or None,
            author,
            now(),
        ],
    )
    _add_brief(db, clip_id, 1, brief, author, "")
    return clip_id


def revise_clip(db: Database, clip_id: str, brief: Brief, author: str, based_on: int, note: str = "") -> int:
    """Append a revision of the brief; production goes on from there. Returns the new revision.

    Raises Refused when somebody else revised the clip since `based_on` was read, or when it is in the trash.
    """
    revision = _revision(db, clip_id)
    _not_in_trash(db, clip_id)
    if revision != based_on:
        raise Refused("Somebody changed this clip while you were editing.", "Reload it and look at their change first.")
    _add_brief(db, clip_id, revision + 1, brief, author, note)
    db.execute(
        "UPDATE clips SET revision = ?, failure = NULL, waiting = NULL, cancelled_at = NULL WHERE id = ?",
        [revision + 1, clip_id],
    )
    return revision + 1


def freeze_plan(db: Database, clip_id: str, plan: Plan) -> None:
    db.execute("UPDATE clips SET plan = ?, waiting = NULL WHERE id = ?", [canonical_json(plan.to_json()), clip_id])


def keep_waiting(db: Database, clip_id: str, reason: str) -> None:
    db.execute("UPDATE clips SET waiting = ? WHERE id = ? AND waiting IS NOT ?", [reason, clip_id, reason])


def go_on(db: Database, clip_id: str) -> None:
    """What it waited for is there."""
    db.execute("UPDATE clips SET waiting = NULL WHERE id = ?", [clip_id])


def record_nodes(db: Database, clip_id: str, nodes: Mapping[str, tuple[str, str]]) -> None:
    """Write down which work each node of a clip waits on: node → (stage, key). Nodes not named are forgotten."""
    db.execute("DELETE FROM nodes WHERE clip_id = ?", [clip_id])
    for node, (stage, key) in nodes.items():
        db.execute("INSERT INTO nodes VALUES (?, ?, ?, ?)", [clip_id, node, stage, key])


def settle_clip(db: Database, clip_id: str, revision: int, title: str = "", failure: Failure | None = None) -> None:
    """Production of this revision is over: all cuts are made, or it failed and why."""
    db.execute(
        """UPDATE clips SET settled = ?, settled_at = ?, failure = ?, waiting = NULL, title = CASE ? WHEN '' THEN title ELSE ? END
           WHERE id = ? AND revision = ?""",
        [revision, now(), failure.model_dump_json() if failure else None, title, title, clip_id, revision],
    )
    if failure is None:
        _remember_take(db, clip_id, revision)


def try_again(db: Database, clip_id: str, revision: int, brief: Brief, author: str, note: str) -> None:
    """A finished revision is kept as a take, and followed by another one before anybody saw it. Nothing happens when the
    clip was revised, stopped or thrown away since this was decided."""
    row = db.execute("SELECT revision, settled FROM clips WHERE id = ?", [clip_id]).fetchone()
    if row is None or row[0] != revision or row[1] >= revision:
        return
    if db.execute("SELECT 1 FROM trash WHERE clip_id = ?", [clip_id]).fetchone():
        return
    _remember_take(db, clip_id, revision)
    _add_brief(db, clip_id, revision + 1, brief, author, note)
    db.execute("UPDATE clips SET revision = ?, waiting = NULL WHERE id = ?", [revision + 1, clip_id])


def cancel_clip(db: Database, clip_id: str) -> None:
    """Stop production. Work that no other clip waits for is cancelled by the control process."""
    _revision(db, clip_id)
    db.execute(
        "UPDATE clips SET cancelled_at = ?, settled = revision, settled_at = ? WHERE id = ? AND settled < revision",
        [now(), now(), clip_id],
    )


def resume_clip(db: Database, clip_id: str) -> None:
    """Try a failed or cancelled clip again: its failed work gets fresh attempts, all finished work is reused."""
    _revision(db, clip_id)
    _not_in_trash(db, clip_id)
    db.execute(
        """UPDATE work SET state = 'cancelled', strikes = 0, error = NULL WHERE state IN ('failed', 'set_aside')
           AND key IN (SELECT key FROM nodes WHERE clip_id = ?)""", [clip_id],
    )  # fmt: skip
    db.execute(
        "UPDATE clips SET settled = revision - 1, failure = NULL, cancelled_at = NULL WHERE id = ? AND settled = revision",
        [clip_id],
    )


def _add_brief(db: Database, clip_id: str, revision: int, brief: Brief, author: str, note: str) -> None:
    db.execute(
        "INSERT INTO briefs VALUES (?, ?, ?, ?, ?, ?)",
        [clip_id, revision, canonical_json(brief.to_json()), author, note, now()],
    )


def _remember_take(db: Database, clip_id: str, revision: int) -> None:
    db.execute(
        """INSERT INTO takes SELECT clip_id, ?, node, stage, key FROM nodes WHERE clip_id = ? ORDER BY rowid
           ON CONFLICT (clip_id, revision, node) DO UPDATE SET key = excluded.key""", [revision, clip_id],
    )  # fmt: skip


def _not_in_trash(db: Database, clip_id: str) -> None:
    if db.execute("SELECT 1 FROM trash WHERE clip_id = ?", [clip_id]).fetchone():
        raise Refused("This clip is in the trash.", "Restore it first.")


def _revision(db: Database, clip_id: str) -> int:
    row = db.execute("SELECT revision FROM clips WHERE id = ?", [clip_id]).fetchone()
    if row is None:
        raise UnknownName("clip", clip_id, [])
    return int(row[0])
