"""Figures written out as words, in languages that write them alike: 3.000,5 · 94 % · 12 € · 18:30 · 5 km.

English has its own, richer rules in `speech.english`. A language brings its words in a `FigureWords`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from producer.speech.characters import tidy

LONGEST = 15
"""A number with more figures than this is read figure by figure."""
NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"
PLAIN = str.maketrans({"−": "-", "–": "–", "’": "'", "‐": "-", "‑": "-"})


@dataclass(frozen=True)
class FigureWords:
    """How one language reads figures. Pairs are singular and plural."""

    cardinal: Callable[[int], str]
    point: str
    minus: str
    percent: str
    to: str
    dot: str
    at: str
    of: str
    """Between a full million and what is counted: “dos millones *de* euros”."""
    currencies: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    units: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    """Names of the letters, for abbreviations that are spelled."""
    ordinals: Mapping[str, str] = field(default_factory=dict)
    scales: str = "millón|millones|mil"
    before_noun: Callable[[str, str], str] = lambda words, _noun: words
    """A number as it is read before the noun that it counts: “veintiuno” → “veintiún años”."""


def spell_figures(text: str, words: FigureWords) -> str:
    """The text in words, on one line."""
    line = unicodedata.normalize("NFC", tidy(text)).translate(PLAIN)
    for abbreviation, spoken in words.abbreviations.items():
        line = re.sub(rf"(?<!\w){re.escape(abbreviation)}(?!\w)", spoken, line)
    for pattern, reading in _rules(words):
        line = pattern.sub(reading, line)
    return " ".join(re.sub(r"\s+([,.;:!?…])", r"\1", line).split())


def number(text: str, words: FigureWords) -> str:
    """“3.000,5” in words."""
    whole, _, fraction = re.sub(r"[.\s]", "", text).partition(",")
    spoken = _whole(whole, words)
    return f"{spoken} {words.point} {_whole(fraction, words)}" if fraction else spoken


def _whole(figures: str, words: FigureWords) -> str:
    if len(figures) > LONGEST or (figures.startswith("0") and len(figures) > 1):
        return " ".join(words.cardinal(int(figure)) for figure in figures)
    return words.cardinal(int(figures))


def _rules(words: FigureWords) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    currency = "|".join(re.escape(c) for c in sorted(words.currencies, key=len, reverse=True))
    unit = "|".join(re.escape(u) for u in sorted(words.units, key=len, reverse=True))
    ordinal = "|".join(re.escape(o) for o in sorted(words.ordinals, key=len, reverse=True)) or "(?!)"

    def say(figure: str) -> str:
        return number(figure, words)

    def counted(figure: str, pair: tuple[str, str], scale: str = "") -> str:
        noun = pair[0] if figure == "1" and not scale else pair[1]
        full = bool(scale) and not scale.startswith("mil ") and scale != "mil"
        return f"{words.before_noun(say(figure), '' if scale else noun)}{f' {scale}' if scale else ''}{f' {words.of}' if full else ''} {noun}"

    return [
        (re.compile(r"(?<!\w)-(?=\d)"), lambda m: f"{words.minus} "),
        (
            re.compile(r"(?P<user>[\w.+-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)"),
            lambda m: (
                f"{m['user'].replace('.', f' {words.dot} ')} {words.at} {m['host'].replace('.', f' {words.dot} ')}"
            ),
        ),
        (
            re.compile(
                r"(?:https?://)?(?:www\.)?(?P<host>(?:[\w-]+\.)+(?:com|org|net|es|mx|ar|it|fr|pt|br|de|eu|info)\b)(?:/\S*\w)?/?"
            ),
            lambda m: m["host"].replace(".", f" {words.dot} "),
        ),
        (re.compile(rf"(?<!\w)(?:{ordinal})"), lambda m: words.ordinals[m[0]]),
        (re.compile(r"\b(\d{1,2}):(\d\d)(?: ?h\b)?"), lambda m: _clock(m[1], m[2], words)),
        (
            re.compile(rf"({currency})\s?({NUMBER})(?:\s({words.scales}))?"),
            lambda m: counted(m[2], words.currencies[m[1]], m[3] or ""),
        ),
        (re.compile(rf"({NUMBER})\s?[–-]\s?(?=\d)"), lambda m: f"{say(m[1])} {words.to} "),
        (
            re.compile(rf"({NUMBER})(?:\s({words.scales}))?\s?({currency})(?!\w)"),
            lambda m: counted(m[1], words.currencies[m[3]], m[2] or ""),
        ),
        (re.compile(rf"({NUMBER})\s?%"), lambda m: f"{say(m[1])} {words.percent}"),
        (re.compile(rf"({NUMBER})\s?({unit})(?!\w)"), lambda m: counted(m[1], words.units[m[2]])),
        (re.compile(r"(?<=[^\W\d_])-?(?=\d)|(?<=\d)-?(?=[^\W\d_])"), lambda m: " "),
        (re.compile(rf"({NUMBER})(?=\s([^\W\d_]+))"), lambda m: words.before_noun(say(m[1]), m[2])),
        (re.compile(NUMBER), lambda m: say(m[0])),
        (
            re.compile(r"\b(?=[A-ZÁÉÍÓÚÑ]*\b)[B-DF-HJ-NP-TV-XZÑ]{2,5}\b|\b(?:UE|EE|OMS|IA|AI|CO)\b"),
            lambda m: _spelled(m[0], words),
        ),
        (re.compile(r"[\[\]{}|*_~^\\<>#•/]|\d"), lambda m: " "),
    ]


def _clock(hour: str, minute: str, words: FigureWords) -> str:
    spoken = words.cardinal(int(hour))
    return spoken if minute == "00" else f"{spoken} {words.cardinal(int(minute))}"


def _spelled(letters: str, words: FigureWords) -> str:
    return " ".join(words.letters.get(letter, letter) for letter in letters)
