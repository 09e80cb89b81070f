"""Whether what was heard is what was to be said. Pure.

A word that sounds a little different was misheard; one that is not there, or that nobody asked for, is a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from producer.speech import english, french, hindi, italian, japanese, mandarin, portuguese, spanish
from producer.speech.languages import UNSPACED, primary

SPELL = {
    "en": english.spell_out, "es": spanish.spell_out, "fr": french.spell_out, "hi": hindi.spell_out, "it": italian.spell_out,
    "pt": portuguese.spell_out, "ja": japanese.spell_out, "zh": mandarin.spell_out,
}  # fmt: skip
"""Figures as words, so that “94” and “ninety-four” are the same."""
ALIKE = 0.5
"""Letters (as a share) that two passages have in common if one was misheard as the other."""
LENGTHS = (0.45, 2.2)
"""How much shorter or longer than usual a sentence may last before something is missing or was added."""
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class Faults:
    """Words (characters in languages without spaces) that are missing from, or were added to, what was to be said."""

    missing: int = 0
    added: int = 0

    @property
    def count(self) -> int:
        return self.missing + self.added


def faults(wanted: str, heard: str, language: str) -> Faults:
    """Compare a text with a transcript of its sound."""
    a, b = plain_words(wanted, language), plain_words(heard, language)
    missing = added = 0
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "replace":
            first, second = "".join(a[i:j]), "".join(b[k:m])
            if SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE:
                continue
            if j - i == m - k == 1:  # one word for one: a name that the listener does not know
                continue
        if kind != "equal":
            missing, added = missing + j - i, added + m - k
    return Faults(missing, added)


def plain_words(text: str, language: str) -> list[str]:
    """Words for comparison: figures spelt out, lower case, no marks. Characters where no spaces are written."""
    code = primary(language)
    said = SPELL[code](text) if code in SPELL else text
    words = WORD.findall(said.casefold().replace("’", "'").replace(".", ""))
    return list("".join(words)) if code in UNSPACED else words


def plausible(seconds: float, usual: float) -> bool:
    """Whether a sentence lasts about as long as such a one usually does."""
    return LENGTHS[0] * usual <= seconds <= LENGTHS[1] * usual + 1.0
