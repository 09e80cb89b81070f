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
LETTERS_PER_WORD = {
    "en": 4.7, "es": 4.9, "fr": 4.7, "it": 5.0, "pt": 4.8, "de": 5.9, "nl": 5.2, "pl": 6.1, "tr": 6.3, "ru": 5.9, "uk": 5.9,
    "hi": 3.9, "ar": 4.6, "sv": 5.2, "fi": 7.4,
}  # fmt: skip
"""Mean letters of a word in running news text, rounded; for telling a writer how much time there is."""
USUAL_WORD = 5.2
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


def words_in(seconds: float, language: str) -> int:
    """About how many words (characters in languages without spaces) can be said in so many seconds."""
    code = primary(language)
    letters = seconds * LETTERS_PER_S.get(code, USUAL)
    return round(letters if code in UNSPACED else letters / LETTERS_PER_WORD.get(code, USUAL_WORD))
