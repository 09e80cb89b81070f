"""Headings break between words in Chinese and between phrases in Japanese; nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.phrases import phrases
from producer.render.text import BOLD, Style, Typesetter
from producer.render.wrap import join, tokens
from tests.producer.render.test_wrap import HOSTILE


def texts(text: str, language: str) -> list[str]:
    return [phrase.text for phrase in phrases(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("夜间电车重返老城 🚊", "zh", ["夜间", "电车", "重返", "老城", "🚊"]),
        ("“人工智能”芯片（AI）发布。", "zh", ["“人工智能”", "芯片", "（AI）", "发布。"]),
        ("夜の路面電車が旧市街に戻ってくる", "ja", ["夜の", "路面電車が", "旧市街に", "戻ってくる"]),
        ("電車が、町に戻る。", "ja", ["電車が、", "町に", "戻る。"]),
        ("らーめんの店", "ja", ["らーめんの", "店"]),
    ],
)
def test_what_belongs_together_stays_together(text: str, language: str, expected: list[str]) -> None:
    assert texts(text, language) == expected


@given(HOSTILE, st.sampled_from(["zh", "ja", "ko", "en", "ar"]))
def test_nothing_is_lost_and_signs_keep_their_side(text: str, language: str) -> None:
    found = phrases(text, language)
    assert join(found) == join(tokens(text))
    ends = {sum(len(part.text) for part in tokens(text)[: n + 1]) for n in range(len(tokens(text)))}
    assert {sum(len(p.text) for p in found[: n + 1]) for n in range(len(found))} <= ends


def test_a_chinese_title_breaks_between_words() -> None:
    block = Typesetter("zh").fit("夜间电车重返老城", Style(1, BOLD), 400, 400, range(66, 25, -1), 6)
    assert block.lines == ("夜间电车", "重返老城")


def test_no_line_is_left_with_one_short_word() -> None:
    type_, style = Typesetter("el"), Style(1, BOLD)
    block = type_.fit("Τα νυχτερινά τραμ επιστρέφουν στην παλιά πόλη", style, 560, 330, range(66, 25, -1), 6)
    widths = [type_.width(line, Style(block.size)) for line in block.lines]
    assert min(widths) >= 0.5 * max(widths)
    assert block.size >= 0.8 * 66
