"""Makes one clip in this very process: the same planner, writer, engines and events, without a queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from producer.clip import Stepper
from producer.control import carry_out
from producer.plan.freeze import Capability
from producer.work import Performer
from storage import queries
from storage.database import reading
from storage.events import Event
from storage.queries import ClipRow
from storage.work import apply_events
from storage.writer import Writer

EPOCH = "inline"


def make_inline(
    writer: Writer, database: Path, stepper: Stepper, performer: Performer, capabilities: dict[str, Capability],
    clip_id: str, cancelled: Callable[[], bool] = lambda: False,
) -> ClipRow:  # fmt: skip
    """Work until the clip is ready, failed or waiting, or somebody asks for it to stop.
    The performer's events must go to `inline_events`."""
    with reading(database) as db:
        while True:
            step = stepper.step(db, clip_id, capabilities)
            orders = writer.do(partial(carry_out, steps=[step]))
            for order in orders:
                performer.perform(order, cancelled)
            row = queries.clip_row(db, clip_id)
            if row.production != "making" or cancelled() or (not orders and not step.commands):
                return row


def inline_events(writer: Writer, watch: Callable[[Event], None]) -> Callable[[Event], None]:
    """Where an inline performer sends its events: into SQLite at once, then to whoever watches."""

    def take(event: Event) -> None:
        if event.type != "progressed":
            writer.do(partial(apply_events, epoch=EPOCH, last_id="", events=[event]))
        watch(event)

    return take
