"""Orders that may be sent twice: an `Idempotency-Key` makes the second one return the first one's clip."""

from __future__ import annotations

import json

from sqlite_utils import Database

from config.errors import UsageError
from scraper.recording import order_by_hand
from storage.canonical import canonical_json, sha256_text, tagged_hash
from storage.orders import Brief
from storage.work import set_fact


def create_clip_once(db: Database, brief: Brief, author: str, key: str, request: str) -> tuple[str, bool]:
    """Order a clip, unless `author` ordered one with this key before. Returns (clip id, is it new). A command.

    Raises UsageError when the key was used for another request.
    """
    if not key:
        return order_by_hand(db, brief, author), True
    name = f"idempotency:{tagged_hash('idempotency', [author, key])}"
    row = db.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
    if row is None:
        clip_id = order_by_hand(db, brief, author)
        set_fact(db, name, canonical_json({"clip": clip_id, "request": sha256_text(request)}))
        return clip_id, True
    before = json.loads(row[0])
    if before["request"] != sha256_text(request):
        raise UsageError("This Idempotency-Key belongs to another request.", "Use a fresh key for each new order.")
    return str(before["clip"]), False
