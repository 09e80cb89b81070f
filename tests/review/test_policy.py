"""A show says whose approval lets its clips out, and no way leads around that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from config.errors import Refused
from review.decide import current_cuts, decide, undo
from review.inbox import offered, shelf_of
from scraper.show_file import read_show
from scraper.show_write import write_show
from storage.artifacts import FolderStore
from storage.catalogue import put_show
from storage.clips import revise_clip
from storage.decisions import Decision, decisions_of
from storage.orders import ReviewPolicy, ShowSpec
from storage.people import Person
from tests.support.studio import SmallStudio
from tests.support.topics import SHOWS, topic

Wanting = Callable[[ReviewPolicy], None]


@pytest.fixture
def wanting(small: SmallStudio) -> Iterator[Wanting]:
    """Sets the policy of all shows."""

    def put(policy: ReviewPolicy) -> None:
        for show in SHOWS.values():
            small.writer.do(partial(put_show, show=show.model_copy(update={"review": policy})))

    yield put
    put("one")


def approve(small: SmallStudio, clip: str, user: str, seen: str | None = None) -> Decision:
    played = current_cuts(small.detail(clip))
    return small.writer.do(partial(decide, clip_id=clip, kind="approve", user=user, played=played, seen=seen))


def export(small: SmallStudio, clip: str) -> None:
    exporter = small.exporter()
    with small.studio.reading() as db:
        exporter.export(db, clip, "ana")


def test_two_reviewers_are_two_people(small: SmallStudio, wanting: Wanting) -> None:
    wanting("two")
    clip = small.ready_clip(0)
    first = approve(small, clip, "ana")
    row = small.detail(clip).row
    assert (first.kind, row.review, shelf_of(row)) == ("endorse", "endorsed", "review")
    assert "approve" not in offered(row, Person(name="ana", role="reviewer"))
    assert "approve" in offered(row, Person(name="bo", role="reviewer"))
    with pytest.raises(Refused, match="not approved"):
        export(small, clip)
    with pytest.raises(Refused, match="approved this clip already"):
        approve(small, clip, "ana", seen=first.id)
    with pytest.raises(Refused, match="as the first of two meanwhile"):
        approve(small, clip, "bo")
    second = approve(small, clip, "bo", seen=first.id)
    assert (second.kind, small.detail(clip).row.review) == ("approve", "approved")
    export(small, clip)


def test_of_two_approvals_each_can_be_taken_back(small: SmallStudio, wanting: Wanting) -> None:
    wanting("two")
    clip = small.ready_clip(1)
    first = approve(small, clip, "ana")
    second = approve(small, clip, "bo", seen=first.id)
    small.writer.do(partial(undo, decision_id=second.id, clip_id=clip, user="bo"))
    assert small.detail(clip).row.review == "endorsed"
    small.writer.do(partial(undo, decision_id=first.id, clip_id=clip, user="ana"))
    assert small.detail(clip).row.review == "undecided"
    with small.studio.reading() as db:
        assert [d.kind for d in decisions_of(db, clip)] == ["endorse", "approve", "undo", "undo"]


def test_a_first_approval_does_not_outlive_a_new_revision_or_another_decision(
    small: SmallStudio, wanting: Wanting
) -> None:
    wanting("two")
    clip = small.ready_clip(2)
    first = approve(small, clip, "ana")
    held = small.writer.do(partial(decide, clip_id=clip, kind="hold", user="bo", played={}, seen=first.id))
    assert approve(small, clip, "bo", seen=held.id).kind == "endorse"
    brief = small.detail(clip).brief
    small.writer.do(partial(revise_clip, clip_id=clip, brief=brief, author="ana", based_on=1))
    small.production.make(clip)
    assert approve(small, clip, "ana").kind == "endorse"


def test_whoever_ordered_or_changed_a_clip_does_not_approve_it(small: SmallStudio, wanting: Wanting) -> None:
    wanting("other")
    clip = small.order(topic(3), author="ana")
    small.production.make(clip)
    with pytest.raises(Refused, match="You ordered or changed"):
        approve(small, clip, "ana")
    assert small.writer.do(
        partial(decide, clip_id=clip, kind="hold", user="ana", played={}, seen=None)
    ).kind == "hold"  # fmt: skip
    brief = small.detail(clip).brief
    small.writer.do(partial(revise_clip, clip_id=clip, brief=brief, author="bo", based_on=1))
    small.production.make(clip)
    with pytest.raises(Refused, match="You ordered or changed"):
        approve(small, clip, "bo")
    small.user("cy")
    assert approve(small, clip, "cy").kind == "approve"


def test_a_policy_that_is_changed_counts_at_once(small: SmallStudio, wanting: Wanting) -> None:
    clip = small.ready_clip(4)
    wanting("two")
    first = approve(small, clip, "ana")
    assert first.kind == "endorse"
    wanting("one")
    assert approve(small, clip, "ana", seen=first.id).kind == "approve"


def test_the_policy_is_kept_in_the_shows_file(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "artifacts")
    path = write_show(ShowSpec(slug="a", name="A", review="two"), [], tmp_path / "out", store)
    assert 'review = "two"' in path.read_text("utf-8")
    assert read_show(path, store)[0].review == "two"
