"""What was learnt of a presenter becomes a part of them: a new version, and old clips keep theirs.

Also asked here: which trainings of a presenter there were, and how they stand.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

from storage import catalogue
from storage.clock import now
from storage.consents import consents, covering
from storage.documents import Frozen
from storage.events import ErrorFacts
from storage.learning import TrainedLora
from storage.orders import Trained
from storage.work import TRAIN, WorkOrder, read_error, record_queued


class TrainingRow(Frozen):
    """One training of a presenter. `state`: queued, running, done, failed, cancelled, set_aside."""

    key: str
    engine: str
    state: str
    attempt: int
    queue: str
    queued_at: str
    error: ErrorFacts | None = None
    learnt: TrainedLora | None = None


def order_training(db: Database, order: WorkOrder) -> list[WorkOrder]:
    """A command: write the work down. What was learnt before is the presenter's again. Returns what is to be enqueued."""
    row = db.execute("SELECT state, attempt, document FROM work WHERE key = ?", [order.key]).fetchone()
    if row and row[0] == "done":
        learn(db, TrainedLora.model_validate(_fields(row[2])))
        return []
    attempt = int(row[1]) + 1 if row else 1
    return record_queued(db, [order.model_copy(update={"kind": TRAIN, "attempt": attempt})])


def learn(db: Database, learnt: TrainedLora) -> int | None:
    """A command: the presenter's new version, with this instead of what was learnt for the same engine before. None: they are
    gone, or do not agree any more, or have it already."""
    known = {one.slug: one for one in catalogue.presenters(db)}.get(learnt.presenter)
    if known is None or covering(consents(db, learnt.presenter), ["face"]) is None:
        return None
    if any(part.file == learnt.lora for part in known.trained):
        return None
    others = tuple(part for part in known.trained if (part.kind, part.engine) != ("lora", learnt.engine))
    part = Trained(engine=learnt.engine, file=learnt.lora, token=learnt.calls, trained_at=now())
    return catalogue.put_presenter(db, known.model_copy(update={"trained": (*others, part)}))


def trainings(db: Database, slug: str) -> list[TrainingRow]:
    """Of a presenter, newest first."""
    rows = db.query(
        """SELECT key, engine, state, attempt, queue, queued_at, error, document FROM work WHERE stage = 'training'
           AND coalesce(json_extract(payload, '$.options.presenter'), json_extract(document, '$.presenter')) = ?
           ORDER BY queued_at DESC""", [slug],
    )  # fmt: skip
    return [
        TrainingRow(
            key=row["key"], engine=row["engine"], state=row["state"], attempt=row["attempt"], queue=row["queue"],
            queued_at=row["queued_at"], error=read_error(row["error"]),
            learnt=TrainedLora.model_validate(_fields(row["document"])) if row["document"] else None,
        )
        for row in rows
    ]  # fmt: skip


def _fields(document: str) -> dict[str, object]:
    return {name: value for name, value in json.loads(document).items() if name != "tag"}
