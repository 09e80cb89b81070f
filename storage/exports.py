"""The record of what left the house: one export per approval."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from config.errors import UnknownName
from storage.canonical import canonical_json
from storage.clock import now
from storage.documents import Frozen
from storage.ids import new_id

DAY = r"^(\d{4}-\d{2}-\d{2})?$"


class ExportRecord(Frozen):
    id: str
    clip_id: str
    decision_id: str
    folder: str
    """The bundle's name inside the exports folder."""
    bundle: dict[str, Any]
    """The bundle's `clip.json`."""
    made_by: str
    made_at: str


def record_export(
    db: Database, clip_id: str, decision_id: str, folder: str, bundle: dict[str, Any], made_by: str
) -> ExportRecord:
    record = ExportRecord(
        id=new_id(),
        clip_id=clip_id,
        decision_id=decision_id,
        folder=folder,
        bundle=bundle,
        made_by=made_by,
        made_at=now(),
    )
    document = canonical_json({"folder": folder, "bundle": bundle})
    db.execute(
        "INSERT INTO exports VALUES (?, ?, ?, ?, ?, ?)",
        [record.id, clip_id, decision_id, document, made_by, record.made_at],
    )
    return record


def amend_export(db: Database, record: ExportRecord, bundle: dict[str, Any]) -> ExportRecord:
    """The same export with the bundle as it was restored: a video that is signed again has another hash."""
    amended = record.model_copy(update={"bundle": bundle})
    document = canonical_json({"folder": record.folder, "bundle": bundle})
    db.execute("UPDATE exports SET document = ? WHERE id = ?", [document, record.id])
    return amended


def export_of_decision(db: Database, decision_id: str) -> ExportRecord | None:
    rows = db.query("SELECT * FROM exports WHERE decision_id = ?", [decision_id])
    return next((read_export(row) for row in rows), None)


def find_export(db: Database, export_id: str) -> ExportRecord:
    """Raises UnknownName."""
    for row in db.query("SELECT * FROM exports WHERE id = ?", [export_id]):
        return read_export(row)
    raise UnknownName("export", export_id, [])


class Wanted(Frozen):
    """Which exports: "" = all. `since` and `until`: days in UTC as YYYY-MM-DD, both included."""

    clip: str = ""
    show: str = ""
    since: str = Field(default="", pattern=DAY)
    until: str = Field(default="", pattern=DAY)


def list_exports(db: Database, limit: int = 50, before: str = "", wanted: Wanted | None = None) -> list[ExportRecord]:
    """Newest first; `before` is the id of the last one of the page before."""
    rows = db.query(
        """SELECT e.* FROM exports e JOIN clips c ON c.id = e.clip_id
           WHERE (:before = '' OR e.id < :before) AND (:clip = '' OR e.clip_id = :clip) AND (:show = '' OR c.show = :show)
             AND (:since = '' OR substr(e.made_at, 1, 10) >= :since) AND (:until = '' OR substr(e.made_at, 1, 10) <= :until)
           ORDER BY e.id DESC LIMIT :limit""",
        {**(wanted or Wanted()).model_dump(), "before": before, "limit": limit},
    )
    return [read_export(row) for row in rows]


def shows_of_exports(db: Database) -> list[str]:
    """Short names of the shows that anything was exported of."""
    rows = db.execute(
        """SELECT s.show FROM (SELECT DISTINCT show FROM clips) s WHERE EXISTS (
               SELECT 1 FROM clips c JOIN exports e ON e.clip_id = c.id WHERE c.show = s.show) ORDER BY 1"""
    )
    return [row[0] for row in rows.fetchall()]


def all_exports(db: Database) -> list[ExportRecord]:
    return [read_export(row) for row in db.query("SELECT * FROM exports ORDER BY id")]


def read_export(row: dict[str, Any]) -> ExportRecord:
    """A row of the table."""
    document = json.loads(row.pop("document"))
    return ExportRecord(**row, **document)
