"""Work and the events about it: heard in any order, twice, or never, they end in the same state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)
from sqlite_utils import Database

from storage.canonical import sha256_text
from storage.clips import create_clip, record_nodes, settle_clip
from storage.events import ErrorFacts, Event, EventType
from storage.queries import clip_row, open_clips
from storage.stream import position
from storage.work import (
    STRIKES,
    WorkOrder,
    apply_events,
    begin_epoch,
    forget_result,
    record_cancelled,
    record_loss,
    record_queued,
    release_set_aside,
)
from storage.work_queries import work_document, work_payload, work_row
from tests.support.briefs import make_brief, make_script
from tests.support.database import memory_database

KEYS = [sha256_text(name) for name in ("script", "scene", "line")]
KEY = KEYS[0]
ENDS: list[EventType] = ["finished", "failed", "cancelled", "handed_back", "unavailable", "oom"]


@pytest.fixture
def db() -> Iterator[Database]:
    database = memory_database()
    yield database
    database.conn.close()


def order(key: str = KEY, attempt: int = 1) -> WorkOrder:
    return WorkOrder(
        key=key, kind="stage", queue="cpu.x", stage="script", engine="x", payload={"a": 1}, attempt=attempt
    )


def event(type: EventType, key: str = KEY, attempt: int = 1, **facts: Any) -> Event:
    if type == "finished":
        document = make_script(key[:8])
        facts = {"document": document.to_json(), "content_hash": document.content_hash, "seconds": 1.0}
    elif type in ("failed", "unavailable", "oom") and "error" not in facts:
        kind = "error" if type == "failed" else type
        facts["error"] = ErrorFacts(kind=kind, message=f"It went wrong in attempt {attempt}.")
    return Event(kind="stage", key=key, attempt=attempt, type=type, worker="w", at="2026-01-01T00:00:00.000Z", **facts)


def hear(db: Database, *events: Event, epoch: str = "e", last_id: str = "1-0") -> None:
    with db.atomic():
        apply_events(db, epoch, last_id, events)


def full_row(db: Database, key: str = KEY) -> dict[str, Any]:
    return next(iter(db.query("SELECT * FROM work WHERE key = ?", [key])))


def state(db: Database, key: str = KEY) -> str:
    row = work_row(db, key)
    assert row
    return row.state


class AnythingGoes(RuleBasedStateMachine):
    """Orders as the planner gives them; workers; and a network that delivers late, twice, out of order or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.db = memory_database()
        self.epoch, self.done, self.attempts = 0, set[str](), dict.fromkeys(KEYS, 0)

    sent = Bundle("sent")
    keys = st.sampled_from(KEYS)

    def _ready(self, key: str) -> bool:
        row = work_row(self.db, key)
        return row is None or row.state in ("failed", "cancelled")

    @rule(key=keys)
    def is_ordered(self, key: str) -> None:
        """What the planner does with work that is due."""
        if self._ready(key):
            self.attempts[key] += 1
            fresh = record_queued(self.db, [order(key, self.attempts[key])])
            assert [one.attempt for one in fresh] == [self.attempts[key]]

    @rule(key=keys, back=st.integers(0, 3))
    def is_ordered_again_by_mistake(self, key: str, back: int) -> None:
        if self.attempts[key] and not (self._ready(key) and back == 0):
            assert record_queued(self.db, [order(key, self.attempts[key] - back)]) == []

    @rule(target=sent, key=keys, end=st.sampled_from(ENDS), back=st.integers(0, 2))
    def is_worked_on(self, key: str, end: EventType, back: int) -> Any:
        """By the worker that has the newest job, or by a slow one that still has an older one."""
        attempt = self.attempts[key] - back
        return multiple(event("started", key, attempt), event(end, key, attempt)) if attempt > 0 else multiple()

    @rule(batch=st.lists(sent, min_size=1, max_size=4))
    def some_events_arrive(self, batch: list[Event]) -> None:
        """They stay in the bundle, so that any may come once more."""
        hear(self.db, *batch, epoch=str(self.epoch))

    @rule(lost=consumes(sent))
    def an_event_is_lost_for_ever(self, lost: Event) -> None:
        pass

    @rule()
    def redis_is_wiped(self) -> None:
        self.epoch += 1
        begin_epoch(self.db, str(self.epoch))

    @rule(key=keys, died=st.booleans(), back=st.integers(0, 2))
    def its_job_is_nowhere(self, key: str, died: bool, back: int) -> None:
        before = work_row(self.db, key)
        record_loss(self.db, key, self.attempts[key] - back, died=died)
        if before and (before.state not in ("queued", "running") or back):
            assert work_row(self.db, key) == before

    @rule(key=keys)
    def it_is_taken_off_its_queue(self, key: str) -> None:
        record_cancelled(self.db, key, self.attempts[key])

    @rule(key=keys)
    def somebody_releases_it(self, key: str) -> None:
        release_set_aside(self.db, key)

    @invariant()
    def each_result_takes_effect_once_and_stays(self) -> None:
        for key in KEYS:
            row = work_row(self.db, key)
            if row is None:
                continue
            finishes = full_row(self.db, key)["finishes"]
            assert finishes == (row.state == "done")
            assert finishes or key not in self.done, "done is final"
            assert (work_document(self.db, key) is not None) == (row.state == "done")
            assert row.attempt == self.attempts[key]
            assert row.strikes <= STRIKES
            assert (row.state == "set_aside") <= (row.strikes == STRIKES)
            if row.state == "done":
                self.done.add(key)

    def teardown(self) -> None:
        """However it went: the reconciler and one more honest try make everything done, once."""
        for key in KEYS:
            release_set_aside(self.db, key)
            record_loss(self.db, key, self.attempts[key], died=False)
            self.is_ordered(key)
            hear(self.db, event("started", key, self.attempts[key]), epoch=str(self.epoch))
            hear(self.db, event("finished", key, self.attempts[key]), epoch=str(self.epoch))
            assert full_row(self.db, key)["finishes"] == 1
            assert work_document(self.db, key) == make_script(key[:8]).to_json()
        self.each_result_takes_effect_once_and_stays()
        self.db.conn.close()


AnythingGoes.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
TestInAnyOrderTwiceOrNeverEverythingIsDoneOnceInTheEnd = AnythingGoes.TestCase


@settings(max_examples=60)
@given(data=st.data(), ends=st.lists(st.sampled_from(ENDS), min_size=1, max_size=4))
def test_the_order_of_events_does_not_matter(data: st.DataObject, ends: list[EventType]) -> None:
    """Attempts that ended so, heard late, shuffled and doubled: the newest attempt's end counts, or any that finished."""
    events = [event(kind, attempt=n) for n, end in enumerate(ends, 1) for kind in ("started", end)]
    heard = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=6))))
    expected = {"failed": "failed", "unavailable": "failed", "oom": "failed", "handed_back": "failed"}
    outcome = "done" if "finished" in ends else expected.get(ends[-1], ends[-1])
    db = memory_database()
    with closing(db.conn):
        for attempt in range(1, len(ends) + 1):
            record_queued(db, [order(attempt=attempt)])
            if attempt < len(ends):
                record_loss(db, KEY, attempt, died=False)
        hear(db, *heard)
        assert state(db) == outcome
        assert full_row(db)["finishes"] == ("finished" in ends)


class TestQueued:
    def test_work_is_recorded_once(self, db: Database) -> None:
        assert record_queued(db, [order()]) == [order()]
        assert record_queued(db, [order()]) == []
        assert state(db) == "queued"
        assert work_payload(db, KEY) == {"a": 1}

    def test_done_work_is_never_queued_again(self, db: Database) -> None:
        record_queued(db, [order()])
        hear(db, event("finished"))
        assert record_queued(db, [order(attempt=2)]) == []
        assert state(db) == "done"

    def test_a_new_attempt_starts_clean(self, db: Database) -> None:
        record_queued(db, [order()])
        hear(db, event("started"), event("failed"))
        assert record_queued(db, [order(attempt=2)])
        row = full_row(db)
        assert (row["state"], row["attempt"], row["error"], row["started_at"]) == ("queued", 2, None, None)


class TestEvents:
    @pytest.mark.parametrize(
        ("kind", "expected"),
        [("started", "running"), ("finished", "done"), ("failed", "failed"), ("unavailable", "failed"), ("oom", "failed"),
         ("cancelled", "cancelled"), ("handed_back", "failed")],
    )  # fmt: skip
    def test_take_effect(self, db: Database, kind: EventType, expected: str) -> None:
        record_queued(db, [order()])
        hear(db, event(kind))
        assert state(db) == expected

    def test_of_progress_change_nothing(self, db: Database) -> None:
        record_queued(db, [order()])
        hear(db, event("progressed", fraction=0.5))
        assert state(db) == "queued"
        assert db.execute("SELECT count(*) FROM events_seen").fetchone() == (0,)

    def test_say_why(self, db: Database) -> None:
        record_queued(db, [order()])
        hear(db, event("unavailable", error=ErrorFacts(kind="unavailable", message="No server.", cure="Start it.")))
        row = work_row(db, KEY)
        assert row
        assert row.error == ErrorFacts(kind="unavailable", message="No server.", cure="Start it.")

    def test_and_how_far_the_stream_was_read_are_one_transaction(self, db: Database) -> None:
        record_queued(db, [order()])
        broken = event("finished").model_copy(update={"document": {"not json": {1, 2}}})
        with pytest.raises(TypeError):
            hear(db, event("started"), broken, last_id="7-0")
        assert (state(db), position(db)) == ("queued", ("", "0-0"))
        hear(db, event("started"), last_id="7-0")
        assert (state(db), position(db)) == ("running", ("e", "7-0"))

    def test_that_came_by_no_stream_leave_its_position_alone(self, db: Database) -> None:
        hear(db, event("started"), last_id="7-0")
        hear(db, event("finished"), epoch="inline", last_id="")
        assert position(db) == ("e", "7-0")

    def test_about_unknown_work_change_nothing(self, db: Database) -> None:
        hear(db, *(event(kind) for kind in ("started", *ENDS)))
        assert db.execute("SELECT count(*) FROM work").fetchone() == (0,)

    def test_a_result_is_a_result_however_late(self, db: Database) -> None:
        """The worker was taken for dead three times, but it lived and finished its first attempt."""
        for attempt in (1, 2, 3):
            record_queued(db, [order(attempt=attempt)])
            record_loss(db, KEY, attempt, died=True)
        assert state(db) == "set_aside"
        hear(db, event("finished", attempt=1))
        assert state(db) == "done"


class TestLosses:
    def test_are_nobodys_fault_when_the_queue_lost_the_job(self, db: Database) -> None:
        for attempt in range(1, 6):
            record_queued(db, [order(attempt=attempt)])
            record_loss(db, KEY, attempt, died=False)
        row = work_row(db, KEY)
        assert row
        assert (row.state, row.strikes) == ("failed", 0)
        assert row.error
        assert row.error.kind == "lost"

    def test_set_work_aside_when_it_killed_three_workers(self, db: Database) -> None:
        for attempt, expected in ((1, "failed"), (2, "failed"), (3, "set_aside")):
            record_queued(db, [order(attempt=attempt)])
            hear(db, event("started", attempt=attempt))
            record_loss(db, KEY, attempt, died=True)
            assert state(db) == expected
        assert record_queued(db, [order(attempt=4)]) == [order(attempt=4)], "the planner is who leaves it alone"

    def test_a_released_one_gets_three_workers_more(self, db: Database) -> None:
        self.test_set_work_aside_when_it_killed_three_workers(db)
        record_loss(db, KEY, 4, died=True)
        release_set_aside(db, KEY)
        row = work_row(db, KEY)
        assert row
        assert (row.state, row.strikes) == ("failed", 0)

    def test_of_an_older_attempt_do_not_touch_the_newer(self, db: Database) -> None:
        record_queued(db, [order()])
        record_loss(db, KEY, 1, died=False)
        record_queued(db, [order(attempt=2)])
        record_loss(db, KEY, 1, died=True)
        record_cancelled(db, KEY, 1)
        row = work_row(db, KEY)
        assert row
        assert (row.state, row.strikes) == ("queued", 0)


class TestADamagedFile:
    """`forget_result`: whatever produced the file is made again, and the clips that wait for it are reopened."""

    @pytest.fixture
    def clip(self, db: Database) -> str:
        clip_id = create_clip(db, make_brief(), "ana")
        record_queued(db, [order()])
        scene = {
            "tag": "scene/1",
            "image": {"sha256": "b" * 64, "media_type": "image/png", "size": 3},
            "width": 1,
            "height": 1,
        }
        hear(db, event("finished").model_copy(update={"document": scene}))
        record_nodes(db, clip_id, {"scene.16:9": ("scene", KEY)})
        settle_clip(db, clip_id, 1)
        return clip_id

    def test_reopens_the_clip(self, db: Database, clip: str) -> None:
        assert clip_row(db, clip).production == "ready"
        assert forget_result(db, "b" * 64) == [KEY]
        assert state(db) == "failed"
        assert work_document(db, KEY) is None
        assert clip_row(db, clip).production == "making"

    def test_leaves_a_cancelled_clip_alone(self, db: Database, clip: str) -> None:
        db.execute("UPDATE clips SET cancelled_at = 'now' WHERE id = ?", [clip])
        forget_result(db, "b" * 64)
        assert open_clips(db) == []

    def test_leaves_other_results_alone(self, db: Database, clip: str) -> None:
        assert forget_result(db, "c" * 64) == []
        assert clip_row(db, clip).production == "ready"

    def test_that_a_later_stage_stumbles_over_is_forgotten_too(self, db: Database, clip: str) -> None:
        record_queued(db, [order(KEYS[1])])
        error = ErrorFacts(kind="corrupt", message="Damaged.", sha256="b" * 64)
        hear(db, event("failed", KEYS[1], error=error))
        assert (state(db, KEYS[0]), state(db, KEYS[1])) == ("failed", "failed")
        assert clip_row(db, clip).production == "making"

    def test_of_nothing_forgets_nothing(self, db: Database, clip: str) -> None:
        """An error that names no file must not match every document."""
        assert forget_result(db, "") == []
        assert state(db) == "done"


class TestAClockThatWasSetBack:
    """A clip was ordered at a time that has yet to come. How its work failed since then is held against it all the same: else
    it would be tried again and again until that time."""

    @pytest.mark.parametrize("how", ["failed", "lost"])
    def test_makes_no_failure_older_than_its_order(self, db: Database, how: str) -> None:
        clip = create_clip(db, make_brief(), "ana")
        db.execute("UPDATE briefs SET created_at = '2999-01-01T00:00:00.000Z'")
        record_nodes(db, clip, {"script": ("script", KEY)})
        record_queued(db, [order()])
        if how == "failed":
            hear(db, event("failed", error=ErrorFacts(message="no")))
        else:
            record_loss(db, KEY, 1, died=True)
        assert full_row(db)["finished_at"] >= "2999"
