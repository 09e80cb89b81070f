"""Lists of words, written as plain text so that they can be read and mended as such."""

from __future__ import annotations

import re


def word_list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def word_pairs(text: str) -> dict[str, str]:
    """“femme fam · août ut” → each word with what follows it."""
    pairs = (pair.split() for pair in re.split(r"[·\n]", text))
    return {pair[0]: pair[1] for pair in pairs if pair}
