"""What a backdrop is painted on, and the landforms that several of them share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from producer.render.brushes import Point, curve
from producer.render.scene.palettes import Palette


@dataclass(frozen=True)
class Stage:
    """What a backdrop is painted for. `unit` is the shorter side; `focus` is where the presenter's face will be;
    `rng` is the only source of chance."""

    width: int
    height: int
    focus: Point
    palette: Palette
    rng: np.random.Generator

    @property
    def unit(self) -> float:
        return float(min(self.width, self.height))

    @property
    def beside(self) -> Point:
        """Over the presenter's shoulder, clear of the title: the place for a sun or a moon."""
        return min(self.focus[0] + 0.33 * self.unit, self.width - 0.12 * self.unit), self.focus[1]


def ridge(stage: Stage, base: float, swell: float, waves: float, steps: int = 24) -> list[Point]:
    """A wandering horizon from beyond the left edge to beyond the right one; `base` and `swell` in heights."""
    phase = stage.rng.uniform(0, 2 * math.pi, 3)
    points = []
    for step in range(-1, steps + 2):
        t = step / steps * 2 * math.pi * waves
        wander = math.sin(t + phase[0]) + 0.45 * math.sin(2.3 * t + phase[1]) + 0.2 * math.sin(4.9 * t + phase[2])
        points.append((stage.width * step / steps, stage.height * (base + swell * wander / 1.65)))
    return points


def land(stage: Stage, crest: Sequence[Point], paint: skia.Paint, canvas: skia.Canvas) -> None:
    """Fill everything below a ridge."""
    path = curve(crest)
    path.lineTo(crest[-1][0], stage.height + 2)
    path.lineTo(crest[0][0], stage.height + 2)
    path.close()
    canvas.drawPath(path, paint)
