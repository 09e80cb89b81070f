"""The ledger, the runs and the pause switch; and that an older studio's clips are in the ledger after the upgrade."""

from __future__ import annotations

import pysqlite3 as sqlite3
from sqlite_utils import Database

from storage import runs
from storage.clips import create_clip
from storage.orders import SourceSpec
from storage.runs import RunReport, Verdict
from storage.schema import MIGRATIONS, SPINE
from storage.topics import FoundTopic
from tests.support.briefs import make_brief
from tests.support.database import memory_database

FOUND = FoundTopic(
    source=SourceSpec(kind="feed", url="https://a.example/feed", name="Paper"), url="https://a.example/1",
    canonical_url="https://a.example/1", title="A ferry returns", text="", language="en",
)  # fmt: skip


def test_a_topic_is_entered_once_per_show_and_language() -> None:
    db = memory_database()
    for language, clip in (("en", "1"), ("en", "2"), ("es", "3")):
        runs.enter_ledger(db, "show", language, FOUND, clip)
    assert [(entry.number, entry.language, entry.clip_id) for entry in runs.ledger(db, "show")][-1] == (1, "en", "1")
    assert len(runs.ledger(db, "show")) == 2
    assert runs.made_since(db, "show", "") == 2
    assert runs.made_since(db, "show", "2999") == 0


def test_a_run_keeps_its_report() -> None:
    db = memory_database()
    report = RunReport(show="show", found=3, chosen=(Verdict(title="A", language="en", score=0.5, why="Best."),))
    runs.record_run(db, "k", "show", "autopilot", "2026-11-20T07:00:00.000Z")
    assert runs.under_way(db, "show")
    runs.finish_run(db, "k", "done", report=report)
    assert not runs.under_way(db, "show")
    run = runs.run(db, "k")
    assert run
    assert (run.report, run.state) == (report, "done")
    assert runs.last_planned(db, "show") == "2026-11-20T07:00:00.000Z"


def test_pausing_twice_remembers_since_when() -> None:
    db = memory_database()
    runs.pause(db)
    since = runs.paused_since(db)
    runs.pause(db)
    assert runs.paused_since(db) == since
    runs.resume(db)
    assert runs.paused_since(db) is None


def test_a_run_without_its_work_is_broken() -> None:
    db = memory_database()
    runs.record_run(db, "k", "show", "hand", "2026-11-20T07:00:00.000Z")
    assert [key for key, _ in runs.broken_runs(db)] == ["k"]


def test_an_upgrade_enters_what_was_made_before() -> None:
    connection = sqlite3.connect(":memory:")
    old = Database(connection)
    for statement in SPINE.split(";\n"):
        old.execute(statement)
    old["_sqlite_migrations"].insert({"migration_set": "dailies", "name": "0001_the_spine", "applied_at": "2026-01-01"})
    old.execute(
        "INSERT INTO topics VALUES ('t', 'show', 'https://a.example/1', '', 'A ferry', 'en', 0.5, '{}', '2026-05-03')"
    )
    brief = make_brief()
    create_clip(old, brief.model_copy(update={"topic": brief.topic.model_copy(update={"topic_id": "t"})}), "autopilot")
    MIGRATIONS.apply(old)
    (entry,) = runs.ledger(old, brief.show.slug)
    assert (entry.canonical_url, entry.title) == ("https://a.example/1", "A ferry")
    connection.close()
