"""Where the lips go: their four rows for any mouth, from the sitter's own and the eight mouth parameters. Pure.

All lengths are in units of the face (see the package). A row has eleven points, from the picture's left corner of the
mouth to its right one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.render.photo.anatomy import Anatomy
from producer.render.presenter.visemes import Mouth

Array = npt.NDArray[np.float64]

RELAXED = 0.40
"""Half the width of a mouth at rest: 50 mm against 63 mm between the eyes (Farkas, “Anthropometry of the Head and
Face”, 1994)."""
KEPT_SMILE = 0.62
"""How much of the portrait's own smile stays while it speaks."""
WIDEST_GAP = 0.42
"""Between the lips when the jaw has dropped as far as speech drops it."""
UPPER_SHARE = 0.25
"""Of the opening, how much the upper lip makes; the jaw makes the rest."""
CHIN_SHARE = 0.62
"""How far the chin follows the lower lip."""
TEETH_SHOW = 0.07
"""A gap in the portrait from which its mouth counts as open."""
INSET = 0.02


@dataclass(frozen=True)
class Lips:
    """Four rows (11, 2), from above to below; `gap` in the middle, and how far the chin has dropped from where the
    portrait has it."""

    top: Array
    upper: Array
    lower: Array
    bottom: Array
    gap: float
    drop: float = 0.0

    @property
    def half_width(self) -> float:
        return float(self.upper[-1, 0] - self.upper[0, 0]) / 2

    @property
    def middle(self) -> float:
        return float(self.upper[-1, 0] + self.upper[0, 0]) / 2

    @property
    def opening(self) -> Array:
        """The outline between the lips (22, 2)."""
        return np.concatenate([self.upper, self.lower[::-1]])


def own_lips(top: Array, upper: Array, lower: Array, bottom: Array) -> Lips:
    """The portrait's own. Where it bares teeth, the inner rows are moved into the lips a little: a sliver of white that
    sticks to a lip is worse than a lip that is a little thinner."""
    gap = max(0.0, float(lower[5, 1] - upper[5, 1]))
    if gap > TEETH_SHOW:
        bow = np.sin(np.linspace(0, np.pi, len(upper)))
        upper = upper - np.column_stack([0 * bow, bow * np.minimum(INSET, 0.35 * (upper - top)[:, 1])])
        lower = lower + np.column_stack([0 * bow, bow * np.minimum(INSET, 0.35 * (bottom - lower)[:, 1])])
        gap = float(lower[5, 1] - upper[5, 1])
    return Lips(top, upper, lower, bottom, gap)


class Speaker:
    """The lips of one sitter."""

    def __init__(self, anatomy: Anatomy) -> None:
        rows = [
            anatomy.row(numbers)
            for numbers in (
                named.UPPER_LIP_TOP,
                named.UPPER_LIP_UNDER,
                named.LOWER_LIP_TOP,
                named.LOWER_LIP_UNDER,
            )
        ]
        self.own = own_lips(*rows)

    @property
    def shows_teeth(self) -> bool:
        return self.own.gap > TEETH_SHOW

    @cached_property
    def rest_half_width(self) -> float:
        relaxed = min(RELAXED, self.own.half_width) if self.shows_teeth else RELAXED  # a smile only ever narrows
        return KEPT_SMILE * self.own.half_width + (1 - KEPT_SMILE) * relaxed

    def lips(self, mouth: Mouth, smile: float = 0.0) -> Lips:
        """The rows for a mouth. `smile` -1..1 goes a little beyond what the sitter's own is."""
        glad = 0.6 * smile - 0.2
        half = self.rest_half_width * (1 + 0.11 * mouth.wide - 0.17 * mouth.round - 0.03 * mouth.open + 0.05 * glad)
        gap = WIDEST_GAP * mouth.open * (1 - 0.12 * mouth.round)
        gap = gap * (1 - 0.75 * mouth.tuck) + 0.045 * mouth.tuck
        upper_u, lower_u = self._along(self.own.upper), self._along(self.own.lower)
        upper = self._row(
            upper_u,
            half,
            gap,
            glad,
            mouth,
            -UPPER_SHARE * gap * (1 - 0.7 * mouth.round) - 0.04 * mouth.lift * min(1.0, 3 * gap),
        )
        lower = self._row(lower_u, half, gap, glad, mouth, (1 - UPPER_SHARE) * gap - 0.03 * mouth.tuck)
        thicker = (self.own.half_width / half) ** 0.8
        above = thicker * (1 + 0.22 * mouth.round) * (1 - 0.30 * mouth.press) * (1 - 0.10 * max(mouth.wide, 0))
        below = thicker * (1 + 0.20 * mouth.round) * (1 - 0.24 * mouth.press) * (1 - 0.35 * mouth.tuck)
        top = self._outer(self.own.top, self.own.upper, upper, half, above)
        bottom = self._outer(self.own.bottom, self.own.lower, lower, half, below)
        return Lips(top, upper, lower, bottom, gap, CHIN_SHARE * (gap - 0.5 * self.own.gap))

    def _along(self, row: Array) -> Array:
        """-1 at the left corner … 1 at the right one."""
        return np.asarray(np.clip((row[:, 0] - self.own.middle) / self.own.half_width, -1, 1))

    def _row(self, along: Array, half: float, gap: float, glad: float, mouth: Mouth, away: float) -> Array:
        """An inner row: the line on which closed lips meet, moved `away` in the middle."""
        own = self.own
        corners = np.interp(along, (-1, 1), (own.upper[0, 1], own.upper[-1, 1]))
        meet = own.upper[5, 1] - float(corners[5]) + 0.40 * own.gap
        sag = (KEPT_SMILE + 0.5 * glad) * meet * (1 - 0.5 * mouth.round)
        lowered = (1 - KEPT_SMILE) * meet + 0.10 * gap + 0.01 * mouth.round
        line = corners + lowered + sag * (1 - along**2) - (1 - along**2) * 0.10 * gap
        bow = np.clip(1 - np.abs(along) ** (2.2 + 0.6 * mouth.round), 0, 1)
        return np.column_stack([own.middle + along * half, line + away * bow])

    def _outer(self, own: Array, own_inner: Array, inner: Array, half: float, thickness: float) -> Array:
        """An outer row: as thick as in the portrait at the same place along the lips, times `thickness`."""
        thick = own[:, 1] - np.interp(own[:, 0], own_inner[:, 0], own_inner[:, 1])
        x = self.own.middle + (own[:, 0] - self.own.middle) * half / self.own.half_width
        return np.column_stack([x, np.interp(x, inner[:, 0], inner[:, 1]) + thick * thickness])
