"""A presenter who holds still: tracks of a single frame, for pictures, previews and tests."""

from __future__ import annotations

import numpy as np

from producer.render.presenter.expressions import Bearing, bearing
from producer.render.presenter.tone import Expression, Tone
from producer.render.presenter.tracks import WIDTHS, Track
from producer.render.presenter.visemes import SHAPES, Viseme


def still(
    mouth: Viseme = "sil", expression: Expression | None = None, **values: float | tuple[float, ...]
) -> dict[str, Track]:
    """Everything at zero but the mouth, what the expression changes, and the tracks that `values` name."""
    tracks: dict[str, Track] = {
        name: np.zeros(1 if width == 1 else (1, width), np.float32) for name, width in WIDTHS.items()
    }
    tracks["mouth"][0] = SHAPES[mouth]
    if expression is not None:
        shown = Bearing(*bearing(Tone(expression, 1.0)).tolist())
        tracks["brows"][0] = shown.raised, shown.slant, shown.knit
        tracks["widen"][0], tracks["smile"][0] = shown.widen, shown.smile
        tracks["head"][0] = 0, shown.chin, shown.tilt
    for name, value in values.items():
        tracks[name][0] = value
    tracks["lead"] = np.zeros(1, np.float32)
    return tracks
