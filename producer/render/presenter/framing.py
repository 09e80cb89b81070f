"""How much of the presenter is seen: where the head stands in each framing, and where hands may be. Pure.

full    at a desk, with the set around
half    to the elbows
close   head and shoulders
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from producer.render.layout import Box, Layout

CLOSER, FARTHER, SMALLEST = 1.42, 0.74, 0.62
"""Size of the head against `half`."""
ABOVE_CAPTIONS = 0.80
"""Of the room from the crown to the captions, what a close head may fill."""
WIDEST = 0.62
"""Half the width of the widest hair, in head heights."""
TALLEST = 0.20
"""How far the highest hair reaches above the crown, in head heights."""
DESK = 2.36
"""From the crown to the edge of the desk (see `desk.EDGE`), in head heights."""
FRONT = 4.14
"""From there to where its front ends (see `desk.FRONT`), in head heights."""
FOLDED = 0.22
"""How high hands lie on it."""
MARGIN = 0.025
"""Around hands and desk, of the shorter side."""


@dataclass(frozen=True)
class Placement:
    """Where the presenter stands in the frame, in pixels. The head is measured without its hair, so that faces are of
    one size whatever grows on them; hair rises above it by up to a fifth of the head's height."""

    centre_x: float
    """Middle of the head."""
    head_top: float
    """The crown."""
    head_height: float
    """From the crown to the chin."""
    hands: Box | None = None
    """Where hands may be shown: clear of captions and cards. None = nowhere."""
    desk: float | None = None
    """The y of the edge of the desk at which the presenter sits; None = stands."""


def placement_for(layout: Layout, look: Mapping[str, Any]) -> Placement:
    """Where a presenter with this look stands. `look["framing"]` is full, half or close; what it does not know, it
    treats as half."""
    return {"full": _full, "close": _close}.get(str(look.get("framing")), _half)(layout)


def _half(layout: Layout) -> Placement:
    return Placement(layout.presenter_x, layout.head_top, layout.head_height, _room_for_hands(layout))


def _close(layout: Layout) -> Placement:
    """As near as captions and cards allow; never farther than `half`. The hair begins where it did."""
    room = min(layout.presenter_x - layout.stage.x, layout.stage.right - layout.presenter_x) / WIDEST
    height = min(CLOSER * layout.head_height, ABOVE_CAPTIONS * (layout.captions.y - layout.head_top), room)
    height = max(height, layout.head_height)
    hair = TALLEST * (height - layout.head_height)
    return Placement(layout.presenter_x, layout.head_top + hair, height)


def _full(layout: Layout) -> Placement:
    """The desk ends just above the captions; where that would make the head too small, or the desk's front too short for
    the picture, beneath them."""
    desk = layout.captions.y - MARGIN * layout.unit
    height = min(FARTHER * layout.head_height, (desk - layout.head_top) / DESK)
    if height >= SMALLEST * layout.head_height and desk + FRONT * height >= layout.height:
        return Placement(layout.presenter_x, desk - DESK * height, height, _room_for_hands(layout), desk)
    clear = layout.captions.bottom
    desk = clear + MARGIN * layout.unit + FOLDED * layout.head_height
    height = min((desk - layout.head_top) / DESK, layout.head_height)
    beneath = Box(0, clear, layout.width, layout.height - clear)
    return Placement(layout.presenter_x, desk - DESK * height, height, beneath, desk)


def _room_for_hands(layout: Layout) -> Box:
    margin, chin, stage = MARGIN * layout.unit, layout.head_top + layout.head_height, layout.stage
    return Box(stage.x + margin, chin, stage.width - 2 * margin, layout.captions.y - chin)
