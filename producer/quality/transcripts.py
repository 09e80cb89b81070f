"""How a transcript differs from what was to be said. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from producer.speech.languages import UNSPACED, primary
from producer.speech.verify import plain_words


@dataclass(frozen=True)
class Reading:
    """`errors`: substitutions, losses and additions over the number of words (characters in languages without spaces);
    `letters`: the same of all letters, whatever the spaces."""

    errors: float
    letters: float = 0.0
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        parts = [
            f"“{' '.join(words)}” {what}"
            for words, what in ((self.missing, "missing"), (self.extra, "not asked for"))
            if words
        ]
        return ", ".join(parts) or f"{self.errors:.0%} heard otherwise"


def reading(wanted: str, heard: str, language: str) -> Reading:
    a, b = plain_words(wanted, language), plain_words(heard, language)
    missing: list[str] = []
    extra: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "delete":
            missing += a[i:j]
        elif kind == "insert":
            extra += b[k:m]
    letters = "".join(a), "".join(b)
    if letters[0] == letters[1]:  # “web site” is “website”
        return Reading(0.0)
    by_letter = round(error_rate(*(list(word) for word in letters)), 3)
    return Reading(round(error_rate(a, b), 3), by_letter, tuple(missing), tuple(extra))


def error_rate(wanted: list[str], heard: list[str]) -> float:
    """Edit distance over the number of wanted words."""
    row = list(range(len(heard) + 1))
    for i, a in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1] / max(1, len(wanted))


def character_errors(wanted: str, heard: str, language: str) -> float:
    """Edit distance over the number of letters, whatever the spaces."""
    a, b = ("".join(plain_words(text, language)) for text in (wanted, heard))
    return round(error_rate(list(a), list(b)), 3)


def is_by_character(language: str) -> bool:
    """Whether errors are counted in characters."""
    return primary(language) in UNSPACED
