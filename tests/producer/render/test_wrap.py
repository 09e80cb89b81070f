"""Lines are few, even, never too wide, and break where reading allows it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.wrap import (
    NEVER_FIRST,
    NEVER_LAST,
    RTL_MARK,
    WIDOW,
    Token,
    as_rtl,
    cut_to,
    even_rows,
    is_ltr,
    is_rtl,
    join,
    tokens,
)
from tests.support.hostile import HOSTILE

WIDTHS = st.lists(st.floats(1, 60), min_size=1, max_size=40)


def rows_of(widths: list[float], limit: float, gap: float = 3.0) -> list[range]:
    return even_rows(widths, [0.0, *[gap] * (len(widths) - 1)], limit, [False] * len(widths))


def width_of(row: range, widths: list[float], gap: float = 3.0) -> float:
    return sum(widths[i] for i in row) + gap * (len(row) - 1)


@given(WIDTHS, st.floats(20, 400))
def test_every_item_stands_in_exactly_one_row_and_in_order(widths: list[float], limit: float) -> None:
    rows = rows_of(widths, limit)
    assert [i for row in rows for i in row] == list(range(len(widths)))


@given(WIDTHS, st.floats(20, 400))
def test_no_row_is_wider_than_the_limit_unless_a_single_item_is(widths: list[float], limit: float) -> None:
    for row in rows_of(widths, limit):
        assert width_of(row, widths) <= limit + 1e-6 or len(row) == 1


@given(WIDTHS, st.floats(60, 400))
def test_there_is_no_way_with_fewer_rows(widths: list[float], limit: float) -> None:
    fewest, used = 0, math.inf
    for width in widths:  # filling each row to the brim uses the fewest
        if used + 3.0 + width > limit:
            fewest, used = fewest + 1, width
        else:
            used += 3.0 + width
    assert len(rows_of(widths, limit)) == fewest


@given(WIDTHS, st.floats(60, 400), st.data())
def test_no_widow_stands_where_another_break_costs_no_further_row(
    widths: list[float], limit: float, data: st.DataObject
) -> None:
    ends = data.draw(st.lists(st.booleans(), min_size=len(widths), max_size=len(widths)))
    rows = even_rows(widths, [0.0, *[3.0] * (len(widths) - 1)], limit, ends, pull=0.12)
    if len(rows) > 1 and width_of(rows[-1], widths) < WIDOW * limit:
        for start in range(1, rows[-1].start):
            wider = width_of(range(start, len(widths)), widths)
            if WIDOW * limit <= wider <= limit:
                assert len(rows_of(widths[:start], limit)) > len(rows) - 1


def test_rows_are_even_instead_of_full() -> None:
    assert [len(row) for row in rows_of([10.0] * 6, 64)] == [3, 3]


def test_a_short_word_is_not_left_alone_at_the_end() -> None:
    widths = [30.0, 30.0, 30.0, 5.0]
    assert [list(row) for row in rows_of(widths, 97)] == [[0, 1], [2, 3]]


def test_rows_like_to_end_at_punctuation() -> None:
    widths = [20.0, 20.0, 20.0, 20.0, 20.0]
    ends = [False, True, False, False, False]
    assert [len(row) for row in even_rows(widths, [0.0] * 5, 60, ends)] == [2, 3]
    ends = [False, False, True, False, False]
    assert [len(row) for row in even_rows(widths, [0.0] * 5, 60, ends)] == [3, 2]


@given(HOSTILE)
def test_tokens_hold_all_that_is_not_space(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == "".join(text.split())


@given(HOSTILE)
def test_joined_tokens_are_the_text_with_single_spaces(text: str) -> None:
    assert join(tokens(text)) == " ".join(text.split())


@given(st.text(alphabet="一片空白的天空，。（）《》「」AIx9", min_size=1, max_size=60))
def test_chinese_punctuation_stays_on_its_side_of_a_break(text: str) -> None:
    parts = tokens(text)
    assert all(part.text[0] not in NEVER_FIRST for part in parts[1:])
    assert all(part.text[-1] not in NEVER_LAST for part in parts[:-1])


def test_latin_words_inside_chinese_stay_whole() -> None:
    assert [token.text for token in tokens("看到AI芯片")] == ["看", "到", "AI", "芯", "片"]


@given(HOSTILE.filter(lambda text: bool(text.split())), st.integers(1, 30))
def test_a_cut_word_loses_nothing_and_fits(text: str, limit: int) -> None:
    word = "".join(text.split())
    pieces = cut_to(word, limit, len)
    assert "".join(pieces) == word
    assert all(len(piece) <= limit or len(cut_to(piece, 0, len)) == 1 for piece in pieces)


@pytest.mark.parametrize(
    ("text", "rtl"), [("hello", False), ("سر فنجان", True), ("(94%) שלום", True), ("NASA قال", False), ("2026", False)]
)
def test_the_first_letter_decides_the_direction(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


def test_numbers_have_no_direction_of_their_own() -> None:
    assert not is_ltr("2026.")
    assert not is_rtl("2026.")
    assert is_rtl(as_rtl("2026."))
    assert as_rtl("قال") == "قال"
    assert as_rtl("NASA") == RTL_MARK + "NASA"


def test_tokens_know_where_spaces_were() -> None:
    assert tokens("a 你好") == [Token("a", False), Token("你", True), Token("好", False)]
