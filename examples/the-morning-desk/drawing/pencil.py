"""A sheet of paper, and a few ways to put flat colour on it."""

from __future__ import annotations

import contextlib
import itertools
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import skia

WIDTH, HEIGHT = 1280, 720
QUALITY = 88
STEPS = {"M": ("moveTo", 2), "L": ("lineTo", 2), "C": ("cubicTo", 6), "Q": ("quadTo", 4), "Z": ("close", 0),
         "H": ("", 1), "V": ("", 1), "A": ("", 7)}  # fmt: skip
"""SVG path commands: skia's method, and how many numbers each takes."""


def colour(text: str, alpha: float = 1.0) -> int:
    """`#rrggbb` as skia wants it."""
    red, green, blue = (int(text[i : i + 2], 16) for i in (1, 3, 5))
    return int(skia.Color(red, green, blue, round(255 * alpha)))


class Sheet:
    """A 1280 × 720 picture that is drawn from back to front. The same seed draws the same picture."""

    def __init__(self, seed: str) -> None:
        self.surface = skia.Surface(WIDTH, HEIGHT)
        self.canvas = self.surface.getCanvas()
        self.dice = random.Random(seed)  # noqa: S311  scatters stars, keeps no secret

    def backdrop(self, *colours: str, top: float = 0, bottom: float = HEIGHT) -> None:
        """Colours that melt into each other from `top` down to `bottom`."""
        shader = skia.GradientShader.MakeLinear([(0, top), (0, bottom)], [colour(c) for c in colours])
        self.canvas.drawRect(skia.Rect.MakeLTRB(0, top, WIDTH, bottom), skia.Paint(Shader=shader, Dither=True))

    def glow(self, x: float, y: float, radius: float, tint: str, alpha: float = 0.8) -> None:
        """Light that fades outwards."""
        shader = skia.GradientShader.MakeRadial((x, y), radius, [colour(tint, alpha), colour(tint, 0)])
        self.canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, AntiAlias=True, Dither=True))

    def disc(self, x: float, y: float, radius: float, tint: str, alpha: float = 1.0) -> None:
        self.canvas.drawCircle(x, y, radius, _fill(tint, alpha))

    def oval(self, x: float, y: float, rx: float, ry: float, tint: str, alpha: float = 1.0) -> None:
        """An ellipse around (x, y)."""
        self.canvas.drawOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry), _fill(tint, alpha))

    def box(self, x: float, y: float, w: float, h: float, tint: str, radius: float = 0, alpha: float = 1.0) -> None:
        self.canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, w, h), radius, radius, _fill(tint, alpha))

    def shape(self, tint: str, svg: str, alpha: float = 1.0) -> None:
        """A filled path, in SVG path notation."""
        self.canvas.drawPath(_path(svg), _fill(tint, alpha))

    def line(self, tint: str, width: float, svg: str, alpha: float = 1.0) -> None:
        """A stroke with round ends along an SVG path."""
        paint = skia.Paint(
            Color=colour(tint, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width,
            StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join,
        )  # fmt: skip
        self.canvas.drawPath(_path(svg), paint)

    def hills(self, tint: str, *heights: float) -> None:
        """Soft ground from the left edge to the right, through the given heights (y), down to the bottom."""
        step = WIDTH / (len(heights) - 1)
        svg = f"M0 {HEIGHT} L0 {heights[0]}"
        for i, (a, b) in enumerate(itertools.pairwise(heights)):
            middle = (i + 0.5) * step
            svg += f" C{middle} {a} {middle} {b} {(i + 1) * step} {b}"
        self.shape(tint, svg + f" L{WIDTH} {HEIGHT} Z")

    def ripples(self, tint: str, top: float, bottom: float, count: int, alpha: float = 0.35, left: float = -40) -> None:
        """Short level strokes, longer and thicker towards the viewer."""
        for _ in range(count):
            near = self.dice.random()
            x, y = self.dice.uniform(left, WIDTH), top + (bottom - top) * near
            length = (20 + 90 * near) * self.dice.uniform(0.5, 1.2)
            self.line(tint, 1.5 + 3.5 * near, f"M{x} {y} h{length}", alpha * self.dice.uniform(0.4, 1))

    def sprinkle(self, tint: str, count: int, area: tuple[float, float, float, float], sizes: Sequence[float]) -> None:
        """Dots at random places: stars, bubbles, blossoms. `area` is left, top, right, bottom."""
        for _ in range(count):
            x, y = self.dice.uniform(area[0], area[2]), self.dice.uniform(area[1], area[3])
            self.disc(x, y, self.dice.choice(list(sizes)), tint, self.dice.uniform(0.35, 1))

    @contextlib.contextmanager
    def at(self, x: float, y: float, scale: float = 1.0, turn: float = 0.0, flip: bool = False) -> Iterator[None]:
        """Draw around (x, y) as if it were the origin; `turn` in degrees clockwise."""
        self.canvas.save()
        self.canvas.translate(x, y)
        self.canvas.rotate(turn)
        self.canvas.scale(-scale if flip else scale, scale)
        try:
            yield
        finally:
            self.canvas.restore()

    def save(self, path: Path) -> int:
        """Write the sheet as a JPEG; returns its size in bytes."""
        data = self.surface.makeImageSnapshot().encodeToData(skia.kJPEG, QUALITY)
        path.write_bytes(bytes(data))
        return path.stat().st_size


def _path(svg: str) -> skia.Path:
    """SVG path notation (M L H V C Q A Z, and their relative forms) as a path."""
    path = skia.Path()
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", svg):
        values = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers)]
        size = len(values) if command in "Zz" else STEPS[command.upper()][1]
        for i in range(0, max(len(values), 1), max(size, 1)):
            _step(path, command, values[i : i + size])
    return path


def _step(path: skia.Path, command: str, values: list[float]) -> None:
    if command in "HV":
        x, y = path.getPoint(path.countPoints() - 1)
        path.lineTo(*((values[0], y) if command == "H" else (x, values[0])))
    elif command in "hv":
        path.rLineTo(*((values[0], 0) if command == "h" else (0, values[0])))
    elif command in "Aa":
        rx, ry, turn, large, sweep, x, y = values
        size = skia.Path.kLarge_ArcSize if large else skia.Path.kSmall_ArcSize
        direction = skia.PathDirection.kCW if sweep else skia.PathDirection.kCCW
        (path.arcTo if command == "A" else path.rArcTo)(rx, ry, turn, size, direction, x, y)
    else:
        name = STEPS[command.upper()][0]
        getattr(path, name if command.isupper() or command == "z" else f"r{name[0].upper()}{name[1:]}")(*values)


def _fill(tint: str, alpha: float) -> skia.Paint:
    return skia.Paint(Color=colour(tint, alpha), AntiAlias=True)
