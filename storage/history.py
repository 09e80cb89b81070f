"""What happened to a clip over time, and the little of it that a list needs to know."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from config.errors import UnknownName
from storage.documents import Frozen, Script
from storage.orders import Brief
from storage.quality import EarlierClip
from storage.queries import newest_brief
from storage.upcast import read_document


class Revision(Frozen):
    """One revision of a clip's brief."""

    revision: int
    author: str
    note: str
    at: str


class Evidence(Frozen):
    """What the flags of a list are made of: the script, what it was made from, and which engines worked on it."""

    brief: Brief
    script: Script | None
    engines: tuple[str, ...]
    fallbacks: int


def revisions_of(db: Database, clip_id: str) -> list[Revision]:
    """Oldest first."""
    rows = db.execute(
        "SELECT revision, author, note, created_at FROM briefs WHERE clip_id = ? ORDER BY revision", [clip_id]
    ).fetchall()
    return [Revision(revision=row[0], author=row[1], note=row[2], at=row[3]) for row in rows]


def authors_of(db: Database, clip_id: str) -> set[str]:
    """Whoever ordered or changed the clip."""
    rows = db.execute("SELECT author FROM briefs WHERE clip_id = ?", [clip_id]).fetchall()
    return {row[0] for row in rows}


def brief_of(db: Database, clip_id: str, revision: int) -> Brief:
    """Raises UnknownName."""
    row = db.execute("SELECT document FROM briefs WHERE clip_id = ? AND revision = ?", [clip_id, revision]).fetchone()
    if row is None:
        raise UnknownName("revision", str(revision), [])
    data: dict[str, Any] = json.loads(row[0])
    data.pop("tag")
    return Brief.model_validate(data)


def evidence_of(db: Database, clip_id: str) -> Evidence:
    """Reads no more than it must: none of the large documents of speech and video."""
    brief = newest_brief(db, clip_id)
    made = db.execute(
        """SELECT w.document FROM nodes n JOIN work w ON w.key = n.key
           WHERE n.clip_id = ? AND n.node = 'script' AND w.state = 'done'""",
        [clip_id],
    ).fetchone()
    data = brief.pins["script"].document if "script" in brief.pins else json.loads(made[0]) if made else None
    script = read_document(data) if data else None
    engines = db.execute(
        "SELECT DISTINCT w.engine FROM nodes n JOIN work w ON w.key = n.key WHERE n.clip_id = ? AND w.engine <> ''",
        [clip_id],
    ).fetchall()
    plan = db.execute("SELECT plan FROM clips WHERE id = ?", [clip_id]).fetchone()
    tried = json.loads(plan[0])["engines"].values() if plan and plan[0] else ()
    return Evidence(
        brief=brief, script=script if isinstance(script, Script) else None, engines=tuple(row[0] for row in engines),
        fallbacks=sum(len(choices) > 1 or bool(choices[0].get("instead_of")) for choices in tried),
    )  # fmt: skip


def earlier_clips(db: Database, clip_id: str, limit: int = 5) -> tuple[EarlierClip, ...]:
    """What the show's last finished clips in this language said, newest first; not those of the same topic, which are
    meant to say the same."""
    rows = db.execute(
        """SELECT o.id, o.title, w.document FROM clips c JOIN clips o ON o.show = c.show AND o.language = c.language
               AND o.id < c.id AND o.settled = o.revision AND o.failure IS NULL AND o.cancelled_at IS NULL
               AND coalesce(o.topic_id, o.id) <> coalesce(c.topic_id, c.id)
           LEFT JOIN nodes n ON n.clip_id = o.id AND n.node = 'script' LEFT JOIN work w ON w.key = n.key
           WHERE c.id = ? ORDER BY o.id DESC LIMIT ?""",
        [clip_id, limit],
    ).fetchall()
    topic = newest_brief(db, clip_id).topic.title if rows else ""
    found = []
    for other, title, document in rows:
        brief = newest_brief(db, other)
        data = brief.pins["script"].document if "script" in brief.pins else json.loads(document) if document else None
        script = read_document(data) if data else None
        if isinstance(script, Script) and brief.topic.title != topic:
            lines = tuple(line.text for line in script.lines)
            found.append(EarlierClip(title=title, lines=lines, looks=_looks(db, other)))
    return tuple(found)


def _looks(db: Database, clip_id: str) -> tuple[str, ...]:
    """What the quality gate remembers of a clip's cuts."""
    rows = db.execute(
        """SELECT DISTINCT json_extract(w.document, '$.look') FROM nodes n JOIN work w ON w.key = n.key
           WHERE n.clip_id = ? AND n.stage = 'quality' AND w.document IS NOT NULL""",
        [clip_id],
    ).fetchall()
    return tuple(look for (look,) in rows if look)
