"""The clips that the desk shows: all of them, and again after a few were touched."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlite_utils import Database

from storage.queries import ClipRow, clip_rows
from storage.touched import EVERY

WAITING = "SELECT id FROM clips WHERE on_desk = 1 ORDER BY id DESC LIMIT ?"
DONE_WITH = """
SELECT c.id FROM clips c WHERE c.on_desk = 0 AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = c.id)
ORDER BY c.id DESC LIMIT ?
"""


def desk_clips(
    db: Database, limit: int = 500, known: Mapping[str, ClipRow] | None = None, touched: Collection[str] = ()
) -> dict[str, ClipRow]:
    """What somebody may still have to do something about, however old, newest first; then, up to the limit in all, the newest
    of those that are done with: exported, or rejected. Never what is in the trash.

    The first are found by the index `on_desk` (`storage/schema.py`), so that the archive's size does not matter.
    `known`: an earlier answer to the same question, `touched`: the clips that were touched since (`storage/touched.py`). Then
    only these are read, and the list is made anew only when one of them has come, has gone or is done with.
    """
    if known is None or EVERY in touched:
        return _in_order(db, desk_ids(db, limit), {})
    fresh = clip_rows(db, touched)
    if all(_place(known.get(clip_id)) == _place(fresh.get(clip_id)) for clip_id in touched):
        return {**known, **{clip_id: row for clip_id, row in fresh.items() if clip_id in known}}
    return _in_order(db, desk_ids(db, limit), {**known, **fresh})


def desk_ids(db: Database, limit: int) -> list[str]:
    """Which clips these are."""
    waiting = [row[0] for row in db.execute(WAITING, [limit]).fetchall()]
    return waiting + [row[0] for row in db.execute(DONE_WITH, [limit - len(waiting)]).fetchall()]


def _in_order(db: Database, clip_ids: list[str], known: Mapping[str, ClipRow]) -> dict[str, ClipRow]:
    """Reads only those that are not known."""
    read = clip_rows(db, [clip_id for clip_id in clip_ids if clip_id not in known])
    return {clip_id: row for clip_id in clip_ids if (row := read.get(clip_id) or known.get(clip_id))}


def _place(row: ClipRow | None) -> str:
    """Where a clip is on the desk. One that is not shown, be it for its age, is nowhere."""
    if row is None or row.trashed:
        return "nowhere"
    over = row.production == "ready" and (row.exported or row.review == "rejected")
    return "done with" if over else "waiting"
