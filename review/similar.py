"""Which earlier clips told the same story, and how that shows. Pure.

A story is recognised by its source's address, by the share of its source's wording, or by the words of its headline. Words
that many headlines have (“the”, a show's own name, “weather”) tell nothing; which those are the headlines say themselves, in
any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from storage.documents import Frozen
from storage.grounding import folded, tokens
from storage.told import Told
from storage.wording import likeness

SHOWN = 5
"""More than these no reviewer looks at."""
SAME_WORDING = 0.25
"""Unrelated texts have nothing in common; those with a tenth, a closing paragraph that all of a paper's have, reach this
once in some hundred times, by the estimate's deviation."""
HALF = 0.5
"""Of the words of the longer headline."""
FEWEST = 3
"""Words that two headlines must share, and …"""
FEWEST_TELLING = 2
"""… of these, words that are not common."""
COMMON_SHARE, COMMON_COUNT = 0.05, 10
"""A word is common in more than this share of the headlines, and in more of them than that."""


class Similar(Frozen):
    """An earlier clip that told the same story."""

    clip: str
    reason: str = Field(description="how it shows, for a person: “same source”, “7 of 9 headline words”")
    strength: float = Field(ge=0, le=1, description="1 = one source; else the share that is the same")


def similar(mine: Told, earlier: Sequence[Told], most: int = SHOWN) -> list[Similar]:
    """Those of the same source first, then the likest; of equals, as they come (newest first)."""
    words, headlines = tokens(mine.headline), [folded(told.headline) for told in earlier]
    telling = words - _common(words, headlines)
    same, alike = list[Similar](), list[Similar]()
    for told, headline in zip(earlier, headlines, strict=True):
        if mine.address and mine.address == told.address:
            same.append(Similar(clip=told.clip, reason="same source", strength=1.0))
            continue
        wording = likeness(mine.fingerprint, told.fingerprint) or 0.0
        named, share = _shared(words, telling, headline)
        said = [f"about {100 * wording:.0f} % of the wording"] if wording >= SAME_WORDING else []
        said += [f"{named} of {len(words)} headline words"] if share >= HALF else []
        if said:
            alike.append(Similar(clip=told.clip, reason=", ".join(said), strength=max(wording, share)))
    return [*same, *sorted(alike, key=lambda like: -like.strength)][:most]


def _shared(words: frozenset[str], telling: frozenset[str], headline: str) -> tuple[int, float]:
    """How many of the words a headline has, and their share of the words of the longer of the two."""
    # Most headlines end here: taking one apart costs a hundredfold.
    if sum(word in headline for word in words) < FEWEST:
        return 0, 0.0
    theirs = tokens(headline)
    if len(words & theirs) < FEWEST or len(telling & theirs) < FEWEST_TELLING:
        return 0, 0.0
    return len(words & theirs), len(words & theirs) / max(len(words), len(theirs))


def _common(words: Iterable[str], headlines: Sequence[str]) -> set[str]:
    """Those that so many headlines have, be it within longer words, that they tell no story."""
    bound = max(COMMON_COUNT, COMMON_SHARE * len(headlines))
    return {word for word in words if sum(word in headline for headline in headlines) > bound}
