"""A show's own things: used where they can be, left out with a word to the reviewer where they cannot."""

import io
import struct
import zlib
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from config.errors import BadInput
from producer.engines.finish.compositor import Compositor
from producer.engines.requests import SIZES
from producer.render.brand import branded, colour_complaints, read_kit, read_logo
from producer.render.cards.base import BrandKit, Design
from producer.render.cards.curtain import Curtain
from producer.render.cards.end_card import EndCard
from producer.render.cards.intro import Intro
from producer.render.cards.logo import Watermark
from producer.render.cards.marks import AiLabel
from producer.render.cards.outro import Outro
from producer.render.colour import READABLE, WHITE, contrast
from producer.render.design import design_for
from producer.render.fonts import faces
from producer.render.layout import Box, layout_for
from producer.render.scene.palettes import PALETTES
from producer.render.text import Style, Typesetter
from producer.render.timeline import plan
from storage.artifacts import ArtifactStore
from storage.documents import ArtifactRef, Format
from storage.orders import Brand, Platform, Resolution, ShowSpec
from tests.support.cutting import RENDERERS, context_in, request_for, store_in

LOGO = np.zeros((60, 160, 4), np.uint8)
LOGO[10:50, 10:150] = (255, 40, 60, 255)
FORMATS: list[Format] = list(SIZES)


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def written(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


def serif() -> bytes:
    """A typeface that looks nothing like Inter."""
    return Path(faces("he")[1].path()).read_bytes()


def as_woff(sfnt: bytes) -> bytes:
    """The same typeface as WOFF 1 (W3C, 2012)."""
    count = struct.unpack(">H", sfnt[4:6])[0]
    entries, data, start = b"", b"", 44 + 20 * count
    for index in range(count):
        tag, checksum, at, length = struct.unpack(">4sLLL", sfnt[12 + 16 * index : 28 + 16 * index])
        raw = sfnt[at : at + length]
        packed = min(zlib.compress(raw), raw, key=len)
        entries += struct.pack(">4sLLLL", tag, start + len(data), len(packed), length, checksum)
        data += packed + b"\0" * (-len(packed) % 4)
    head = (b"wOFF", sfnt[:4], start + len(data), count, 0, len(sfnt), 1, 0, 0, 0, 0, 0, 0)
    return struct.pack(">4s4sLHHLHHLLLLL", *head) + entries + data


def design(store: ArtifactStore, kit: BrandKit, **options: object) -> Design:
    request = request_for(store, **options)
    return design_for(request, plan(request.speech.duration_s, 25), kit)


# ── colours ───────────────────────────────────────────────────────────────────────────────────────


@given(
    st.sampled_from(list(PALETTES)),
    *[st.none() | st.integers(0, 0xFFFFFF).map("#{:06x}".format) for _ in range(3)],
)
def test_whatever_colours_a_show_wants_its_texts_can_be_read(
    name: str, accent: str | None, second: str | None, ink: str | None
) -> None:
    brand = Brand(accent=accent, second=second, ink=ink)
    made = branded(PALETTES[name], brand)
    assert contrast(WHITE, made.ink) >= READABLE
    assert contrast(made.ink, made.accent) >= READABLE
    assert contrast(made.ink, made.second) >= READABLE
    moved = [
        colour for colour in ("accent", "second", "ink") if getattr(brand, colour) not in (None, getattr(made, colour))
    ]
    assert len(colour_complaints(PALETTES[name], brand)) == len(moved)


def test_good_colours_and_the_palettes_own_stay_as_they_are() -> None:
    for palette in PALETTES.values():
        assert branded(palette, Brand()) == palette
    assert branded(PALETTES["slate"], Brand(accent="#00ff88")).accent == "#00ff88"
    assert colour_complaints(PALETTES["slate"], Brand(accent="#00ff88")) == []


def test_a_colour_that_had_to_be_moved_is_told() -> None:
    (told,) = colour_complaints(PALETTES["slate"], Brand(accent="#101828"))
    assert told.startswith("the accent #101828 cannot be read, and is shown as #")


# ── files ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_logo_is_cropped_to_what_is_visible(tmp_path: Path) -> None:
    logo = read_logo(written(tmp_path, png(LOGO)))
    assert logo.shape == (40, 140, 4)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<?xml version='1.0'?><svg></svg>", "an SVG drawing"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"\xff\xd8\xff\xe0 jpeg", "no PNG"),
        (b"", "no PNG"),
        (png(LOGO)[:80], "cannot be read"),
        (png(np.zeros((9, 9, 4), np.uint8)), "transparent all over"),
    ],
)
def test_a_logo_that_cannot_be_used_says_why(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as raised:
        read_logo(written(tmp_path, data))
    assert "PNG" in raised.value.cure


@pytest.mark.parametrize("change", [lambda data: data, as_woff])
def test_a_show_may_bring_its_typeface_and_what_it_lacks_is_drawn_by_others(tmp_path: Path, change: object) -> None:
    own = Typesetter("en", written(tmp_path, change(serif())))  # type: ignore[operator]
    usual, style = Typesetter("en"), Style(40)
    assert own.width("Hamburgefonts", style) != usual.width("Hamburgefonts", style)
    assert own.width("天地玄黄", style) == usual.width("天地玄黄", style) > 100
    assert own.clean("天地 ok") == "天地 ok"


@pytest.mark.parametrize("data", [b"", b"nonsense", b"wOF2" + b"\0" * 40, b"\x00\x01\x00\x00" + b"\0" * 200])
def test_what_cannot_be_used_is_left_out_and_told(tmp_path: Path, data: bytes) -> None:
    store = store_in(tmp_path)
    ref = store.put_bytes(data, "font/ttf")
    kit, complaints = read_kit(Brand(typeface=ref, logo=ref, watermark=0.5, end_picture=ref), store.fetch)
    assert kit == BrandKit()
    assert len(complaints) == 3


def test_the_cut_is_made_without_it_and_the_reviewer_sees_it(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    brand = Brand(logo=store.put_bytes(b"<svg/>", "image/svg+xml"), accent="#101828")
    engine = Compositor(RENDERERS)
    cut = engine.run(request_for(store, seconds=0.4, brand=brand), context_in(tmp_path, store))
    (failed,) = [check for check in cut.checks if not check.passed]
    assert failed.name == "brand"
    assert "SVG" in str(failed.value)
    assert "accent" in str(failed.value)


def test_shows_of_old_still_read_and_keep_their_hash() -> None:
    show = ShowSpec(slug="evening", name="Evening", brand=Brand(accent="#00ff88"))
    assert "logo" not in show.to_json()["brand"]
    assert ShowSpec.model_validate({"slug": "evening", "name": "Evening", "brand": {"accent": "#00ff88"}}) == show


# ── on the picture ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("platform", get_args(Platform))
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("resolution", get_args(Resolution))
@pytest.mark.parametrize("format", FORMATS)
def test_the_watermark_has_a_corner_to_itself(
    format: Format, resolution: Resolution, mirrored: bool, platform: Platform
) -> None:
    layout = layout_for(format, resolution, mirrored=mirrored, platform=platform)
    place = layout.watermark
    assert layout.safe.contains(place)
    others = (layout.face_box, layout.captions, layout.source, layout.cards, layout.name)
    assert not any(place.overlaps(other) for other in others)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("format", FORMATS)
def test_the_logo_stands_in_the_intro_the_outro_and_the_corner(tmp_path: Path, format: Format, language: str) -> None:
    given = design(store_in(tmp_path), BrandKit(LOGO, 0.6), format=format, language=language)
    size, timeline = SIZES[format], given.timeline
    mark = Watermark(given, LOGO)
    assert given.layout.watermark.contains(Box(mark.box.x + 1, mark.box.y + 1, mark.box.width - 2, mark.box.height - 2))
    assert not mark.box.overlaps(AiLabel(given).box)
    curtain = Curtain(given, 1)
    for card, frame in (
        (Intro(given, curtain), timeline.body - 1),
        (mark, timeline.body + 30),
        (Outro(given, curtain), timeline.frames - 1),
    ):
        pixels = np.zeros((size[1], size[0], 4), np.uint8)
        card.paint(skia.Surface(pixels).getCanvas(), frame)
        red = (pixels[..., 0].astype(int) - pixels[..., 2] > 50) & (pixels[..., 3] > 0)
        assert red.sum() > 300
    assert given.layout.safe.contains(Outro(given, curtain).box)


@pytest.mark.parametrize("format", FORMATS)
def test_an_end_picture_fills_the_outro_moves_and_still_names_the_source(tmp_path: Path, format: Format) -> None:
    given = design(store_in(tmp_path), BrandKit(), format=format, brand=Brand(end_text="Every morning " * 12))
    size, timeline = SIZES[format], given.timeline
    picture = np.full((90, 160, 4), 255, np.uint8)
    picture[..., :3] = cv2.resize(np.random.default_rng(1).integers(0, 255, (9, 16, 3)).astype(np.uint8), (160, 90))
    card = EndCard(given, picture)
    assert given.layout.safe.contains(card.box)
    frames = []
    for frame in (timeline.frames - 6, timeline.frames - 1):
        pixels = np.zeros((size[1], size[0], 4), np.uint8)
        card.paint(skia.Surface(pixels).getCanvas(), frame)
        assert (pixels[..., 3] == 255).all()
        frames.append(pixels.astype(int))
    assert np.abs(frames[0] - frames[1]).mean() > 0.05
    source = frames[1][round(card.box.y) : round(card.box.bottom), round(card.box.x) : round(card.box.right), :3]
    assert (source.min(axis=2) > 240).any()  # white letters on their plate


def test_a_reference_is_all_that_a_brand_holds_of_a_file() -> None:
    ref = ArtifactRef(sha256="0" * 64, media_type="image/png", size=1)
    assert Brand(logo=ref, watermark=0.4).model_dump(mode="json", exclude_defaults=True) == {
        "logo": ref.model_dump(),
        "watermark": 0.4,
    }
