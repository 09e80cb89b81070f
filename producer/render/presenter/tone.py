"""How a sentence is meant, read from its marks and a few of its words. Pure.

    “Two people died in the flood.”      concerned
    “And the harbour is saved!”          glad
    “Inflation rose again.”              serious
    “Nobody had seen it before?!”        surprised

What is not told plainly is neutral: a calm face suits every sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import regex

from producer.render.presenter.tone_words import DENIALS, TONE_WORDS
from producer.speech.languages import UNSPACED, primary

Expression = Literal["neutral", "glad", "serious", "surprised", "concerned"]
EXPRESSIONS: tuple[Expression, ...] = get_args(Expression)

WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’-]+")
SURPRISE = regex.compile(r"[!！][?？؟]|[?？؟][!！]")
EXCLAIMED = regex.compile(r"[!！]")
HEAVIEST_FIRST: tuple[Expression, ...] = ("concerned", "serious", "surprised", "glad")
"""Among tones that are told equally often, the one that must not be missed."""
FAINT, CLEAR, STRONG = 0.55, 0.75, 1.0
DENIED_WORDS, DENIED_LETTERS = 3, 4
"""How far a denial reaches: “not a single victim”, “没有人员受伤”."""


class Tone(NamedTuple):
    """An expression and how strongly it shows, 0 … 1."""

    expression: Expression = "neutral"
    strength: float = 0.0


NEUTRAL = Tone()


class Told(NamedTuple):
    """A sentence as it is told; `farewell` when it belongs to the script's close."""

    text: str
    language: str = "en"
    farewell: bool = False


def tones(told: Sequence[Told]) -> list[Tone]:
    """The tone of every sentence, in their order.

    A neutral sentence after a grave one keeps half of its gravity: the subject has not changed. A farewell is glad,
    but after a grave story only faintly.
    """
    found: list[Tone] = []
    for sentence in told:
        tone = tone_of(sentence.text, sentence.language)
        if tone.expression in ("neutral", "glad") and sentence.farewell:
            grave = any(earlier.expression == "concerned" for earlier in found)
            tone = Tone("glad", 0.3) if grave else Tone("glad", max(tone.strength, CLEAR))
        elif tone == NEUTRAL and found and found[-1].expression in ("concerned", "serious"):
            before = found[-1]
            tone = Tone(before.expression, before.strength / 2) if before.strength > 0.5 else NEUTRAL
        found.append(tone)
    return found


def tone_of(text: str, language: str = "en") -> Tone:
    """The tone of one sentence by itself."""
    hits = _hits(text, primary(language))
    if SURPRISE.search(text):
        hits["surprised"] += 1
    exclaimed = EXCLAIMED.search(text) is not None
    best = max(HEAVIEST_FIRST, key=lambda name: hits[name])  # the first among equals
    if not hits[best]:
        return Tone("glad", FAINT) if exclaimed else NEUTRAL
    return Tone(best, STRONG if exclaimed or hits[best] > 1 else CLEAR)


def _hits(text: str, language: str) -> dict[Expression, int]:
    """How many words tell each expression; those that are denied do not count."""
    words = TONE_WORDS.get(language, {})
    if language in UNSPACED:
        plain = _without_denied(text, DENIALS.get(language, ()))
        return {name: sum(plain.count(word) for word in words.get(name, ())) for name in EXPRESSIONS}
    tokens = _undenied(WORD.findall(text.casefold().replace("’", "'")), DENIALS.get(language, ()))
    return {name: sum(_listed(token, words.get(name, ())) for token in tokens) for name in EXPRESSIONS}


def _listed(token: str, words: Sequence[str]) -> bool:
    return any(token.startswith(word[:-1]) if word.endswith("*") else token == word for word in words)


def _undenied(tokens: Sequence[str], denials: Sequence[str]) -> list[str]:
    kept, denied = [], 0
    for token in tokens:
        if token in denials:
            denied = DENIED_WORDS
        elif denied:
            denied -= 1
        else:
            kept.append(token)
    return kept


def _without_denied(text: str, denials: Sequence[str]) -> str:
    if not denials:
        return text
    return str(regex.sub(rf"(?:{'|'.join(denials)}).{{0,{DENIED_LETTERS}}}", " ", text))
