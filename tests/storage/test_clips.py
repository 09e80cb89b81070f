"""Commands on clips: ordered once, revised by one person at a time, stopped and resumed without losing anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlite_utils import Database

from config.errors import Refused, UnknownName
from storage.canonical import sha256_text
from storage.clips import (
    cancel_clip,
    create_clip,
    freeze_plan,
    keep_waiting,
    record_nodes,
    resume_clip,
    revise_clip,
    settle_clip,
)
from storage.events import ErrorFacts, Event
from storage.plans import EngineChoice, Failure, Plan
from storage.queries import clip_detail, clip_plan, clip_row, newest_brief, open_clips
from storage.work import WorkOrder, apply_events, record_loss, record_queued
from storage.work_queries import work_row
from tests.support.briefs import make_brief
from tests.support.database import memory_database

BRIEF = make_brief()
PLAN = Plan(variant="presenter", engines={"script": (EngineChoice(engine="x", version="1"),)})
FAILURE = Failure(node="script", stage="script", engine="x", message="It went wrong.", cure="Mend it.")
KEY, OTHER = sha256_text("script"), sha256_text("scene")


@pytest.fixture
def db() -> Iterator[Database]:
    database = memory_database()
    yield database
    database.conn.close()


@pytest.fixture
def clip(db: Database) -> str:
    return create_clip(db, BRIEF, "ana")


def fail(db: Database, key: str) -> None:
    record_queued(db, [WorkOrder(key=key, kind="stage", queue="cpu.x", payload={})])
    error = ErrorFacts(message="It went wrong.")
    failed = Event(kind="stage", key=key, attempt=1, type="failed", worker="w", at="2026-01-01T00:00:00Z", error=error)
    apply_events(db, "e", "", [failed])


class TestOrdering:
    def test_keeps_the_brief_word_for_word(self, db: Database, clip: str) -> None:
        assert newest_brief(db, clip) == BRIEF
        row = clip_row(db, clip)
        assert (row.title, row.show, row.author, row.revision) == ("Story 0", "tests", "ana", 1)
        assert open_clips(db) == [clip]

    def test_twice_makes_two_clips(self, db: Database, clip: str) -> None:
        again = create_clip(db, BRIEF, "ana")
        assert open_clips(db) == [clip, again], "oldest first"

    @pytest.mark.parametrize("command", [cancel_clip, resume_clip])
    def test_is_needed_first(self, db: Database, command: object) -> None:
        with pytest.raises(UnknownName):
            command(db, "no-such-clip")  # type: ignore[operator]
        with pytest.raises(UnknownName):
            revise_clip(db, "no-such-clip", BRIEF, "ana", based_on=1)


class TestRevising:
    def test_appends_and_opens_the_clip_again(self, db: Database, clip: str) -> None:
        settle_clip(db, clip, 1)
        edited = make_brief(formats=("9:16",))
        assert revise_clip(db, clip, edited, "bo", based_on=1, note="upright, please") == 2
        assert newest_brief(db, clip) == edited
        assert db.execute("SELECT count(*) FROM briefs").fetchone() == (2,), "the first revision is kept"
        assert open_clips(db) == [clip]

    def test_by_two_people_at_once_tells_the_second(self, db: Database, clip: str) -> None:
        revise_clip(db, clip, make_brief(1), "ana", based_on=1)
        with pytest.raises(Refused) as caught:
            revise_clip(db, clip, make_brief(2), "bo", based_on=1)
        assert "Reload" in caught.value.cure
        assert newest_brief(db, clip) == make_brief(1)

    @pytest.mark.parametrize("stop", [cancel_clip, lambda db, clip: settle_clip(db, clip, 1, failure=FAILURE)])
    def test_brings_a_stopped_clip_back(self, db: Database, clip: str, stop: object) -> None:
        stop(db, clip)  # type: ignore[operator]
        revise_clip(db, clip, make_brief(1), "ana", based_on=1)
        row = clip_row(db, clip)
        assert (row.production, row.failure) == ("making", None)

    def test_keeps_the_frozen_plan(self, db: Database, clip: str) -> None:
        freeze_plan(db, clip, PLAN)
        revise_clip(db, clip, make_brief(1), "ana", based_on=1)
        assert clip_plan(db, clip) == PLAN


class TestSettling:
    def test_of_an_older_revision_is_too_late(self, db: Database, clip: str) -> None:
        """Somebody edits while the last stage of the old revision ends."""
        revise_clip(db, clip, make_brief(1), "ana", based_on=1)
        settle_clip(db, clip, 1, "Old title", FAILURE)
        row = clip_row(db, clip)
        assert (row.production, row.title) == ("making", "Story 0")

    def test_takes_the_scripts_title_if_it_has_one(self, db: Database, clip: str) -> None:
        settle_clip(db, clip, 1, "A better title")
        assert clip_row(db, clip).title == "A better title"
        resume_clip(db, clip)
        settle_clip(db, clip, 1, "")
        assert clip_row(db, clip).title == "A better title"

    def test_says_why_it_failed(self, db: Database, clip: str) -> None:
        settle_clip(db, clip, 1, failure=FAILURE)
        assert clip_row(db, clip).failure == FAILURE
        assert open_clips(db) == []


class TestWaiting:
    def test_is_over_when_the_plan_is_frozen(self, db: Database, clip: str) -> None:
        keep_waiting(db, clip, "No voice speaks Chinese.")
        assert clip_row(db, clip).waiting == "No voice speaks Chinese."
        freeze_plan(db, clip, PLAN)
        assert clip_row(db, clip).waiting is None


class TestCancelling:
    def test_stops_production(self, db: Database, clip: str) -> None:
        cancel_clip(db, clip)
        assert clip_row(db, clip).production == "cancelled"
        assert open_clips(db) == []

    def test_a_finished_clip_changes_nothing(self, db: Database, clip: str) -> None:
        settle_clip(db, clip, 1)
        before = clip_row(db, clip)
        cancel_clip(db, clip)
        assert clip_row(db, clip) == before

    def test_is_final_for_what_was_decided_at_that_moment(self, db: Database, clip: str) -> None:
        """The control process settles the clip a moment after a person cancelled it."""
        cancel_clip(db, clip)
        settle_clip(db, clip, 1)
        assert clip_row(db, clip).production == "cancelled"


class TestResuming:
    def test_gives_failed_work_another_try_and_keeps_the_rest(self, db: Database, clip: str) -> None:
        fail(db, KEY)
        fail(db, OTHER)
        record_nodes(db, clip, {"script": ("script", KEY)})
        settle_clip(db, clip, 1, failure=FAILURE)
        resume_clip(db, clip)
        mine, not_mine = work_row(db, KEY), work_row(db, OTHER)
        assert mine
        assert not_mine
        assert (mine.state, mine.error, mine.attempt) == ("cancelled", None, 1)
        assert not_mine.state == "failed", "another clip's failure is not ours to forgive"
        assert clip_row(db, clip).production == "making"

    def test_lets_what_was_set_aside_try_three_workers_more(self, db: Database, clip: str) -> None:
        for attempt in (1, 2, 3):
            record_queued(db, [WorkOrder(key=KEY, kind="stage", queue="cpu.x", payload={}, attempt=attempt)])
            record_loss(db, KEY, attempt, died=True)
        record_nodes(db, clip, {"script": ("script", KEY)})
        settle_clip(db, clip, 1, failure=FAILURE)
        resume_clip(db, clip)
        row = work_row(db, KEY)
        assert row
        assert (row.state, row.strikes) == ("cancelled", 0)

    def test_a_cancelled_clip_goes_on(self, db: Database, clip: str) -> None:
        cancel_clip(db, clip)
        resume_clip(db, clip)
        assert clip_row(db, clip).production == "making"

    def test_what_is_being_made_changes_nothing(self, db: Database, clip: str) -> None:
        before = clip_row(db, clip)
        resume_clip(db, clip)
        assert clip_row(db, clip) == before


def test_nodes_are_what_was_last_written(db: Database, clip: str) -> None:
    record_nodes(db, clip, {"script": ("script", KEY), "scene.16:9": ("scene", OTHER)})
    record_nodes(db, clip, {"script": ("script", OTHER)})
    assert [(node.node, node.key) for node in clip_detail(db, clip).nodes] == [("script", OTHER)]


class AnybodyDoesAnything(RuleBasedStateMachine):
    """Whatever people and the control process do to a clip, in whatever order: it is in exactly one state."""

    def __init__(self) -> None:
        super().__init__()
        self.db, self.revision, self.settled, self.cancelled, self.failed = memory_database(), 1, 0, False, False

    @initialize()
    def order(self) -> None:
        self.clip = create_clip(self.db, BRIEF, "ana")

    @rule(behind=st.integers(0, 2))
    def revise(self, behind: int) -> None:
        if behind:
            with pytest.raises(Refused):
                revise_clip(self.db, self.clip, BRIEF, "ana", based_on=self.revision - behind)
        else:
            self.revision = revise_clip(self.db, self.clip, BRIEF, "ana", based_on=self.revision)
            self.cancelled = self.failed = False

    @rule(behind=st.integers(0, 1), failed=st.booleans())
    def settle(self, behind: int, failed: bool) -> None:
        settle_clip(self.db, self.clip, self.revision - behind, failure=FAILURE if failed else None)
        if behind == 0:
            self.settled, self.failed = self.revision, failed

    @rule()
    def cancel(self) -> None:
        cancel_clip(self.db, self.clip)
        self.cancelled |= self.settled < self.revision
        self.settled = self.revision

    @rule()
    def resume(self) -> None:
        resume_clip(self.db, self.clip)
        if self.settled == self.revision:
            self.settled, self.cancelled, self.failed = self.revision - 1, False, False

    @invariant()
    def it_is_in_one_state(self) -> None:
        if not hasattr(self, "clip"):
            return
        expected = "ready" if self.settled == self.revision else "making"
        expected = "cancelled" if self.cancelled else "failed" if self.failed else expected
        assert clip_row(self.db, self.clip).production == expected
        assert open_clips(self.db) == ([self.clip] if self.settled < self.revision else [])

    def teardown(self) -> None:
        self.db.conn.close()


AnybodyDoesAnything.TestCase.settings = settings(max_examples=40, stateful_step_count=15)
TestWhateverPeopleDo = AnybodyDoesAnything.TestCase
