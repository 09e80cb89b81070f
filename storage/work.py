"""Commands on work: what was queued, and the effects of what workers report. Run by the writer only.

A piece of work goes  queued ─▶ running ─▶ done
                        ▲          ├─────▶ failed ─┐  (again while policy allows)
                        └──────────┴───────────────┘  cancelled, set_aside
`attempt` counts the tries; `strikes` counts the workers that died of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from storage.canonical import canonical_json
from storage.clock import now
from storage.documents import Frozen
from storage.events import ErrorFacts, Event
from storage.learning import TrainedLora
from storage.quality import QualityReport

STRIKES = 3
"""After so many dead workers a piece of work is set aside."""
EVENTS_REMEMBERED = 100_000
"""Ids of events that took effect. The stream keeps the last 20,000 (`storage/stream.py`)."""


PREVIEW = "preview"
"""The kind of a stage's work that no clip waits for yet, but a person does."""


TRAIN = "train"
"""The kind of a training that no clip waits for."""
SCRAPE_QUEUE = "cpu.scrape"


class WorkOrder(Frozen):
    """One piece of work to be done: enough to enqueue it."""

    key: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,99}$", description="names files too, so no path")
    kind: str
    queue: str
    stage: str = ""
    engine: str = ""
    engine_version: str = ""
    payload: dict[str, Any]
    attempt: int = 1
    clip: str = ""
    """Of the clips that wait for it, the one it was found due for. For the logs."""


def record_queued(db: Database, orders: Iterable[WorkOrder]) -> list[WorkOrder]:
    """Write down that work is queued, before it is enqueued. Returns the orders that were really new."""
    fresh = []
    for order in orders:
        values = (
            order.key,
            order.kind,
            order.queue,
            order.stage,
            order.engine,
            order.engine_version,
            canonical_json(order.payload),
            order.attempt,
            now(),
        )
        changed = db.execute(
            """INSERT INTO work (key, kind, queue, stage, engine, engine_version, payload, state, attempt, queued_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)
               ON CONFLICT (key) DO UPDATE SET state = 'queued', attempt = excluded.attempt, payload = excluded.payload,
                   queue = excluded.queue, queued_at = excluded.queued_at, error = NULL, started_at = NULL, finished_at = NULL
               WHERE work.attempt < excluded.attempt AND work.state NOT IN ('queued', 'running', 'done')""",
            values,
        ).rowcount  # fmt: skip
        if changed == 1:
            fresh.append(order)
    return fresh


def apply_events(db: Database, epoch: str, last_id: str, events: Iterable[Event]) -> None:
    """Make a batch of events take effect, and remember how far the stream was read, in one transaction.

    `last_id` "" leaves the position alone: the events did not come from a stream.
    """
    for event in events:
        if event.type != "progressed" and _first_time(db, epoch, event):
            EFFECTS[event.type](db, event)
    if last_id:
        set_fact(db, "stream", canonical_json({"epoch": epoch, "last_id": last_id}))


def begin_epoch(db: Database, epoch: str) -> None:
    """A wiped or new Redis: read its stream from the start, forget the old one's event ids."""
    db.execute("DELETE FROM events_seen WHERE epoch <> ?", [epoch])
    set_fact(db, "stream", canonical_json({"epoch": epoch, "last_id": "0-0"}))


def forget_old_events(db: Database) -> int:
    """Let go of event ids that can come no more: Redis itself keeps far fewer. Returns how many."""
    newest = db.execute("SELECT max(number) FROM events_seen").fetchone()[0] or 0
    return int(db.execute("DELETE FROM events_seen WHERE number <= ?", [newest - EVENTS_REMEMBERED]).rowcount)


def record_loss(db: Database, key: str, attempt: int, *, died: bool) -> str:
    """A queued or running job is nowhere to be found. `died`: its worker was killed by it, which is a strike. Returns the
    name of that worker, as far as anybody knows."""
    ended = _ended(db, key)
    error = ErrorFacts(
        kind="lost", message="The worker stopped while making this." if died else "The queue lost this job."
    )
    db.execute(
        """UPDATE work SET strikes = strikes + ?, error = ?, finished_at = ?,
               state = CASE WHEN strikes + ? >= ? THEN 'set_aside' ELSE 'failed' END
           WHERE key = ? AND attempt = ? AND state IN ('queued', 'running')""",
        [int(died), error.model_dump_json(), ended, int(died), STRIKES, key, attempt],
    )
    row = db.execute("SELECT worker FROM work WHERE key = ? AND attempt = ?", [key, attempt]).fetchone()
    return str(row[0] or "") if row else ""


def forgive_strike(db: Database, key: str) -> None:
    """A worker that was taken for dead is back: a cable was cut, or it could not be heard. The work did not kill it."""
    db.execute("UPDATE work SET strikes = strikes - 1 WHERE key = ? AND strikes > 0 AND state <> 'set_aside'", [key])


def record_all_lost(db: Database) -> None:
    """Nobody works any more, and whatever was under way was interrupted: no strike."""
    error = ErrorFacts(kind="lost", message="It was interrupted.").model_dump_json()
    db.execute("UPDATE work SET state = 'failed', error = ? WHERE state IN ('queued', 'running')", [error])


def record_cancelled(db: Database, key: str, attempt: int) -> None:
    """A job was taken off its queue before it began."""
    db.execute(
        "UPDATE work SET state = 'cancelled', finished_at = ? WHERE key = ? AND attempt = ? AND state = 'queued'",
        [now(), key, attempt],
    )


def release_set_aside(db: Database, key: str) -> None:
    """Let work that was set aside be tried again."""
    db.execute(
        "UPDATE work SET state = 'failed', strikes = 0, error = NULL WHERE key = ? AND state = 'set_aside'", [key]
    )


def discard_set_aside(db: Database, key: str) -> None:
    """Give work up that was set aside. Whoever still wants it may have it tried again."""
    db.execute("UPDATE work SET state = 'cancelled' WHERE key = ? AND state = 'set_aside'", [key])


def record_unseen(db: Database, key: str, report: QualityReport) -> None:
    """Looking at a cut failed for good: the cut goes to its reviewer with a report that says so, and with no other check. The
    error stays beside it."""
    db.execute(
        "UPDATE work SET state = 'done', document = ?, content_hash = ?, payload = NULL WHERE key = ? AND state IN ('failed', 'set_aside')",
        [canonical_json(report.to_json()), report.content_hash, key],
    )


def forget_result(db: Database, sha256: str) -> list[str]:
    """A blob is damaged: whatever produced it has to be made again. Returns the keys concerned."""
    if not sha256:  # it would be found in every document
        return []
    rows = db.execute("SELECT key FROM work WHERE state = 'done' AND instr(document, ?) > 0", [sha256]).fetchall()
    keys = [row[0] for row in rows]
    for key in keys:
        forget_work(db, key, ErrorFacts(kind="corrupt", message="Its file was damaged.", sha256=sha256))
    return keys


def forget_work(db: Database, key: str, why: ErrorFacts) -> None:
    """What this work made is no good: it has to be made again, for every clip that shows it."""
    db.execute(
        "UPDATE work SET state = 'failed', error = ?, document = NULL, content_hash = NULL WHERE key = ?",
        [why.model_dump_json(), key],
    )
    db.execute(
        """UPDATE clips SET settled = revision - 1, failure = NULL
           WHERE settled = revision AND cancelled_at IS NULL AND id IN (SELECT clip_id FROM nodes WHERE key = ?)""",
        [key],
    )


def set_fact(db: Database, name: str, value: str) -> None:
    db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value])


def _first_time(db: Database, epoch: str, event: Event) -> bool:
    return bool(
        db.execute(
            "INSERT INTO events_seen (epoch, id) VALUES (?, ?) ON CONFLICT DO NOTHING", [epoch, event.id]
        ).rowcount
        == 1
    )


def _started(db: Database, event: Event) -> None:
    db.execute(
        "UPDATE work SET state = 'running', started_at = ?, worker = ? WHERE key = ? AND attempt = ? AND state = 'queued'",
        [event.at, event.worker, event.key, event.attempt],
    )


def _finished(db: Database, event: Event) -> None:
    """A finish counts whatever the attempt: a result is a result. Only the first has effects."""
    db.execute(
        """UPDATE work SET state = 'done', document = ?, content_hash = ?, finished_at = ?, seconds = ?, worker = ?,
               payload = NULL, error = NULL, finishes = finishes + 1 WHERE key = ? AND state <> 'done'""",
        [canonical_json(event.document), event.content_hash, event.at, event.seconds, event.worker, event.key],
    )
    if event.document is not None and event.document.get("tag") == TrainedLora.tag:
        from storage.training import learn  # it orders work itself

        learn(db, TrainedLora.model_validate({name: value for name, value in event.document.items() if name != "tag"}))


def _failed(db: Database, event: Event) -> None:
    error = event.error or ErrorFacts(message="It failed without saying why.")
    _end(db, event, "failed", error)
    if error.kind == "corrupt":
        forget_result(db, error.sha256)


def _cancelled(db: Database, event: Event) -> None:
    _end(db, event, "cancelled", ErrorFacts(message="Cancelled."))


def _handed_back(db: Database, event: Event) -> None:
    """A worker that is stopping gave the job back unharmed: no strike."""
    _end(db, event, "failed", ErrorFacts(kind="lost", message="Its worker was stopped; another one takes it."))


def _end(db: Database, event: Event, state: str, error: ErrorFacts) -> None:
    """Timed by our own clock: the planner compares it with when a clip was ordered, and a worker's may be wrong."""
    db.execute(
        """UPDATE work SET state = ?, error = ?, finished_at = ? WHERE key = ? AND attempt = ? AND state IN ('queued', 'running')""",
        [state, error.model_dump_json(), _ended(db, event.key), event.key, event.attempt],
    )


def _ended(db: Database, key: str) -> str:
    """Now; but never before it was ordered, else a clock that was set back would have failed work tried again for ever."""
    ordered = "SELECT max(b.created_at) FROM nodes n JOIN briefs b ON b.clip_id = n.clip_id WHERE n.key = ?"
    return max(now(), db.execute(ordered, [key]).fetchone()[0] or "")


EFFECTS: Mapping[str, Any] = {
    "started": _started,
    "finished": _finished,
    "failed": _failed,
    "unavailable": _failed,
    "oom": _failed,
    "cancelled": _cancelled,
    "handed_back": _handed_back,
}


def read_error(text: str | None) -> ErrorFacts | None:
    return ErrorFacts.model_validate(json.loads(text)) if text else None
