"""The board: all cards are as they would be if each were made anew, and only those are that a commit touched."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import Refused
from storage.catalogue import put_show
from storage.catalogue import show as find_show
from storage.clips import cancel_clip, resume_clip, revise_clip
from storage.consents import add_consent, consents, revoke_consent, today
from storage.decisions import record_decision, standing_decision
from storage.events import ErrorFacts
from storage.exports import record_export
from storage.orders import Consent
from storage.trash import discard_clip, restore_clip
from storage.work import forget_work, set_fact
from tests.support.agreeing import carmen
from tests.support.engines import BROKEN, FACTS
from tests.support.studio import SmallStudio
from tests.support.topics import SHOWS, topic
from tests.web.test_quality import REPORT, give_report
from web.board import Board
from web.cards import Card, shelves
from web.studio import Progress


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStudio]:
    own = SmallStudio(tmp_path_factory.mktemp("board"))
    own.user("ana")
    yield own
    own.stop()


@pytest.fixture
def board(own: SmallStudio) -> Iterator[Board]:
    board = Board(own.studio, FACTS)
    yield board
    own.writer.on_commit.remove(board._committed)


def card(board: Board, clip: str) -> Card:
    return board.cards()[clip]


def test_progress_is_shown_without_being_stored(own: SmallStudio, board: Board) -> None:
    clip = own.order(topic(7).model_copy(update={"text": "一件事。两件事。三件事。"}))
    own.production.make_some(clip, ("script", "scene"))
    before, version = card(board, clip).fraction, board.version
    own.production.paused[clip] = [Progress("line.1", "line", "speaking", 0.8, "speaking")]
    after = card(board, clip)
    assert board.version == version
    assert before is not None
    assert after.fraction is not None
    assert before < after.fraction < 1
    assert after.doing == "Voice"


def test_a_commit_has_the_cards_drawn_anew_of_the_clips_that_it_touched(own: SmallStudio, board: Board) -> None:
    clip, other = own.ready_clip(4), own.ready_clip(5)
    before, version = board.cards(), board.version
    own.writer.do(partial(set_fact, name="weather", value="fair"))
    assert board.version == version
    assert card(board, clip) is before[clip]
    own.approve(clip, "ana")
    assert board.version > version
    assert card(board, clip).shelf == "approved"
    assert card(board, other) is before[other]


def test_a_clip_leaves_with_the_trash_and_comes_back(own: SmallStudio, board: Board) -> None:
    clip = own.ready_clip(6)
    own.writer.do(partial(record_decision, clip_id=clip, revision=1, kind="reject", user="ana"))
    before = card(board, clip)
    own.writer.do(partial(discard_clip, clip_id=clip, user="ana"))
    assert clip not in board.cards()
    own.writer.do(partial(restore_clip, clip_id=clip))
    assert card(board, clip) == before


def test_checks_that_failed_are_told_of_finished_clips_alone(own: SmallStudio, board: Board) -> None:
    clip = own.ready_clip(8)
    own.writer.do(partial(give_report, clip_id=clip, report=REPORT))
    assert card(board, clip).flags.failed == 1
    again = own.detail(clip).brief.model_copy(update={"seed": 5})
    own.writer.do(partial(revise_clip, clip_id=clip, brief=again, author="ana", based_on=1))
    assert (card(board, clip).shelf, card(board, clip).flags.failed) == ("making", 0)


def test_a_consent_that_ends_is_told_of_at_midnight_without_a_commit(
    own: SmallStudio, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = carmen(own, lapsed=False)
    assert not card(board, clip).flags.consent
    with own.studio.reading() as db:
        (record,) = consents(db, "carmen")
    own.writer.do(partial(revoke_consent, consent_id=record.id, user="ana"))
    ends = record.consent.model_copy(update={"expires_on": today().isoformat()})
    own.writer.do(partial(add_consent, presenter="carmen", consent=ends, user="ana"))
    assert not card(board, clip).flags.consent
    for module in ("web.board", "storage.consents"):
        monkeypatch.setattr(f"{module}.today", lambda: date.today() + timedelta(2))
    assert card(board, clip).flags.consent


def test_what_could_not_be_read_is_read_the_next_time(
    own: SmallStudio, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = own.ready_clip(9)
    assert card(board, clip).shelf == "review"
    own.writer.do(partial(record_decision, clip_id=clip, revision=1, kind="hold", user="ana"))

    def fail(*_: object) -> None:
        raise OSError("disk I/O error")

    with monkeypatch.context() as failing:
        failing.setattr("web.board.desk_clips", fail)
        with pytest.raises(OSError, match="disk"):
            board.cards()
    assert card(board, clip).shelf == "held"


def test_shelves_come_in_the_order_of_the_list(own: SmallStudio, board: Board) -> None:
    names = [name for name, _ in shelves(board.cards())]
    assert names[:2] == ["To review", "Being made"]
    assert sum(len(found) for _, found in shelves(board.cards())) == len(board.cards())


def _finished(own: SmallStudio, clip: str) -> bool:
    return own.detail(clip).row.production == "ready"


def _make(own: SmallStudio, clip: str) -> None:
    if own.detail(clip).row.production == "making":
        own.production.make(clip)


def _begin(own: SmallStudio, clip: str) -> None:
    if own.detail(clip).row.production == "making":
        own.production.make_some(clip, ("script", "scene"))


def _revise(own: SmallStudio, clip: str) -> None:
    row, brief = own.detail(clip).row, own.detail(clip).brief
    again = brief.model_copy(update={"seed": brief.seed + 1})
    own.writer.do(partial(revise_clip, clip_id=clip, brief=again, author="ana", based_on=row.revision))


def _decide(own: SmallStudio, clip: str, kind: Any) -> None:
    if _finished(own, clip):
        revision = own.detail(clip).row.revision
        own.writer.do(partial(record_decision, clip_id=clip, revision=revision, kind=kind, user="ana"))


def _undo(own: SmallStudio, clip: str) -> None:
    with own.studio.reading() as db:
        standing = standing_decision(db, clip)
    if standing:
        own.writer.do(partial(record_decision, clip_id=clip, revision=standing.revision, kind="undo", user="ana",
                              undoes=standing.id))  # fmt: skip


def _export(own: SmallStudio, clip: str) -> None:
    with own.studio.reading() as db:
        standing = standing_decision(db, clip)
    if standing and standing.kind == "approve" and not own.detail(clip).row.exported:
        own.writer.do(
            partial(record_export, clip_id=clip, decision_id=standing.id, folder="folder", bundle={}, made_by="ana")
        )


def _report(own: SmallStudio, clip: str) -> None:
    if _finished(own, clip):
        own.writer.do(partial(give_report, clip_id=clip, report=REPORT))


def _damage(own: SmallStudio, clip: str) -> None:
    nodes = own.detail(clip).nodes
    if nodes and nodes[0].state == "done":
        own.writer.do(partial(forget_work, key=nodes[0].key, why=ErrorFacts(kind="corrupt", message="Damaged.")))


def _rename(own: SmallStudio, _clip: str) -> None:
    with own.studio.reading() as db:
        show = find_show(db, SHOWS["en"].slug)
    own.writer.do(partial(put_show, show=show.model_copy(update={"name": f"{show.name}!"[-40:]})))


def _agree(own: SmallStudio, _clip: str) -> None:
    """Takes a consent back, or gives one."""
    with own.studio.reading() as db:
        standing = [one for one in consents(db, "carmen") if not one.revoked_at]
    if standing:
        own.writer.do(partial(revoke_consent, consent_id=standing[0].id, user="ana"))
    else:
        agreed = Consent(statement="I agree again.", recorded_at="2026-11-01")
        own.writer.do(partial(add_consent, presenter="carmen", consent=agreed, user="ana"))


DEEDS: dict[str, Callable[[SmallStudio, str], Any]] = {
    "order": lambda own, _clip: own.order(topic(1)),
    "order in vain": lambda own, _clip: own.order(topic(1).model_copy(update={"title": BROKEN})),
    "make": _make,
    "begin": _begin,
    "revise": _revise,
    "cancel": lambda own, clip: own.writer.do(partial(cancel_clip, clip_id=clip)),
    "resume": lambda own, clip: own.writer.do(partial(resume_clip, clip_id=clip)),
    **{kind: partial(_decide, kind=kind) for kind in ("approve", "endorse", "reject", "request_changes", "hold")},
    "undo": _undo,
    "export": _export,
    "discard": lambda own, clip: own.writer.do(partial(discard_clip, clip_id=clip, user="ana")),
    "restore": lambda own, clip: own.writer.do(partial(restore_clip, clip_id=clip)),
    "report": _report,
    "damage": _damage,
    "rename the show": _rename,
    "agree or not": _agree,
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from([*DEEDS]), st.integers(0, 4), st.booleans()), min_size=4, max_size=14))
def test_the_board_is_the_one_that_would_be_made_afresh_whatever_was_written(
    own: SmallStudio, monkeypatch: pytest.MonkeyPatch, deeds: list[tuple[str, int, bool]]
) -> None:
    """The third of each deed: whether somebody looks at the board then."""
    monkeypatch.setattr("web.board.LONGEST", 5)
    board = Board(own.studio, FACTS)
    board.cards()
    for deed, which, looks in [*deeds, ("order", 0, True)]:
        with own.studio.reading() as db:
            clips = [row[0] for row in db.execute("SELECT id FROM clips ORDER BY id DESC LIMIT 5").fetchall()]
        with contextlib.suppress(Refused):
            DEEDS[deed](own, clips[which % len(clips)])
        if looks:
            fresh = Board(own.studio, FACTS)
            assert list(board.cards().items()) == list(fresh.cards().items())
            own.writer.on_commit.remove(fresh._committed)
    own.writer.on_commit.remove(board._committed)
