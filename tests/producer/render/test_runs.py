"""Lines fall into runs of letters, Chinese and emoji, and nothing gets lost between them."""

from itertools import pairwise

import pytest
from hypothesis import given

from producer.render.runs import QUARTER_SPACE, is_emoji, quarter_before, quarter_spaced, runs
from tests.support.hostile import HOSTILE


@given(HOSTILE)
def test_runs_hold_the_whole_text_and_change_kind_each_time(text: str) -> None:
    found = runs(text)
    assert "".join(run.text for run in found) == text
    assert all(a.kind != b.kind for a, b in pairwise(found))


@pytest.mark.parametrize("emoji", ["🚀", "👩🏽‍🚀", "🇫🇷", "👍🏿", "1️⃣", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_an_emoji_stays_whole_between_letters(emoji: str) -> None:
    assert [tuple(run) for run in runs(f"a{emoji}b")] == [("a", "letters"), (emoji, "emoji"), ("b", "letters")]


@pytest.mark.parametrize("sign", ["a", "7", "#", "©", "☀", "→", "一", "ع"])
def test_signs_that_are_text_by_default_stay_text(sign: str) -> None:
    assert not is_emoji(sign)


def test_quotes_are_chinese_beside_chinese_and_latin_elsewhere() -> None:
    assert [tuple(run) for run in runs("说“好”")] == [("说“好”", "cjk")]
    assert [tuple(run) for run in runs("é “ok”")] == [("é “ok”", "letters")]


@given(HOSTILE)
def test_quarter_spaces_are_all_that_setting_adds(text: str) -> None:
    text = text.replace(QUARTER_SPACE, "")
    assert quarter_spaced(text).replace(QUARTER_SPACE, "") == text


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("看到AI芯片", "看到|AI|芯片"),
        ("カード1枚", "カード|1|枚"),
        ("в городе永和", "в городе|永和"),
        ("A，好", "A，好"),
        ("永 A", "永 A"),
        ("３Ａ国", "３Ａ国"),
        ("한국AI", "한국AI"),
        ("94%的", "94%的"),
    ],
)
def test_quarter_spaces_stand_between_chinese_and_western_letters_alone(written: str, set_: str) -> None:
    assert quarter_spaced(written) == set_.replace("|", QUARTER_SPACE)


def test_a_quarter_space_can_stand_between_words() -> None:
    assert quarter_before("看到", "AI")
    assert quarter_before("AI", "芯片")
    assert not quarter_before("芯片", "，")
    assert not quarter_before("", "芯片")
