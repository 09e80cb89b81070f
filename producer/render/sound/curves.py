"""Gains that are known now and then, drawn out over the samples between; and smooth ways up and down."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Curve = npt.NDArray[np.float32]

BLOCK_S = 0.005
"""Between two readings of a level."""


def ramps(edges: npt.NDArray[Any], hop: int) -> Curve:
    """Straight lines between values `hop` samples apart: (n + 1) values give n * hop samples."""
    values = edges.astype(np.float32)
    within = np.arange(hop, dtype=np.float32) / np.float32(hop)
    return np.asarray((values[:-1, None] + np.diff(values)[:, None] * within).reshape(-1))


def smooth(x: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """0 … 1 with a level start and end; beyond them it stays there."""
    x = np.clip(x, 0.0, 1.0)
    return np.asarray(x * x * (3 - 2 * x))
