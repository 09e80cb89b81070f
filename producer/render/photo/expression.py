"""What a face does in one frame."""

from __future__ import annotations

from typing import NamedTuple

from producer.render.presenter.visemes import Mouth


class Expression(NamedTuple):
    """`smile` and `brows` -1..1, `lids` 0 open … 1 closed, `gaze` -1..1 right and down."""

    mouth: Mouth = Mouth()
    smile: float = 0.0
    brows: float = 0.0
    lids: float = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)
