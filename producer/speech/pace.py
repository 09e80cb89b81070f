"""How long a text takes to say, before anybody has said it."""

from __future__ import annotations

import regex

from producer.speech.english import spell_out
from producer.speech.languages import UNSPACED, primary

LETTERS_PER_S = {
    "en": 13.1,
    "es": 14.2,
    "fr": 13.5,
    "it": 13.5,
    "pt": 13.0,
    "de": 12.5,
    "ru": 12.5,
    "hi": 9.5,
    "ar": 9.0,
    "zh": 4.9,
    "ja": 6.5,
    "th": 10.0,
}
"""Letters (characters in Chinese and Japanese) spoken in a second; English measured on Hibari, Spanish and Chinese on Kokoro."""
USUAL = 12.5
PAUSE_S = 0.32
"""The pause after a line."""
LETTER = regex.compile(r"\p{L}")
UNSPACED_LETTER = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
FIGURE = regex.compile(r"\p{N}")
LETTERS_PER_FIGURE = 5


def seconds_to_say(text: str, language: str) -> float:
    """Estimated seconds for a line and the pause after it. For English within about 8 % over a whole script."""
    code = primary(language)
    words = spell_out(text) if code == "en" else text
    figures = len(FIGURE.findall(words))
    letters = len(LETTER.findall(words))
    if code in UNSPACED:
        own = len(UNSPACED_LETTER.findall(words))
        seconds = (own + figures) / LETTERS_PER_S[code] + (letters - own) / USUAL
    else:
        seconds = (letters + figures * LETTERS_PER_FIGURE) / LETTERS_PER_S.get(code, USUAL)
    return seconds + PAUSE_S if seconds else 0.0
