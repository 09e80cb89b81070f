"""Read-only questions about clips. Status is always derived here, never stored:
is it being made (production), is it current (freshness), what did people decide (review)?
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, Literal

from pydantic import Field
from sqlite_utils import Database

from config.errors import UnknownName
from storage.documents import Cut, Frozen, Script
from storage.events import ErrorFacts
from storage.orders import Brief
from storage.plans import Failure, Plan
from storage.quality import QualityReport
from storage.upcast import read_document
from storage.work import read_error

Production = Literal["waiting", "making", "failed", "cancelled", "ready"]
Review = Literal["undecided", "approved", "rejected", "changes", "held", "endorsed"]


class ClipRow(Frozen):
    """One line of the inbox."""

    id: str
    show: str
    title: str
    language: str
    author: str
    created_at: str
    settled_at: str | None
    revision: int
    production: Production
    review: Review
    waiting: str | None
    failure: Failure | None
    poster: str | None
    """sha256 of the first cut's poster."""
    duration_s: float | None
    done: int
    """Nodes made so far."""
    exported: bool
    trashed: bool = False
    decided_by: str | None = None
    """Whose decision stands."""
    failed_checks: int = 0
    """Of the quality gate, in all formats."""


class NodeRow(Frozen):
    """One node of a clip: which work makes it, and how that stands."""

    node: str
    stage: str
    key: str
    state: str
    engine: str
    engine_version: str
    attempt: int
    seconds: float | None
    error: ErrorFacts | None
    document: dict[str, Any] | None
    content_hash: str | None


class ClipDetail(Frozen):
    """Everything that the desk shows of one clip."""

    row: ClipRow
    brief: Brief
    plan: Plan | None
    nodes: tuple[NodeRow, ...]
    script: Script | None
    cuts: dict[str, Cut]
    """format → cut; empty until every format of the newest revision is made."""
    reports: dict[str, QualityReport] = Field(default_factory=dict)
    """format → what the quality gate says of its cut; empty where nobody looked."""


ESCAPED = re.compile(r"[\\%_]")
"""What means something to LIKE."""

# The newest decision that was not undone, and only if it speaks of today's revision.
CLIPS = """
SELECT c.*, d.kind AS decided, d.user AS decided_by,
    (SELECT json_extract(w.document, '$.poster.sha256', '$.media.duration_s') FROM nodes n JOIN work w ON w.key = n.key
     WHERE n.clip_id = c.id AND n.stage = 'finish' AND w.state = 'done' ORDER BY n.rowid LIMIT 1) AS cut,
    (SELECT count(*) FROM nodes n JOIN work w ON w.key = n.key WHERE n.clip_id = c.id AND w.state = 'done') AS done,
    (SELECT count(*) FROM nodes n JOIN work w ON w.key = n.key, json_each(w.document, '$.findings') f
     WHERE n.clip_id = c.id AND n.stage = 'quality' AND json_extract(f.value, '$.verdict') = 'fail') AS failed_checks,
    EXISTS (SELECT 1 FROM exports e WHERE e.decision_id = d.id) AS exported,
    EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = c.id) AS trashed
FROM clips c LEFT JOIN decisions d ON d.rowid = (
    SELECT max(x.rowid) FROM decisions x WHERE x.clip_id = c.id AND x.revision = c.revision AND x.kind <> 'undo'
    AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id))
"""


def list_clips(db: Database, limit: int = 500, before: str = "") -> list[ClipRow]:
    """Newest first, without those in the trash; `before` is the id of the last one of the page before."""
    rows = db.query(
        f"{CLIPS} WHERE NOT trashed AND (? = '' OR c.id < ?) ORDER BY c.id DESC LIMIT ?", [before, before, limit]
    )
    return [_clip_row(row) for row in rows]


Stand = tuple[str, int, str | None, int]
"""Of a clip that is done with: id, revision, when it was settled, the newest decision's number. As long as they are the same,
so is its row."""


def desk_clips(db: Database, limit: int = 500, known: Mapping[Stand, ClipRow] | None = None) -> dict[Stand, ClipRow]:
    """What somebody may still have to do something about, however old, newest first; then, up to the limit in all, the newest
    of those that are done with: exported, or rejected. Never what is in the trash.

    The first are found by the index `on_desk` (`storage/schema.py`), so that the archive's size does not matter; of the
    second only those are read that are not among `known`, an earlier answer.
    """
    waiting = [_clip_row(row) for row in db.query(f"{CLIPS} WHERE c.on_desk = 1 ORDER BY c.id DESC LIMIT ?", [limit])]
    found: dict[Stand, ClipRow] = {(row.id, row.revision, row.settled_at, -1): row for row in waiting}
    done: list[Stand] = db.execute(DONE_WITH, [limit - len(waiting)]).fetchall()
    unknown = json.dumps([stand[0] for stand in done if not known or stand not in known])
    read = {
        row["id"]: _clip_row(row)
        for row in db.query(f"{CLIPS} WHERE c.id IN (SELECT value FROM json_each(?))", [unknown])
    }
    return found | {stand: read[stand[0]] if stand[0] in read else (known or {})[stand] for stand in done}


DONE_WITH = """
SELECT c.id, c.revision, c.settled_at, (SELECT coalesce(max(x.rowid), 0) FROM decisions x WHERE x.clip_id = c.id) FROM clips c
WHERE c.on_desk = 0 AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = c.id) ORDER BY c.id DESC LIMIT ?
"""


def find_clips(db: Database, words: str, limit: int = 50, without: Collection[str] = ()) -> list[ClipRow]:
    """Clips whose title has all of these words in it, newest first, without those in the trash and those of these ids.
    Reads titles alone."""
    wanted = ["%" + ESCAPED.sub(r"\\\g<0>", word) + "%" for word in words.split()]
    if not wanted:
        return []
    told = " AND ".join(["title LIKE ? ESCAPE '\\'"] * len(wanted))
    rows = db.query(
        f"""{CLIPS} WHERE c.id IN (SELECT id FROM clips INDEXED BY clips_by_title WHERE {told}
            AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?)
            AND NOT trashed ORDER BY c.id DESC LIMIT ?""", [*wanted, json.dumps(list(without)), 2 * limit, limit],
    )  # fmt: skip
    return [_clip_row(row) for row in rows]


def open_clips(db: Database) -> list[str]:
    """Ids of the clips whose newest revision is still in production, oldest first."""
    return [row[0] for row in db.execute("SELECT id FROM clips WHERE settled < revision ORDER BY id").fetchall()]


def clip_row(db: Database, clip_id: str) -> ClipRow:
    """Raises UnknownName."""
    for row in db.query(f"{CLIPS} WHERE c.id = ?", [clip_id]):
        return _clip_row(row)
    raise UnknownName("clip", clip_id, [])


def clip_detail(db: Database, clip_id: str) -> ClipDetail:
    """Raises UnknownName."""
    row = clip_row(db, clip_id)
    brief = newest_brief(db, clip_id)
    plan = clip_plan(db, clip_id)
    nodes = clip_nodes(db, clip_id)
    cuts, reports = {}, {}
    if row.production == "ready":
        made = [read_document(n.document) for n in nodes if n.stage in ("finish", "quality") and n.document]
        cuts = {cut.format: cut for cut in made if isinstance(cut, Cut)}
        reports = {report.format: report for report in made if isinstance(report, QualityReport)}
    script = clip_script(brief, nodes)
    return ClipDetail(row=row, brief=brief, plan=plan, nodes=nodes, script=script, cuts=cuts, reports=reports)


def clip_script(brief: Brief, nodes: tuple[NodeRow, ...]) -> Script | None:
    """The script in force: a person's pin before an engine's."""
    data = (
        brief.pins["script"].document
        if "script" in brief.pins
        else next((n.document for n in nodes if n.node == "script"), None)
    )
    script = read_document(data) if data else None
    return script if isinstance(script, Script) else None


def clip_nodes(db: Database, clip_id: str, *, documents: bool = True) -> tuple[NodeRow, ...]:
    """In the plan's order. Without `documents` for how far each is, which is asked for often."""
    rows = db.query(
        f"""SELECT n.node, n.stage, n.key, coalesce(w.state, 'due') AS state, coalesce(w.engine, '') AS engine,
               coalesce(w.engine_version, '') AS engine_version, coalesce(w.attempt, 0) AS attempt, w.seconds, w.error,
               {"w.document" if documents else "NULL AS document"}, w.content_hash
           FROM nodes n LEFT JOIN work w ON w.key = n.key WHERE n.clip_id = ? ORDER BY n.rowid""",
        [clip_id],
    )
    return tuple(
        NodeRow(
            **{
                **row,
                "error": read_error(row["error"]),
                "document": json.loads(row["document"]) if row["document"] else None,
            }
        )
        for row in rows
    )


def node_keys(db: Database, clip_id: str) -> dict[str, tuple[str, str]]:
    """Which work each node of a clip waits on: node → (stage, key)."""
    rows = db.execute("SELECT node, stage, key FROM nodes WHERE clip_id = ?", [clip_id]).fetchall()
    return {node: (stage, key) for node, stage, key in rows}


def newest_brief(db: Database, clip_id: str) -> Brief:
    row = db.execute(
        "SELECT document FROM briefs WHERE clip_id = ? ORDER BY revision DESC LIMIT 1", [clip_id]
    ).fetchone()
    return _brief(row[0])


def ordered_at(db: Database, clip_id: str) -> str:
    """When the newest revision was asked for."""
    row = db.execute("SELECT max(created_at) FROM briefs WHERE clip_id = ?", [clip_id]).fetchone()
    return str(row[0] or "")


def clip_plan(db: Database, clip_id: str) -> Plan | None:
    row = db.execute("SELECT plan FROM clips WHERE id = ?", [clip_id]).fetchone()
    if row is None or row[0] is None:
        return None
    data = json.loads(row[0])
    data.pop("tag")
    return Plan.model_validate(data)


def _brief(text: str) -> Brief:
    data = json.loads(text)
    data.pop("tag")
    return Brief.model_validate(data)


def _clip_row(row: dict[str, Any]) -> ClipRow:
    poster, duration_s = json.loads(row["cut"]) if row["cut"] else (None, None)
    return ClipRow(
        id=row["id"], show=row["show"], title=row["title"], language=row["language"], author=row["author"],
        created_at=row["created_at"], settled_at=row["settled_at"], revision=row["revision"],
        production=_production(row), review=_review(row["decided"]), waiting=row["waiting"],
        failure=Failure.model_validate_json(row["failure"]) if row["failure"] else None,
        poster=poster, duration_s=duration_s, done=row["done"], exported=bool(row["exported"]),
        trashed=bool(row["trashed"]), decided_by=row["decided_by"],
        failed_checks=row["failed_checks"],
    )  # fmt: skip


def _production(row: dict[str, Any]) -> Production:
    if row["cancelled_at"]:
        return "cancelled"
    if row["failure"]:
        return "failed"
    if row["settled"] == row["revision"]:
        return "ready"
    return "waiting" if row["waiting"] else "making"


def _review(kind: str | None) -> Review:
    names: dict[str | None, Review] = {
        "approve": "approved",
        "reject": "rejected",
        "request_changes": "changes",
        "hold": "held",
        "endorse": "endorsed",
    }
    return names.get(kind, "undecided")
