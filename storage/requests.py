"""Requests that may be sent twice and take effect once: what came of each, remembered in the transaction of its effect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from config.errors import UsageError
from storage.canonical import tagged_hash
from storage.clock import now, stamp
from storage.writer import Command

KEPT = timedelta(days=30)
"""So long is a key remembered."""


def once(db: Database, command: Command[str], *, user: str, key: str, request: str) -> tuple[str, bool]:
    """Run a command, unless `user` sent this `request` (its fingerprint) with this key before. A command itself.

    Returns (what the command returned, then or now; whether it ran now). Raises UsageError when the key was used for
    another request. A command that raises is not remembered: sent again, it runs again. "" is no key.
    """
    if not key:
        return command(db), True
    if (before := result_of(db, user=user, key=key, request=request)) is not None:
        return before, False
    result = command(db)
    db.execute("DELETE FROM requests WHERE at < ?", [stamp(datetime.now(UTC) - KEPT)])
    db.execute("INSERT INTO requests VALUES (?, ?, ?, ?)", [_id(user, key), request, result, now()])
    return result, True


def result_of(db: Database, *, user: str, key: str, request: str) -> str | None:
    """What came of this request, or None. Raises UsageError when the key was used for another one."""
    row = db.execute("SELECT request, result FROM requests WHERE id = ?", [_id(user, key)]).fetchone()
    if row is None:
        return None
    if row[0] != request:
        raise UsageError("This Idempotency-Key belongs to another request.", "Use a fresh key for each new request.")
    return str(row[1])


def _id(user: str, key: str) -> str:
    return tagged_hash("idempotency", [user, key])
