"""The rules of deciding: by whom, about which files, and never over somebody else's head."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from config.errors import Refused
from review.decide import current_cuts, decide, undo
from review.inbox import arrange, offered, shelf_of
from storage.clips import cancel_clip, create_clip
from storage.decisions import Decision, decisions_of, standing_decision
from storage.exports import record_export
from storage.people import Person
from storage.queries import ClipRow, list_clips
from tests.support.engines import BROKEN
from tests.support.studio import SmallStudio
from tests.support.topics import topic

REVIEWER = Person(name="ana", role="reviewer")
BOTH = ("16:9", "9:16")


def cuts(small: SmallStudio, clip: str) -> dict[str, str]:
    return current_cuts(small.detail(clip))


def act(small: SmallStudio, clip: str, kind: str, user: str = "ana", **more: Any) -> Decision:
    facts = {"played": cuts(small, clip), "seen": None, "reason": "Duplicate" if kind == "reject" else "", **more}
    return small.writer.do(partial(decide, clip_id=clip, kind=kind, user=user, **facts))  # type: ignore[arg-type]


def standing(small: SmallStudio, clip: str) -> Decision | None:
    with small.studio.reading() as db:
        return standing_decision(db, clip)


def row(small: SmallStudio, clip: str) -> ClipRow:
    return small.detail(clip).row


def test_an_approval_names_every_file_that_was_watched(small: SmallStudio) -> None:
    clip = small.ready_clip(0, BOTH)
    decision = act(small, clip, "approve")
    assert decision.cuts == cuts(small, clip)
    assert set(decision.cuts) == set(BOTH)
    assert row(small, clip).review == "approved"


def test_nobody_approves_what_they_did_not_play(small: SmallStudio) -> None:
    clip = small.ready_clip(1, BOTH)
    one = {"16:9": cuts(small, clip)["16:9"]}
    with pytest.raises(Refused, match="not played 9:16"):
        act(small, clip, "approve", played=one)
    assert act(small, clip, "reject", played=one).cuts == one


def test_a_cut_that_changed_since_it_was_watched_is_not_decided_about(small: SmallStudio) -> None:
    clip = small.ready_clip(2)
    for kind in ("approve", "reject", "hold", "request_changes"):
        with pytest.raises(Refused, match="changed since you watched it"):
            act(small, clip, kind, played={"16:9": "0" * 64})
    assert standing(small, clip) is None


@pytest.mark.parametrize("user", ["vera", "nobody", ""])
def test_only_reviewers_decide(small: SmallStudio, user: str) -> None:
    clip = small.ready_clip(3)
    with pytest.raises(Refused, match="Only reviewers"):
        act(small, clip, "approve", user=user)


def test_a_rejection_needs_a_reason(small: SmallStudio) -> None:
    clip = small.ready_clip(3)
    with pytest.raises(Refused, match="needs a reason"):
        act(small, clip, "reject", reason="  ")


def test_of_two_reviewers_one_wins_and_the_other_is_told(small: SmallStudio) -> None:
    clip = small.ready_clip(5)
    first = act(small, clip, "hold", user="bo")
    with pytest.raises(Refused, match="bo put this clip on hold meanwhile"):
        act(small, clip, "approve", user="ana")
    assert standing(small, clip) == first
    assert act(small, clip, "approve", user="ana", seen=first.id).kind == "approve"


def test_an_unfinished_clip_is_not_decided_about(small: SmallStudio) -> None:
    brief = small.detail(small.ready_clip(0)).brief
    clip = small.writer.do(partial(create_clip, brief=brief, author="ana"))
    with pytest.raises(Refused, match="not made yet"):
        act(small, clip, "approve")


class TestUndo:
    def test_brings_back_what_stood_before(self, small: SmallStudio) -> None:
        clip = small.ready_clip(6)
        held = act(small, clip, "hold")
        approved = act(small, clip, "approve", seen=held.id)
        small.writer.do(partial(undo, decision_id=approved.id, clip_id=clip, user="bo"))
        assert standing(small, clip) == held
        with small.studio.reading() as db:
            assert [d.kind for d in decisions_of(db, clip)] == ["hold", "approve", "undo"]

    def test_takes_back_only_what_still_stands(self, small: SmallStudio) -> None:
        clip = small.ready_clip(7)
        held = act(small, clip, "hold")
        act(small, clip, "approve", seen=held.id)
        with pytest.raises(Refused, match="no longer stands"):
            small.writer.do(partial(undo, decision_id=held.id, clip_id=clip, user="ana"))

    def test_ends_where_the_clip_left_the_house(self, small: SmallStudio) -> None:
        clip = small.ready_clip(9)
        approved = act(small, clip, "approve")
        small.writer.do(
            partial(record_export, clip_id=clip, decision_id=approved.id, folder="f", bundle={}, made_by="ana")
        )
        with pytest.raises(Refused, match="left the house"):
            small.writer.do(partial(undo, decision_id=approved.id, clip_id=clip, user="ana"))
        assert shelf_of(row(small, clip)) == "done"

    def test_is_for_reviewers(self, small: SmallStudio) -> None:
        clip = small.ready_clip(10)
        approved = act(small, clip, "approve")
        with pytest.raises(Refused, match="Only reviewers"):
            small.writer.do(partial(undo, decision_id=approved.id, clip_id=clip, user="vera"))


class TestInbox:
    def test_every_clip_lies_on_one_shelf_and_what_waits_for_a_person_comes_first(self, small: SmallStudio) -> None:
        failed = small.clip(topic(1).model_copy(update={"title": BROKEN}))
        ready, rejected = small.ready_clip(0), small.ready_clip(1)
        act(small, rejected, "reject")
        with small.studio.reading() as db:
            rows = list_clips(db)
        shelves = dict(arrange(rows))
        assert sorted(r.id for clips in shelves.values() for r in clips) == sorted(r.id for r in rows)
        assert next(iter(shelves)) == "review"
        assert ready in [r.id for r in shelves["review"]]
        assert failed in [r.id for r in shelves["failed"]]
        assert rejected in [r.id for r in shelves["done"]]
        for clips in shelves.values():
            times = [r.settled_at or r.created_at for r in clips]
            assert times == sorted(times, reverse=True)

    def test_offers_what_makes_sense(self, small: SmallStudio) -> None:
        clip = small.ready_clip(11)
        assert offered(row(small, clip), REVIEWER) == ("approve", "reject", "request_changes", "hold", "edit")
        assert offered(row(small, clip), Person(name="vera", role="viewer")) == ()
        held = act(small, clip, "hold")
        assert offered(row(small, clip), REVIEWER) == (
            "approve",
            "reject",
            "request_changes",
            "edit",
            "undo",
            "discard",
        )
        act(small, clip, "approve", seen=held.id)
        assert offered(row(small, clip), REVIEWER) == ("export", "undo", "edit")

    def test_offers_a_failed_clip_another_try(self, small: SmallStudio) -> None:
        clip = small.clip(topic(1).model_copy(update={"title": BROKEN}))
        assert offered(row(small, clip), REVIEWER) == ("retry", "edit", "discard")
        waiting = small.order(topic(2))
        assert offered(row(small, waiting), REVIEWER) == ("cancel",)
        small.writer.do(partial(cancel_clip, clip_id=waiting))
        assert offered(row(small, waiting), REVIEWER) == ("retry", "edit", "discard")
