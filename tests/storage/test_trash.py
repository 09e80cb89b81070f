"""The trash gives back what was put into it, frees what nobody else needs, and forgets nothing that was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database

from config.errors import Refused
from review.decide import decide
from review.export import intact
from storage import trash
from storage.artifacts import blobs_of
from storage.clips import revise_clip
from storage.decisions import decisions_of
from storage.queries import list_clips
from storage.trash import discard_clip, empty, overdue, restore_clip, sweep, sweep_beside, to_free, trashed
from tests.support.engines import BROKEN
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from web.housekeeping import Housekeeping


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallStudio]:
    small = SmallStudio(tmp_path)
    small.user("ana")
    yield small
    small.stop()


def reject(small: SmallStudio, clip: str) -> str:
    small.writer.do(partial(decide, clip_id=clip, kind="reject", user="ana", played={}, seen=None, reason="Duplicate"))
    return clip


def discard(small: SmallStudio, clip: str) -> str:
    small.writer.do(partial(discard_clip, clip_id=clip, user="ana"))
    return clip


def listed(small: SmallStudio) -> list[str]:
    with small.studio.reading() as db:
        return [row.id for row in list_clips(db)]


def files(small: SmallStudio, clip: str) -> set[str]:
    return set().union(*(blobs_of(node.document) for node in small.detail(clip).nodes))


def empty_all(small: SmallStudio, *clips: str) -> None:
    small.writer.do(partial(empty, clip_ids=clips))
    while small.writer.do(partial(sweep, artifacts=small.artifacts, most=3)):
        pass


def test_a_file_that_is_named_anew_while_the_archive_is_read_is_spared(
    small: SmallStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same story is ordered again at that very moment, and its results are found already made."""
    clip = discard(small, reject(small, small.ready_clip(0)))
    theirs = files(small, clip)
    small.writer.do(partial(empty, clip_ids=[clip]))
    read, again = trash._named, list[str]()

    def order_meanwhile(db: Database, without: object = ()) -> set[str]:
        kept = read(db)
        again.append(small.ready_clip(0))
        return kept

    monkeypatch.setattr(trash, "_named", order_meanwhile)
    sweep_beside(small.writer, small.artifacts)
    assert files(small, again[0]) & theirs
    assert all(small.artifacts.holds(sha256) for sha256 in files(small, again[0]))
    assert small.writer.do(lambda db: db.execute("SELECT count(*) FROM sqlite_temp_master").fetchone()) == (0,)
    sweep_beside(small.writer, small.artifacts)


def test_what_is_discarded_leaves_the_list_and_comes_back_as_it_was(small: SmallStudio) -> None:
    clip = discard(small, reject(small, small.ready_clip(0)))
    before = small.detail(clip)
    with small.studio.reading() as db:
        (decision,) = decisions_of(db, clip)
    assert listed(small) == []
    with small.studio.reading() as db:
        (one,) = trashed(db)
    assert (one.clip.id, one.user, one.clip.review) == (clip, "ana", "rejected")
    for change in (
        partial(decide, clip_id=clip, kind="hold", user="ana", played={}, seen=decision.id),
        partial(revise_clip, clip_id=clip, brief=before.brief, author="ana", based_on=1),
    ):
        with pytest.raises(Refused, match="in the trash"):
            small.writer.do(change)
    small.writer.do(partial(restore_clip, clip_id=clip))
    assert listed(small) == [clip]
    assert small.detail(clip).cuts == before.cuts


def test_emptying_frees_what_nobody_else_needs_and_no_more(small: SmallStudio) -> None:
    """Two clips of one topic share all their files; the third has its own."""
    shared = [small.clip(topic(1)), small.clip(topic(1))]
    alone = reject(small, small.ready_clip(2))
    kept = files(small, shared[1])
    doomed = files(small, alone) - kept
    assert files(small, shared[0]) == kept
    assert doomed
    for clip in (reject(small, shared[0]), alone):
        discard(small, clip)
    with small.studio.reading() as db:
        told = to_free(db, [shared[0], alone])
    size = sum((small.artifacts.root / "blobs" / name[:2] / name).stat().st_size for name in doomed)
    assert told == size
    empty_all(small, shared[0], alone)
    assert not any(small.artifacts.holds(name) for name in doomed)
    assert all(small.artifacts.holds(name) for name in kept)
    assert small.detail(shared[1]).cuts
    with small.studio.reading() as db:
        assert trashed(db) == []
        assert [decision.kind for decision in decisions_of(db, alone)] == ["reject"]
    with pytest.raises(Refused, match="not in the trash any more"):
        small.writer.do(partial(restore_clip, clip_id=alone))


def test_what_was_emptied_can_be_made_again(small: SmallStudio) -> None:
    clip = discard(small, reject(small, small.ready_clip(3)))
    empty_all(small, clip)
    again = small.ready_clip(3)
    assert small.detail(again).row.production == "ready"
    assert all(small.artifacts.holds(name) for name in files(small, again))


def test_a_kill_between_emptying_and_deleting_leaves_nothing_behind(small: SmallStudio) -> None:
    clip = discard(small, reject(small, small.ready_clip(4)))
    doomed = files(small, clip)
    small.writer.do(partial(empty, clip_ids=[clip]))
    assert all(small.artifacts.holds(name) for name in doomed)
    Housekeeping(small.writer, small.artifacts, 0).tidy()
    assert not any(small.artifacts.holds(name) for name in doomed)


def test_nothing_that_was_released_or_may_be_is_discarded(small: SmallStudio) -> None:
    approved = small.ready_clip(5)
    small.approve(approved, "ana")
    with pytest.raises(Refused, match="is approved"):
        discard(small, approved)
    exporter = small.exporter()
    with small.studio.reading() as db:
        record = exporter.export(db, approved, "ana")
    with pytest.raises(Refused, match="has left the house"):
        discard(small, approved)
    twin = discard(small, reject(small, small.ready_clip(5)))
    empty_all(small, twin, approved)
    assert small.detail(approved).cuts
    assert intact(small.studio.folder.exports / record.folder, record.bundle)
    under_way = small.order(topic(6))
    with pytest.raises(Refused, match="being made"):
        discard(small, under_way)


def test_after_its_days_the_trash_empties_itself(small: SmallStudio) -> None:
    clip = discard(small, small.clip(topic(0).model_copy(update={"title": BROKEN})))
    later = datetime.now(UTC) + timedelta(days=31)
    with small.studio.reading() as db:
        assert overdue(db, 30) == []
        assert overdue(db, 30, later) == [clip]
        assert overdue(db, 0, later) == []
    assert Housekeeping(small.writer, small.artifacts, 30).tidy() == 0
    small.writer.do(lambda db: db.execute("UPDATE trash SET at = '2026-01-01T00:00:00.000Z'"))
    assert Housekeeping(small.writer, small.artifacts, 30).tidy() == 1
