"""Cards: what the queue shows of every clip."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from storage.clips import cancel_clip
from tests.support.engines import BROKEN, FACTS
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from web.board import Board
from web.cards import Card


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
