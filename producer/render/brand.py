"""What a show brings of its own: colours, a logo, a typeface, an end card. Read with care, and left out when unusable.

logo         PNG, best with a transparent ground      in the intro and the outro; as a watermark where asked for
typeface     TTF, OTF or WOFF                         for all text; what it cannot draw, the usual ones do
end card     a picture, or a text                     in the outro
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from config.errors import BadInput
from producer.render.cards.base import BrandKit
from producer.render.colour import READABLE, WHITE, contrast, darker, lighter
from producer.render.fonts import check_own
from producer.render.inputs import read_picture
from producer.render.scene.palettes import Palette
from storage.documents import ArtifactRef
from storage.orders import Brand

Pixels = npt.NDArray[np.uint8]

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_PIXELS = 40_000_000
VISIBLE = 8
"""Alpha from which a pixel counts as part of a logo."""
DARK_ENOUGH = 7.0
"""Contrast of white text on the ink, which must leave room for colours between the two."""


def read_kit(brand: Brand, fetch: Callable[[ArtifactRef], Path]) -> tuple[BrandKit, list[str]]:
    """The kit, and a sentence for everything that cannot be used."""
    complaints: list[str] = []

    def read(ref: ArtifactRef | None, reader: Callable[[Path], Pixels]) -> Pixels | None:
        try:
            return reader(fetch(ref)) if ref else None
        except BadInput as error:
            complaints.append(error.message)
            return None

    logo, picture = read(brand.logo, read_logo), read(brand.end_picture, _read_end_picture)
    typeface = fetch(brand.typeface) if brand.typeface else None
    try:
        if typeface:
            check_own(typeface)
    except BadInput as error:
        complaints.append(error.message)
        typeface = None
    return BrandKit(logo, brand.watermark if logo is not None else 0.0, typeface, picture), complaints


def read_logo(path: Path) -> Pixels:
    """RGBA, cropped to what is visible. Raises BadInput that says what would be right."""
    cure = "Choose a PNG file with a transparent ground."
    head = path.read_bytes()[:256]
    if not head.startswith(PNG):
        vector = b"<svg" in head or head.lstrip().startswith(b"<?xml")
        what = "an SVG drawing, which would look different everywhere" if vector else "no PNG file"
        raise BadInput(f"The logo is {what}.", cure)
    try:
        with Image.open(path, formats=["PNG"]) as image:
            if image.width * image.height > LARGEST_PIXELS:
                raise BadInput("The logo has more than 40 million pixels.", cure)
            pixels = np.asarray(image.convert("RGBA"), np.uint8)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadInput("The logo cannot be read.", cure) from error
    ys, xs = np.nonzero(pixels[..., 3] > VISIBLE)
    if not len(ys):
        raise BadInput("The logo is transparent all over.", cure)
    return np.ascontiguousarray(pixels[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1])


def branded(palette: Palette, brand: Brand) -> Palette:
    """The scene's palette with the show's own colours, moved as far as it takes to read text in them: white on the ink,
    the ink on the accents, and the accents on the ink."""
    ink = _until(brand.ink or palette.ink, darker, lambda colour: contrast(WHITE, colour) >= DARK_ENOUGH)

    def bright(colour: str) -> str:
        return _until(colour, lighter, lambda shade: contrast(shade, ink) >= READABLE)

    return replace(
        palette, ink=ink, accent=bright(brand.accent or palette.accent), second=bright(brand.second or palette.second)
    )


def colour_complaints(palette: Palette, brand: Brand) -> list[str]:
    """A sentence for each of the show's colours that had to be moved."""
    made = branded(palette, brand)
    return [
        f"the {name} {wanted} cannot be read, and is shown as {getattr(made, name)}"
        for name in ("accent", "second", "ink")
        if (wanted := getattr(brand, name)) and wanted.lower() != getattr(made, name).lower()
    ]


def _read_end_picture(path: Path) -> Pixels:
    try:
        return read_picture(path)
    except BadInput as error:
        raise BadInput("The picture of the end card cannot be read.", error.cure) from error


def _until(colour: str, changed: Callable[[str, float], str], good: Callable[[str], bool]) -> str:
    """The colour, changed in steps of 4 % until it is good."""
    return next((shade for step in range(26) if good(shade := changed(colour, step / 25))), changed(colour, 1.0))
