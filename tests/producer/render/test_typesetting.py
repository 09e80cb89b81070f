"""Text of any script fits its room, and is drawn with real letters."""

from functools import cache

import numpy as np
import pytest
import skia
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import Unavailable
from producer.render.fonts import Face, emoji_typeface
from producer.render.text import BOLD, ELLIPSIS, MEDIUM, Style, Typesetter
from tests.producer.render.test_wrap import HOSTILE

SCRIPTS = {
    "en": "The secret of a better cup",
    "pl": "Zażółć gęślą jaźń",
    "vi": "Tiếng Việt ở Hà Nội",
    "ru": "Ёлка и съезд",
    "el": "Καλημέρα κόσμε",
    "ar": "مرحبا بالعالم",
    "fa": "چگونه پژوهش",
    "he": "שלום עולם",
    "hi": "नमस्ते क्षत्रिय",
    "zh": "一片空白的天空里",
    "ja": "ひらがなとカタカナ",
    "ko": "안녕하세요 세계",
}
LONG = "Researchers at a small university find that a few drops of water before grinding make every coffee better"
SIZES = range(60, 19, -2)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def type_for(language: str) -> Typesetter:
    return Typesetter(language)


def ink(text: str, language: str = "en", style: Style | None = None, channel: int = 0) -> np.ndarray:
    """A colour channel of a drawn line's pixels, 0..255."""
    pixels = np.zeros((120, 1400, 4), np.uint8)
    type_for(language).draw(skia.Surface(pixels).getCanvas(), text, 20, 80, style or Style(50))
    return pixels[..., channel]


@quick
@given(HOSTILE, st.sampled_from(sorted(SCRIPTS)), st.integers(60, 700))
def test_wrapped_lines_are_never_wider_than_their_room(text: str, language: str, limit: int) -> None:
    type_, style = type_for(language), Style(24)
    for line in type_.wrap(type_.clean(text), style, limit):
        assert type_.width(line, style) <= limit


@quick
@given(HOSTILE, st.integers(120, 700), st.integers(60, 400), st.integers(1, 5))
def test_a_fitted_block_fits(text: str, width: int, height: int, most: int) -> None:
    type_ = type_for("en")
    block = type_.fit(text, Style(1, BOLD), width, height, SIZES, most)
    assert len(block.lines) <= most
    assert block.height <= height
    assert block.width <= width
    shown = "".join("".join(block.lines).split())
    assert block.cut or shown.replace("\u200f", "") == "".join(type_.clean(text).split())


@quick
@given(HOSTILE, st.integers(40, 500))
def test_shortened_text_fits_and_says_that_it_was_shortened(text: str, limit: int) -> None:
    type_, style = type_for("en"), Style(24)
    short = type_.shorten(text, style, limit)
    assert type_.width(short, style) <= limit
    assert short == type_.clean(text) or short.endswith(ELLIPSIS)


def test_a_title_of_120_characters_is_shown_whole() -> None:
    block = type_for("en").fit(LONG, Style(1, BOLD), 580, 280, SIZES, 6)
    assert not block.cut
    assert " ".join(block.lines) == LONG


def test_short_titles_are_set_as_large_as_they_may_be() -> None:
    assert type_for("en").fit("Photosynthesis", Style(1), 600, 200, SIZES, 4).size == SIZES[0]


def test_an_endless_title_is_cut_in_reasonable_time() -> None:
    block = type_for("en").fit("word " * 4000, Style(1), 600, 200, SIZES, 4)
    assert block.cut
    assert block.lines[-1].endswith(ELLIPSIS)


@pytest.mark.parametrize(("language", "sample"), SCRIPTS.items())
def test_every_script_is_drawn_with_its_own_letters(language: str, sample: str) -> None:
    type_ = type_for(language)
    assert type_.clean(sample) == sample
    # two different letters never come out as the same empty box
    letters = sorted(set(sample.replace(" ", "")))[:2]
    first, second = (ink(letter, language) for letter in letters)
    assert first.any()
    assert second.any()
    assert not np.array_equal(first, second)


def test_arabic_letters_are_joined() -> None:
    together = type_for("ar").width("مرحبا", Style(50))
    apart = sum(type_for("ar").width(letter, Style(50)) for letter in "مرحبا")
    assert together < 0.9 * apart


def test_letters_are_kerned() -> None:
    type_ = type_for("en")
    assert type_.width("AV", Style(100)) < type_.width("A", Style(100)) + type_.width("V", Style(100)) - 3


def test_bold_is_bolder_than_medium() -> None:
    assert ink("Weight", style=Style(50, BOLD)).sum() > 1.1 * ink("Weight", style=Style(50, MEDIUM)).sum()


def test_right_to_left_text_begins_at_the_right() -> None:
    type_, pixels = type_for("ar"), np.zeros((200, 700, 4), np.uint8)
    block = type_.fit("سر", Style(1), 600, 150, [40], 2)
    type_.draw_block(skia.Surface(pixels).getCanvas(), block, 50, 50, Style(1), 600)
    columns = np.flatnonzero(pixels[..., 3].any(axis=0))
    assert columns.max() > 620
    assert columns.min() > 400


def test_what_no_typeface_has_is_left_out_instead_of_drawn_as_a_box() -> None:
    plain = Typesetter("en", emoji=False)
    assert plain.clean("Lift-off 🚀 at dawn\u0000 \u202egnp.exe") == "Lift-off at dawn gnp.exe"
    assert plain.clean("🚀👩🏽‍🚀🇫🇷1️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿") == ""
    assert plain.fit("🚀", Style(1), 300, 100, SIZES, 2).lines == ()


@pytest.mark.skipif(emoji_typeface(skia.FontMgr.New_Custom_Empty()) is None, reason="no emoji typeface here")
@pytest.mark.parametrize("emoji", ["🚀", "👩🏽‍🚀", "🇫🇷", "👍🏿", "1️⃣", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_an_emoji_is_one_coloured_picture_however_many_characters_it_takes(emoji: str, language: str) -> None:
    type_, style = type_for(language), Style(50, BOLD)
    assert type_.clean(f"x {emoji}") == f"x {emoji}"
    assert type_.width(emoji, style) == pytest.approx(type_.width("🚀", style), rel=0.25)
    assert (ink(emoji, language, style) != ink(emoji, language, style, channel=2)).sum() > 100


def test_chinese_is_as_bold_as_the_latin_beside_it() -> None:
    assert ink("空白", "zh", Style(50, BOLD)).sum() > 1.15 * ink("空白", "zh", Style(50, 400)).sum()


def test_japanese_and_chinese_draw_the_same_character_their_own_way() -> None:
    assert not np.array_equal(ink("直", "ja"), ink("直", "zh"))


def test_a_missing_typeface_says_what_to_install() -> None:
    with pytest.raises(Unavailable, match="pip install fontpkg-nowhere"):
        Face("nowhere", "fontpkg_nowhere", "files/Nowhere.ttf").load(skia.FontMgr.New_Custom_Empty())
