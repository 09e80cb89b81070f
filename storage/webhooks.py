"""Webhooks: where other programs are told, what they are to be told, and how each telling went.

Messages come to be by triggers (`storage/schema.py`), in the very transaction that makes them true, and each becomes one
delivery per webhook that wants it. A delivery goes  waiting ─▶ delivered, or after many tries ─▶ failed.
Every attempt is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from pydantic import Field
from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage.canonical import canonical_json
from storage.clock import now, stamp
from storage.documents import Frozen
from storage.ids import new_id

WebhookEvent = Literal["clip.ready", "clip.failed", "decision.made", "export.made"]
EVENTS: tuple[WebhookEvent, ...] = get_args(WebhookEvent)
DeliveryState = Literal["waiting", "delivered", "failed"]
MOST = 20
"""Webhooks of one studio."""


class Webhook(Frozen):
    """One receiver. `off_at`: since when it is told nothing, and why."""

    id: str
    url: str
    events: tuple[WebhookEvent, ...]
    note: str
    user: str
    created_at: str
    off_at: str | None
    off_why: str
    both_sign_until: str | None = Field(description="while its secret changes hands: until when the old one signs too")


class Attempt(Frozen):
    """One try. `status` is HTTP's, or 0 when there was no answer; `said` is what came back, or what went wrong."""

    at: str
    status: int
    said: str
    seconds: float


class Delivery(Frozen):
    """One message to one webhook."""

    number: int
    webhook_id: str
    message: str = Field(description="the message's id, `webhook-id` of every attempt")
    type: str
    at: str
    data: dict[str, Any]
    state: DeliveryState
    tries: int = Field(description="since it was made, or replayed")
    next_at: str = Field(description="when it is tried next, while it waits")
    attempts: tuple[Attempt, ...]


class Parcel(Frozen):
    """A delivery that is due, with all that sending it takes."""

    number: int
    webhook_id: str
    url: str
    secrets: tuple[str, ...] = Field(repr=False, description="each signs: the newest, and one that is being replaced")
    message: str
    body: str
    tries: int


class Verdict(Frozen):
    """What an attempt means for its delivery. `wait_s`: until the next; `off`: why the webhook is turned off, or ""."""

    state: DeliveryState
    wait_s: float = 0
    off: str = ""


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def add_webhook(db: Database, url: str, events: Iterable[WebhookEvent], note: str, secret: str, user: str) -> str:
    """Returns its id. Raises Refused when there are many."""
    if len(list_webhooks(db)) >= MOST:
        raise Refused(f"There are {MOST} webhooks already.", "Remove one first.")
    webhook_id, wanted = new_id(), canonical_json(_ordered(events))
    db.execute(
        "INSERT INTO webhooks (id, url, events, note, secret, user, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [webhook_id, url, wanted, note, secret, user, now()],
    )
    return webhook_id


def change_webhook(
    db: Database, webhook_id: str, url: str, events: Iterable[WebhookEvent], note: str, *, on: bool
) -> None:
    """What waits is delivered to where it points now, once it is on. Raises UnknownName."""
    before = find_webhook(db, webhook_id)
    off_at = None if on else before.off_at or now()
    why = "" if on else before.off_why or "Turned off by hand."
    db.execute(
        "UPDATE webhooks SET url = ?, events = ?, note = ?, off_at = ?, off_why = ? WHERE id = ?",
        [url, canonical_json(_ordered(events)), note, off_at, why, webhook_id],
    )


def remove_webhook(db: Database, webhook_id: str) -> None:
    """Nothing is sent there any more; what was sent stays on record. Raises UnknownName."""
    find_webhook(db, webhook_id)
    db.execute(
        "UPDATE webhooks SET removed_at = ?, off_at = coalesce(off_at, ?), secret = '', old_secret = '' WHERE id = ?",
        [now(), now(), webhook_id],
    )
    db.execute(
        "UPDATE webhook_deliveries SET state = 'failed' WHERE webhook_id = ? AND state = 'waiting'", [webhook_id]
    )


def rotate_secret(db: Database, webhook_id: str, secret: str, grace: timedelta) -> None:
    """Sign with another secret from now on; for as long as `grace` with the one before, too. Raises UnknownName."""
    find_webhook(db, webhook_id)
    until = stamp(datetime.now(UTC) + grace) if grace else None
    db.execute(
        "UPDATE webhooks SET old_secret = iif(? IS NULL, '', secret), old_secret_until = ?, secret = ? WHERE id = ?",
        [until, until, secret, webhook_id],
    )


def forget_old(db: Database, keep_days: int, moment: datetime) -> int:
    """Forget secrets whose time is over, and messages that were settled more than `keep_days` ago; 0 = none of these.
    Returns how many deliveries went. What still waits is kept, however old."""
    db.execute(
        "UPDATE webhooks SET old_secret = '', old_secret_until = NULL WHERE old_secret_until <= ?", [stamp(moment)]
    )
    if not keep_days:
        return 0
    before = stamp(moment - timedelta(days=keep_days))
    gone = """SELECT d.number FROM webhook_deliveries d JOIN webhook_messages m ON m.number = d.message
              WHERE d.state <> 'waiting' AND m.at < ?
              AND NOT EXISTS (SELECT 1 FROM webhook_attempts a WHERE a.delivery = d.number AND a.at >= ?)"""
    db.execute(f"DELETE FROM webhook_attempts WHERE delivery IN ({gone})", [before, before])
    count = db.execute(f"DELETE FROM webhook_deliveries WHERE number IN ({gone})", [before, before]).rowcount
    db.execute(
        """DELETE FROM webhook_messages WHERE at < ?
           AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.message = webhook_messages.number)""",
        [before],
    )
    return int(count)


def send_test(db: Database, webhook_id: str) -> int:
    """A message for this webhook alone. Returns the delivery's number. Raises UnknownName."""
    find_webhook(db, webhook_id)
    db.execute(
        "INSERT INTO webhook_messages (type, data) VALUES ('webhook.test', json_object('webhook', ?))", [webhook_id]
    )
    db.execute(
        "INSERT INTO webhook_deliveries (message, webhook_id, next_at) VALUES (last_insert_rowid(), ?, ?)",
        [webhook_id, now()],
    )
    return int(db.execute("SELECT last_insert_rowid()").fetchone()[0])


def replay(db: Database, webhook_id: str, number: int) -> None:
    """Send a message once more, with the same id: a receiver that had it before can tell. Raises UnknownName."""
    find_webhook(db, webhook_id)
    find_delivery(db, webhook_id, number)
    db.execute(
        "UPDATE webhook_deliveries SET state = 'waiting', tries = 0, next_at = ? WHERE number = ?",
        [now(), number],
    )


def record_attempt(db: Database, number: int, attempt: Attempt, verdict: Verdict) -> None:
    """How a try went, and what follows from it."""
    db.execute(
        "INSERT INTO webhook_attempts VALUES (?, ?, ?, ?, ?)",
        [number, attempt.at, attempt.status, attempt.said, attempt.seconds],
    )
    then = stamp(datetime.now(UTC) + timedelta(seconds=verdict.wait_s))
    db.execute(
        "UPDATE webhook_deliveries SET state = ?, tries = tries + 1, next_at = ? WHERE number = ?",
        [verdict.state, then, number],
    )
    if verdict.off:
        db.execute(
            """UPDATE webhooks SET off_at = coalesce(off_at, ?), off_why = ?
               WHERE id = (SELECT webhook_id FROM webhook_deliveries WHERE number = ?)""",
            [now(), verdict.off, number],
        )


# ── questions ─────────────────────────────────────────────────────────────────────────────────────


def list_webhooks(db: Database) -> list[Webhook]:
    """Oldest first; those that were removed are not among them."""
    return [_webhook(row) for row in db.query(f"SELECT {COLUMNS} FROM webhooks WHERE removed_at IS NULL ORDER BY id")]


def find_webhook(db: Database, webhook_id: str) -> Webhook:
    """Raises UnknownName."""
    rows = db.query(f"SELECT {COLUMNS} FROM webhooks WHERE id = ? AND removed_at IS NULL", [webhook_id])
    for row in rows:
        return _webhook(row)
    raise UnknownName("webhook", webhook_id[:64], [])


def secret_of(db: Database, webhook_id: str) -> str:
    """What its messages are signed with."""
    return str(db.execute("SELECT secret FROM webhooks WHERE id = ?", [webhook_id]).fetchone()[0])


def list_deliveries(db: Database, webhook_id: str = "", limit: int = 50, before: int | None = None) -> list[Delivery]:
    """Newest first, with their attempts; `before` is the number of the last one of the page before; "" = of all."""
    rows = db.query(
        f"""{DELIVERIES} WHERE (? = '' OR d.webhook_id = ?) AND (? IS NULL OR d.number < ?)
            ORDER BY d.number DESC LIMIT ?""",
        [webhook_id, webhook_id, before, before, limit],
    )
    return [_delivery(db, row) for row in rows]


def find_delivery(db: Database, webhook_id: str, number: int) -> Delivery:
    """Raises UnknownName."""
    for row in db.query(f"{DELIVERIES} WHERE d.webhook_id = ? AND d.number = ?", [webhook_id, number]):
        return _delivery(db, row)
    raise UnknownName("delivery", str(number), [])


def due_parcels(db: Database) -> list[Parcel]:
    """What is due now: of each webhook that is on, the delivery that waits longest."""
    moment = now()
    rows = db.query(
        """SELECT d.number, d.webhook_id, d.tries, w.url, w.secret, w.old_secret, w.old_secret_until, m.id AS message, m.type, m.at, m.data, min(d.next_at)
           FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id JOIN webhook_messages m ON m.number = d.message
           WHERE d.state = 'waiting' AND d.next_at <= ? AND w.off_at IS NULL GROUP BY d.webhook_id""",
        [moment],
    )
    return [
        Parcel(
            number=row["number"], webhook_id=row["webhook_id"], url=row["url"],
            secrets=(row["secret"], row["old_secret"]) if (row["old_secret_until"] or "") > moment else (row["secret"],),
            message=row["message"], tries=row["tries"],
            body=canonical_json({"type": row["type"], "timestamp": row["at"], "data": json.loads(row["data"])}),
        )
        for row in rows
    ]  # fmt: skip


COLUMNS = "id, url, events, note, user, created_at, off_at, off_why, old_secret_until AS both_sign_until"
DELIVERIES = """SELECT d.number, d.webhook_id, d.state, d.tries, d.next_at, m.id AS message, m.type, m.at, m.data
                FROM webhook_deliveries d JOIN webhook_messages m ON m.number = d.message"""


def _ordered(events: Iterable[WebhookEvent]) -> list[str]:
    wanted = frozenset(events)
    if not wanted:
        raise UsageError("This webhook would never be told anything.", f"Choose from: {', '.join(EVENTS)}.")
    return [event for event in EVENTS if event in wanted]


def _webhook(row: dict[str, Any]) -> Webhook:
    return Webhook.model_validate({**row, "events": json.loads(row["events"])})


def _delivery(db: Database, row: dict[str, Any]) -> Delivery:
    tried = db.query(
        "SELECT at, status, said, seconds FROM webhook_attempts WHERE delivery = ? ORDER BY rowid", [row["number"]]
    )
    attempts = tuple(Attempt.model_validate(one) for one in tried)
    return Delivery.model_validate({**row, "data": json.loads(row["data"]), "attempts": attempts})
