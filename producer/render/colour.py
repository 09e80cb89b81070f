"""Colours as `#rrggbb`: mixing them, and whether text in one can be read on another."""

from __future__ import annotations

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
WHITE = "#ffffff"
READABLE = 4.5
"""The least contrast of normal text (WCAG 2.2, success criterion 1.4.3)."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0..255 each. Raises ValueError on anything but `#rrggbb`."""
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #1b2a3c")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(a: str, b: str, amount: float) -> str:
    """`a` with `amount` (0..1) of `b` in it."""
    parts = (round(x + (y - x) * amount) for x, y in zip(channels(a), channels(b), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def lighter(colour: str, amount: float) -> str:
    return mix(colour, WHITE, amount)


def darker(colour: str, amount: float) -> str:
    return mix(colour, "#000000", amount)


def luminance(colour: str) -> float:
    """Relative luminance, 0 black … 1 white (WCAG 2.2)."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio, 1 … 21 (WCAG 2.2)."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def veil_for(ink: str, behind: str, wanted: float = READABLE, text: str = WHITE) -> float:
    """The least opacity (in steps of 0.02) of an `ink` veil over `behind` on which `text` has `wanted` contrast."""
    for step in range(51):
        if contrast(text, mix(behind, ink, step / 50)) >= wanted:
            return step / 50
    return 1.0
