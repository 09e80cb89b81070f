"""A line that somebody wants to hear goes through a real server to a real worker, and comes back by its key."""

from __future__ import annotations

from config.folders import DataFolder
from producer.clip import Stepper
from producer.dispatcher import Dispatcher
from producer.doctor.report import Report
from producer.plan.freeze import STUB_ORDER
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


def unasked() -> Report:
    raise AssertionError("nobody asks for the doctor here")


def test_a_worker_speaks_it_and_the_estimate_knows_how_long_that_took(
    studio_folder: DataFolder, valkey: EmbeddedValkey
) -> None:
    house = Production(studio_folder, valkey)
    try:
        house.start_worker()
        dispatcher = Dispatcher(connect(valkey.url), 60)
        autopilot = Autopilot(
            house.writer, studio_folder.database, FetchPolicy(), 20, dispatcher.enqueue, house.brain.wake
        )
        desk = DeskProduction(house.writer, house.brain, Stepper(STUB_ORDER, 3), dispatcher, autopilot, unasked)
        until(lambda: house.brain.capabilities or None, "a worker that can do something")
        assert [lease.doing for lease in desk.workers()] == [None]
        key = desk.hear(only_line(make_brief(), "Nobody has said this."))

        def spoken() -> WorkRow | None:
            with reading(studio_folder.database) as db:
                row = work_row(db, key)
            return row if row and row.state == "done" else None

        assert until(spoken, "the line").kind == "preview"
        seconds = {node.stage: node.seconds for node in estimate(desk, make_brief())}
        assert seconds["line"] is not None
        assert seconds["video"] is None
        assert desk.next_scrape() == ""
    finally:
        house.stop()
