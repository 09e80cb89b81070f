"""Which backdrop and palette suit a topic: by its words, and where they say nothing, by its seed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

FIRST_CJK = 0x2E80
"""From here on Unicode's scripts write words without spaces between them."""
ARABIC = range(0x0600, 0x0700)
PREFIXES = "(?:[وفبكل]?ال|لل|[وفبل])?"
"""Article, conjunctions and prepositions, which Arabic writes onto the word."""


def seed_of(*parts: object) -> int:
    """A number that depends on every part, and on nothing else."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big")


def matches(words: Sequence[str], text: str) -> int:
    """How often the words occur as whole words, so that “electricity” is no city. See `palettes.MOODS`."""
    folded = text.casefold()
    return sum(len(_pattern(word).findall(folded)) for word in words)


def choose(table: Mapping[str, Sequence[str]], text: str, seed: int, among: Sequence[str] = ()) -> str:
    """The name whose words occur most in `text`; among equals, or when none occurs, one that the seed picks.

    `among` limits the names; () = all.
    """
    scores = {name: matches(table[name], text) for name in among or table}
    best = max(scores.values())
    candidates = [name for name, score in scores.items() if score == best]
    return str(np.random.default_rng(seed).choice(sorted(candidates)))


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Kept: there are more words in all the tables than `re` remembers."""
    stem = re.escape(word.rstrip("*").casefold())
    if ord(word[0]) >= FIRST_CJK:
        return re.compile(stem)
    ending = r"\w*" if word.endswith("*") else r"(?!\w)"
    prefix = PREFIXES if ord(word[0]) in ARABIC else ""
    return re.compile(rf"(?<!\w){prefix}{stem}{ending}")
