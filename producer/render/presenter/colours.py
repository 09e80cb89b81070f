"""Colours as `#rrggbb`, and the shades that a look's few chosen colours imply."""

from __future__ import annotations

from producer.render.presenter.look import Look

Palette = dict[str, str]

GREY = "#c3c0c3"
"""Hair that has lost its colour."""


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(a: str, b: str, amount: float) -> str:
    """`a` with `amount` (0..1) of `b` in it."""
    parts = (round(x + (y - x) * amount) for x, y in zip(channels(a), channels(b), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def lightness(colour: str) -> float:
    """Rough perceived lightness, 0 black … 1 white (Rec. 601 luma)."""
    red, green, blue = channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def darker(colour: str, amount: float) -> str:
    """Towards a violet night rather than black: shadows of coloured things are not grey."""
    return mix(colour, "#1b1230", amount)


def shaded_hair(colour: str, amount: float) -> str:
    """Hair's own shade: nearly neutral, so that grey stays grey, and brown where it is fair."""
    warm = 0.30 * max(0.0, lightness(colour) - 0.3)
    warm *= (max(channels(colour)) - min(channels(colour))) / 90
    return mix(mix(colour, "#1d1620", amount), "#5a3018", min(0.4, warm))


def lighter(colour: str, amount: float) -> str:
    return mix(colour, "#fff4e6", amount)


def palette_of(look: Look) -> Palette:
    """Every tone that pieces may name, from the colours of a look."""
    skin, outfit, shirt, hat = look.skin, look.outfit_colour, look.shirt_colour, look.headwear_colour
    hair = mix(look.hair_colour, GREY, look.grey)
    deep = 1 - lightness(skin)
    shade = mix(mix(skin, "#a83c28", 0.20), "#3b1226", 0.10 + 0.08 * deep)
    lip = mix(mix(skin, "#b5303f", 0.30 + 0.38 * look.lips), "#3d1020", 0.06 + 0.22 * deep)
    palm = mix(skin, "#f0b094", 0.10 + 0.30 * deep)
    grey = mix(hair, "#8f8b8c", 0.15)
    return {
        "skin": skin,
        "skin-light": mix(lighter(skin, 0.34), "#ffd9a8", 0.15),
        "skin-shade": shade,
        "skin-edge": mix(skin, shade, 0.45),
        "skin-deep": mix(shade, "#4a1420", 0.30),
        "palm": palm,
        "palm-light": mix(lighter(palm, 0.28), "#ffd9a8", 0.15),
        "palm-shade": mix(palm, shade, 0.6),
        "freckle": mix(shade, "#8a4a26", 0.45),
        "blush": mix(skin, "#ee4b3c", 0.55),
        "lip": lip,
        "lip-shade": mix(lip, "#3a0c1c", 0.17),
        "lip-dark": mix(lip, "#3a0c1c", 0.36),
        "lip-light": mix(lip, "#ffd2c6", 0.26),
        "mouth": "#43101c",
        "tongue": "#ce5862",
        "teeth": "#fcf9f4",
        "lower-teeth": "#e8ded8",
        "eyeball": "#fdfbf8",
        "brow": mix(darker(hair, 0.25), skin, 0.12) if lightness(hair) < 0.62 else mix(hair, "#6b4a33", 0.55),
        "lash": mix("#1d1216", hair, 0.12),
        "iris": look.eyes,
        "iris-deep": darker(look.eyes, 0.5),
        "iris-light": lighter(look.eyes, 0.34),
        "hair": hair,
        "hair-light": mix(lighter(hair, 0.26), "#ffc890", 0.12),
        "hair-shade": shaded_hair(hair, 0.32),
        "hair-back": shaded_hair(hair, 0.43),
        "hair-deep": shaded_hair(hair, 0.50),
        "beard": mix(grey, skin, 0.16),
        "stubble": mix(grey, skin, 0.55),
        "top": outfit,
        "top-light": lighter(outfit, 0.16),
        "top-shade": darker(outfit, 0.26),
        "top-deep": darker(outfit, 0.48),
        "shirt": shirt,
        "shirt-light": lighter(shirt, 0.3),
        "shirt-shade": mix(darker(shirt, 0.10), "#8fa0c8", 0.10),
        "shirt-deep": mix(darker(shirt, 0.24), "#7d8cb4", 0.12),
        "accent": look.accent,
        "accent-light": lighter(look.accent, 0.18),
        "accent-shade": darker(look.accent, 0.3),
        "desk": mix("#262b38", outfit, 0.10),
        "desk-deep": "#141720",
        "desk-top": mix("#3a4152", outfit, 0.10),
        "desk-light": mix("#566078", outfit, 0.10),
        "desk-rim": mix("#6b748a", outfit, 0.10),
        "hat": hat,
        "hat-light": lighter(hat, 0.20),
        "hat-shade": darker(hat, 0.28),
        "hat-deep": darker(hat, 0.52),
        "device": "#8d929b",
        "device-light": "#d6dae0",
        "frame": look.glasses_colour,
        "metal": "#e9c46a",
        "black": "#140e18",
        "white": "#ffffff",
    }
