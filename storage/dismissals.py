"""Topics that a person does not want: the autopilot passes them over until somebody brings them back."""

from __future__ import annotations

from sqlite_utils import Database

from config.errors import UnknownName
from storage.clock import now


def dismiss_topic(db: Database, topic_id: str, user: str) -> None:
    """Raises UnknownName. Whoever dismissed it first stays on record."""
    if db.execute("SELECT 1 FROM topics WHERE id = ?", [topic_id]).fetchone() is None:
        raise UnknownName("topic", topic_id, [])
    db.execute("INSERT INTO dismissals VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [topic_id, user, now()])


def bring_topic_back(db: Database, topic_id: str) -> None:
    db.execute("DELETE FROM dismissals WHERE topic_id = ?", [topic_id])
