"""One clip made in this very process, without a queue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from config.folders import DataFolder
from producer.clip import Stepper
from producer.engines.registry import Registry
from producer.inline import inline_events, make_inline
from producer.plan.freeze import STUB_ORDER, Capability
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Hands, Outcome, Performer
from storage.artifacts import FolderStore
from storage.clips import create_clip, resume_clip, revise_clip
from storage.database import reading
from storage.events import Event
from storage.orders import Brief
from storage.queries import ClipRow, clip_detail
from storage.work import WorkOrder, record_all_lost
from storage.writer import Writer
from tests.support.briefs import make_brief, make_script, pinned
from tests.support.model_studio import CAPABILITIES


class Table:
    """Everything that an inline clip needs."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.writer = Writer(folder.database).start()
        residency = Residency(Registry().create, 8000)
        self.stages = StageHandler(residency, FolderStore(folder.artifacts), folder.root / "work")
        self.heard: list[Event] = []
        self.capabilities: dict[str, Capability] = dict(CAPABILITIES)

    def order(self, brief: Brief | None = None) -> str:
        return self.writer.do(partial(create_clip, brief=brief or make_brief(), author="ana"))

    def make(self, clip: str, handler: Any = None, **options: Any) -> ClipRow:
        performer = Performer({"stage": handler or self.stages}, inline_events(self.writer, self.heard.append), "here")
        stepper = Stepper(STUB_ORDER, attempts=2)
        return make_inline(
            self.writer, self.folder.database, stepper, performer, self.capabilities, clip, **options
        )  # fmt: skip

    def made(self) -> list[str]:
        return [event.key for event in self.heard if event.type == "finished"]


@pytest.fixture
def table(studio_folder: DataFolder) -> Iterator[Table]:
    table = Table(studio_folder)
    yield table
    table.writer.stop()


def test_a_clip_is_made(table: Table) -> None:
    clip = table.order(make_brief(formats=("16:9", "1:1")))
    assert table.make(clip).production == "ready"
    with reading(table.folder.database) as db:
        assert set(clip_detail(db, clip).cuts) == {"16:9", "1:1"}
    assert len(table.made()) == 11


def test_an_edit_makes_only_what_it_changes(table: Table) -> None:
    brief = pinned(make_brief(), make_script("First.", "Second."))
    clip = table.order(brief)
    table.make(clip)
    count = len(table.made())
    edited = pinned(make_brief(), make_script("First.", "Changed."))
    table.writer.do(partial(revise_clip, clip_id=clip, brief=edited, author="ana", based_on=1))
    assert table.make(clip).production == "ready"
    assert len(table.made()) - count == 4, "a line, the speech, the video and the cut"


def test_a_clip_that_waits_says_for_what(table: Table) -> None:
    del table.capabilities["stub-line"]
    row = table.make(table.order())
    assert row.production == "waiting"
    assert row.waiting


def test_a_failure_is_tried_again_and_then_told(table: Table) -> None:
    tried: list[int] = []

    def handler(order: WorkOrder, _hands: Hands) -> Outcome:
        tried.append(order.attempt)
        raise ValueError("No.")

    clip = table.order()
    row = table.make(clip, handler)
    assert (row.production, tried) == ("failed", [1, 2])
    assert row.failure
    assert "No." in row.failure.message
    table.writer.do(partial(resume_clip, clip_id=clip))
    assert table.make(clip).production == "ready"


def test_what_an_interrupted_one_left_is_taken_up(table: Table) -> None:
    """Ctrl-C, or worse, in the middle of a stage."""

    def handler(order: WorkOrder, hands: Hands) -> Outcome:
        if order.stage == "speech":
            raise KeyboardInterrupt
        return table.stages(order, hands)

    clip = table.order()
    with pytest.raises(KeyboardInterrupt):
        table.make(clip, handler)
    done = table.made()
    assert len(done) == 6
    table.writer.do(record_all_lost)
    assert table.make(clip).production == "ready"
    assert table.made()[: len(done)] == done
    assert len(set(table.made())) == len(table.made()) == 9


def test_a_stop_is_heard_at_once_and_what_was_made_is_kept(table: Table) -> None:
    clip = table.order()
    assert table.make(clip, cancelled=lambda: len(table.made()) >= 3).production == "making"
    assert len(table.made()) == 3
    assert table.make(clip).production == "ready"
    assert len(table.made()) == 9
