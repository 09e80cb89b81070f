"""The list within a sentence. Pure."""

from __future__ import annotations

import regex

from producer.render.offers.wordlists import CONJUNCTIONS, DETERMINERS
from producer.speech.languages import UNSPACED

FEWEST, MOST = 3, 5
LONGEST_ITEM = 32


def items_in(text: str, language: str) -> tuple[str, ...]:
    """The three to five items of a list within a sentence, or ()."""
    if language[:2] in UNSPACED:
        return _han_items(text)
    conjunctions = "|".join(CONJUNCTIONS.get(language[:2], CONJUNCTIONS["en"]))
    for clause in regex.split(r"[.;:!?…()“”«»\"]", text):
        parts = [part.strip() for part in clause.split(",")]
        for end in range(len(parts), 1, -1):
            joined = regex.split(rf"(?:^|\s)(?:{conjunctions})\s", parts[end - 1], maxsplit=1)
            if len(joined) == 2:
                head, last = joined
                items = _items([*parts[: end - 1], *([head] if head.strip() else [])], last)
                if items:
                    return items
    return ()


def _items(parts: list[str], last: str) -> tuple[str, ...]:
    """Items from the parts of a clause before the conjunction, and the part after it. The first item is the end of the
    first part, the last one the beginning of the last part: as many words as those between have."""
    if len(parts) < 2:
        return ()
    first, between = parts[0], parts[1:]
    size = max(len(part.split()) for part in between)
    if size > 3 or len(between) > 3 or any(not regex.search(r"\p{L}", part) for part in between):
        return ()
    head, tail = first.split(), last.split()
    if len(head) <= size or not tail:
        return ()
    determined = [i for i in range(max(0, len(head) - 3), len(head)) if head[i].casefold() in DETERMINERS]
    with_determiner = between[0].split()[0].casefold() in DETERMINERS
    if with_determiner and not determined:
        return ()
    start = determined[-1] if with_determiner else len(head) - size
    beginning = tail[: max(size, 2 if tail[0].casefold() in DETERMINERS else 1)]
    items = (" ".join(head[start:]), *between, " ".join(beginning))
    return items if FEWEST <= len(items) <= MOST and all(2 <= len(item) <= LONGEST_ITEM for item in items) else ()


def _han_items(text: str) -> tuple[str, ...]:
    """Chinese lists whose inner items are of one length, which is then also that of the first and the last."""
    for match in regex.finditer(r"\p{Han}{2,}(?:、\p{Han}{1,6})+(?:和|与|以及|及)\p{Han}{2,}", text):
        body, last = regex.split(r"和|与|以及|及", match[0], maxsplit=1)
        first, *between = body.split("、")
        size = len(between[0])
        if any(len(part) != size for part in between) or len(first) < size or len(last) < size or size < 2:
            continue
        items = (first[-size:], *between, last[:size])
        if FEWEST <= len(items) <= MOST:
            return items
    return ()
