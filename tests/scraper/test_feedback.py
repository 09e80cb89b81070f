"""What people decided is counted by source and by the show's words, undone decisions left out."""

from __future__ import annotations

from sqlite_utils import Database

from scraper.feedback import Tally, feedback
from storage.clips import create_clip
from storage.decisions import record_decision
from storage.documents import Attribution
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy
from storage.schedule import TopicRules
from tests.support.database import memory_database

SHOW = ShowSpec(slug="show", name="Show", topics=TopicRules(want=("ferry", "otter"), avoid=("crime",)))


def clip(db: Database, source: str, title: str) -> str:
    topic = TopicCopy(title=title, source=Attribution(name=source, url="", title=title, rights="own"))
    brief = Brief(topic=topic, show=SHOW, presenter=PresenterSpec(slug="mara", name="Mara"), options=BriefOptions())
    return create_clip(db, brief, "autopilot")


def test_the_newest_standing_decision_of_each_clip_counts() -> None:
    db = memory_database()
    a, b, c, d = (clip(db, *what) for what in (("Paper", "A ferry"), ("Paper", "A ferry and a crime"), ("Herald", "Nothing"), ("Herald", "A bridge")))  # fmt: skip
    record_decision(db, a, 1, "reject", "u")
    record_decision(db, a, 1, "approve", "u")
    record_decision(db, b, 1, "reject", "u")
    undone = record_decision(db, c, 1, "reject", "u")
    record_decision(db, c, 1, "undo", "u", undoes=undone.id)
    record_decision(db, d, 1, "hold", "u")
    told = feedback(db, SHOW)
    assert told.sources == {"Paper": Tally(approved=1, rejected=1)}
    assert told.words == {"ferry": Tally(approved=1, rejected=1), "crime": Tally(rejected=1)}
