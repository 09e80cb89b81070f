"""Where things are in each format. Pure.

Nothing important leaves the safe area: in 9:16 that is what the phone apps' own buttons and text leave free
(about 7 % above, 18 % below and 10 % at the right are theirs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from producer.engines.requests import SIZES
from storage.documents import Format


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right + 1e-6
            and other.bottom <= self.bottom + 1e-6
        )

    def overlaps(self, other: Box) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True)
class Layout:
    """One format's plan. The presenter's head is centred on `presenter_x`, its hair begins at `head_top`, and its chin
    is `head_height` lower; the body reaches the lower edge of the picture."""

    width: int
    height: int
    safe: Box
    presenter_x: float
    head_top: float
    head_height: float
    intro: Box
    """Holds the title, the show and the source before the body begins."""
    intro_size: int
    """The largest size of the title there."""
    headline: Box
    """Holds the title, and under it the source line."""
    headline_sizes: range
    headline_lines: int
    headline_at: Literal["top", "middle"]
    """Where the text sits when it is shorter than its box."""
    picture: Box | None
    captions: Box
    caption_size: float
    caption_rows: int
    name: Box
    """Where the presenter's name appears, at its left edge or its right one (`name_side`)."""
    name_side: Literal["left", "right"]

    @property
    def unit(self) -> float:
        """The shorter side: the measure of margins, radii and small text."""
        return float(min(self.width, self.height))

    @property
    def face(self) -> tuple[float, float]:
        """The middle of the presenter's face."""
        return self.presenter_x, self.head_top + 0.5 * self.head_height

    @property
    def presenter(self) -> Box:
        """What a standing presenter may cover, from the hair to the lower edge."""
        half = 0.85 * self.head_height
        return Box(self.presenter_x - half, self.head_top, 2 * half, self.height - self.head_top)


def layout_for(format: Format, with_picture: bool) -> Layout:
    width, height = SIZES[format]
    return {"16:9": _wide, "9:16": _tall, "1:1": _square}[format](width, height, with_picture)


def _sizes(unit: int, largest: float, smallest: float) -> range:
    """Sizes to try, in whole pixels."""
    return range(round(unit * largest), round(unit * smallest) - 1, -1)


def _wide(w: int, h: int, picture: bool) -> Layout:
    left = 0.05 * w
    return Layout(
        width=w,
        height=h,
        safe=Box(left, 0.05 * h, 0.90 * w, 0.90 * h),
        presenter_x=0.745 * w if picture else 0.730 * w,
        head_top=0.130 * h,
        head_height=0.350 * h,
        intro=Box(0.08 * w, 0.10 * h, 0.79 * w, 0.80 * h),
        intro_size=round(0.098 * h),
        headline=Box(left, 0.605 * h, 0.445 * w, 0.215 * h) if picture else Box(left, 0.16 * h, 0.455 * w, 0.58 * h),
        headline_sizes=_sizes(h, 0.056, 0.031) if picture else _sizes(h, 0.086, 0.036),
        headline_lines=3 if picture else 6,
        headline_at="top" if picture else "middle",
        picture=Box(left, 0.135 * h, 0.425 * w, 0.435 * h) if picture else None,
        captions=Box(0.10 * w, 0.845 * h, 0.80 * w, 0.10 * h),
        caption_size=0.050 * h,
        caption_rows=1,
        name=Box(0.55 * w, 0.700 * h, 0.40 * w, 0.105 * h),
        name_side="right",
    )


def _tall(w: int, h: int, picture: bool) -> Layout:
    left, reach = 0.07 * w, 0.83 * w
    return Layout(
        width=w,
        height=h,
        safe=Box(left, 0.065 * h, reach, 0.755 * h),
        presenter_x=0.5 * w,
        head_top=0.467 * h if picture else 0.365 * h,
        head_height=0.160 * h if picture else 0.225 * h,
        intro=Box(left, 0.12 * h, reach, 0.70 * h),
        intro_size=round(0.105 * w),
        headline=Box(left, 0.112 * h, reach, 0.144 * h) if picture else Box(left, 0.116 * h, reach, 0.205 * h),
        headline_sizes=_sizes(w, 0.064, 0.036) if picture else _sizes(w, 0.081, 0.039),
        headline_lines=4 if picture else 5,
        headline_at="top",
        picture=Box(left, 0.262 * h, reach, 0.185 * h) if picture else None,
        captions=Box(left, 0.702 * h, reach, 0.113 * h),
        caption_size=0.061 * w,
        caption_rows=2,
        name=Box(left, 0.632 * h, reach, 0.060 * h),
        name_side="left",
    )


def _square(w: int, h: int, picture: bool) -> Layout:
    left = 0.05 * w
    return Layout(
        width=w,
        height=h,
        safe=Box(left, 0.05 * h, 0.90 * w, 0.90 * h),
        presenter_x=0.725 * w if picture else 0.5 * w,
        head_top=0.355 * h,
        head_height=0.260 * h,
        intro=Box(0.08 * w, 0.10 * h, 0.79 * w, 0.80 * h),
        intro_size=round(0.088 * h),
        headline=Box(left, 0.122 * h, 0.90 * w, 0.225 * h),
        headline_sizes=_sizes(h, 0.056, 0.030),
        headline_lines=3,
        headline_at="top",
        picture=Box(left, 0.355 * h, 0.425 * w, 0.36 * h) if picture else None,
        captions=Box(0.06 * w, 0.855 * h, 0.88 * w, 0.09 * h),
        caption_size=0.046 * h,
        caption_rows=1,
        name=Box(left, 0.735 * h, 0.5 * w, 0.108 * h),
        name_side="left",
    )
