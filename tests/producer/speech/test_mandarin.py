"""Mandarin read aloud, and its characters as sounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.captions import caption_words
from producer.speech.characters import speakable
from producer.speech.mandarin import cardinal, spell_out
from producer.speech.mandarin_sounds import phonemes, syllable

SAID = {
    "2024年3月5日": "二零二四年三月五日",
    "2019-2024年": "二零一九到二零二四年",
    "20年前": "二十年前",
    "94%的3,000人": "百分之九十四的三千人",
    "$5和￥1.5万": "五美元和一点五万元",
    "2个人，2月2日": "两个人,二月二日",
    "18:30到20:05": "十八点三十分到二十点零五分",
    "-5°C，80 km/h": "负五摄氏度,八十公里每小时",
    "5-10公里": "五到十公里",
    "1/2": "二分之一",
    "iPhone 15和COVID-19": "iPhone 十五和COVID 十九",
    "《书》“引号”": "“书”“引号”",
    "聚会🎉！": "聚会 !",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_mandarin_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1001, "一千零一"),
        (1010, "一千零一十"), (10_000, "一万"), (20_000, "两万"), (10_001, "一万零一"), (120_000_000, "一亿二千万"),
        (100_010_000, "一亿零一万"),
    ],
)  # fmt: skip
def test_numbers(n: int, said: str) -> None:
    assert cardinal(n) == said


@given(st.text(alphabet="中文abc 0123456789.,%-/:年月个人$￥米🎉", max_size=60))
def test_any_text_becomes_characters_without_figures(text: str) -> None:
    assert not re.search(r"\d", spell_out(text))


@pytest.mark.parametrize(
    ("pinyin", "sounds"),
    [
        ("zhong1", "ꭧʊ→ŋ"), ("guo2", "kwo↗"), ("shi4", "ʂɨ↘"), ("nv3", "ny↓"), ("xue2", "ɕɥe↗"), ("er4", "ɚ↘"),
        ("de5", "tɤ"), ("yuan2", "ɥɛ↗n"), ("jiu3", "ʨjou↓"), ("si4", "sɨ↘"), ("lüe4", "lɥe↘"), ("x", ""), ("ng2", "ŋ↗"),
    ],
)  # fmt: skip
def test_pinyin_becomes_sounds_with_the_tone_behind_the_vowel(pinyin: str, sounds: str) -> None:
    assert syllable(pinyin) == sounds


def test_words_are_kept_apart_and_foreign_ones_are_read_by_another_reader() -> None:
    assert phonemes("中国的 AI,北京.", lambda word: f"<{word}>") == "ꭧʊ→ŋkwo↗ tɤ <AI> , pei↓ʨi→ŋ."


def test_a_character_with_two_readings_is_read_by_its_word() -> None:
    assert phonemes("银行", str) == "i↗nxa↗ŋ"
    assert phonemes("行人", str) == "ɕi↗ŋɻə↗n"


def test_captions_show_words_with_their_marks() -> None:
    assert caption_words("他说：“准确率94%。”", "zh") == ["他", "说：", "“准确率", "94%。”"]


@given(st.text(alphabet="中国人在北京，。“”《》a1% 🎉", max_size=30))
def test_caption_words_keep_every_character(text: str) -> None:
    words = caption_words(text, "zh")
    assert all(speakable(word) for word in words)
    assert "".join(words).replace(" ", "") == ("".join(text.split()) if speakable(text) else "")


def test_characters_with_two_readings_are_read_by_what_stands_beside_them() -> None:
    long, grown = (phonemes(text, str) for text in ("桥长两公里", "他长大了"))
    assert "ꭧʰa↗ŋ" in long
    assert "ꭧa↓ŋ" in grown
    assert syllable("de5") in phonemes("睡得更好", str)
    assert phonemes("获得", str).endswith(syllable("de2"))
