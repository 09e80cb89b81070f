"""The cards over the scene: inside the safe area, readable on anything, and only there when it is their time."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import skia
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.engines.requests import SIZES
from producer.render.cards.base import Card, Design
from producer.render.cards.captions import CaptionCard
from producer.render.cards.curtain import Curtain
from producer.render.cards.headline import Headline, brightest, shade
from producer.render.cards.intro import Intro
from producer.render.cards.marks import AiLabel, Progress, ShowName
from producer.render.cards.name import NameCard
from producer.render.cards.outro import Outro
from producer.render.cards.picture import PictureCard, fill
from producer.render.cards.source import SourceLine
from producer.render.cards.stay import first
from producer.render.colour import READABLE, WHITE, channels, contrast
from producer.render.layout import Box
from producer.render.timeline import WIPE_S
from storage.documents import Format, Word
from tests.support.cutting import design_of, evenly, store_in

FORMATS: list[Format] = list(SIZES)
LONG = "Researchers at a small university find that a few drops of water before grinding make every coffee better"
HARSH = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung 🚀 一片空白的天空里，藏着三千个星系 مرحبا"
RED = np.full((300, 400, 4), (220, 20, 30, 255), np.uint8)


def headline_of(design: Design) -> Headline:
    return Headline(design, first(design.timeline))


def painted(card: Card, frame: int, size: tuple[int, int]) -> np.ndarray:
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    card.paint(skia.Surface(pixels).getCanvas(), frame)
    return pixels


def extent(pixels: np.ndarray) -> Box:
    ys, xs = np.nonzero(pixels[..., 3])
    return Box(xs.min(), ys.min(), xs.max() - xs.min() + 1, ys.max() - ys.min() + 1)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("picture", [False, True])
@pytest.mark.parametrize("title", ["War", "Night trams return to the old town", LONG, HARSH, "🚀"])
def test_headlines_keep_to_their_box(tmp_path: Path, format: Format, picture: bool, title: str) -> None:
    design = design_of(store_in(tmp_path), format=format, title=title)
    headline = Headline(design, first(design.timeline), RED if picture else None)
    box = design.layout.title_by_picture if picture else design.layout.cards
    assert box.contains(headline.box)
    assert not headline.block.cut


def test_a_title_that_cannot_fit_is_marked_as_cut(tmp_path: Path) -> None:
    assert headline_of(design_of(store_in(tmp_path), title=LONG * 6)).cut


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("tone", [(255, 255, 255), (250, 240, 90), (128, 128, 128), (5, 5, 9)])
def test_the_shade_makes_the_title_readable_on_any_scene(
    tmp_path: Path, format: Format, tone: tuple[int, int, int]
) -> None:
    design = design_of(store_in(tmp_path), format=format)
    scene = np.full((design.layout.height, design.layout.width, 4), (*tone, 255), np.uint8)
    headline = headline_of(design)
    shade(scene, design, headline.box)
    assert contrast(WHITE, brightest(scene, headline.box)) >= READABLE


@pytest.mark.parametrize("format", ["16:9", "1:1"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_shade_leaves_the_presenters_side_alone(tmp_path: Path, format: Format, language: str) -> None:
    design = design_of(store_in(tmp_path), format=format, language=language)
    layout = design.layout
    scene = np.full((layout.height, layout.width, 4), 200, np.uint8)
    shade(scene, design, headline_of(design).box)
    outer = 10 if layout.mirrored else layout.width - 10
    assert (scene[300, outer] == 200).all()
    assert (scene[300, layout.width - outer, :3] < 120).all()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_gleams_behind_the_title_is_dimmed(tmp_path: Path, language: str) -> None:
    design = design_of(store_in(tmp_path), language=language)
    scene = np.full((720, 1280, 4), (60, 30, 20, 255), np.uint8)
    scene[::40, :, :3] = (120, 230, 250)  # thin bright lines, too few to darken it all
    shade(scene, design, headline_of(design).box)
    box = headline_of(design).box
    behind = scene[int(box.y) : int(box.bottom), int(box.x) : int(box.right), :3].reshape(-1, 3)
    for blue, green, red in np.unique(behind, axis=0):
        assert contrast(WHITE, f"#{red:02x}{green:02x}{blue:02x}") >= READABLE


def test_the_source_is_on_screen_with_the_title(tmp_path: Path) -> None:
    assert SourceLine(design_of(store_in(tmp_path))).text == "Source: Harbour Gazette"
    assert SourceLine(design_of(store_in(tmp_path), language="zh")).text == "来源：Harbour Gazette"


@pytest.mark.parametrize("format", FORMATS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.text(alphabet="abcdefghijklWM.,!?一片空，مرحبا é", min_size=1, max_size=40), min_size=1, max_size=20)
)
def test_captions_stay_inside_the_safe_area_whatever_is_said(tmp_path: Path, format: Format, parts: list[str]) -> None:
    design = design_of(store_in(tmp_path), format=format)
    words = tuple(Word(text=part, start=i, end=i + 0.8) for i, part in enumerate(parts))
    card = CaptionCard(design, words, active_word=True)
    for index in range(len(card.chunks)):
        assert design.layout.safe.contains(card.box(index))


def test_captions_show_the_spoken_word_on_a_pill(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path))
    words = tuple(evenly("one two three", 1.0, 4.0))
    lit, plain = CaptionCard(design, words, active_word=True), CaptionCard(design, words, active_word=False)
    accent = np.array(channels(design.palette.accent))
    places = []
    for frame in (30, 55, 80):  # in each word's second
        pixels = painted(lit, frame, SIZES["16:9"])
        hits = np.flatnonzero((np.abs(pixels[..., :3].astype(int) - accent).max(axis=2) < 3).any(axis=0))
        places.append(hits.mean())
        assert not (np.abs(painted(plain, frame, SIZES["16:9"])[..., :3].astype(int) - accent).max(axis=2) < 3).any()
    assert places == sorted(places)
    assert places[2] - places[0] > 100


def test_captions_are_gone_when_nobody_speaks(tmp_path: Path) -> None:
    card = CaptionCard(design_of(store_in(tmp_path)), tuple(evenly("one two", 2.0, 3.0)), active_word=True)
    assert not painted(card, 10, SIZES["16:9"]).any()
    assert painted(card, 60, SIZES["16:9"]).any()
    assert not painted(card, 120, SIZES["16:9"]).any()


def test_arabic_captions_run_from_the_right(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path), language="ar")
    card = CaptionCard(design, tuple(evenly("قال مدير الشركة", 1.0, 4.0)), active_word=True)
    accent = np.array(channels(design.palette.accent))
    places = []
    for frame in (30, 80):
        pixels = painted(card, frame, SIZES["16:9"])
        places.append(np.flatnonzero((np.abs(pixels[..., :3].astype(int) - accent).max(axis=2) < 3).any(axis=0)).mean())
    assert places[1] < places[0] - 50


@pytest.mark.parametrize("format", FORMATS)
def test_the_name_comes_and_goes_and_keeps_to_its_place(tmp_path: Path, format: Format) -> None:
    design = design_of(
        store_in(tmp_path), format=format, seconds=9.0, presenter_name="Wilhelmina Featherstonehaugh-Ó Súilleabháin"
    )
    card, timeline = NameCard(design), design.timeline
    assert design.layout.name.contains(card.box)
    shown = [bool(painted(card, f, SIZES[format]).any()) for f in range(0, timeline.frames, 5)]
    assert not shown[0]
    assert any(shown)
    assert not shown[-1]


def test_without_a_name_there_is_no_name_card(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path), presenter_name="", seconds=9.0)
    assert not painted(NameCard(design), design.timeline.speech_start + 60, SIZES["16:9"]).any()


@pytest.mark.parametrize("format", FORMATS)
def test_the_ai_label_and_the_show_share_the_top_without_touching(tmp_path: Path, format: Format) -> None:
    design = design_of(
        store_in(tmp_path), format=format, show_name="The Very Long Name of a Programme about Everything"
    )
    label, show = AiLabel(design), ShowName(design)
    assert design.layout.safe.contains(label.box)
    assert design.layout.safe.contains(show.box)
    assert not label.box.overlaps(show.box)
    assert not show.box.overlaps(design.layout.cards)
    assert extent(painted(label, 0, SIZES[format])).width > 40


def test_progress_grows_from_nothing_to_the_whole_width(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path))
    accent = np.array(channels(design.palette.accent))
    widths = []
    for frame in (0, design.timeline.frames // 2, design.timeline.frames - 1):
        row = painted(Progress(design), frame, SIZES["16:9"])[-1, :, :3].astype(int)
        widths.append(int((np.abs(row - accent).max(axis=1) < 3).sum()))
    assert widths[0] < 20
    assert widths[1] == pytest.approx(640, abs=12)
    assert widths[2] == 1280


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("title", ["War", LONG, HARSH, "سر فنجان أفضل من القهوة", "🚀"])
def test_intro_and_outro_cover_everything_and_keep_their_text_inside(
    tmp_path: Path, format: Format, title: str
) -> None:
    design = design_of(store_in(tmp_path), format=format, title=title)
    curtain = Curtain(design, 1)
    intro, outro = Intro(design, curtain), Outro(design, curtain)
    timeline = design.timeline
    assert (painted(intro, timeline.body - 1, SIZES[format])[..., 3] == 255).all()
    assert (painted(outro, timeline.frames - 1, SIZES[format])[..., 3] == 255).all()
    assert not painted(intro, timeline.body + round(WIPE_S * 25) + 1, SIZES[format]).any()
    assert not painted(outro, timeline.outro - 1, SIZES[format]).any()
    assert design.layout.safe.contains(outro.box)
    assert Box(0, 0, *SIZES[format]).contains(intro.box)


def test_curtains_never_stand_still(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path))
    intro = Intro(design, Curtain(design, 1))
    frames = [painted(intro, frame, SIZES["16:9"]).astype(int) for frame in (30, 33, 36)]
    assert all(np.abs(a - b).mean() > 0.01 for a, b in itertools.pairwise(frames))


@pytest.mark.parametrize("shape", [(400, 300), (300, 400), (1000, 90), (40, 900), (3, 3), (1, 1)])
def test_a_picture_of_any_shape_fills_its_frame(shape: tuple[int, int]) -> None:
    picture = np.full((shape[1], shape[0], 4), 255, np.uint8)
    picture[..., 1] = 90
    filled = fill(picture, (160, 90))
    assert filled.shape == (90, 160, 4)
    assert (filled[..., 3] == 255).all()


def test_a_very_tall_picture_is_shown_whole() -> None:
    picture = np.full((900, 100, 4), 255, np.uint8)
    picture[:20, :, :3] = (255, 0, 0)
    picture[-20:, :, :3] = (0, 0, 255)
    filled = fill(picture, (320, 180)).astype(int)
    assert (filled[1, 160] - filled[178, 160])[0] > 150
    assert (filled[178, 160] - filled[1, 160])[2] > 150


def test_the_picture_zooms_slowly_inside_its_rounded_frame(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path))
    rng = np.random.default_rng(1)
    picture = np.full((300, 400, 4), 255, np.uint8)
    picture[..., :3] = np.kron(rng.integers(0, 255, (15, 20, 3)), np.ones((20, 20, 1)))
    card = PictureCard(design, picture, design.layout.picture, first(design.timeline))

    def shown(frame: int) -> np.ndarray:
        pixels = np.zeros((720, 1280, 4), np.uint8)
        pixels[..., 3] = 255
        card.paint(skia.Surface(pixels).getCanvas(), pixels, frame)
        return pixels

    early, later = shown(design.timeline.body + 25), shown(design.timeline.frames - 1)
    lit = np.argwhere(early[..., :3].any(axis=2))
    (top, left), (bottom, right) = lit.min(axis=0), lit.max(axis=0)
    assert card.box.contains(Box(left, top, right - left, bottom - top))
    assert not early[top, left, :3].any()  # the corner is round
    inside = slice(int(card.box.y), int(card.box.bottom)), slice(int(card.box.x), int(card.box.right))
    assert np.abs(early[inside].astype(int) - later[inside]).mean() > 10
    assert not shown(design.timeline.body - 1)[..., :3].any()


def test_no_pill_lies_behind_an_emoji(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path))
    words = tuple(evenly("again 🌙 tonight", 1.0, 4.0))
    card = CaptionCard(design, words, active_word=True)
    accent = np.array(channels(design.palette.accent))

    def lit(frame: int) -> int:
        return int((np.abs(painted(card, frame, SIZES["16:9"])[..., :3] - accent.astype(int)).max(axis=2) < 3).sum())

    assert lit(round(1.5 * 25)) > 1000
    assert lit(round(2.5 * 25)) < 300  # what the emoji itself has of that colour
    assert lit(round(3.5 * 25)) > 1000


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_name_has_its_bar_where_reading_begins(tmp_path: Path, language: str) -> None:
    design = design_of(store_in(tmp_path), language=language, seconds=4.0)
    card = NameCard(design)
    pixels = painted(card, design.timeline.speech_start + 60, SIZES["16:9"])
    ys, xs = np.nonzero(np.abs(pixels[..., :3] - np.array(channels(design.palette.accent))).max(axis=2) < 3)
    assert len(ys) > 100
    if language == "ar":
        assert xs.min() > card.box.centre[0]
    else:
        assert xs.max() < card.box.centre[0]
