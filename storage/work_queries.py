"""Read-only questions about work: what is under way, what was made, how long it takes."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from storage.documents import Frozen
from storage.events import ErrorFacts
from storage.work import read_error


class WorkRow(Frozen):
    """A piece of work, without its documents."""

    key: str
    kind: str
    queue: str
    stage: str
    engine: str
    engine_version: str
    state: str
    attempt: int
    strikes: int
    error: ErrorFacts | None
    content_hash: str | None
    finished_at: str | None


WORK_COLUMNS = (
    "key, kind, queue, stage, engine, engine_version, state, attempt, strikes, error, content_hash, finished_at"
)


def work_row(db: Database, key: str) -> WorkRow | None:
    for row in db.query(f"SELECT {WORK_COLUMNS} FROM work WHERE key = ?", [key]):
        return _work_row(row)
    return None


def work_document(db: Database, key: str) -> dict[str, Any] | None:
    row = db.execute("SELECT document FROM work WHERE key = ?", [key]).fetchone()
    return json.loads(row[0]) if row and row[0] else None


def work_payload(db: Database, key: str) -> dict[str, Any]:
    row = db.execute("SELECT payload FROM work WHERE key = ?", [key]).fetchone()
    return dict(json.loads(row[0])) if row and row[0] else {}


def in_flight(db: Database) -> list[WorkRow]:
    """All work that is queued or running."""
    return [_work_row(row) for row in db.query(f"SELECT {WORK_COLUMNS} FROM work WHERE state IN ('queued', 'running')")]


def unwanted(db: Database) -> list[WorkRow]:
    """Stage work under way that no clip in production waits for any more."""
    return [
        _work_row(row)
        for row in db.query(
            f"""SELECT {WORK_COLUMNS} FROM work WHERE state IN ('queued', 'running') AND kind = 'stage' AND NOT EXISTS (
                SELECT 1 FROM nodes n JOIN clips c ON c.id = n.clip_id WHERE n.key = work.key AND c.settled < c.revision)"""
        )
    ]


def failed_errands(db: Database) -> list[WorkRow]:
    """Failed work that belongs to no clip (scrapes), for the policy to judge."""
    return [
        _work_row(row)
        for row in db.query(f"SELECT {WORK_COLUMNS} FROM work WHERE kind <> 'stage' AND state = 'failed'")
    ]


def clips_waiting_on(db: Database, keys: list[str]) -> set[str]:
    """Clips in production that have one of these keys among their nodes."""
    marks = ", ".join("?" * len(keys))
    rows = db.execute(
        f"""SELECT DISTINCT n.clip_id FROM nodes n JOIN clips c ON c.id = n.clip_id
            WHERE c.settled < c.revision AND n.key IN ({marks})""", keys,
    )  # fmt: skip
    return {row[0] for row in rows.fetchall()}


def median_seconds(db: Database, engine: str, runs: int = 40) -> float | None:
    """The median time of an engine's last runs that really made something."""
    rows = db.execute(
        "SELECT seconds FROM work WHERE engine = ? AND seconds > 0 ORDER BY finished_at DESC LIMIT ?", [engine, runs]
    ).fetchall()
    times = sorted(row[0] for row in rows)
    return times[len(times) // 2] if times else None


def _work_row(row: dict[str, Any]) -> WorkRow:
    return WorkRow(**{**row, "error": read_error(row["error"])})
