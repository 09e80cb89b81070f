"""The deck: one card after the other in its place, readable on anything, and in nobody's way."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.engines.requests import SIZES
from producer.render.brushes import canvas_on
from producer.render.cards.base import BrandKit, Design
from producer.render.cards.deck import CROPPED, Deck, picture_box
from producer.render.cards.illustration import Illustration
from producer.render.cards.items import CHIP, ItemsCard
from producer.render.cards.link import arranged
from producer.render.cards.marks import AiLabel, ShowName
from producer.render.cards.picture import PictureCard
from producer.render.cards.plan import Beat, Content, Headline, Items, Link, Number, Photo, Quote
from producer.render.cards.plate import density, tint
from producer.render.cards.qr import QrCode
from producer.render.cards.stay import following
from producer.render.colour import READABLE, WHITE, channels, contrast, mix
from producer.render.compositor import Composer
from producer.render.ground import Ground
from producer.render.layout import Box
from producer.render.scene.palettes import PALETTES
from storage.documents import Format
from storage.orders import Resolution
from tests.support.cutting import SOURCE, design_of, store_in

FORMATS: list[Format] = list(SIZES)
URL = "https://www.gazette.example/city/2026/11/night-trams-return"
CARDS: list[Content] = [
    Headline(),
    Number("4.2 million", "euros"),
    Quote("We have waited nine years for this evening to come", "Harbour Gazette"),
    Items(("trams", "buses", "ferries"), (6.6, 7.2, 7.8)),
    Photo("leftwards"),
    Photo("closer"),
    Number("64%", "of the passengers"),
    Link(URL),
]
HOSTILE = st.text(alphabet="abcdefghijklWM.,!? éß一片空白，مرحبا🚀\u202e", min_size=1, max_size=200)
SLOW = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def beats(cards: list[Content], start: float = 0.0) -> list[Beat]:
    """Two seconds each."""
    return [Beat(start + 2.0 * n, start + 2.0 * (n + 1), card) for n, card in enumerate(cards)]


def deck_of(
    folder: Path, cards: list[Content], picture: np.ndarray | None = None, **options: object
) -> tuple[Deck, Design]:
    design = design_of(store_in(folder), seconds=2.0 * len(cards), **options)
    layout = design.layout
    plain = np.full((layout.height, layout.width, 4), (90, 70, 80, 255), np.uint8)
    ground = Ground(plain, layout, design.timeline.frames, lambda canvas: None, moves=False)
    drawing = Illustration("night trams", design.palette, 3).draw
    return Deck(design, beats(cards), ground, picture, drawing), design


def shown(deck: Deck, frame: int) -> np.ndarray:
    pixels = deck.background(frame).copy()
    deck.paint(canvas_on(pixels), pixels, frame)
    return pixels


def touched(deck: Deck, frame: int) -> np.ndarray:
    """Where a frame differs from the bare ground by more than the faint end of a shadow."""
    return np.abs(shown(deck, frame)[..., :3].astype(int) - (90, 70, 80)).max(axis=2) > 12


def in_box(mask: np.ndarray, box: Box) -> bool:
    return bool(mask[max(0, int(box.y)) : int(box.bottom), max(0, int(box.x)) : int(box.right)].any())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("resolution", get_args(Resolution))
@pytest.mark.parametrize("format", FORMATS)
def test_cards_keep_to_their_place_and_clear_of_everything_else(
    tmp_path: Path, format: Format, resolution: Resolution, language: str
) -> None:
    deck, design = deck_of(tmp_path, CARDS, format=format, resolution=resolution, language=language)
    layout = design.layout
    others = [layout.face_box, layout.captions, layout.source, layout.name, AiLabel(design).box, ShowName(design).box]
    for number in range(len(CARDS)):
        card = deck.card(number)
        assert layout.cards.contains(card.box)
        assert layout.safe.contains(card.box)
        assert not any(card.box.overlaps(other) for other in others)
        assert not card.cut


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("format", FORMATS)
def test_not_even_while_they_move_do_they_touch_a_face_a_caption_or_a_label(
    tmp_path: Path, format: Format, language: str
) -> None:
    deck, design = deck_of(tmp_path, CARDS, format=format, resolution=576, language=language)
    layout = design.layout
    for second in range(2, 2 * len(CARDS), 2):
        for frame in (second * 25 - 3, second * 25 + 3, second * 25 + 30):
            mask = touched(deck, frame)
            assert not any(in_box(mask, box) for box in (layout.face_box, layout.captions, AiLabel(design).box))


@pytest.mark.parametrize("format", FORMATS)
@SLOW
@given(text=HOSTILE, name=HOSTILE, resolution=st.sampled_from(get_args(Resolution)), rtl=st.booleans())
def test_whatever_is_said_stays_inside(
    tmp_path: Path, format: Format, text: str, name: str, resolution: Resolution, rtl: bool
) -> None:
    cards: list[Content] = [
        Headline(),
        Quote(text, name),
        Number(text[:24], name),
        Items((text[:32], name[:32], "c"), (4, 5, 6)),
    ]
    deck, design = deck_of(tmp_path, cards, format=format, resolution=resolution, language="ar" if rtl else "en")
    for number in range(1, len(cards)):
        assert design.layout.cards.contains(deck.card(number).box)


def test_a_card_whose_words_do_not_fit_gives_way_to_a_picture(tmp_path: Path) -> None:
    deck, _ = deck_of(tmp_path, [Headline(), Quote("word " * 300, "Gazette"), Number("\ue000", "\ue000")], format="4:5")
    assert isinstance(deck.card(1), PictureCard)
    assert isinstance(deck.card(2), PictureCard)


@pytest.mark.parametrize("name", list(PALETTES))
def test_everything_on_a_plate_can_be_read_whatever_is_behind_it(name: str) -> None:
    palette = PALETTES[name]
    for behind in (WHITE, "#000000", palette.light, palette.accent):
        plate = mix(behind, palette.ink, density(palette))
        for text in (WHITE, palette.accent, tint(palette)):
            assert contrast(text, plate) >= READABLE
    assert contrast(palette.ink, palette.accent) >= READABLE  # the digits of a list


def test_frames_are_the_same_in_any_order(tmp_path: Path) -> None:
    first, _ = deck_of(tmp_path, CARDS, format="1:1", resolution=576)
    second, _ = deck_of(tmp_path, CARDS, format="1:1", resolution=576)
    numbers = [0, 12, 45, 49, 55, 80, 120, 163, 175, 190, 240, 262, 300, 390]
    forwards = {number: shown(first, number) for number in numbers}
    for number in reversed(numbers):
        assert np.array_equal(shown(second, number), forwards[number])


def test_a_card_that_stands_still_is_painted_once(tmp_path: Path) -> None:
    deck, _ = deck_of(tmp_path, CARDS)
    before = deck.background(80)
    kept = before.copy()
    canvas = canvas_on(blank := np.zeros_like(kept))
    for frame in range(80, 90):
        assert deck.background(frame) is before
        deck.paint(canvas, blank, frame)
    assert np.array_equal(before, kept)
    assert not blank.any()  # nothing left to paint


def test_each_card_comes_softly_and_is_gone_when_the_next_one_comes(tmp_path: Path) -> None:
    deck, _ = deck_of(tmp_path, CARDS[:3])
    amounts = [int(touched(deck, frame).sum()) for frame in range(50, 101, 2)]
    assert amounts[0] == 0  # the headline has gone
    assert amounts[-1] == 0
    assert max(abs(b - a) for a, b in pairwise(amounts)) < max(amounts)
    assert amounts[12] == max(amounts[10:15])


def test_the_last_card_stays_until_the_curtain_falls(tmp_path: Path) -> None:
    deck, design = deck_of(tmp_path, CARDS[:2])
    assert touched(deck, design.timeline.frames - 1).any()


def test_items_come_when_they_are_said_and_before_the_card_goes(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path), seconds=8.0)
    stay = following(design.timeline, 50, until=180)
    card = ItemsCard(design, stay, Items(("trams", "buses", "ferries"), (2.1, 4.0, 9.0)))
    assert [card.still(frame) for frame in (55, 72, 99, 102, 115, 160, 178)] == [None, 1, 1, None, 2, 3, None]


def test_right_to_left_cards_are_the_mirror_image(tmp_path: Path) -> None:
    deck, design = deck_of(tmp_path, CARDS, language="ar")
    card = deck.card(1)
    pixels = shown(deck, 80)
    accent = np.array([int(design.palette.accent[i : i + 2], 16) for i in (5, 3, 1)])  # BGR
    middle = pixels[round(card.box.centre[1]), :, :3].astype(int)
    lit = np.flatnonzero(np.abs(middle - accent).max(axis=1) < 3)
    assert lit.max() > card.box.right - 8  # the bar


@given(st.floats(0.1, 10), st.sampled_from(FORMATS))
def test_a_picture_uses_its_place_and_is_hardly_cropped(shape: float, format: Format) -> None:
    from producer.render.layout import layout_for

    cards = layout_for(format).cards
    box = picture_box(cards, shape)
    assert cards.contains(box)
    assert box.width == pytest.approx(cards.width) or box.height == pytest.approx(cards.height)
    if 0.8 <= shape <= 2.25:
        ratio = box.width / box.height / shape
        assert 1 / CROPPED - 1e-6 <= ratio <= CROPPED + 1e-6


@pytest.mark.parametrize("resolution", [576, 720])
@pytest.mark.parametrize("format", FORMATS)
def test_a_phone_can_read_the_link_off_the_frame(tmp_path: Path, format: Format, resolution: Resolution) -> None:
    design = design_of(store_in(tmp_path), seconds=8.0, format=format, resolution=resolution)
    layout = design.layout
    rng = np.random.default_rng(1)
    scene = np.full((layout.height, layout.width, 4), 255, np.uint8)
    scene[..., :3] = cv2.GaussianBlur(
        rng.integers(0, 255, (layout.height, layout.width, 3)).astype(np.uint8), (0, 0), 3
    )
    told = beats([Headline(), Link(URL)], design.timeline.body / 25)
    composer = Composer(design, scene, lambda frame: Nobody(), None, beats=told)
    for frame in (design.timeline.body + 100, design.timeline.frames - 1):  # the card, and the outro
        pixels = cv2.cvtColor(composer.compose(frame), cv2.COLOR_BGRA2BGR)
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 60])  # as a video would treat it
        read, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.imdecode(data, cv2.IMREAD_COLOR))
        assert read in (URL, "https://www.gazette.example/trams")


@pytest.mark.parametrize("format", FORMATS)
def test_the_link_card_shows_the_whole_of_a_long_title(tmp_path: Path, format: Format) -> None:
    title = "Night trams come back after nine years, the council of the old harbour town says"
    design = design_of(
        store_in(tmp_path), seconds=8.0, format=format, source=SOURCE.model_copy(update={"title": title})
    )
    found = arranged(design, Link(URL))
    assert found.whole_title
    assert found.code.side > 0


def test_the_outro_has_its_code_beside_the_words_where_a_logo_and_words_leave_no_room_under_them(
    tmp_path: Path,
) -> None:
    design = design_of(store_in(tmp_path), seconds=8.0)
    said = replace(design.wording, end_text="Every weekday at seven. Follow us for more.")
    design = replace(design, wording=said, kit=BrandKit(logo=np.full((120, 300, 4), 255, np.uint8)))
    scene = np.full((design.layout.height, design.layout.width, 4), 255, np.uint8)
    composer = Composer(design, scene, lambda frame: Nobody(), None)
    pixels = cv2.cvtColor(composer.compose(design.timeline.frames - 1), cv2.COLOR_BGRA2BGR)
    assert cv2.QRCodeDetector().detectAndDecode(pixels)[0] == "https://www.gazette.example/trams"


class Nobody:
    def paint(self, index: int) -> None:
        """A presenter who is not there."""


@pytest.mark.parametrize("url", ["https://x.example/" + "a" * 6000, "https://x.example/" + "ä" * 900])
def test_an_address_too_long_for_the_place_has_no_code(url: str) -> None:
    assert QrCode(url, 200).side == 0


def test_illustrations_follow_the_topics_words() -> None:
    def motifs(topic: str, seed: int = 1) -> list[str]:
        return Illustration(topic, PALETTES["harbour"], seed).motifs

    assert motifs("Night trams return")[0] == "train"
    assert motifs("El hospital y sus pacientes")[0] == "heart"
    assert motifs("夜间电车与地铁")[0] == "train"
    assert motifs("يعود الترام إلى المدينة")[0] == "train"
    assert len({motifs("xyzzy", seed)[0] for seed in range(6)}) > 1


@pytest.mark.parametrize("size", [(160, 90), (90, 160), (225, 100)])
def test_illustrations_are_opaque_and_the_same_every_time(size: tuple[int, int]) -> None:
    one, two = (Illustration("trams", PALETTES["clay"], 4) for _ in range(2))
    first = one.draw(size, 0)
    assert first.shape == (size[1], size[0], 4)
    assert (first[..., 3] == 255).all()
    assert np.array_equal(first, two.draw(size, 0))
    assert not np.array_equal(first, two.draw(size, 1))


def test_a_list_shows_the_whole_of_a_second_line(tmp_path: Path) -> None:
    design = design_of(store_in(tmp_path), seconds=8.0)
    stay = following(design.timeline, 50, until=180)
    shown = np.zeros((2, 720, 1280, 4), np.uint8)
    for pixels, item in zip(shown, ("buses until two in the mornina", "buses until two in the morning"), strict=True):
        card = ItemsCard(design, stay, Items(("trams", item, "ferries"), (2.1, 2.2, 2.3)))
        card.paint_still(canvas_on(pixels), 150)
    accent = np.array(channels(design.palette.accent)[::-1])  # frames are BGRA
    chips = (np.abs(shown[0, :, round(card.box.x) + 45, :3] - accent).max(axis=1) < 3).astype(int)
    chip = np.flatnonzero(np.diff(chips))[1] - np.flatnonzero(np.diff(chips))[0]
    letter = np.flatnonzero((shown[0] != shown[1]).any(axis=(1, 2)))
    assert np.ptp(letter) > 0.68 * chip / CHIP, "a g from the top of its bowl to the end of its tail"
