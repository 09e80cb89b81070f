"""Nothing important covers anything else important, in any format."""

import itertools

import pytest

from producer.engines.requests import SIZES
from producer.render.layout import Box, Layout, layout_for
from storage.documents import Format

CASES = [layout_for(format, picture) for format in SIZES for picture in (False, True)]
FORMATS: list[Format] = ["16:9", "9:16", "1:1"]


def face_of(layout: Layout) -> Box:
    half = 0.36 * layout.head_height
    return Box(layout.presenter_x - half, layout.head_top, 2 * half, layout.head_height)


@pytest.mark.parametrize("layout", CASES)
def test_text_stays_in_the_safe_area(layout: Layout) -> None:
    for box in (layout.headline, layout.captions, layout.name, *([layout.picture] if layout.picture else [])):
        assert layout.safe.contains(box)


@pytest.mark.parametrize("layout", CASES)
def test_the_safe_area_lies_in_the_picture(layout: Layout) -> None:
    assert Box(0, 0, layout.width, layout.height).contains(layout.safe)
    assert Box(0, 0, layout.width, layout.height).contains(layout.intro)


@pytest.mark.parametrize("layout", CASES)
def test_nothing_covers_the_face(layout: Layout) -> None:
    face = face_of(layout)
    for box in (layout.headline, layout.captions, layout.name, *([layout.picture] if layout.picture else [])):
        assert not box.overlaps(face)


@pytest.mark.parametrize("layout", CASES)
def test_headline_picture_name_and_captions_keep_apart(layout: Layout) -> None:
    boxes = [layout.headline, layout.captions, layout.name, *([layout.picture] if layout.picture else [])]
    for a, b in itertools.combinations(boxes, 2):
        assert not a.overlaps(b)


@pytest.mark.parametrize("format", FORMATS)
def test_phone_buttons_cover_no_text_in_portrait(format: Format) -> None:
    layout = layout_for(format, with_picture=False)
    if format == "9:16":
        assert layout.captions.bottom <= 0.82 * layout.height
        assert layout.captions.right <= 0.90 * layout.width
        assert layout.safe.y >= 0.065 * layout.height


@pytest.mark.parametrize("layout", CASES)
def test_the_head_is_inside_the_picture(layout: Layout) -> None:
    assert Box(0, 0, layout.width, layout.height).contains(face_of(layout))


def test_a_box_contains_itself_and_overlaps_only_what_it_shares_area_with() -> None:
    box = Box(0, 0, 10, 10)
    assert box.contains(box)
    assert not box.contains(Box(5, 5, 6, 2))
    assert box.overlaps(Box(9, 9, 5, 5))
    assert not box.overlaps(Box(10, 0, 5, 5))
