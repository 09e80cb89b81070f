"""Black, unmoving and torn frames, found as the frames of a video go by. Pure."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

Luma = npt.NDArray[np.int16]
Rows = npt.NDArray[np.float64]

BLACK_LUMA = 24.0
"""Mean luma (16..235) under which a frame counts as black when it also has no bright spot."""
SPOT_LUMA = 60.0
STILL_STEP = 0.02
"""Mean luma change per pixel of a shrunken frame under which nothing moves."""
STRAY_STEP = 12.0
"""Mean luma change of a whole row, from the frame before and to the one after, that makes it a stray…"""
SAME_SHARE = 1 / 3
"""…where these two differ by less than this share of it."""
STRAY_ROWS = 3
"""So many stray rows of a shrunken frame in one strip, and the frame counts as torn."""


class Watch:
    """Looks at shrunken frames one after the other, all of one size."""

    def __init__(self) -> None:
        self.frames = self.black = self.torn = self.longest_still = self._still = 0
        self.black_at: float | None = None
        self.torn_at: float | None = None
        self.still_at: float | None = None
        self._moved_at = 0.0
        self._times: deque[float] = deque(maxlen=3)
        self._last: Luma | None = None
        self._last_but_one: Luma | None = None
        self._last_steps: Rows | None = None
        self._strays: list[tuple[bool, bool]] = []
        """Of the two frames before the last: whether any row of it strayed, and whether a strip did."""

    def see(self, luma: Luma, seconds: float, damaged: bool = False) -> None:
        """The next frame. `damaged`: the decoder had to guess a part of it."""
        self._times.append(round(seconds, 2))
        if luma.mean() < BLACK_LUMA and luma.max() < SPOT_LUMA:
            self.black += 1
            self.black_at = self._times[-1] if self.black_at is None else self.black_at
        steps = None if self._last is None else row_steps(luma, self._last)
        moved = steps is None or steps.mean() > STILL_STEP
        self._still = 0 if moved else self._still + 1
        if moved:
            self._moved_at = self._times[-1]
        if self._still > self.longest_still:
            self.longest_still, self.still_at = self._still, self._moved_at
        if damaged:
            self._tear(self._times[-1])
        if self._torn_alone(*self._strayed(luma, steps)):
            self._tear(self._times[0])
        self._last_but_one, self._last, self._last_steps = self._last, luma, steps
        self.frames += 1

    def _strayed(self, luma: Luma, steps: Rows | None) -> tuple[bool, bool]:
        """Whether rows, and whether a strip, of the frame before belong to another moment than the two around it, which
        agree."""
        if steps is None or self._last_but_one is None or self._last_steps is None:
            return False, False
        there_and_back = np.minimum(steps, self._last_steps)
        stray = there_and_back > STRAY_STEP
        if not stray.any():
            return False, False
        stray &= row_steps(luma, self._last_but_one) < SAME_SHARE * there_and_back
        strip = np.convolve(stray, np.ones(STRAY_ROWS), "valid") > STRAY_ROWS - 0.5
        return bool(stray.any()), bool(strip.any())

    def _torn_alone(self, any_row: bool, strip: bool) -> bool:
        """Whether a strip strayed while nothing did in the frame before it and the one after: a title that leaves with
        the curtain passes over other rows in each frame."""
        around = [*self._strays, (any_row, strip)]
        self._strays = around[-2:]
        return len(around) == 3 and around[1][1] and not around[0][0] and not around[2][0]

    def _tear(self, seconds: float) -> None:
        self.torn += 1
        self.torn_at = seconds if self.torn_at is None else self.torn_at


def row_steps(a: Luma, b: Luma) -> Rows:
    """The mean change of each row."""
    return np.asarray(np.abs(a - b).mean(axis=1), np.float64)
