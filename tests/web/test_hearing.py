"""A line that somebody wants to hear goes through a real server to a real worker, and comes back by its key."""

from __future__ import annotations

import time

import pytest

from config.folders import DataFolder
from producer.clip import Stepper
from producer.dispatcher import Dispatcher
from producer.doctor.report import Report
from producer.plan.freeze import STUB_ORDER, engine_order
from producer.queue.connection import connect
from producer.queue.valkey import EmbeddedValkey
from scraper.autopilot import Autopilot
from storage.database import reading
from storage.topics import FetchPolicy
from storage.work_queries import WorkRow, work_row
from tests.support.briefs import make_brief
from tests.support.production import Production
from tests.support.waiting import until
from web.estimate import estimate, only_line
from web.production import DeskProduction


@pytest.mark.proof
def test_the_first_line_of_a_form_is_heard_in_hibaris_voice(
    studio_folder: DataFolder, valkey: EmbeddedValkey, capsys: pytest.CaptureFixture[str]
) -> None:
    house = Production(studio_folder, valkey)
    try:
        house.start_worker()
        until(lambda: house.brain.capabilities or None, "a worker that can do something")
        desk = desk_of(house, Stepper(engine_order("default"), 3))
        for number in range(3):  # the first one loads the voice
            began = time.monotonic()
            key = desk.hear(only_line(make_brief(), f"The bakery on our corner has baked through {number + 2} wars."))
            made = until(lambda: spoken(studio_folder, key), "the line")  # noqa: B023 - asked at once
            with capsys.disabled():
                print(f" heard after {time.monotonic() - began:.2f} s", end="")
            assert made.engine == "hibari"
    finally:
        house.stop()


def spoken(folder: DataFolder, key: str) -> WorkRow | None:
    with reading(folder.database) as db:
        row = work_row(db, key)
    return row if row and row.state == "done" else None


def desk_of(house: Production, stepper: Stepper) -> DeskProduction:
    dispatcher = Dispatcher(connect(house.url), 60)
    autopilot = Autopilot(house.writer, house.folder.database, FetchPolicy(), 20, dispatcher.enqueue, house.brain.wake)
    return DeskProduction(house.writer, house.brain, stepper, dispatcher, autopilot, unasked)


def unasked() -> Report:
    raise AssertionError("nobody asks for the doctor here")


def test_a_worker_speaks_it_and_the_estimate_knows_how_long_that_took(
    studio_folder: DataFolder, valkey: EmbeddedValkey
) -> None:
    house = Production(studio_folder, valkey)
    try:
        house.start_worker()
        desk = desk_of(house, Stepper(STUB_ORDER, 3))
        until(lambda: house.brain.capabilities or None, "a worker that can do something")
        assert [lease.doing for lease in desk.workers()] == [None]
        key = desk.hear(only_line(make_brief(), "Nobody has said this."))
        assert until(lambda: spoken(studio_folder, key), "the line").kind == "preview"
        seconds = {node.stage: node.seconds for node in estimate(desk, make_brief())}
        assert seconds["line"] is not None
        assert seconds["video"] is None
        assert desk.next_scrape() == ""
    finally:
        house.stop()
