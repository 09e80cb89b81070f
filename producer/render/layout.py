"""Where things are in each format. Pure.

    16:9, 1:1   cards beside the presenter          9:16, 4:5   cards above the presenter
    ┌──────────────────────────┐                    ┌─────────────┐
    │ show              label  │                    │ show  label │
    │ ┌───────────┐            │                    │ ┌─────────┐ │
    │ │   cards   │  presenter │                    │ │  cards  │ │
    │ └───────────┘            │                    │ └─────────┘ │
    │ source                   │                    │ source      │
    │ [       captions       ] │                    │  presenter  │
    └──────────────────────────┘                    │ [captions ] │
                                                    └─────────────┘
In languages that are written from right to left all of it is mirrored. Nothing important leaves the safe area,
which in 9:16 is what the apps' own buttons and texts leave free (see `platforms`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from producer.engines.requests import size_of
from producer.render.platforms import TITLE_SAFE, Insets, insets_for
from storage.documents import Format
from storage.orders import Platform, Resolution

WIDE_SHARE, SQUARE_SHARE, SIDE_SHARE = 0.65, 0.60, 0.46
"""Of the cards' height (16:9, 1:1) or width (9:16, 4:5), what a picture takes."""
ROOMY = 0.55
"""Of a tall picture's height: an app that leaves less to it makes captions of one row, so that the presenter is seen."""
APART = 0.026
"""Between picture and title, of the shorter side."""


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

    def mirrored(self, width: float) -> Box:
        """Its place in a picture of that width, seen in a mirror."""
        return Box(width - self.right, self.y, self.width, self.height)

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
    cards: Box
    """Where one card after the other stands: the headline, pictures, quotes, figures …"""
    headline_sizes: range
    headline_lines: int
    source: Box
    """The line that names the source, under the cards."""
    captions: Box
    caption_size: float
    caption_rows: int
    name: Box
    """Where the presenter's name appears, at its left edge or its right one (`name_side`)."""
    name_side: Literal["left", "right"]
    mirrored: bool = False
    """Whether this is the layout of a language that is written from right to left."""

    @property
    def picture(self) -> Box:
        """The topic's picture: over the title where the cards stand beside the presenter, else at its side."""
        if self.beside:
            share = WIDE_SHARE if self.width > self.height else SQUARE_SHARE
            return replace(self.cards, height=share * self.cards.height)
        half = replace(self.cards, width=SIDE_SHARE * self.cards.width)
        return replace(half, x=self.cards.right - half.width) if self.mirrored else half

    @property
    def title_by_picture(self) -> Box:
        """What the picture leaves of the cards to the title."""
        cards, picture, gap = self.cards, self.picture, APART * self.unit
        if self.beside:
            return replace(cards, y=picture.bottom + gap, height=cards.bottom - picture.bottom - gap)
        rest = replace(cards, width=cards.width - picture.width - gap)
        return rest if self.mirrored else replace(rest, x=picture.right + gap)

    @property
    def watermark(self) -> Box:
        """A corner for a small logo: under the AI label where the cards stand beside the presenter, else under them."""
        width, height, gap = 0.13 * self.unit, 0.085 * self.unit, 0.016 * self.unit
        y = self.safe.y + 0.062 * self.unit if self.beside else self.source.bottom + gap
        outer = self.safe if self.beside else self.captions  # whose sides a platform's buttons leave free
        return Box(outer.x if self.mirrored else outer.right - width, y, width, height)

    @property
    def unit(self) -> float:
        """The shorter side: the measure of margins, radii and small text."""
        return float(min(self.width, self.height))

    @property
    def face(self) -> tuple[float, float]:
        """The middle of the presenter's face."""
        return self.presenter_x, self.head_top + 0.5 * self.head_height

    @property
    def face_box(self) -> Box:
        """What nothing may cover: brow to chin, ear to ear."""
        half = 0.36 * self.head_height
        return Box(self.presenter_x - half, self.head_top, 2 * half, self.head_height)

    @property
    def beside(self) -> bool:
        """Whether cards stand beside the presenter, not above."""
        return not self.cards.x <= self.presenter_x <= self.cards.right

    @property
    def stage(self) -> Box:
        """The columns, from top to bottom, that the cards leave to the presenter."""
        left = self.cards.right if self.beside and not self.mirrored else 0.0
        right = self.cards.x if self.beside and self.mirrored else float(self.width)
        return Box(left, 0, right - left, self.height)


def layout_for(
    format: Format, resolution: Resolution = 720, *, mirrored: bool = False, platform: Platform = "any"
) -> Layout:
    width, height = size_of(format, resolution)
    match format:
        case "16:9":
            layout = _wide(width, height)
        case "9:16":
            layout = _tall(width, height, insets_for(platform))
        case "1:1":
            layout = _square(width, height)
        case "4:5":
            layout = _portrait(width, height)
    return _mirrored(layout) if mirrored else layout


def _sizes(unit: int, largest: float, smallest: float) -> range:
    """Sizes to try, in whole pixels."""
    return range(round(unit * largest), round(unit * smallest) - 1, -1)


def _wide(w: int, h: int) -> Layout:
    left, wide = TITLE_SAFE * w, 0.455 * w
    return Layout(
        width=w,
        height=h,
        safe=_title_safe(w, h),
        presenter_x=0.738 * w,
        head_top=0.130 * h,
        head_height=0.350 * h,
        intro=Box(0.08 * w, 0.10 * h, 0.79 * w, 0.80 * h),
        intro_size=round(0.098 * h),
        cards=Box(left, 0.135 * h, wide, 0.600 * h),
        headline_sizes=_sizes(h, 0.092, 0.036),
        headline_lines=6,
        source=Box(left, 0.758 * h, wide, 0.040 * h),
        captions=Box(0.10 * w, 0.845 * h, 0.80 * w, 0.10 * h),
        caption_size=0.050 * h,
        caption_rows=1,
        name=Box(0.55 * w, 0.700 * h, 0.40 * w, 0.105 * h),
        name_side="right",
    )


def _tall(w: int, h: int, insets: Insets) -> Layout:
    left, reach = insets.side * w, (1 - 2 * insets.side) * w
    rail = max(insets.rail, insets.side) * w
    rows = 2 if 1 - insets.top - insets.bottom >= ROOMY else 1
    deep = (0.107 if rows == 2 else 0.063) * h
    captions = Box(rail, (1 - insets.bottom) * h - deep, w - 2 * rail, deep)
    top = (insets.top + 0.042) * h
    room = captions.y - top
    cards = Box(left, top, reach, (0.43 if rows == 2 else 0.40) * room)
    head_top = cards.bottom + 0.048 * h
    return Layout(
        width=w,
        height=h,
        safe=Box(left, insets.top * h, reach, (1 - insets.top - insets.bottom) * h),
        presenter_x=0.5 * w,
        head_top=head_top,
        head_height=captions.y - 0.076 * h - head_top,
        intro=Box(left, (insets.top + 0.04) * h, reach * 0.96, (1 - insets.top - insets.bottom - 0.04) * h),
        intro_size=round(0.105 * w),
        cards=cards,
        headline_sizes=_sizes(w, 0.090, 0.036),
        headline_lines=5,
        source=Box(left, cards.bottom + 0.008 * h, reach, 0.026 * h),
        captions=captions,
        caption_size=0.057 * w,
        caption_rows=rows,
        name=Box(left, captions.y - 0.068 * h, reach, 0.060 * h),
        name_side="left",
    )


def _square(w: int, h: int) -> Layout:
    left, wide = TITLE_SAFE * w, 0.420 * w
    return Layout(
        width=w,
        height=h,
        safe=_title_safe(w, h),
        presenter_x=0.735 * w,
        head_top=0.366 * h,
        head_height=0.243 * h,
        intro=Box(0.08 * w, 0.10 * h, 0.79 * w, 0.80 * h),
        intro_size=round(0.088 * h),
        cards=Box(left, 0.128 * h, wide, 0.525 * h),
        headline_sizes=_sizes(h, 0.068, 0.030),
        headline_lines=8,
        source=Box(left, 0.672 * h, wide, 0.036 * h),
        captions=Box(0.06 * w, 0.855 * h, 0.88 * w, 0.09 * h),
        caption_size=0.046 * h,
        caption_rows=1,
        name=Box(left, 0.735 * h, 0.5 * w, 0.108 * h),
        name_side="left",
    )


def _portrait(w: int, h: int) -> Layout:
    left, reach = TITLE_SAFE * w, (1 - 2 * TITLE_SAFE) * w
    return Layout(
        width=w,
        height=h,
        safe=_title_safe(w, h),
        presenter_x=0.5 * w,
        head_top=0.435 * h,
        head_height=0.265 * h,
        intro=Box(0.08 * w, 0.10 * h, 0.80 * w, 0.80 * h),
        intro_size=round(0.098 * w),
        cards=Box(left, 0.112 * h, reach, 0.262 * h),
        headline_sizes=_sizes(w, 0.085, 0.034),
        headline_lines=5,
        source=Box(left, 0.383 * h, reach, 0.028 * h),
        captions=Box(left, 0.852 * h, reach, 0.088 * h),
        caption_size=0.052 * w,
        caption_rows=1,
        name=Box(left, 0.742 * h, 0.62 * w, 0.094 * h),
        name_side="left",
    )


def _title_safe(w: int, h: int) -> Box:
    return Box(TITLE_SAFE * w, TITLE_SAFE * h, (1 - 2 * TITLE_SAFE) * w, (1 - 2 * TITLE_SAFE) * h)


def _mirrored(layout: Layout) -> Layout:
    width = layout.width
    boxes = {
        name: getattr(layout, name).mirrored(width) for name in ("safe", "intro", "cards", "source", "captions", "name")
    }
    side: Literal["left", "right"] = "left" if layout.name_side == "right" else "right"
    return replace(layout, **boxes, presenter_x=width - layout.presenter_x, name_side=side, mirrored=True)
