"""The finished revisions of a clip, as each was when it was made: what two takes are compared by."""

from __future__ import annotations

import json

from sqlite_utils import Database

from config.errors import UnknownName
from storage.documents import Cut, Frozen, Script
from storage.history import brief_of
from storage.upcast import read_document


class Take(Frozen):
    """One finished revision. `cuts`: format → cut, of those whose record is still there."""

    revision: int
    script: Script
    cuts: dict[str, Cut]
    engines: dict[str, tuple[str, ...]]
    """Stage → the engines that made it."""


def finished_revisions(db: Database, clip_id: str) -> list[int]:
    """Oldest first."""
    rows = db.execute("SELECT DISTINCT revision FROM takes WHERE clip_id = ? ORDER BY revision", [clip_id]).fetchall()
    return [row[0] for row in rows]


def take_of(db: Database, clip_id: str, revision: int) -> Take:
    """Raises UnknownName when this revision was never finished, or was emptied."""
    rows = db.execute(
        """SELECT t.node, t.stage, w.engine, w.document FROM takes t JOIN work w ON w.key = t.key
           WHERE t.clip_id = ? AND t.revision = ? AND (t.stage IN ('script', 'finish') OR w.engine <> '') ORDER BY t.rowid""",
        [clip_id, revision],
    ).fetchall()
    if not rows:
        raise UnknownName("take", str(revision), [str(one) for one in finished_revisions(db, clip_id)])
    brief = brief_of(db, clip_id, revision)
    documents = {
        node: json.loads(document) for node, stage, _, document in rows if document and stage in ("script", "finish")
    }
    if "script" in brief.pins:
        documents["script"] = brief.pins["script"].document
    script = read_document(documents["script"]) if "script" in documents else None
    if not isinstance(script, Script):
        raise UnknownName("take", str(revision), [])
    cuts = [read_document(document) for node, document in documents.items() if node != "script"]
    engines: dict[str, tuple[str, ...]] = {}
    for _, stage, engine, _ in rows:
        if engine not in engines.get(stage, ()):
            engines[stage] = (*engines.get(stage, ()), engine)
    return Take(
        revision=revision, script=script, cuts={cut.format: cut for cut in cuts if isinstance(cut, Cut)}, engines=engines
    )  # fmt: skip
