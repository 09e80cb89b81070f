"""Titles fit to be shown and spoken: no site's name, no shouting, no more than 90 characters."""

from __future__ import annotations

import re
from collections import Counter

from producer.engines.script.cleaning import plain
from producer.engines.script.terms import words

LONGEST = 90
SEPARATOR = re.compile(r"\s+(\||::|»|·|[-–—])\s+|\s*[_｜]\s*")
SURE_SEPARATORS = frozenset({"|", "::", "»", "·", "_", "｜"})
LOOKS_LIKE_A_SITE = re.compile(
    r"\b(?:news|times|post|herald|gazette|tribune|journal|daily|online|magazine|today|radio|tv|blog|\w+\.(?:com|org|net|\w\w))\b",
    re.IGNORECASE,
)
SHOUTING = 0.7


def headline(title: str, text: str = "", source: str = "") -> str:
    """The title in at most 90 characters, without the site's name. Empty when nothing is left to say."""
    clean = _without_site(plain(title), source)
    return cut(quietened(clean, text), LONGEST)


def cut(text: str, limit: int) -> str:
    """The text, or its first words and an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit / 2 else head).rstrip(" ,;:–—-") + "…"


def quietened(line: str, text: str) -> str:
    """A line in CAPITALS as a sentence; names are written as the text writes them."""
    letters = [c for c in line if c.isalpha() and c.lower() != c.upper()]
    if len(letters) < 12 or sum(c.isupper() for c in letters) < SHOUTING * len(letters):
        return line
    known = _spellings(text)
    quiet = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: known.get(m[0].lower(), m[0].lower()), line)
    return quiet[:1].upper() + quiet[1:]


def _spellings(text: str) -> dict[str, str]:
    """The usual spelling of each word in the middle of a sentence: NASA, Paris, bridge."""
    inside = re.findall(r"(?<=[^\W_][ ,] )[^\W\d_]+|(?<=[^\W_] )[^\W\d_]+", text)
    if sum(word.isupper() for word in inside) > SHOUTING * len(inside):
        return {}
    usual: dict[str, Counter[str]] = {}
    for word in inside:
        usual.setdefault(word.lower(), Counter())[word] += 1
    return {lower: counts.most_common(1)[0][0] for lower, counts in usual.items()}


def _without_site(title: str, source: str) -> str:
    """“Ferry returns | The Gazette” → “Ferry returns”."""
    for match in reversed(list(SEPARATOR.finditer(title))):
        head, tail = title[: match.start()], title[match.end() :]
        if len(head) < 8 or len(words(tail)) > 6:
            break
        sure = match[0].strip() in SURE_SEPARATORS
        if not (sure or _same_name(tail, source) or (LOOKS_LIKE_A_SITE.search(tail) and len(words(tail)) <= 4)):
            break
        title = head
    return title.strip()


def _same_name(tail: str, source: str) -> bool:
    ours, theirs = (
        {w.casefold() for w in words(name)} - {"the", "el", "la", "le", "die", "der", "das"} for name in (tail, source)
    )
    return bool(ours) and (ours <= theirs or theirs <= ours) and bool(theirs)
