"""Nothing important covers anything else important, in any format."""

import itertools
from typing import get_args

import pytest

from producer.render.layout import Box, Layout, layout_for
from producer.render.platforms import insets_for
from producer.render.presenter.outlines import contours_of
from producer.render.presenter.rig import HEAD
from producer.render.presenter.wardrobe.outfits import TORSO
from storage.documents import Format
from storage.orders import Platform, Resolution

FORMATS: tuple[Format, ...] = get_args(Format)
CASES = [
    pytest.param(
        layout_for(format, resolution, mirrored=mirrored, platform=platform),
        id=f"{format}-{resolution}-{platform}{'-mirrored' * mirrored}",
    )
    for format in FORMATS
    for resolution in get_args(Resolution)
    for mirrored in (False, True)
    for platform in (get_args(Platform) if format == "9:16" else ("any",))
]


@pytest.mark.parametrize("layout", CASES)
def test_text_stays_in_the_safe_area(layout: Layout) -> None:
    for box in (layout.cards, layout.source, layout.captions, layout.name):
        assert layout.safe.contains(box)


@pytest.mark.parametrize("layout", CASES)
def test_the_safe_area_lies_in_the_picture(layout: Layout) -> None:
    assert Box(0, 0, layout.width, layout.height).contains(layout.safe)
    assert Box(0, 0, layout.width, layout.height).contains(layout.intro)


@pytest.mark.parametrize("layout", CASES)
def test_nothing_covers_the_face(layout: Layout) -> None:
    face = layout.face_box
    for box in (layout.cards, layout.source, layout.captions, layout.name):
        assert not box.overlaps(face)


@pytest.mark.parametrize("layout", CASES)
def test_cards_source_name_and_captions_keep_apart(layout: Layout) -> None:
    boxes = [layout.cards, layout.source, layout.captions, layout.name]
    for a, b in itertools.combinations(boxes, 2):
        assert not a.overlaps(b)


@pytest.mark.parametrize("platform", get_args(Platform))
def test_an_apps_buttons_cover_no_text(platform: Platform) -> None:
    layout, insets = layout_for("9:16", platform=platform), insets_for(platform)
    free = Box(0, insets.top * layout.height, layout.width, (1 - insets.top - insets.bottom) * layout.height)
    for box in (layout.cards, layout.source, layout.captions, layout.name):
        assert free.contains(box)
    assert layout.captions.right <= (1 - insets.rail) * layout.width + 1e-6


@pytest.mark.parametrize("layout", CASES)
def test_title_and_picture_share_the_room_of_the_cards(layout: Layout) -> None:
    assert layout.cards.contains(layout.title_by_picture)
    assert layout.cards.contains(layout.picture)
    assert not layout.title_by_picture.overlaps(layout.picture)


def test_right_to_left_is_the_mirror_image() -> None:
    plain, mirrored = layout_for("16:9"), layout_for("16:9", mirrored=True)
    assert mirrored.cards == plain.cards.mirrored(plain.width)
    assert mirrored.presenter_x == pytest.approx(plain.width - plain.presenter_x)
    assert mirrored.name_side != plain.name_side


@pytest.mark.parametrize("layout", CASES)
def test_the_head_is_inside_the_picture(layout: Layout) -> None:
    assert Box(0, 0, layout.width, layout.height).contains(layout.face_box)


@pytest.mark.parametrize("layout", CASES)
def test_the_presenter_is_large_enough_to_be_seen_and_reaches_the_lower_edge(layout: Layout) -> None:
    assert layout.head_height >= 0.11 * layout.height
    below = layout.height - (layout.head_top + layout.head_height / 2)
    assert below <= contours_of(TORSO)[0].points[:, 1].max() * layout.head_height / HEAD


def test_a_box_contains_itself_and_overlaps_only_what_it_shares_area_with() -> None:
    box = Box(0, 0, 10, 10)
    assert box.contains(box)
    assert not box.contains(Box(5, 5, 6, 2))
    assert box.overlaps(Box(9, 9, 5, 5))
    assert not box.overlaps(Box(10, 0, 5, 5))
