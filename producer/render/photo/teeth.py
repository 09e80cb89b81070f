"""Teeth: the sitter's own, cut out of the portrait where it shows them, else a drawn row."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.faces import points as named
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.lips import Speaker
from producer.render.photo.warp import Pixels

Array = npt.NDArray[np.float64]

HALF_WIDTH = 0.48
"""Half the width of a cut or drawn row, in units of the face."""
RESOLUTION = 240
"""Pixels of a row's image for one unit of the face."""
ABOVE, BELOW = 0.14, 0.30
"""How far an image of own teeth reaches above and below the middle of the mouth."""
CROWNS = (0.135, 0.110, 0.115, 0.095, 0.085, 0.075)
"""Widths of the upper teeth from the middle on, as they are seen from the front: central and lateral incisor, canine,
premolars, molar (mean crown widths of Wheeler's “Dental Anatomy”, foreshortened by the arch)."""
LOWER_CROWNS = (0.085, 0.090, 0.105, 0.100, 0.090, 0.080)
LENGTHS = (1.0, 0.92, 0.97, 0.86, 0.78, 0.70)
UPPER_LENGTH, LOWER_LENGTH = 0.150, 0.120
SHOWN = 0.032
"""How far upper teeth reach below the line on which the lips meet."""
ENAMEL = np.array([1.06, 1.03, 0.96])
"""Teeth are a little brighter and yellower than white paper under the light of the face."""


@dataclass(frozen=True)
class Teeth:
    """A row as a premultiplied image, and the rectangle that it fills, in units of the face."""

    image: skia.Image
    place: skia.Rect

    def draw(self, canvas: skia.Canvas, light: int) -> None:
        """`light`: the colour of the light that falls on them; white leaves them as they are."""
        paint = skia.Paint(ColorFilter=skia.ColorFilters.Blend(light, skia.BlendMode.kModulate))
        canvas.drawImageRect(self.image, self.place, skia.SamplingOptions(skia.FilterMode.kLinear), paint)


def drawn_teeth(skin: Array, speaker: Speaker, lower: bool = False) -> Teeth:
    """A plain row in the light of the face. The lower row begins at y = 0; the upper one ends below the closed lips."""
    crowns, length = (LOWER_CROWNS, LOWER_LENGTH) if lower else (CROWNS, UPPER_LENGTH)
    height, width = round(1.25 * length * RESOLUTION), round(2 * HALF_WIDTH * RESOLUTION)
    x = (np.arange(width) + 0.5) / RESOLUTION - HALF_WIDTH
    y = ((np.arange(height) + 0.5) / RESOLUTION)[:, None]
    alpha, shade = np.zeros((height, width)), np.ones((height, width))
    start = 0.0
    for number, crown in enumerate(crowns):
        within = (np.abs(x) - start - crown / 2) / (crown / 2)
        here = np.abs(within) < 1
        tooth = length * (LENGTHS[number] if not lower else 1 - 0.04 * number)
        edge = tooth * (1 - (0.06 if not lower else 0.03) * np.abs(within) ** 3)
        alpha = np.maximum(alpha, np.clip((edge - y) * RESOLUTION / 2.5, 0, 1) * here)
        rounded = 1 - 0.16 * np.abs(within) ** 8 - 0.025 * number
        shade = np.where(here, rounded * np.ones_like(y), shade)
        start += crown
    arch = np.sqrt(np.clip(1 - (x / (HALF_WIDTH * 1.02)) ** 2, 0, 1))
    fall = 0.86 + 0.14 * np.clip(y / (0.5 * length), 0, 1)
    shade = shade * fall * (0.45 + 0.55 * arch)
    light = np.clip(_enamel(skin), 0, 255)
    rgba = np.dstack([light * shade[..., None], 255 * alpha])
    rgba = np.asarray(cv2.GaussianBlur(rgba[::-1] if lower else rgba, (0, 0), RESOLUTION / 110), np.float64)
    if lower:
        return Teeth(_image(rgba), skia.Rect.MakeXYWH(-HALF_WIDTH, -0.25 * length, 2 * HALF_WIDTH, 1.25 * length))
    own = speaker.own
    closed = float(own.upper[5, 1]) + 0.40 * own.gap
    place = skia.Rect.MakeXYWH(own.middle - HALF_WIDTH, closed + SHOWN - length, 2 * HALF_WIDTH, 1.25 * length)
    return Teeth(_image(rgba), place)


def own_teeth(picture: Pixels, anatomy: Anatomy, speaker: Speaker) -> Teeth | None:
    """The teeth that the portrait shows, or None when it shows none, or too little of them."""
    if not speaker.shows_teeth:
        return None
    strip = _upright(picture, anatomy)
    mask = np.zeros(strip.shape[:2], np.uint8)
    outline = np.concatenate([anatomy.row(named.UPPER_LIP_UNDER), anatomy.row(named.LOWER_LIP_TOP)[::-1]])
    places = (outline + np.array([HALF_WIDTH, ABOVE])) * RESOLUTION
    cv2.fillPoly(mask, [np.round(places * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    inside = cv2.erode(mask, np.ones((9, 9), np.uint8)) > 250
    hsv = cv2.cvtColor(strip, cv2.COLOR_RGB2HSV)
    if not inside.any():
        return None
    value, pale = hsv[..., 2].astype(np.float64), hsv[..., 1] < 120
    bright = float(np.percentile(value[inside], 85))
    white = inside & pale & (value > 0.62 * bright)
    if bright < 110 or white.sum() < 0.35 * inside.sum():
        return None
    around = cv2.dilate(mask, np.ones((61, 61), np.uint8))
    filled = cv2.inpaint(strip, np.where(white, 0, around).astype(np.uint8), 5, cv2.INPAINT_TELEA)
    alpha = _tooth_edge(mask, white)
    rgba = np.dstack([filled.astype(np.float64), alpha])
    return Teeth(_image(rgba), skia.Rect.MakeXYWH(-HALF_WIDTH, -ABOVE, 2 * HALF_WIDTH, ABOVE + BELOW))


def _tooth_edge(mask: npt.NDArray[np.uint8], white: npt.NDArray[np.bool_]) -> Array:
    """Alpha of own teeth: whole above their lower edge, which is where the white ends in each column."""
    rows = np.arange(mask.shape[0])[:, None]
    last = np.where(white.any(axis=0), np.where(white, rows, -1).max(axis=0), -1).astype(np.float64)
    seen = np.flatnonzero(last >= 0)
    columns = np.arange(mask.shape[1])
    edge = np.interp(columns, seen, last[seen])
    edge = cv2.GaussianBlur(edge[None].astype(np.float64), (0, 0), RESOLUTION * 0.012)[0]
    fade = np.clip((edge - rows) / (RESOLUTION * 0.016), 0, 1)
    ends = np.clip(np.minimum(columns - seen[0], seen[-1] - columns) / (RESOLUTION * 0.03), 0, 1)
    return np.asarray(255 * fade * ends)


def _upright(picture: Pixels, anatomy: Anatomy) -> Pixels:
    """The mouth's surroundings, straightened and enlarged."""
    axes = anatomy.axes.T * anatomy.unit / RESOLUTION
    corner = anatomy.to_pixels(np.array([-HALF_WIDTH, -ABOVE]))
    size = round(2 * HALF_WIDTH * RESOLUTION), round((ABOVE + BELOW) * RESOLUTION)
    turned = cv2.warpAffine(
        np.ascontiguousarray(picture[..., :3]), np.column_stack([axes, corner]), size,
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return np.asarray(turned, np.uint8)


def _enamel(skin: Array) -> Array:
    """White under the light of the face: as bright as the skin's highlights, with a third of its tint."""
    level = 95 + 0.55 * float(skin.mean())
    tint = 1 + 0.18 * (skin / max(float(skin.mean()), 1.0) - 1)
    coloured = float(np.ptp(skin)) > 6
    return np.asarray(level * tint * (ENAMEL if coloured else 1.0))


def _image(rgba: Array) -> skia.Image:
    """From straight alpha, 0..255."""
    values = np.clip(rgba, 0, 255)
    values[..., :3] *= values[..., 3:] / 255
    pixels = np.ascontiguousarray(np.round(values).astype(np.uint8))
    return skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
