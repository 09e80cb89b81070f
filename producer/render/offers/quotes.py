"""Quotations within a sentence. Pure."""

from __future__ import annotations

import regex

QUOTED = regex.compile(r"“([^“”]+)”|«\s*([^«»]+?)\s*»|„([^„“”]+)[“”]|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")
SHORTEST_QUOTE, LONGEST_QUOTE = 16, 220
"""In narrow letters; a Chinese or Japanese character says as much as two of them."""


def quote_in(text: str) -> str:
    """The longest quotation in a sentence that is long enough to stand alone, or ""."""
    found = [next(filter(None, match.groups())).strip(" ,，") for match in QUOTED.finditer(text)]
    fitting = [quote for quote in found if SHORTEST_QUOTE <= _narrow(quote) <= LONGEST_QUOTE]
    return max(fitting, key=_narrow, default="")


def _narrow(text: str) -> int:
    return sum(2 if regex.match(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]", c) else 1 for c in text)
