"""Which language a text is in: the source's own word for it, unless the text plainly says otherwise.

Feeds often declare one language for all entries, or the default of their software. So a long text whose language
is recognised with confidence decides; a short or doubtful one follows the hint.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from scraper.clean import has_words
from scraper.words import word_count

LANGUAGES = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "ta", "th", "tr",
    "uk", "ur", "vi", "zh",
)  # fmt: skip
"""Languages that are told apart. Fewer candidates, fewer absurd guesses."""
OLD_CODES = {"iw": "he", "in": "id", "nb": "no", "nn": "no", "cn": "zh", "jp": "ja", "gr": "el", "cz": "cs"}
"""Withdrawn codes, and country codes that feeds use by mistake."""
UNKNOWN = "und"
SURE = 0.85
ENOUGH = 6
"""Fewer words than this never overrule a hint."""
LOOKED_AT = 300
"""Characters that are enough to recognise a language: of 1,520 texts in 38 languages it recognised all, as a look of 2,000
does, and was less than SURE of 0.1 %; a look of 160 of 2 %."""
LOOKS = 3
"""Pieces that they are taken in, one from the middle of each third: the first words may be a quotation in another
language, and the last ones lead elsewhere."""


def language_of(text: str, hint: str = "") -> str:
    """ISO 639-1 code of the text's language, or “und”. `hint` is a language tag such as “en-GB”, or ""."""
    sample = sample_of(text)
    if not has_words(sample):
        return code(hint) or UNKNOWN
    guess, confidence = _identifier().classify(sample)
    return decide(code(hint), str(guess), float(confidence), word_count(sample))


def sample_of(text: str) -> str:
    """Pieces of a long text; a short one as it is."""
    if len(text) <= LOOKED_AT:
        return text
    piece = LOOKED_AT // LOOKS
    starts = (len(text) * (2 * n + 1) // (2 * LOOKS) - piece // 2 for n in range(LOOKS))
    return "\n".join(text[start : start + piece] for start in starts)


def decide(hint: str, guess: str, confidence: float, count: int) -> str:
    """The hint, unless there is none or a confident guess from enough text contradicts it."""
    if not hint:
        return guess if confidence >= SURE or count >= ENOUGH else UNKNOWN
    overruled = hint in LANGUAGES and confidence >= SURE and count >= ENOUGH
    return guess if overruled else hint


def code(tag: str) -> str:
    """The language of a tag (BCP 47): “zh-Hans-CN” is zh. "" when it is no tag."""
    primary = re.split(r"[-_]", tag.strip().lower())[0]
    primary = OLD_CODES.get(primary, primary)
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) and primary != UNKNOWN else ""


@functools.cache
def _identifier() -> Any:
    """Loaded on first use: it takes a moment and some 80 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
