"""What is asked all day costs the same whether a studio has a hundred clips or a hundred thousand behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from config.errors import Refused
from config.folders import DataFolder
from review.inbox import shelf_of
from scraper.recording import WAITING
from storage import overview, queries, runs, work_queries
from storage.clips import cancel_clip, create_clip, resume_clip, revise_clip, settle_clip
from storage.database import reading
from storage.decisions import record_decision, standing_decision
from storage.exports import list_exports, record_export, shows_of_exports
from storage.feeds import feed_exports
from storage.inspection import require_sound
from storage.queries import clip_row, desk_clips, find_clips, list_clips
from storage.trash import discard_clip, restore_clip, trashed
from storage.writer import Writer
from tests.storage.test_queries import FAILURE
from tests.support.briefs import make_brief
from tests.support.database import memory_database
from tests.support.production import ATTEMPTS
from web.bench.archive import ON_THE_DESK, OPEN, fill

FEW, MANY = 1000, 3000
SMALL_TABLES = {"b", "t", "trash", "facts", "shows", "s", "json_each", "value"}
"""Aliases of what is small, or is itself the answer of a sub-query."""


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Database]]:
    with ExitStack() as stack:
        made = []
        for clips in (FEW, MANY):
            folder = DataFolder(tmp_path_factory.mktemp("archive") / "data").make()
            writer = Writer(folder.database).start()
            fill(writer, folder, clips)
            writer.stop()
            made.append(stack.enter_context(reading(folder.database)))
        yield made[0], made[1]


def newest_open(db: Database) -> str:
    return queries.open_clips(db)[-1]


QUESTIONS: dict[str, Callable[[Database], Any]] = {
    "the inbox": lambda db: desk_clips(db, 200),
    "a page of the API": lambda db: list_clips(db, 50),
    "one clip": lambda db: clip_row(db, newest_open(db)),
    "the planner: what is open": queries.open_clips,
    "the planner: what is under way": work_queries.in_flight,
    "the planner: errands that failed": work_queries.failed_errands,
    "the planner: what nobody wants": work_queries.unwanted,
    "how long an engine takes": lambda db: work_queries.median_seconds(db, "stub-line"),
    "what was set aside": overview.set_aside,
    "what waits in which queue": overview.queue_lines,
    "the autopilot: its backlog": lambda db: db.execute(WAITING, ["bench", "bench"]).fetchone()[0],
    "the autopilot: the GPU's minutes": lambda db: runs.gpu_minutes_since(db, "2999-01-01T00:00:00.000Z"),
    "a page of exports": lambda db: list_exports(db, 50),
    "a feed": lambda db: feed_exports(db, "bench", 20),
    "the standing decision": lambda db: standing_decision(db, newest_open(db)),
}
READS_AN_INDEX_FROM_END_TO_END: dict[str, Callable[[Database], Any]] = {
    "a search by title": lambda db: find_clips(db, "number 77"),
    "the counts of /metrics": overview.tally,
    "clips by presenter": overview.clips_by_presenter,
    "shows that anything was exported of": shows_of_exports,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_costs_no_more_in_a_larger_archive(archives: tuple[Database, Database], question: str) -> None:
    few, many = (steps(db, QUESTIONS[question]) for db in archives)
    assert many <= 1.15 * few + 200, f"{few} steps of SQLite's machine with {FEW} clips, {many} with {MANY}"


@pytest.mark.parametrize("question", [*QUESTIONS, *READS_AN_INDEX_FROM_END_TO_END])
def test_reads_no_table_from_end_to_end(archives: tuple[Database, Database], question: str) -> None:
    asked = statements(archives[1], (QUESTIONS | READS_AN_INDEX_FROM_END_TO_END)[question])
    assert asked
    for sql in asked:
        plan = [row[3] for row in archives[1].execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
        scans = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
        assert {step.split()[1] for step in scans} <= SMALL_TABLES, f"{plan} for {sql}"


def test_the_archive_itself_is_a_sound_one(archives: tuple[Database, Database]) -> None:
    """Else nothing that is measured on it means anything."""
    require_sound(path_of(archives[0]))
    assert len(queries.open_clips(archives[0])) == OPEN
    shelves = [shelf_of(row) for row in desk_clips(archives[0], 400).values()]
    assert len([shelf for shelf in shelves if shelf in ("review", "failed")]) >= ON_THE_DESK - OPEN
    assert shelves.count("done") > 200


class TestTheDesk:
    def test_has_what_waits_for_a_person_however_old_it_is(self, archives: tuple[Database, Database]) -> None:
        db = archives[0]
        (old,) = db.execute("SELECT id FROM clips WHERE on_desk = 1 ORDER BY id LIMIT 1").fetchone()
        shown = [row.id for row in desk_clips(db, 150).values()]
        assert old in shown
        assert old not in [row.id for row in list_clips(db, 20)]

    def test_reads_again_only_what_changed(self, archives: tuple[Database, Database]) -> None:
        known = desk_clips(archives[0], 400)
        again = desk_clips(archives[0], 400, known)
        assert again == known
        assert sum(again[stand] is known[stand] for stand in known) > 200

    @settings(max_examples=60)
    @given(deeds=st.lists(st.sampled_from(["ready", "fail", "cancel", "resume", "revise", "approve", "reject", "hold", "undo",
                                           "export", "discard", "restore"]), max_size=14))  # fmt: skip
    def test_is_what_the_shelves_say_whatever_happened(self, deeds: list[str]) -> None:
        db = memory_database()
        clip = create_clip(db, make_brief(), "ana")
        for deed in deeds:
            try:
                DEEDS[deed](db, clip)
            except Refused:
                continue
            (on_desk,) = db.execute("SELECT on_desk FROM clips").fetchone()
            row = clip_row(db, clip)
            assert bool(on_desk) == (not row.trashed and shelf_of(row) != "done"), deeds
            assert [r.id for r in desk_clips(db).values()] == ([] if row.trashed else [clip])
        db.conn.close()


class TestASearch:
    def test_finds_titles_that_have_all_of_the_words_in_any_case(self, archives: tuple[Database, Database]) -> None:
        assert [row.title.split(" of ")[0] for row in find_clips(archives[0], "STORY 567")] == ["Story number 567"]
        assert find_clips(archives[0], "nobody wrote this") == []
        assert find_clips(archives[0], "  ") == []

    def test_takes_signs_for_what_they_are(self) -> None:
        db = memory_database()
        for title in ("100 % sure", "100 times sure", "a_b", "axb", "back\\slash"):
            brief = make_brief()
            create_clip(db, brief.model_copy(update={"topic": brief.topic.model_copy(update={"title": title})}), "ana")
        assert [row.title for row in find_clips(db, "%")] == ["100 % sure"]
        assert [row.title for row in find_clips(db, "a_b")] == ["a_b"]
        assert [row.title for row in find_clips(db, "\\")] == ["back\\slash"]
        db.conn.close()

    def test_leaves_out_the_trash(self, archives: tuple[Database, Database]) -> None:
        db = archives[0]
        gone = trashed(db)[0].clip
        assert gone.id not in [row.id for row in find_clips(db, gone.title)]


def steps(db: Database, ask: Callable[[Database], Any]) -> int:
    """How many instructions SQLite's machine carries out: the same each time, on any computer."""
    ask(db)
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    db.conn.set_progress_handler(tick, 1)
    ask(db)
    db.conn.set_progress_handler(None, 1)
    return count


def statements(db: Database, ask: Callable[[Database], Any]) -> list[str]:
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    ask(db)
    db.conn.set_trace_callback(None)
    return [sql for sql in asked if sql.lstrip().upper().startswith(("SELECT", "WITH"))]


def path_of(db: Database) -> Any:
    from pathlib import Path

    return Path(db.execute("PRAGMA database_list").fetchone()[2])


def _settle(db: Database, clip: str, failed: bool) -> None:
    row = clip_row(db, clip)
    if row.production == "making":
        settle_clip(db, clip, row.revision, failure=FAILURE if failed else None)


def _decide(db: Database, clip: str, kind: Any) -> None:
    row = clip_row(db, clip)
    if row.production == "ready":
        record_decision(db, clip, row.revision, kind, "ana")


def _undo(db: Database, clip: str) -> None:
    if (standing := standing_decision(db, clip)) is not None:
        record_decision(db, clip, standing.revision, "undo", "ana", undoes=standing.id)


def _export(db: Database, clip: str) -> None:
    standing, row = standing_decision(db, clip), clip_row(db, clip)
    if standing and standing.kind == "approve" and row.production == "ready" and not row.exported:
        record_export(db, clip, standing.id, "folder", {}, "ana")


def _revise(db: Database, clip: str) -> None:
    revise_clip(db, clip, make_brief(ATTEMPTS), "bo", clip_row(db, clip).revision)


DEEDS: dict[str, Callable[[Database, str], Any]] = {
    "ready": partial(_settle, failed=False),
    "fail": partial(_settle, failed=True),
    "cancel": cancel_clip,
    "resume": resume_clip,
    "revise": _revise,
    "approve": partial(_decide, kind="approve"),
    "reject": partial(_decide, kind="reject"),
    "hold": partial(_decide, kind="hold"),
    "undo": _undo,
    "export": _export,
    "discard": partial(discard_clip, user="ana"),
    "restore": restore_clip,
}
