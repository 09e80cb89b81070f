"""Whoever listens to the writer is told which clips a commit touched: all of them, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from config.errors import Refused
from storage.catalogue import put_show
from storage.clips import create_clip, record_nodes, settle_clip
from storage.consents import add_consent
from storage.database import DatabaseError, open_for_writing
from storage.decisions import record_decision
from storage.desk_clips import desk_clips
from storage.orders import Consent, ShowSpec
from storage.touched import EVERY, Touched
from storage.trash import discard_clip, empty, restore_clip
from storage.work import WorkOrder, record_all_lost, record_queued, set_fact
from storage.writer import Writer
from tests.storage.test_large_archive import DEEDS
from tests.storage.test_queries import FAILURE
from tests.support.briefs import make_brief


class Told:
    """A writer, and what its listeners are told of each command."""

    def __init__(self, path: Path) -> None:
        self.writer = Writer(path).start()
        self._heard: list[frozenset[str]] = []
        self.writer.on_commit.append(self._heard.append)

    def of(self, command: Callable[[Database], Any]) -> set[str]:
        self._heard.clear()
        self.writer.do(command)
        (touched,) = self._heard
        return set(touched)

    def clip(self) -> str:
        return self.writer.do(partial(create_clip, brief=make_brief(), author="ana"))


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    told = Told(tmp_path / "studio.db")
    yield told
    told.writer.stop()


def order(key: str) -> WorkOrder:
    return WorkOrder(key=key, kind="stage", queue="cpu.stub", payload={})


def test_work_touches_the_clips_that_wait_for_it(told: Told) -> None:
    one, two, other = told.clip(), told.clip(), told.clip()
    for clip, keys in ((one, ("shared", "own")), (two, ("shared",)), (other, ("its-own",))):
        told.writer.do(partial(record_nodes, clip_id=clip, nodes={key: ("line", key) for key in keys}))
    assert told.of(partial(record_queued, orders=[order("shared")])) == {one, two}
    assert told.of(partial(record_queued, orders=[order("own")])) == {one}
    assert told.of(partial(record_queued, orders=[order("nobody-s")])) == set()
    assert told.of(record_all_lost) == {one, two}


def test_a_clip_is_touched_by_all_that_is_written_of_it_alone(told: Told) -> None:
    clip, _other = told.clip(), told.clip()
    deeds: list[Callable[[Database], Any]] = [
        partial(record_nodes, clip_id=clip, nodes={"script": ("script", "key")}),
        partial(record_decision, clip_id=clip, revision=1, kind="reject", user="ana"),
        partial(discard_clip, clip_id=clip, user="ana"),
        partial(restore_clip, clip_id=clip),
        partial(discard_clip, clip_id=clip, user="ana"),
        partial(empty, clip_ids=[clip]),
        lambda db: db.execute("UPDATE briefs SET note = 'Seen' WHERE clip_id = ?", [clip]),
    ]
    told.writer.do(partial(settle_clip, clip_id=clip, revision=1, failure=FAILURE))
    assert [told.of(deed) for deed in deeds] == [{clip}] * len(deeds)


def test_a_show_and_a_consent_touch_every_clip(told: Told) -> None:
    told.clip()
    assert EVERY in told.of(partial(put_show, show=ShowSpec(slug="harbour", name="Harbour")))
    assert EVERY in told.of(
        partial(add_consent, presenter="ana", consent=Consent(statement="Yes.", recorded_at="2026-11-01"), user="bo")
    )


def test_what_no_clip_shows_touches_none(told: Told) -> None:
    told.clip()
    assert told.of(partial(set_fact, name="weather", value="fair")) == set()


def test_what_was_rolled_back_touched_nothing(told: Told) -> None:
    def give_up(db: Database) -> None:
        create_clip(db, make_brief(), "ana")
        raise Refused("No.", "Do not ask.")

    with pytest.raises(Refused):
        told.writer.do(give_up)
    assert told.of(partial(set_fact, name="weather", value="fair")) == set()


def test_when_the_disk_gives_up_on_the_question_every_clip_counts_as_touched(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_touched: Touched) -> frozenset[str]:
        raise DatabaseError("disk I/O error")

    with monkeypatch.context() as failing:
        failing.setattr(Touched, "take", fail)
        assert told.of(partial(create_clip, brief=make_brief(), author="ana")) == {EVERY}


def test_statements_count_the_rows_that_they_would_without_it(tmp_path: Path) -> None:
    counts = []
    for watched in (False, True):
        db = open_for_writing(tmp_path / f"{watched}.db")
        if watched:
            Touched(db)
        before = db.conn.total_changes
        clip = create_clip(db, make_brief(), "ana")
        counted = [db.execute("UPDATE clips SET title = 'New' WHERE id = ?", [clip]).rowcount]
        counted += [len(record_queued(db, [order("a"), order("b")])), len(record_queued(db, [order("a")]))]
        counts.append([*counted, db.conn.total_changes - before])
        db.conn.close()
    assert counts[0] == counts[1]


Deed = tuple[int, str]


@settings(max_examples=60, deadline=None)
@given(
    commits=st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["order", *DEEDS])), min_size=1, max_size=4), max_size=12
    ),
    limit=st.sampled_from([1, 2, 3, 100]),
)
def test_a_desk_that_reads_what_was_touched_is_the_one_that_reads_everything(
    tmp_path_factory: pytest.TempPathFactory, commits: list[list[Deed]], limit: int
) -> None:
    db = open_for_writing(tmp_path_factory.mktemp("desk") / "studio.db")
    touched, clips = Touched(db), [create_clip(db, make_brief(), "ana") for _ in range(3)]
    known = desk_clips(db, limit)
    touched.forget()
    for commit in commits:
        for which, deed in commit:
            try:
                if deed == "order":
                    clips.append(create_clip(db, make_brief(), "ana"))
                else:
                    DEEDS[deed](db, clips[which % len(clips)])
            except Refused:
                continue
        known = desk_clips(db, limit, known, touched.take())
        assert list(known.items()) == list(desk_clips(db, limit).items()), commits
    db.conn.close()
