"""Topics do not pile up for ever: those that nobody took up and no source gives any more are forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlite_utils import Database

from storage import catalogue, runs
from storage.clips import create_clip
from storage.clock import stamp
from storage.dismissals import dismiss_topic
from storage.orders import SourceSpec
from storage.schema import MIGRATIONS
from storage.topics import FoundTopic, LeftOut, ScrapeReport
from tests.support.briefs import make_brief

START = datetime(2026, 11, 1, 7, tzinfo=UTC)
FEED = SourceSpec(kind="feed", url="https://a.example/feed", name="Paper")


def found(name: str) -> FoundTopic:
    url = f"https://a.example/{name}"
    return FoundTopic(source=FEED, url=url, canonical_url=url, title=f"Story of the {name}", text="", language="en")


def still_there(name: str) -> LeftOut:
    topic = found(name)
    return LeftOut(
        kind="known", source_url=FEED.url, title=topic.title, url=topic.url, reason="", same_as=topic.canonical_url
    )


@pytest.fixture
def db() -> Iterator[Database]:
    connection = sqlite3.connect(":memory:")
    database = Database(connection)
    MIGRATIONS.apply(database)
    with time_machine.travel(START):
        names = ("ferry", "otter", "mill", "tram", "lamp")
        catalogue.record_topics(database, ScrapeReport(show="show", topics=tuple(map(found, names))))
    yield database
    connection.close()


def names(db: Database) -> list[str]:
    return sorted(row.found.url.rpartition("/")[2] for row in catalogue.topics(db, "show"))


def the(db: Database, name: str) -> str:
    return next(row.id for row in catalogue.topics(db, "show") if row.found.url.endswith(name))


def test_what_nobody_took_up_goes_when_no_source_gives_it_any_more(db: Database) -> None:
    brief = make_brief()
    clip = create_clip(db, brief.model_copy(update={"topic": brief.topic.model_copy(update={"topic_id": the(db, "otter")})}), "autopilot")  # fmt: skip
    runs.enter_ledger(db, "show", "en", found("otter"), clip)
    dismiss_topic(db, the(db, "mill"), "ada")
    with time_machine.travel(START + timedelta(days=20)):
        again = ScrapeReport(show="show", topics=(found("lamp"),), left_out=(still_there("tram"),))
        assert catalogue.record_topics(db, again) == []
    assert catalogue.prune_topics(db, "show", stamp(START + timedelta(days=10))) == 1
    assert names(db) == ["lamp", "mill", "otter", "tram"]
    (mill,) = (row for row in catalogue.topics(db, "show") if row.found.url.endswith("mill"))
    assert mill.dismissed_by == "ada"
    assert [entry.title for entry in runs.ledger(db, "show")] == ["Story of the otter"]


def test_another_show_keeps_its_own(db: Database) -> None:
    assert catalogue.prune_topics(db, "another", stamp(START + timedelta(days=10))) == 0
    assert catalogue.prune_topics(db, "show", stamp(START)) == 0
    assert len(names(db)) == 5


def test_what_an_older_studio_found_counts_as_seen_when_it_was_found() -> None:
    connection = sqlite3.connect(":memory:")
    db = Database(connection)
    for migration in MIGRATIONS.pending(db)[:3]:
        migration.fn(db)
        MIGRATIONS.ensure_migrations_table(db)
        db["_sqlite_migrations"].insert(
            {"migration_set": "dailies", "name": migration.name, "applied_at": "2026-01-01"}
        )
    document = found("ferry").model_dump_json(exclude_defaults=True)
    db.execute(
        "INSERT INTO topics VALUES ('t', 'show', 'https://a.example/ferry', '', 'A ferry', 'en', 0.5, ?, ?)",
        [document, stamp(START)],
    )
    MIGRATIONS.apply(db)
    assert catalogue.prune_topics(db, "show", stamp(START)) == 0
    assert catalogue.prune_topics(db, "show", stamp(START + timedelta(days=1))) == 1
    connection.close()
