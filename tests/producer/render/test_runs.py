"""Lines fall into runs of letters, Chinese and emoji, and nothing gets lost between them."""

from itertools import pairwise

import pytest
from hypothesis import given

from producer.render.runs import is_emoji, runs
from tests.producer.render.test_wrap import HOSTILE


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
