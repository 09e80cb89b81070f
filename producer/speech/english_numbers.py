"""Figures as English words, the way they are read aloud (American: no “and” after hundreds)."""

from __future__ import annotations

import re
from collections.abc import Callable

from producer.speech.wordlists import word_list

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
"""What is written, and how it is said."""

ONES = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS = word_list("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
LIMIT = 10**15
"""From here on a number is read figure by figure."""


def cardinal(n: int) -> str:
    """1250 → one thousand two hundred fifty."""
    if n < 0:
        return f"minus {cardinal(-n)}"
    if n >= LIMIT:
        return digits(str(n))
    for scale, name in SCALES:
        if n >= scale:
            rest = f" {cardinal(n % scale)}" if n % scale else ""
            return f"{cardinal(n // scale)} {name}{rest}"
    if n >= 20:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    return ONES[n]


def ordinal(n: int) -> str:
    """21 → twenty-first."""
    words = cardinal(n)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in ORDINALS:
        return words[:cut] + ORDINALS[last]
    return words[:-1] + "ieth" if last.endswith("y") else words + "th"


def year(n: int) -> str:
    """1905 → nineteen oh five; 2024 → twenty twenty-four; 2000 → two thousand."""
    century, rest = divmod(n, 100)
    if not 1000 <= n < 10000 or n % 1000 < 10:
        return cardinal(n)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def decade(n: int) -> str:
    """1990 → nineteen nineties; 80 → eighties; 2000 → two thousands."""
    words = year(n) if n >= 1000 else cardinal(n)
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


def digits(text: str) -> str:
    """Figure by figure: 911 → nine one one. Anything else is left out."""
    return " ".join(ONES[int(c)] for c in text if c in "0123456789")


def number(text: str) -> str:
    """A figure as it is written: “3,000”, “2.50”, “007”, “.5”."""
    whole, point, fraction = text.replace(",", "").partition(".")
    words = digits(whole) if whole.startswith("0") and len(whole) > 1 else cardinal(int(whole or 0))
    return f"{words} point {digits(fraction)}" if point else words
