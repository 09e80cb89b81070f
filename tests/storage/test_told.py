"""What the studio told before a clip: of all its shows, newest first, with what the ledger knows of the source."""

from __future__ import annotations

from scraper.recording import order_by_hand
from storage.clips import create_clip, settle_clip
from storage.documents import Attribution
from storage.orders import ShowSpec, TopicCopy
from storage.told import Told, told_before
from tests.support.briefs import make_brief
from tests.support.database import memory_database

FERRY = TopicCopy(
    title="Night ferry returns", text="Short.", source=Attribution(name="Paper", url="https://www.paper.example/1?utm_source=x")
)  # fmt: skip


def test_clips_come_with_the_headline_and_the_address_of_their_topics() -> None:
    db = memory_database()
    ferry = order_by_hand(db, make_brief(topic=FERRY), "ana")
    settle_clip(db, ferry, 1, "The ferry is back!")
    own = create_clip(db, make_brief(1), "ana")  # a person's own words: not in the ledger
    last = create_clip(db, make_brief(2), "ana")
    assert told_before(db, last) == [
        Told(clip=own, headline="Story 1"),
        Told(clip=ferry, headline="Night ferry returns", address="https://paper.example/1"),
    ]
    assert told_before(db, ferry) == []


def test_other_shows_are_looked_at_too_and_the_trash_is_not() -> None:
    db = memory_database()
    other = make_brief(1).model_copy(update={"show": ShowSpec(slug="other", name="Other")})
    elsewhere = order_by_hand(db, other, "ana")
    unwanted = create_clip(db, make_brief(2), "ana")
    db.execute("INSERT INTO trash (clip_id, user, at) VALUES (?, 'ana', '2026-11-20')", [unwanted])
    last = create_clip(db, make_brief(3), "ana")
    assert [told.clip for told in told_before(db, last)] == [elsewhere]


def test_no_more_than_so_many_are_looked_at() -> None:
    db = memory_database()
    clips = [order_by_hand(db, make_brief(number), "ana") for number in range(6)]
    assert [told.clip for told in told_before(db, clips[-1], limit=3)] == clips[-2:-5:-1]
