"""A text as sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.sentences import halves, spans, split


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Dr. Smith of the U.S. met Mr. O'Neil.", "They spoke at 5 p.m. in Washington, D.C.", "The end."]),
        ("en", ["“I came. I saw. I won,” he said.", "Then he left."]),
        ("en", ['He said: "Go. Now."', "She went."]),
        ("en", ["Prices rose 3.5 percent.", "iPhone sales fell... but not much.", "Wait...", "What?!"]),
        ("en", ["He lives in the U.S.", "He likes it.", "J. K. Rowling does not."]),
        (
            "en",
            [
                "Eleven said yes and ten said no.",
                "The cat sat.",
                "Then it met Acme Inc. of No. 5 Mill Lane.",
                "So what?",
            ],
        ),
        ("en", ["It was on Jan. 5 in vol. 3, etc.", "The end."]),
        ("en", ["The shelf is 5'10\" tall.", "It fell."]),
        ("es", ["La Dra. Pérez llegó.", "¿Quién?", "¡Ella!"]),
        ("de", ["Am 5. März kam er.", "Es war z.B. kalt.", "Ein „Zitat. Noch eins“ folgt.", "Ende."]),
        ("fr", ["M. Dupont est là.", "« Oui. Bien sûr. » Il rit."]),
        ("ru", ["Он родился в 1950 г. в Москве.", "Это всё."]),
        ("hi", ["यह एक वाक्य है।", "यह दूसरा है।"]),
        ("ar", ["هل هذا صحيح؟", "نعم.", "انتهى"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


def test_chinese_and_japanese_need_no_spaces() -> None:
    assert split("机器人很小！是吗？“对。”他说。", "zh") == ["机器人很小！", "是吗？", "“对。”", "他说。"]


def test_paragraphs_and_bullets_end_sentences_and_hard_wrapped_lines_do_not() -> None:
    text = "A headline\n\nOne sentence on\ntwo lines. Items:\n- first\n- second"
    assert split(text) == ["A headline", "One sentence on two lines.", "Items:", "- first", "- second"]


@given(st.text(alphabet='aB .!?…。”“"«»,;\n-U1', max_size=200), st.sampled_from(["en", "de", "zh"]))
def test_spans_lie_in_the_text_in_order_and_lose_no_letter(text: str, language: str) -> None:
    found = spans(text, language)
    edges = [edge for span in found for edge in span]
    assert edges == sorted(edges)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in found)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


def test_a_long_sentence_splits_at_its_strongest_break_near_the_middle() -> None:
    assert halves("first part, second part; third part, fourth") == ("first part, second part;", "third part, fourth")
    assert halves("one two, three four five six") == ("one two,", "three four five six")
    assert halves("科学家说，机器人很小") == ("科学家说，", "机器人很小")
    assert halves("unsplittable") is None


@given(st.text(alphabet="ab ,;:", min_size=1, max_size=80))
def test_halves_are_shorter_and_keep_every_word(text: str) -> None:
    parts = halves(text)
    if parts is not None:
        assert all(len(part) < len(text) for part in parts)
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")
