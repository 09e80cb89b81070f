"""Large captions: few words, inside their room, clear of the face, readable on anything, the sounding word in colour."""

from pathlib import Path

import numpy as np
import pytest
import skia
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.engines.requests import SIZES
from producer.render.cards.big_captions import MOST_WORDS, BigCaptions
from producer.render.cards.captions import CaptionCard, captions_for
from producer.render.colour import READABLE, WHITE, channels, contrast
from producer.render.layout import Box
from producer.render.scene.palettes import PALETTES
from storage.documents import Format, Word
from tests.support.cutting import design_of, evenly, store_in

FORMATS: list[Format] = list(SIZES)
SAID = "Wait, grinding coffee makes tiny lightning, and physicists love it!"
HARD = st.text(alphabet="abcdefghijklWM.,!?一片空，مرحبا é🚀", min_size=1, max_size=40)
few = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def painted(card: BigCaptions, frame: int, size: tuple[int, int], tone: int | None = None) -> np.ndarray:
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    if tone is not None:
        pixels[:] = (tone, tone, tone, 255)
    card.paint(skia.Surface(pixels).getCanvas(), frame)
    return pixels


def columns_of(pixels: np.ndarray, colour: str) -> np.ndarray:
    apart = np.abs(pixels[..., :3].astype(int) - channels(colour)).max(axis=2)
    return np.flatnonzero((apart < 3).any(axis=0))


@pytest.mark.parametrize("format", FORMATS)
@few
@given(st.lists(HARD, min_size=1, max_size=16))
def test_they_stay_inside_the_safe_area_and_off_the_face(tmp_path: Path, format: Format, parts: list[str]) -> None:
    design = design_of(store_in(tmp_path), format=format)
    words = tuple(Word(text=part, start=i, end=i + 0.8) for i, part in enumerate(parts))
    card = BigCaptions(design, words, active_word=True)
    for index, chunk in enumerate(card.chunks):
        assert 1 <= len(chunk.words) <= MOST_WORDS
        assert len(chunk.rows) <= design.layout.caption_rows
        assert design.layout.safe.contains(card.box(index))
        assert not design.layout.face_box.overlaps(card.box(index))
        assert not design.layout.name.overlaps(card.box(index))


@pytest.mark.parametrize("format", FORMATS)
def test_every_frame_is_drawn_inside_the_box(tmp_path: Path, format: Format) -> None:
    design = design_of(store_in(tmp_path), format=format, seconds=4.0)
    card = BigCaptions(design, tuple(evenly(SAID, 1.0, 5.0)), active_word=True)
    for frame in range(24, 125, 3):
        ys, xs = np.nonzero(painted(card, frame, SIZES[format])[..., 3] > 128)
        index = next(i for i, chunk in enumerate(card.chunks) if chunk.start <= frame / 25 < chunk.end)
        box, edge = card.box(index), 2
        shown = Box(xs.min(), ys.min(), xs.max() - xs.min(), ys.max() - ys.min())
        assert Box(box.x - edge, box.y - edge, box.width + 2 * edge, box.height + 2 * edge).contains(shown)


def test_the_sounding_word_is_in_the_accent_and_moves_on(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path))
    words = tuple(evenly("one two three", 1.0, 4.0))
    lit, plain = BigCaptions(design, words, active_word=True), BigCaptions(design, words, active_word=False)
    places = [columns_of(painted(lit, frame, SIZES["16:9"]), design.palette.accent).mean() for frame in (32, 57, 82)]
    assert places == sorted(places)
    assert places[2] - places[0] > 150
    assert not len(columns_of(painted(plain, 57, SIZES["16:9"]), design.palette.accent))


@pytest.mark.parametrize(("language", "said"), [("ar", "قال مدير الشركة"), ("he", "שלום עולם טוב")])
def test_right_to_left_words_light_up_from_the_right(tmp_path: Path, language: str, said: str) -> None:
    design = design_of(store_in(tmp_path), language=language)
    card = BigCaptions(design, tuple(evenly(said, 1.0, 4.0)), active_word=True)
    places = [columns_of(painted(card, frame, SIZES["16:9"]), design.palette.accent).mean() for frame in (32, 57, 82)]
    assert places == sorted(places, reverse=True)


def test_a_word_pops_in_and_settles_at_its_own_size(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path))
    card = BigCaptions(design, tuple(evenly("hello again", 1.0, 3.0)), active_word=True)
    accent = design.palette.accent
    wide = [np.ptp(columns_of(painted(card, frame, SIZES["16:9"]), accent)) for frame in (25, 27, 31, 40)]
    assert wide[0] < wide[2] < wide[1]
    assert wide[2] == wide[3]


@pytest.mark.parametrize("palette", PALETTES)
def test_letters_can_be_read_against_their_edge(palette: str) -> None:
    colours = PALETTES[palette]
    assert contrast(WHITE, colours.ink) >= READABLE
    assert contrast(colours.accent, colours.ink) >= READABLE


@pytest.mark.parametrize("tone", [255, 128, 0])
def test_a_dark_edge_lies_around_the_letters_on_any_scene(tmp_path: Path, tone: int) -> None:
    design = design_of(store_in(tmp_path))
    card = BigCaptions(design, tuple(evenly("HI", 1.0, 3.0)), active_word=False)
    pixels = painted(card, 40, SIZES["16:9"], tone)[..., :3].astype(int)
    row = pixels[round(card.box(0).centre[1])]
    white = np.flatnonzero((row >= 250).all(axis=1) & (np.arange(len(row)) > card.box(0).x))
    first = white[white < card.box(0).right][0] if tone != 255 else np.flatnonzero((row < 90).all(axis=1))[-1] + 1
    beside = row[first - 4]
    assert contrast(WHITE, "#{:02x}{:02x}{:02x}".format(*beside)) >= READABLE


def test_each_style_has_its_card_and_none_has_none(tmp_path: Path) -> None:
    design, words = design_of(store_in(tmp_path)), tuple(evenly("one two", 1.0, 2.0))
    assert captions_for("none", design, words, timed=True) is None
    assert isinstance(captions_for("big", design, words, timed=True), BigCaptions)
    assert isinstance(captions_for("words", design, words, timed=True), CaptionCard)
    assert isinstance(captions_for("lines", design, words, timed=True), CaptionCard)
