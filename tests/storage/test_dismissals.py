"""Topics that nobody wants: passed over by the autopilot, and brought back by whoever changes their mind."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from config.errors import UnknownName
from scraper.autopilot import choose
from storage.catalogue import put_show, record_scrape, topics
from storage.dismissals import bring_topic_back, dismiss_topic
from storage.orders import ShowSpec
from storage.sources import health_of
from tests.support.database import memory_database
from tests.support.found import GAZETTE, SILENT, report

SHOW = ShowSpec(slug="morning-desk", name="The Morning Desk", clips_per_run=1)


@pytest.fixture
def db() -> Database:
    database = memory_database()
    put_show(database, SHOW)
    record_scrape(database, report())
    return database


def test_the_autopilot_takes_the_next_one_instead(db: Database) -> None:
    (best,) = choose(topics(db, SHOW.slug), SHOW, room=5)
    dismiss_topic(db, best.id, "ana")
    dismiss_topic(db, best.id, "bo")
    assert next(t.dismissed_by for t in topics(db, SHOW.slug) if t.id == best.id) == "ana"
    (other,) = choose(topics(db, SHOW.slug), SHOW, room=5)
    assert other.id != best.id
    bring_topic_back(db, best.id)
    assert choose(topics(db, SHOW.slug), SHOW, room=5) == [best]


def test_only_what_was_found_can_be_dismissed(db: Database) -> None:
    with pytest.raises(UnknownName):
        dismiss_topic(db, "no-such-topic", "ana")


def test_each_source_remembers_how_it_did(db: Database) -> None:
    health = health_of(db, SHOW.slug)
    assert health[GAZETTE.url].report.ok
    assert health[SILENT.url].report.cure == "Check the address in a browser."
    assert health_of(db, "another") == {}
