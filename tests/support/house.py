"""A house in the middle of its work: workers that are busy and idle, queues, and a job that killed its workers."""

from __future__ import annotations

import time
from functools import partial

from producer.queue.leases import Doing, Lease
from storage.events import ErrorFacts
from storage.ids import new_id
from storage.work import STRIKES, record_loss
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from web.studio import Progress


def at_work(small: SmallStudio) -> tuple[str, str]:
    """Returns a clip that is being made, and one whose script killed three workers."""
    small.ready_clip(0)
    making = small.order(topic(12).model_copy(update={"text": f"{new_id()}. {topic(12).text}"}))
    small.production.make_some(making, ("script", "scene", "line"))
    node = next(n for n in small.detail(making).nodes if n.state == "running")
    small.production.paused[making] = [Progress(node.node, node.stage, node.engine, 0.62, "", node.key)]
    small.production.staff = [
        Lease(
            name="gpu-1", pid=11, host="studio", lanes=("gpu", "cpu"), capabilities=(), resident="joining figure",
            doing=Doing(kind="stage", key=node.key, attempt=1, engine=node.engine, since=time.time() - 8),
        ),
        Lease(
            name="cpu-2", pid=12, host="studio", lanes=("cpu",), capabilities=(),
            doing=Doing(kind="scrape", key="scrape-1", attempt=1, engine="", since=time.time() - 2),
        ),
        Lease(name="cpu-3", pid=13, host="attic", lanes=("cpu",), capabilities=()),
    ]  # fmt: skip
    return making, killer(small)


def killer(small: SmallStudio) -> str:
    """A clip whose script was set aside."""
    clip = small.order(topic(13).model_copy(update={"text": f"{new_id()}. {topic(13).text}"}))
    small.production.make_some(clip, ())
    key = small.detail(clip).nodes[0].key
    error = ErrorFacts(
        kind="lost", message="The worker stopped while making this.", detail="Killed: out of memory (9.1 GB)"
    )
    for attempt in range(1, STRIKES + 1):
        small.writer.do(partial(_strike, key=key, attempt=attempt))
    small.writer.do(lambda db: db.execute("UPDATE work SET error = ? WHERE key = ?", [error.model_dump_json(), key]))
    small.production.make_some(clip, ())
    return clip


def _strike(db: object, key: str, attempt: int) -> None:
    db.execute("UPDATE work SET state = 'running', attempt = ? WHERE key = ?", [attempt, key])  # type: ignore[attr-defined]
    record_loss(db, key, attempt, died=True)  # type: ignore[arg-type]
