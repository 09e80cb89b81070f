"""The control loop: it looks at what should exist and makes it due, and nothing that goes wrong once stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import redis
from sqlite_utils import Database

from config.errors import StudioError
from config.folders import DataFolder
from producer.clip import ClipStep, Stepper
from producer.control import Control, carry_out
from producer.dispatcher import Dispatcher
from producer.queue.jobs import job_id
from producer.queue.valkey import EmbeddedValkey
from storage.clips import cancel_clip, create_clip, keep_waiting
from storage.events import Event
from storage.orders import Pin
from storage.queries import clip_row
from storage.stream import publish
from storage.work import STRIKES, WorkOrder, record_queued
from storage.work_queries import work_row
from storage.writer import Command, T, Writer
from tests.support.briefs import make_brief
from tests.support.database import memory_database
from tests.support.jobs import begun, make_order
from tests.support.production import Production
from tests.support.waiting import until


@pytest.fixture
def production(studio_folder: DataFolder, valkey: EmbeddedValkey) -> Iterator[Production]:
    production = Production(studio_folder, valkey)
    production.promise_workers()
    yield production
    production.stop()


def work_until_ready(
    production: Production, *clips: str, mischief: Callable[[], object] = lambda: None, at_once: int | None = None
) -> None:
    """Workers come and perform what waits, `at_once` so many jobs, until all is made."""

    def made() -> bool:
        mischief()
        production.promise_workers()
        production.work(at_once)
        return all(production.row(clip).production == "ready" for clip in clips)

    until(made, "all clips to be made", 60)


def test_a_clip_is_made_from_its_order_to_its_cuts(production: Production) -> None:
    clip = production.order(make_brief(formats=("16:9", "9:16")))
    work_until_ready(production, clip)
    assert production.states() == {"done": 11}
    assert all(row["finishes"] == 1 and row["attempt"] == 1 for row in production.work_rows())


def test_equal_work_of_two_clips_is_done_once(production: Production) -> None:
    clips = [production.order(make_brief()) for _ in range(2)]
    work_until_ready(production, *clips)
    assert production.states() == {"done": 9}


def test_a_server_wiped_again_and_again_costs_time_and_nothing_else(production: Production) -> None:
    clips = [production.order(make_brief(number)) for number in range(2)]
    wipes = iter(range(3))

    def wipe_what_waits() -> None:
        if next(wipes, None) is not None:
            until(lambda: any(production.server.scan_iter("rq:queue:*")), "work that waits on the server")
            production.server.flushall()

    work_until_ready(production, *clips, mischief=wipe_what_waits, at_once=2)  # two of 18: there is always more to wipe
    assert production.states() == {"done": 18}
    assert {row["finishes"] for row in production.work_rows()} == {1}
    assert max(row["attempt"] for row in production.work_rows()) > 1


def test_a_cancelled_clips_work_is_taken_back_and_shared_work_is_not(production: Production) -> None:
    mine, shared = production.order(make_brief(1)), production.order(make_brief(2))
    also_shared = production.order(make_brief(2, formats=("9:16",)))
    until(lambda: production.states() == {"queued": 2})
    for clip in (mine, shared):
        production.writer.do(partial(cancel_clip, clip_id=clip))
    until(lambda: production.states() == {"cancelled": 1, "queued": 1})
    work_until_ready(production, also_shared)
    assert production.row(shared).production == "cancelled"


class Grudging(Writer):
    """Refuses the next so many commands."""

    refusals = 0

    def do(self, command: Command[T]) -> T:
        if self.refusals:
            self.refusals -= 1
            raise StudioError("The disk is full.")
        return super().do(command)


class TestNothingStopsIt:
    def test_neither_a_full_disk(self, studio_folder: DataFolder, valkey: EmbeddedValkey) -> None:
        writer = Grudging(studio_folder.database)
        production = Production(studio_folder, valkey, writer)
        production.promise_workers()
        writer.refusals = 2
        clip = writer.submit(partial(create_clip, brief=make_brief(), author="ana")).result()
        work_until_ready(production, clip)
        assert writer.refusals == 0
        production.stop()

    def test_nor_a_clip_that_makes_no_sense(self, production: Production) -> None:
        senseless = make_brief().model_copy(update={"pins": {"script": Pin(document={"tag": "script/99"})}})
        clips = [production.order(brief) for brief in (senseless, make_brief())]
        work_until_ready(production, clips[1])
        assert production.row(clips[0]).production == "failed"

    @pytest.mark.parametrize("error", [StudioError("No."), redis.ConnectionError("Gone."), ZeroDivisionError()])
    def test_nor_any_error_in_a_pass(
        self, production: Production, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        failing: list[Any] = []
        step = Stepper.step

        def fail_once(self: Stepper, *arguments: Any) -> ClipStep:
            if not failing:
                failing.append(error)
                raise error
            return step(self, *arguments)

        monkeypatch.setattr(Stepper, "step", fail_once)
        clip = production.order(make_brief())
        work_until_ready(production, clip)
        assert failing


class TestCarryingOut:
    def test_is_one_transaction(self) -> None:
        db = memory_database()
        clip = create_clip(db, make_brief(), "ana")

        def fail(_db: Database) -> None:
            raise StudioError("No.")

        step = ClipStep((partial(keep_waiting, clip_id=clip, reason="Because."), fail), (make_order(),))
        with pytest.raises(StudioError), db.atomic():
            carry_out(db, [step])
        assert clip_row(db, clip).waiting is None
        assert work_row(db, make_order().key) is None

    def test_returns_only_what_is_new(self) -> None:
        db = memory_database()
        record_queued(db, [make_order("a")])
        steps = [ClipStep(due=(make_order("a"), make_order("b"))), ClipStep(due=(make_order("b"), make_order("c")))]
        assert carry_out(db, steps) == [make_order("b"), make_order("c")]


class TestHearing:
    @pytest.fixture
    def brain(self, studio_folder: DataFolder) -> Control:
        writer = Writer(studio_folder.database)
        heard: list[Event] = []
        dispatcher = Dispatcher(redis.Redis(), 60)
        brain = Control(writer, studio_folder.database, dispatcher, Stepper({}, 1), on_finished=heard.append)
        brain.finished = heard  # type: ignore[attr-defined]
        return brain

    def event(self, type: Any, kind: str = "stage", **facts: Any) -> Event:
        return Event(kind=kind, key="k", attempt=1, type=type, worker="w", at="2026", **facts)

    def test_shows_how_far_running_work_is_until_it_ends(self, brain: Control) -> None:
        brain.hear([self.event("started"), self.event("progressed", fraction=0.25, message="frame 9 of 36")])
        assert brain.progress == {"k": (0.25, "frame 9 of 36")}
        brain.hear([self.event("finished")])
        assert brain.progress == {}

    def test_tells_of_finished_errands_and_not_of_stages(self, brain: Control) -> None:
        scrape = self.event("finished", kind="scrape")
        brain.hear([self.event("finished"), self.event("failed", kind="scrape"), scrape])
        assert brain.finished == [scrape]  # type: ignore[attr-defined]


def test_a_worker_that_is_heard_of_again_was_not_killed_by_its_work(production: Production) -> None:
    """Its cable was cut three times and put back: the work is not poison."""
    production.order(make_brief())
    until(lambda: production.states() == {"queued": 1}, "the script to be due")
    (row,) = production.work_rows()
    order = WorkOrder(key=row["key"], kind="stage", queue=row["queue"], payload={})
    for attempt in range(1, STRIKES + 2):
        until(lambda attempt=attempt: production.work_rows()[0]["attempt"] == attempt and production.states() == {"queued": 1}, "the next try")  # type: ignore[misc]  # fmt: skip
        started = Event(
            kind="stage", key=order.key, attempt=attempt, type="started", worker="promised", at="2026-01-01"
        )
        production.server.lrem(f"rq:queue:{order.queue}", 1, job_id(order.key, attempt))
        begun(production.server, order.model_copy(update={"attempt": attempt}))
        publish(production.server, started)
        production.promise_workers()
        until(lambda attempt=attempt: production.work_rows()[0]["attempt"] == attempt + 1, "it to be due again")  # type: ignore[misc]
        until(lambda: production.work_rows()[0]["strikes"] == 0, "the strike to be taken back")
