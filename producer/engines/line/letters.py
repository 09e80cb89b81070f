"""From text to the phoneme letters that Hibari and Kokoro read, by language."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from pathlib import Path

from producer.engines.line.packed import Packed
from producer.speech import (
    english,
    french,
    french_sounds,
    hindi,
    hindi_sounds,
    italian,
    italian_sounds,
    japanese,
    japanese_sounds,
    mandarin,
    mandarin_sounds,
    portuguese,
    portuguese_sounds,
    spanish,
    spanish_sounds,
)


def reader(language: str, british: bool = False) -> Callable[[str], str]:
    """A function that reads a text of the language; it gives "" when there is nothing that it can read."""
    readers: dict[str, Callable[[str], str]] = {
        "en": lambda text: _english(british)(english.spell_out(text)),
        "es": lambda text: spanish_sounds.phonemes(spanish.spell_out(text)),
        "fr": lambda text: french_sounds.phonemes(french.spell_out(text)),
        "hi": lambda text: hindi_sounds.phonemes(hindi.spell_out(text), reader("en")),
        "it": lambda text: italian_sounds.phonemes(italian.spell_out(text)),
        "pt": lambda text: portuguese_sounds.phonemes(portuguese.spell_out(text)),
        "ja": lambda text: japanese_sounds.phonemes(japanese.spell_out(text), reader("en")),
        "zh": lambda text: mandarin_sounds.phonemes(mandarin.spell_out(text), reader("en")),
    }
    read = readers[language]
    return lambda text: _known(read(text))


@functools.cache
def known_letters() -> dict[str, int]:
    """The models' alphabet: letter → id. It is the same for both."""
    from hibari.tts import ASSETS

    ids: dict[str, int] = json.loads((Path(ASSETS) / "vocab.json").read_text("utf-8"))
    return ids


@functools.cache
def _english(british: bool) -> Callable[[str], str]:
    """Hibari's reader, with its 280 000 entries packed: they would take 75 MB of a worker for good."""
    from hibari.g2p import G2P

    g2p = G2P(british=british)
    for words in (g2p.lexicon.golds, g2p.lexicon.silvers):
        words.d = Packed(words.d)
    g2p.tagger.weights = Packed(g2p.tagger.weights)
    return functools.lru_cache(maxsize=4096)(lambda words: g2p(words) if words else "")


def _known(letters: str) -> str:
    alphabet = known_letters()
    kept = "".join(letter for letter in re.sub(r"(?<=\S)-(?=\S)", " ", letters) if letter in alphabet)
    return kept if any(letter.isalpha() for letter in kept) else ""
