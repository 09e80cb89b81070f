"""Which language and which script of writing a text is in."""

from __future__ import annotations

import copy
import functools
from typing import Any

import regex

KNOWN = ("en", "es", "zh", "fr", "de", "it", "pt", "hi", "ja", "ru", "ar")
SCRIPTS = {
    "zh": {"Han"},
    "ja": {"Han", "Kana"},
    "ko": {"Hangul", "Han"},
    "ru": {"Cyrillic"},
    "uk": {"Cyrillic"},
    "bg": {"Cyrillic"},
    "ar": {"Arabic"},
    "fa": {"Arabic"},
    "ur": {"Arabic"},
    "he": {"Hebrew"},
    "hi": {"Devanagari"},
    "mr": {"Devanagari"},
    "el": {"Greek"},
    "th": {"Thai"},
}
"""Scripts of the languages that are not written in Latin letters."""
LETTERS = {
    "Latin": regex.compile(r"\p{Latin}"),
    "Han": regex.compile(r"\p{Han}"),
    "Kana": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
    "Hangul": regex.compile(r"\p{Hangul}"),
    "Cyrillic": regex.compile(r"\p{Cyrillic}"),
    "Arabic": regex.compile(r"\p{Arabic}"),
    "Hebrew": regex.compile(r"\p{Hebrew}"),
    "Devanagari": regex.compile(r"\p{Devanagari}"),
    "Greek": regex.compile(r"\p{Greek}"),
    "Thai": regex.compile(r"\p{Thai}"),
}
UNSPACED = frozenset({"zh", "ja", "th"})
"""Languages written without spaces between words."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
MOSTLY, PARTLY = 0.5, 0.25
SURE = 0.45
ENOUGH = 1_000  # characters that show what a text is written in


def primary(language: str) -> str:
    """“en-GB” → “en”."""
    return language.replace("_", "-").split("-")[0].lower()


def is_rtl_language(language: str) -> bool:
    """Whether it is written from right to left."""
    return primary(language) in RIGHT_TO_LEFT


def could_be(text: str, language: str) -> bool:
    """Whether the text is written in a script of the language. Names and brands in Latin letters may stand in any."""
    scripts = SCRIPTS.get(primary(language), {"Latin"})
    counts = {name: len(pattern.findall(text[:ENOUGH])) for name, pattern in LETTERS.items()}
    total, ours = sum(counts.values()), sum(counts[name] for name in scripts)
    if primary(language) == "zh" and counts["Kana"] * 10 > total:  # Japanese mixes both
        return False
    return total > 0 and ours >= total * (MOSTLY if scripts == {"Latin"} else PARTLY)


def detect(text: str, among: tuple[str, ...] = KNOWN) -> str:
    """The likeliest of some languages; the first that fits its script when the text tells too little."""
    fitting = [language for language in among if could_be(text, language)]
    if len(fitting) < 2:
        return (fitting or list(among))[0]
    language, confidence = _identifier(tuple(sorted(fitting))).classify(text[:ENOUGH])
    return str(language) if confidence >= SURE else fitting[0]


@functools.cache
def _identifier(languages: tuple[str, ...]) -> Any:
    identifier = copy.copy(_model(tuple(language for language in languages if language not in KNOWN)))
    identifier.set_languages(languages)
    return identifier


@functools.cache
def _model(more: tuple[str, ...]) -> Any:
    """What tells KNOWN and `more` languages apart: 45 MB, of which all models share 42. With all 140 languages that
    py3langid knows it would be 28 more."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages({*KNOWN, *more})
    shared = _model(()) if more else whole
    scores = whole.nb_ptc, whole.nb_pc, whole.nb_classes
    return LanguageIdentifier(*scores, shared.tk_nextmove, shared.tk_output, norm_probs=True, tk_row=shared.tk_row)
