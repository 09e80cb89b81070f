"""Any picture as a plain JPEG without metadata, checked before a pixel of it is decoded."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from config.errors import SourceError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
FILE_LIMIT = 10_000_000
"""Bytes."""
PIXEL_LIMIT = 40_000_000
SMALLEST = 200
"""Pixels of the shorter side; below are logos and counting pixels."""
LARGEST = 1600
"""Pixels of the longer side of what is kept."""
QUALITY = 88


def as_jpeg(data: bytes) -> bytes:
    """Upright, opaque on white, at most LARGEST pixels a side, first frame only.

    Raises SourceError when it is none, too small, too large or damaged.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            _check_size(*picture.size)
            picture.draft("RGB", (LARGEST, LARGEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
            out = io.BytesIO()
            _opaque(upright).save(out, "JPEG", quality=QUALITY, optimize=True)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        raise SourceError("A picture has too many pixels.") from e
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as e:
        raise SourceError("A picture is damaged or of an unknown kind.") from e
    return out.getvalue()


def _check_size(width: int, height: int) -> None:
    """From the header alone, before any pixel is decoded."""
    if width * height > PIXEL_LIMIT:
        raise SourceError(f"A picture has {width} × {height} pixels, too many.")
    if min(width, height) < SMALLEST:
        raise SourceError(f"A picture has only {width} × {height} pixels.")


def _opaque(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")
