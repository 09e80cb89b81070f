"""Names and words said otherwise than they are written: a pronunciation dictionary at work on a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from producer.speech.pace import UNSPACED_LETTER


def respelling(hints: Mapping[str, str]) -> Callable[[str], str]:
    """A function that puts each hint's respelling in place of its word, whatever its capitals."""
    respelled = {word.casefold(): sound for word, sound in hints.items() if word.strip()}
    if not respelled:
        return lambda text: text
    longest_first = sorted(respelled, key=len, reverse=True)
    pattern = re.compile("|".join(_whole_word(word) for word in longest_first), re.IGNORECASE)
    return lambda text: pattern.sub(lambda m: respelled.get(m[0].casefold(), m[0]), text)


def hints_for(text: str, own: Mapping[str, str], dictionary: Mapping[str, str]) -> dict[str, str]:
    """A line's own hints, and the entries of a dictionary that its text holds. Of two for one word, its own counts.

    Entries that the text does not hold are left out, so that a new one remakes only the lines that say its word.
    """
    already = {word.casefold() for word in own}
    found = {
        word: said
        for word, said in dictionary.items()
        if word.casefold() not in already and re.search(_whole_word(word), text, re.IGNORECASE)
    }
    return {**found, **own}


def _whole_word(word: str) -> str:
    """A pattern for the word by itself; between Chinese characters there is no edge to look for."""
    spaced = UNSPACED_LETTER.match(word) is None
    return rf"(?<!\w){re.escape(word)}(?!\w)" if spaced else re.escape(word)
