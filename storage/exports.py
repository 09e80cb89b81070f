"""The record of what left the house: one export per approval."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from config.errors import UnknownName
from storage.canonical import canonical_json
from storage.clock import now
from storage.documents import Frozen
from storage.ids import new_id


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
    return next((_record(row) for row in rows), None)


def find_export(db: Database, export_id: str) -> ExportRecord:
    """Raises UnknownName."""
    for row in db.query("SELECT * FROM exports WHERE id = ?", [export_id]):
        return _record(row)
    raise UnknownName("export", export_id, [])


def list_exports(db: Database, limit: int = 50, before: str = "", clip_id: str = "") -> list[ExportRecord]:
    """Newest first; `before` is the id of the last one of the page before; `clip_id` narrows to one clip."""
    rows = db.query(
        "SELECT * FROM exports WHERE (? = '' OR id < ?) AND (? = '' OR clip_id = ?) ORDER BY id DESC LIMIT ?",
        [before, before, clip_id, clip_id, limit],
    )
    return [_record(row) for row in rows]


def all_exports(db: Database) -> list[ExportRecord]:
    return [_record(row) for row in db.query("SELECT * FROM exports ORDER BY id")]


def _record(row: dict[str, Any]) -> ExportRecord:
    document = json.loads(row.pop("document"))
    return ExportRecord(**row, **document)
