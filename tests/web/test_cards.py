"""The board: what the queue shows of every clip, and that it costs nothing while nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from storage.clips import cancel_clip
from tests.support.engines import BROKEN, FACTS
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from web.cards import Board, Card, shelves
from web.studio import Progress


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStudio]:
    own = SmallStudio(tmp_path_factory.mktemp("board"))
    own.user("ana")
    yield own
    own.stop()


@pytest.fixture
def board(own: SmallStudio) -> Board:
    return Board(own.studio, FACTS)


def card(board: Board, clip: str) -> Card:
    return board.cards()[clip]


def test_a_card_tells_what_a_reviewer_should_know_first(own: SmallStudio, board: Board) -> None:
    clean, doubtful = own.ready_clip(0), own.ready_clip(3, unsupported=True)
    limited, fallen = own.clip(topic(5), voice="cloned-voice"), own.clip(topic(11), voice="studio-voice")
    assert card(board, clean).flags.model_dump() == {
        "unsupported": 0, "limited": False, "fallback": False, "failed": 0, "consent": False,
    }  # fmt: skip
    assert card(board, doubtful).flags.unsupported == 1
    assert card(board, limited).flags.limited
    assert card(board, fallen).flags.fallback
    one = card(board, clean)
    assert (one.show, one.lang, one.shelf) == ("The Morning Desk", "en", "review")
    assert one.poster.startswith(f"/media/{clean}/")


def test_a_card_says_why_a_clip_is_not_there(own: SmallStudio, board: Board) -> None:
    failed = own.clip(topic(1).model_copy(update={"title": BROKEN}))
    assert (card(board, failed).shelf, card(board, failed).note) == ("failed", "script")
    waiting = own.clip(topic(9).model_copy(update={"language": "hi"}))
    assert card(board, waiting).note.startswith("No installed voice speaks Hindi")
    cancelled = own.order(topic(2))
    own.writer.do(partial(cancel_clip, clip_id=cancelled))
    assert card(board, cancelled).note == "Cancelled"


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


def test_cards_are_drawn_anew_only_after_a_commit(own: SmallStudio, board: Board) -> None:
    clip = own.ready_clip(4)
    before = card(board, clip)
    assert card(board, clip) is before
    own.approve(clip, "ana")
    assert card(board, clip).shelf == "approved"


def test_shelves_come_in_the_order_of_the_list(own: SmallStudio, board: Board) -> None:
    names = [name for name, _ in shelves(board.cards())]
    assert names[:2] == ["To review", "Being made"]
    assert sum(len(found) for _, found in shelves(board.cards())) == len(board.cards())
