"""Figures written out as words, in languages that write them alike: 3.000,5 · 94 % · 12 € · 18:30 · 5/3/2026 · 5 km.

English has its own, richer rules in `speech.english`. A language brings its words in a `FigureWords`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from producer.speech.characters import tidy

LONGEST = 15
"""A number with more figures than this is read figure by figure."""
DOMAINS = "com|org|net|info|int|gov|edu|io|ai|tv|eu|es|mx|ar|cl|co|pe|it|fr|be|ch|ca|pt|br|de|uk|us|jp|in"
NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?"
VOWEL = re.compile(r"[aeiouyáéíóúâêôàèìòùãõäëïöü\d]", re.IGNORECASE)
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
    months: Sequence[str] = ()
    date: str = "{day} {month} {year}"
    first: str = ""
    """What the first of a month is called, where it is not called “one”."""
    clock: Callable[[int, int], str] | None = None
    """Hour and minute as they are said; None = one number after the other."""
    scales: str = "millón|millones|mil"
    thousand: str = "mil"
    """The scale after which there is no `of`: “dos mil euros”."""
    before_noun: Callable[[str, str], str] = lambda words, _noun: words
    """A number as it is read before the noun that it counts: “veintiuno” → “veintiún años”."""
    spelled: str = "UE|EE|OMS|IA|AI|CO"
    """Abbreviations that could be read as words and are spelled. Those without a vowel are spelled in any case."""
    own_rules: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = ()
    """What only this language writes so; they come before the others."""


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
        full = bool(scale) and scale != words.thousand
        return f"{words.before_noun(say(figure), '' if scale else noun)}{f' {scale}' if scale else ''}{f' {words.of}' if full else ''} {noun}"

    return [
        *words.own_rules,
        (re.compile(r"(?<![\w/])(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?![\w/])"), lambda m: _date(m, words)),
        (re.compile(r"(?<!\w)-(?=\d)"), lambda m: f"{words.minus} "),
        (
            re.compile(r"(?P<user>[\w.+-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)"),
            lambda m: f"{_address(m['user'], words)} {words.at} {_address(m['host'], words)}",
        ),
        (
            re.compile(rf"(?:https?://)?(?:www\.)?(?P<host>(?:[\w-]+\.)+(?:{DOMAINS})\b)(?:/\S*\w)?/?"),
            lambda m: _address(m["host"], words),
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
            re.compile(rf"\b(?=[A-ZÁÉÍÓÚÑ]*\b)[B-DF-HJ-NP-TV-XZÑ]{{2,5}}\b|\b(?:{words.spelled})\b"),
            lambda m: _spelled(m[0], words),
        ),
        (re.compile(r"[\[\]{}|*_~^\\<>#•/]|\d"), lambda m: " "),
    ]


def _date(written: re.Match[str], words: FigureWords) -> str:
    """“5/3/2026”, day before month; what is no date stays as it is."""
    day, month, year = (int(part) for part in written.groups())
    if not (1 <= day <= 31 and 1 <= month <= len(words.months)):
        return written[0]
    spoken = words.first if day == 1 and words.first else words.cardinal(day)
    return words.date.format(day=spoken, month=words.months[month - 1], year=words.cardinal(year))


def _clock(hour: str, minute: str, words: FigureWords) -> str:
    if words.clock and int(hour) <= 24 and int(minute) < 60:
        return words.clock(int(hour), int(minute))
    spoken = words.cardinal(int(hour))
    return spoken if minute == "00" else f"{spoken} {words.cardinal(int(minute))}"


def _address(host: str, words: FigureWords) -> str:
    """“example.com.br”: its parts with the dots between them; a part without a vowel is spelled."""
    parts = (part if VOWEL.search(part) else _spelled(part.upper(), words) for part in host.split("."))
    return f" {words.dot} ".join(parts)


def _spelled(letters: str, words: FigureWords) -> str:
    return " ".join(words.letters.get(letter, letter) for letter in letters)
