"""Topics that nobody wants: passed over by the autopilot, and brought back by whoever changes their mind."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from config.errors import UnknownName
from scraper.choose import Selection, choose
from storage.catalogue import put_show, record_topics, topics
from storage.dismissals import bring_topic_back, dismiss_topic
from storage.orders import ShowSpec, TopicRules
from tests.support.database import memory_database
from tests.support.found import NOW, report

SHOW = ShowSpec(slug="morning-desk", name="The Morning Desk", clips_per_run=1, topics=TopicRules(expires_h=0))


@pytest.fixture
def db() -> Database:
    database = memory_database()
    put_show(database, SHOW)
    record_topics(database, report())
    return database


def chosen(db: Database) -> Selection:
    return choose(topics(db, SHOW.slug), SHOW, [], [], NOW)


def test_the_autopilot_takes_the_next_one_instead_and_says_why(db: Database) -> None:
    best = chosen(db).chosen[0].topic
    dismiss_topic(db, best.id, "ana")
    dismiss_topic(db, best.id, "bo")
    assert next(t.dismissed_by for t in topics(db, SHOW.slug) if t.id == best.id) == "ana"
    after = chosen(db)
    assert after.chosen[0].topic.id != best.id
    assert [choice.why for choice in after.passed_over if choice.topic.id == best.id] == ["ana dismissed it."]
    bring_topic_back(db, best.id)
    assert chosen(db).chosen[0].topic.id == best.id


def test_only_what_was_found_can_be_dismissed(db: Database) -> None:
    with pytest.raises(UnknownName):
        dismiss_topic(db, "no-such-topic", "ana")
