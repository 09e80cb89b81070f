"""How much of two texts' wording is the same, from what is kept of them: their fingerprints (`scraper.dedupe` makes them)."""

from __future__ import annotations

from operator import eq
from struct import Struct

HASHES = 32
DIGITS = 8
"""Hex digits per hash in a fingerprint."""
NUMBERS = Struct(f"={HASHES}Q")
"""A fingerprint's letters, read as one number per hash: many times quicker than cutting the text into pieces."""


def parts(fingerprint: str) -> list[str]:
    """The hashes of a fingerprint, each of `DIGITS` hex digits; none of an empty one."""
    return [fingerprint[at : at + DIGITS] for at in range(0, len(fingerprint), DIGITS)]


def likeness(a: str, b: str) -> float | None:
    """Estimated share 0..1 of common wording of two fingerprints; None when one is missing."""
    if not a or not b:
        return None
    same = sum(map(eq, NUMBERS.unpack(a.encode()), NUMBERS.unpack(b.encode())))
    return float(same) / HASHES
