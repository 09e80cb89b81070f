"""Text of any script fits its room, and is drawn with real letters."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import skia
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import Unavailable
from producer.render.fonts import Face, emoji_typeface, faces
from producer.render.text import BOLD, ELLIPSIS, MEDIUM, Style, Typesetter
from producer.render.wrap import RTL_MARK, WIDOW, join, tokens
from tests.support.glyphs import missing_glyphs
from tests.support.hostile import TEXTS

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


def letters(text: str) -> str:
    """What must neither get lost nor be repeated: all but spaces, and the mark that turns a line round."""
    return "".join(text.replace(RTL_MARK, "").split())


@quick
@given(TEXTS, st.sampled_from(sorted(SCRIPTS)))
def test_no_empty_box_is_ever_drawn_for_a_letter(text: str, language: str) -> None:
    type_ = type_for(language)
    assert missing_glyphs(type_, type_.clean(text)) == 0


@quick
@given(TEXTS, st.sampled_from(sorted(SCRIPTS)))
def test_clean_text_stays_as_it_is(text: str, language: str) -> None:
    clean = type_for(language).clean(text)
    assert type_for(language).clean(clean) == clean


@quick
@given(TEXTS, st.sampled_from(sorted(SCRIPTS)), st.integers(60, 700))
def test_wrapped_lines_fit_their_room_and_hold_the_whole_text(text: str, language: str, limit: int) -> None:
    type_, style = type_for(language), Style(24)
    clean = type_.clean(text)
    lines = type_.wrap(clean, style, limit)
    assert all(type_.width(line, style) <= limit for line in lines)
    assert letters("".join(lines)) == letters(clean)


@quick
@given(TEXTS, st.integers(200, 700))
def test_a_short_word_is_not_left_alone_in_the_last_line(text: str, limit: int) -> None:
    type_, style = type_for("en"), Style(24)
    words = tokens(type_.clean(text))
    lines = type_.wrap(join(words), style, limit)
    if len(lines) > 1 and type_.width(lines[-1], style) < 0.9 * WIDOW * limit:
        least, most = len(letters(lines[-1])), len(letters("".join(lines[-2:])))
        for start in range(len(words)):  # words more from the line before would make it too wide
            longer = join(words[start:])
            if least < len(letters(longer)) < most:
                assert not WIDOW * limit <= type_.width(longer, style) <= 0.98 * limit


@quick
@given(TEXTS, st.integers(120, 700), st.integers(60, 400), st.integers(1, 5))
def test_a_fitted_block_fits(text: str, width: int, height: int, most: int) -> None:
    type_ = type_for("en")
    block = type_.fit(text, Style(1, BOLD), width, height, SIZES, most)
    assert len(block.lines) <= most
    assert block.height <= height
    assert block.width <= width
    whole, shown = letters(type_.clean(text)), letters("".join(block.lines))
    assert shown == whole or (block.cut and shown.endswith(ELLIPSIS) and whole.startswith(shown.rstrip(ELLIPSIS)))


@quick
@given(TEXTS, st.integers(0, 500))
def test_shortened_text_fits_and_says_that_it_was_shortened(text: str, limit: int) -> None:
    type_, style = type_for("en"), Style(24)
    clean, short = type_.clean(text), type_.shorten(text, style, limit)
    assert type_.width(short, style) <= limit
    assert short in (clean, "") or (short.endswith(ELLIPSIS) and clean.startswith(short.rstrip(ELLIPSIS)))


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


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_a_quarter_space_stands_between_chinese_and_western_letters(language: str) -> None:
    type_, style = type_for(language), Style(100)
    apart = type_.width("永A永", style) - 2 * type_.width("永", style) - type_.width("A", style)
    assert apart == pytest.approx(50, abs=5)
    assert type_.wrap("用3D打印的AI芯片", style, 2000) == ("用3D打印的AI芯片",)  # set, not written


def test_a_shows_own_chinese_typeface_is_used_for_chinese() -> None:
    own = faces("zh")[-1].path()  # its first member draws Han characters as Japanese does
    assert np.array_equal(drawn_with(own, "直"), ink("直", "ja", Style(50, 400)))
    assert not np.array_equal(drawn_with(own, "直"), ink("直", "zh", Style(50, 400)))


def test_a_shows_own_latin_typeface_leaves_chinese_to_the_usual_one() -> None:
    own = faces("en")[1].path()
    assert np.array_equal(drawn_with(own, "“直”"), ink("“直”", "zh", Style(50, 400)))
    assert not np.array_equal(drawn_with(own, "Rag"), ink("Rag", "zh", Style(50, 400)))


def drawn_with(own: Path, text: str) -> np.ndarray:
    pixels = np.zeros((120, 1400, 4), np.uint8)
    Typesetter("zh", own).draw(skia.Surface(pixels).getCanvas(), text, 20, 80, Style(50, 400))
    return pixels[..., 0]


def test_a_missing_typeface_says_what_to_install() -> None:
    with pytest.raises(Unavailable, match="pip install fontpkg-nowhere"):
        Face("nowhere", "fontpkg_nowhere", "files/Nowhere.ttf").load(skia.FontMgr.New_Custom_Empty())
