"""The trash: clips that nobody wants, until somebody wants them back or their files are needed no more.

Emptying frees files. What was decided about a clip, its briefs and the ledger stay, so that its topic stays covered.
A clip that has left the house, or may leave it, is never in here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlite_utils import Database

from config.errors import Refused
from storage.artifacts import ArtifactStore, blobs_of
from storage.clock import now, stamp
from storage.database import reading
from storage.documents import Frozen
from storage.queries import ClipRow, clip_row
from storage.references import HASH
from storage.writer import Writer

AT_ONCE = 200
"""Files deleted within one command: in a bucket each costs a round trip, and the writer has other things to do."""


class Discarded(Frozen):
    """A clip in the trash, and who put it there."""

    clip: ClipRow
    user: str
    at: str

    @property
    def place(self) -> str:
        """Where it stands in the list: what comes before it does not move when others come or go."""
        return f"{self.at}/{self.clip.id}"


def discard_clip(db: Database, clip_id: str, user: str) -> None:
    """Put a clip into the trash. Raises Refused while it is made, or when it is or was released; UnknownName."""
    row = clip_row(db, clip_id)
    if row.production in ("making", "waiting"):
        raise Refused("This clip is being made.", "Cancel it first.")
    if db.execute("SELECT 1 FROM exports WHERE clip_id = ?", [clip_id]).fetchone():
        raise Refused("This clip has left the house.", "It is kept, with its files, for as long as its export.")
    if row.review == "approved":
        raise Refused("This clip is approved.", "Undo the approval first.")
    db.execute("INSERT INTO trash (clip_id, user, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [clip_id, user, now()])


def restore_clip(db: Database, clip_id: str) -> None:
    """Take a clip out of the trash. Raises Refused when its files are gone."""
    if db.execute("DELETE FROM trash WHERE clip_id = ? AND emptied_at IS NULL", [clip_id]).rowcount != 1:
        raise Refused("This clip is not in the trash any more.", "Once emptied, it can only be ordered again.")


def trashed(db: Database, limit: int = -1, before: str = "") -> list[Discarded]:
    """What may be restored, the newest first. `limit` < 0 = all; `before`: the place of the last one of the page before."""
    at, _, clip_id = before.partition("/")
    rows = db.execute(
        """SELECT clip_id, user, at FROM trash WHERE emptied_at IS NULL AND (? = '' OR (at, clip_id) < (?, ?))
           ORDER BY at DESC, clip_id DESC LIMIT ?""",
        [before, at, clip_id, limit],
    ).fetchall()
    return [Discarded(clip=clip_row(db, clip_id), user=user, at=at) for clip_id, user, at in rows]


def overdue(db: Database, keep_days: int, moment: datetime | None = None) -> list[str]:
    """Clips that have been in the trash for longer than `keep_days`; 0 = they stay until somebody empties it."""
    if not keep_days:
        return []
    before = stamp((moment or datetime.now(UTC)) - timedelta(days=keep_days))
    rows = db.execute("SELECT clip_id FROM trash WHERE emptied_at IS NULL AND at < ?", [before]).fetchall()
    return [row[0] for row in rows]


def to_free(db: Database, clip_ids: Sequence[str]) -> int:
    """Bytes of the files that only these clips need."""
    keys = _only_theirs(db, clip_ids)
    sizes = _files(db, keys)
    kept = _named(db, without=keys)
    return sum(size for sha256, size in sizes.items() if sha256 not in kept)


def empty(db: Database, clip_ids: Sequence[str]) -> None:
    """Give up what was made for these clips; `sweep` then deletes the files. Clips that are not in the trash are spared."""
    clip_ids = [clip_id for clip_id in clip_ids if _in_trash(db, clip_id)]
    keys = _only_theirs(db, clip_ids)
    doomed = [("result", key) for key in keys] + [("blob", sha256) for sha256 in _files(db, keys)]
    for kind, name in doomed:
        db.execute("INSERT INTO leftovers VALUES (?, ?) ON CONFLICT DO NOTHING", [kind, name])
    for key in keys:
        db.execute("UPDATE work SET state = 'cancelled', document = NULL, content_hash = NULL WHERE key = ?", [key])
    for clip_id in clip_ids:
        for table in ("nodes", "takes"):
            db.execute(f"DELETE FROM {table} WHERE clip_id = ?", [clip_id])
        db.execute("UPDATE trash SET emptied_at = ? WHERE clip_id = ?", [now(), clip_id])


def sweep_beside(writer: Writer, artifacts: ArtifactStore) -> None:
    """`sweep` for a running studio: everything that names files is read beside the writer, who meanwhile serves the others
    and notes what they name anew. Of a hundred thousand clips that reading takes many seconds."""
    if not writer.do(_take_notes):
        return
    try:
        with reading(writer.path) as db:
            kept = _named(db)
        while writer.do(partial(sweep, artifacts=artifacts, kept=kept)):
            continue
    finally:
        writer.do(_end_notes)


def sweep(db: Database, artifacts: ArtifactStore, kept: set[str] | None = None, most: int = AT_ONCE) -> bool:
    """Delete files that `empty` left behind, but for those that something names again; `most` of them, so that others get
    their turn. Returns whether there are more. A command; run as often as one likes: what was killed half way goes on here.
    `kept`: what was named when notes began to be taken."""
    rows = db.execute("SELECT kind, name FROM leftovers ORDER BY kind, name LIMIT ?", [most]).fetchall()
    kept = (_named(db) if rows else set()) if kept is None else kept | _noted(db)
    for kind, name in rows:
        if kind == "blob" and name not in kept:
            artifacts.discard(name)
        elif kind == "result" and not _done(db, name):
            artifacts.discard_result(name)
    for row in rows:
        db.execute("DELETE FROM leftovers WHERE kind = ? AND name = ?", row)
    return len(rows) == most


NAMING = ("work", "briefs", "shows", "presenters", "topics", "exports", "uploads", "consents")
"""Tables with a document that may name files."""


def _take_notes(db: Database) -> bool:
    """From now on, for this connection alone, every document that is written is written down once more. Returns whether there
    is anything to sweep at all."""
    if db.execute("SELECT 1 FROM leftovers LIMIT 1").fetchone() is None:
        return False
    db.execute("CREATE TEMP TABLE IF NOT EXISTS noted (document TEXT NOT NULL)")
    for table in NAMING:
        for deed in ("INSERT", "UPDATE OF document"):
            db.execute(
                f"""CREATE TEMP TRIGGER IF NOT EXISTS note_{table}_{deed[:6]} AFTER {deed} ON main.{table}
                    WHEN NEW.document IS NOT NULL BEGIN INSERT INTO noted VALUES (NEW.document); END"""
            )
    return True


def _noted(db: Database) -> set[str]:
    """The hashes in what was noted so far."""
    return {name for (document,) in db.execute("SELECT document FROM noted") for name in HASH.findall(document)}


def _end_notes(db: Database) -> None:
    for table in NAMING:
        for deed in ("INSERT", "UPDATE"):
            db.execute(f"DROP TRIGGER IF EXISTS note_{table}_{deed}")
    db.execute("DROP TABLE IF EXISTS noted")


def _in_trash(db: Database, clip_id: str) -> bool:
    found = db.execute("SELECT 1 FROM trash WHERE clip_id = ? AND emptied_at IS NULL", [clip_id]).fetchone()
    return found is not None


def _only_theirs(db: Database, clip_ids: Sequence[str]) -> set[str]:
    """The keys of finished work that no other clip has among its nodes or its earlier takes."""
    marks = ", ".join("?" * len(clip_ids))
    rows = db.execute(
        f"""SELECT DISTINCT w.key FROM work w JOIN (
                SELECT key, clip_id FROM nodes UNION ALL SELECT key, clip_id FROM takes) u ON u.key = w.key
            WHERE w.state NOT IN ('queued', 'running')
            GROUP BY w.key HAVING max(u.clip_id NOT IN ({marks})) = 0""", list(clip_ids),
    ).fetchall()  # fmt: skip
    return {row[0] for row in rows}


def _files(db: Database, keys: Iterable[str]) -> dict[str, int]:
    """sha256 → bytes of every file that these results refer to."""
    found: dict[str, int] = {}
    for key in keys:
        row = db.execute("SELECT document FROM work WHERE key = ?", [key]).fetchone()
        if row and row[0]:
            found |= blobs_of(json.loads(row[0]))
    return found


def _named(db: Database, without: Iterable[str] = ()) -> set[str]:
    """Every hash that anything in the studio names, but for the results of the work in `without`."""
    left_out, found = set(without), set[str]()
    for key, document in db.execute("SELECT key, document FROM work WHERE document IS NOT NULL"):
        if key not in left_out:
            found.update(HASH.findall(document))
    for table in NAMING[1:]:
        for (document,) in db.execute(f"SELECT document FROM {table}"):
            found.update(HASH.findall(document))
    return found


def _done(db: Database, key: str) -> bool:
    return db.execute("SELECT 1 FROM work WHERE key = ? AND state = 'done'", [key]).fetchone() is not None
