"""A show's feed: one address that shows what was exported of it. The address is the key; only its hash is stored."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from storage.clock import now
from storage.documents import Frozen
from storage.exports import ExportRecord, read_export
from storage.ids import new_id
from storage.secrets import new_secret, secret_hash


class Feed(Frozen):
    """One that works. `show`: its short name."""

    id: str
    show: str
    made_by: str
    made_at: str


def make_feed(db: Database, show: str, user: str) -> str:
    """A new address for a show's feed; the one before stops working. Returns its secret, which is shown once."""
    close_feed(db, show)
    secret = new_secret("feed_")
    db.execute("INSERT INTO feeds VALUES (?, ?, ?, ?, ?, NULL)", [new_id(), show, secret_hash(secret), user, now()])
    return secret


def close_feed(db: Database, show: str) -> None:
    """The show's feed, if it has one, stops working."""
    db.execute("UPDATE feeds SET revoked_at = ? WHERE show = ? AND revoked_at IS NULL", [now(), show])


def find_feed(db: Database, secret: str) -> Feed | None:
    """The feed behind an address, if it still works."""
    return _one(db, "hash = ?", secret_hash(secret))


def feed_of(db: Database, show: str) -> Feed | None:
    return _one(db, "show = ?", show)


def feed_exports(db: Database, show: str, limit: int) -> list[ExportRecord]:
    """What a show's feed holds: each clip's newest export, newest first."""
    rows = db.query(
        """SELECT e.* FROM exports e CROSS JOIN clips c ON c.id = e.clip_id
           WHERE +c.show = ? AND NOT EXISTS (SELECT 1 FROM exports later WHERE later.clip_id = e.clip_id AND later.rowid > e.rowid)
           ORDER BY e.id DESC LIMIT ?""",
        [show, limit],
    )
    return [read_export(row) for row in rows]


def _one(db: Database, where: str, value: str) -> Feed | None:
    rows: Any = db.query(f"SELECT id, show, made_by, made_at FROM feeds WHERE {where} AND revoked_at IS NULL", [value])
    return next((Feed(**row) for row in rows), None)
