"""That a presenter stands whole and free in every framing of every format."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from producer.engines.requests import SIZES
from producer.render.layout import Layout, layout_for
from producer.render.presenter.framing import TALLEST, WIDEST, placement_for
from producer.render.presenter.renderer import DrawnRenderer
from producer.render.presenter.stills import still
from storage.orders import Platform
from tests.support.presenter import blank

LAYOUTS = [
    pytest.param(
        layout_for(format, mirrored=mirrored, platform=platform), id=f"{format}-{platform}{'-mirrored' * mirrored}"
    )
    for format in SIZES
    for mirrored in (False, True)
    for platform in (get_args(Platform) if format == "9:16" else ("any",))
]
FRAMINGS = ("full", "half", "close")
SEEN = [
    pytest.param(layout_for(format, platform=platform), id=f"{format}-{platform}")
    for format, platform in [*((format, "any") for format in SIZES), ("9:16", "reels")]
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_close_is_nearer_than_half_and_full_farther_or_at_a_desk(layout: Layout) -> None:
    full, half, close = (placement_for(layout, {"framing": framing}) for framing in FRAMINGS)
    assert close.head_height >= half.head_height >= full.head_height
    assert close.head_height > 1.2 * half.head_height or layout.height > layout.width
    assert half.desk is None
    assert close.desk is None
    assert full.desk is not None


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_face_is_clear_of_captions_cards_and_edges(layout: Layout, framing: str) -> None:
    place = placement_for(layout, {"framing": framing})
    chin, hair = place.head_top + place.head_height, place.head_top - TALLEST * place.head_height
    left, right = (place.centre_x + side * WIDEST * place.head_height for side in (-1, 1))
    assert chin < layout.captions.y
    assert hair > 0
    assert hair >= layout.head_top - TALLEST * layout.head_height - 1, "no nearer to the title than in half"
    assert right <= layout.width
    assert left >= layout.stage.x - 0.02 * layout.width
    assert right <= layout.stage.right + 0.02 * layout.width


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_desk_ends_clear_of_the_captions(layout: Layout) -> None:
    place = placement_for(layout, {"framing": "full"})
    assert place.desk is not None
    assert place.desk < layout.captions.y or place.desk > layout.captions.bottom
    assert place.head_top + place.head_height < place.desk < layout.height


def test_half_is_what_the_layout_says_and_the_default() -> None:
    layout = layout_for("16:9")
    half = placement_for(layout, {})
    assert (half.centre_x, half.head_top, half.head_height) == (
        layout.presenter_x,
        layout.head_top,
        layout.head_height,
    )
    assert placement_for(layout, {"framing": "half"}) == half


@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("layout", SEEN)
def test_no_head_is_cut_and_no_body_floats(layout: Layout, framing: str) -> None:
    for name in ("lena", "amara", "arjun", "walter"):  # the tallest and the widest
        frame = blank(layout.width, layout.height)
        look = {"name": name, "framing": framing}
        DrawnRenderer(still(head=(8, 0, 4)), look, frame, placement_for(layout, look), layout.height).paint(0)
        covered = (frame != blank(layout.width, layout.height)).any(axis=2)
        head = covered[: int(layout.captions.y)]
        assert not covered[0].any()
        if framing == "close" or layout.width > layout.height:
            assert not head[: int(0.6 * layout.captions.y), [0, -1]].any()
        assert covered[-1].any(), "the presenter reaches the lower edge"
        assert np.flatnonzero(covered.any(axis=1)).min() < layout.head_top + layout.head_height
