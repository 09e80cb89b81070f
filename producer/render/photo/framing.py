"""How a portrait is shown: standing in the scene, or speaking from a window of its own. Pure.

A person stands in the scene only when the portrait shows enough of them: hair that the picture's edge cuts, shoulders
that end in the air, or a body that would not reach the ground look like scissors' work; behind a window they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from producer.render.layout import Box
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.warp import Pixels
from producer.render.presenter.framing import Placement

Setting = Literal["scene", "window"]
Mask = npt.NDArray[np.float32]

LARGEST = 1.40
"""How much larger than asked for a head may become, so that a short bust reaches the ground."""
DEEPEST = 1.5
"""How far below the chin the ground is in the layouts, in heads as large as asked for."""
CUT_HAIR = 0.10
"""Share of the head's height that hair may touch the upper edge with."""
CUT_SHOULDER = 0.30
"""How much of a shoulder's side the picture may cut off above the ground, in heads."""
MOST_HAZE = 0.16
"""Half-covered pixels along the head's edge, over the head's area, beyond which a matte is not trusted."""
WINDOW_WIDTH, WINDOW_HEIGHT, WINDOW_RISE = 1.80, 1.95, 0.06
"""Of a window, in heads; and how far it begins above the crown."""
WINDOW_MARGIN = 0.025
"""Between a window and the captions or the frame's edge, over the frame's shorter side."""
EYE_LINE = 0.44
"""Where the eyes are in a window, from above."""
HEADROOM, BELOW_CHIN, CHIN_ROOM = 0.05, 0.30, 0.08
"""Above hair or hat and, in a window, below the chin, in heads: a head is rather shown smaller or lower than cut,
and where even that is not possible, its chin is spared."""


@dataclass(frozen=True)
class Stand:
    """The frame's pixels for one of the portrait, and where its upper left corner lies in the frame."""

    zoom: float
    x: float
    y: float


def setting(matte: Mask, anatomy: Anatomy) -> Setting:
    """Where a cut-out person can be shown."""
    height, width = matte.shape
    head, chin = anatomy.head_height, float(anatomy.chin[1])
    if (matte[0] > 0.5).sum() > CUT_HAIR * head:
        return "window"
    if height - chin < (1 + DEEPEST) / LARGEST * head - head:
        return "window"
    ground = min(height, int(chin + DEEPEST * head))
    sides = [(matte[:ground, column] > 0.5).sum() for column in (0, width - 1)]
    if max(sides) > CUT_SHOULDER * head:
        return "window"
    around = matte[: max(1, int(chin))]
    haze = float((4 * around * (1 - around)).sum()) / head**2
    return "window" if haze > MOST_HAZE else "scene"


def standing(anatomy: Anatomy, size: tuple[int, int], person_top: float, placement: Placement, ground: float) -> Stand:
    """The head where the placement has it; larger, and its chin lower, where the portrait would not reach the ground;
    lower, where the frame would cut a hat, which begins at `person_top`.

    `size` (width, height) of the portrait.
    """
    zoom = placement.head_height / anatomy.head_height
    below = size[1] - float(anatomy.crown[1])
    zoom = min(max(zoom, (ground - placement.head_top) / below), LARGEST * zoom)
    whole = zoom * (HEADROOM * anatomy.head_height - person_top)
    top = max(placement.head_top - zoom * float(anatomy.crown[1]), ground - zoom * size[1], whole)
    return Stand(zoom, placement.centre_x - zoom * _middle(anatomy), top)


def window(placement: Placement, frame: tuple[int, int]) -> Box:
    """The window around a head, above the captions; `frame` (width, height) is what it must stay in."""
    head, margin = placement.head_height, WINDOW_MARGIN * min(frame)
    width = min(WINDOW_WIDTH * head, frame[0] - 2 * margin)
    left = min(max(placement.centre_x - width / 2, margin), frame[0] - margin - width)
    top = max(placement.head_top - WINDOW_RISE * head, margin)
    floor = placement.hands.bottom if placement.hands else frame[1]
    bottom = min(top + WINDOW_HEIGHT * head, floor - margin)
    return Box(round(left), round(top), round(width), round(bottom - top))


def top_of(matte: Pixels | Mask, anatomy: Anatomy) -> float:
    """Where the person begins in the portrait: the upper edge of hair or hat above the face."""
    reach = anatomy.head_height / 2
    left, right = max(0, int(_middle(anatomy) - reach)), max(1, int(_middle(anatomy) + reach))
    rows = np.flatnonzero((matte[:, left:right] > 0.5 * float(matte.max())).any(axis=1))
    return float(rows[0]) if len(rows) else float(anatomy.crown[1])


def behind_window(anatomy: Anatomy, size: tuple[int, int], top: float, box: Box, head_height: float) -> Stand:
    """The portrait fills the window, its head whole (it begins at `top`) and as large as asked for, where there is
    enough around it."""
    head = anatomy.head_height
    whole = box.height / (float(anatomy.chin[1]) - top + (HEADROOM + BELOW_CHIN) * head)
    zoom = max(min(head_height / head, whole), box.width / size[0], box.height / size[1])
    eyes = anatomy.eyes.mean(axis=0)
    x = box.x + box.width / 2 - zoom * _middle(anatomy)
    y = box.y + max(EYE_LINE * box.height - zoom * float(eyes[1]), zoom * (HEADROOM * head - top))
    y = min(y, box.bottom - zoom * (float(anatomy.chin[1]) + CHIN_ROOM * head))
    return Stand(
        zoom,
        min(max(x, box.right - zoom * size[0]), box.x),
        min(max(y, box.bottom - zoom * size[1]), box.y),
    )


def _middle(anatomy: Anatomy) -> float:
    return float((anatomy.crown[0] + anatomy.chin[0]) / 2)
