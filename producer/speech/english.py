"""English as it is read aloud: figures, dates, money, units, addresses and codes written out as words.

The result holds no figures and only letters that an English voice knows. Titles and common abbreviations
(Dr., St., Inc.) are left to the voice's own dictionary.
"""

from __future__ import annotations

import re
import unicodedata

from producer.speech import english_dates, english_measures
from producer.speech.characters import tidy
from producer.speech.english_numbers import Rule, cardinal, digits, number, ordinal, year
from producer.speech.wordlists import word_set

PLAIN = str.maketrans(
    {
        "−": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "―": "—",
        "’": "'",
        "‘": "'",
        "μ": "µ",
        "«": "“",
        "»": "”",
        "„": "“",
        "ﬁ": "fi",
        "ﬂ": "fl",
    }
    | {low: str(i) for i, low in enumerate("₀₁₂₃₄₅₆₇₈₉")}
)
SPOKEN_SUFFIXES = word_set("com org net gov edu info news online blog app int")
TOP_LEVEL = r"(?:com|org|net|gov|edu|info|news|online|blog|app|int|io|ai|tv|eu|uk|us|ca|au|de|fr|es|it|nl|ch|at|in|jp|cn|br|ie|nz)"
HOST = rf"(?P<host>(?:[\w-]+\.)+{TOP_LEVEL})\b"
SPELLED = ("WHO", "IT", "AD", "BC", "ID", "US")
"""Abbreviations that look like words; read letter by letter inside a sentence that is not all capitals."""
FORMULAS = {
    "CO2": "C.O two",
    "H2O": "H two O",
    "CH4": "C.H four",
    "N2O": "N two O",
    "NO2": "N.O two",
    "SO2": "S.O two",
    "O2": "O two",
}
WORDS = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "a.k.a.": "also known as",
    "w/o": "without",
    "w/": "with",
    "24/7": "twenty-four seven",
    "50/50": "fifty-fifty",
    "9/11": "nine eleven",
}
KEPT_CAPITALS = word_set("I US UK EU UN USA UAE NASA NATO FBI CIA IMF WTO CEO AI EV ESA UNESCO UNICEF COVID")
VOWELLESS = re.compile(r"[^AEIOUY]+")


def spell_out(text: str) -> str:
    """The text in words, on one line. Empty when nothing of it can be said in English."""
    words = _quietened(unicodedata.normalize("NFC", tidy(text)).translate(PLAIN))
    for pattern, reading in RULES:
        words = pattern.sub(reading, words)
    return " ".join(re.sub(r"\s+([,.;:!?…])", r"\1", words).split())


def _quietened(text: str) -> str:
    """A SHOUTED sentence in lower case, so that its words are not taken for abbreviations."""
    long_words = re.findall(r"[^\W\d_]{4,}", text)
    if len(long_words) < 3 or sum(word.isupper() for word in long_words) < 0.8 * len(long_words):
        return text
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if _abbreviation(m[0]) else m[0].lower(), text)


def _abbreviation(word: str) -> bool:
    return word in KEPT_CAPITALS or VOWELLESS.fullmatch(word) is not None


def _host(match: re.Match[str]) -> str:
    *names, last = match["host"].lower().removeprefix("www.").split(".")
    spoken = last if last in SPOKEN_SUFFIXES else _letters(last)
    return " dot ".join([*(name.replace("-", " dash ").replace("_", " ") for name in names), spoken])


def _email(match: re.Match[str]) -> str:
    user = re.sub(
        r"[._+-]", lambda m: {".": " dot ", "+": " plus ", "-": " dash ", "_": " underscore "}[m[0]], match["user"]
    )
    return f"{user} at {_host(match)}"


def _letters(word: str) -> str:
    """uk → U.K: with a dot inside, letters are read one by one."""
    return ".".join(word.upper())


def _code(match: re.Match[str]) -> str:
    """“A320” → A three twenty; “H5N1” → H five N one; “COVID-19” → COVID nineteen."""
    return " ".join(
        _code_figures(part) if part.isdecimal() else part for part in re.findall(r"\d+|[^\W\d_]+", match[0])
    )


def _code_figures(figures: str) -> str:
    if figures[0] == "0" or len(figures) > 4:
        return digits(figures)
    if len(figures) == 3 and figures[1:] != "00":
        middle = f"oh {cardinal(int(figures[2]))}" if figures[1] == "0" else cardinal(int(figures[1:]))
        return f"{cardinal(int(figures[0]))} {middle}"
    return year(int(figures)) if len(figures) == 4 else cardinal(int(figures))


def _telephone(match: re.Match[str]) -> str:
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(digits(part) for part in re.split(r"\D+", match[0]) if part)


def _plain_number(match: re.Match[str]) -> str:
    return year(int(match[0])) if re.fullmatch(r"1[1-9]\d\d|20\d\d", match[0]) else number(match[0])


NUMBER = english_measures.NUMBER
RULES: tuple[Rule, ...] = (
    (re.compile(r"\d{16,}"), lambda m: f" {digits(m[0])} "),
    (re.compile(rf"(?P<user>[\w.+-]+)@{HOST}"), _email),
    (re.compile(rf"(?:https?://)?(?<![\w@.]){HOST}(?::\d+)?(?:/[^\s,;)”\"]*[\w/])?", re.I), _host),
    (re.compile(r"https?://\S+"), lambda m: "a web address"),
    (re.compile(rf"(?<!\w)\.(?P<host>{TOP_LEVEL})\b"), lambda m: f"dot {_host(m)}"),
    (re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in WORDS)), lambda m: WORDS[m[0]]),
    (re.compile(rf"\b(?:{'|'.join(FORMULAS)})\b"), lambda m: FORMULAS[m[0]]),
    (re.compile(r"(?<!\w)\+?\d{1,3}(?:[ -]\d{2,4}){3,}\b|(?<![\w.-])(?:\d{3}-)?\d{3}-\d{4}\b"), _telephone),
    *english_dates.RULES,
    (re.compile(r"\b(\d+)(?:\.(\d+)){2,}\b"), lambda m: " point ".join(number(part) for part in m[0].split("."))),
    *english_measures.RULES,
    (re.compile(r"\b(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)\b"), lambda m: ordinal(int(m[1].replace(",", "")))),
    (re.compile(r"\bNo\. ?(?=\d)|#(?=\d)"), lambda m: "number "),
    (re.compile(r"\b[^\W\d_]+[-–]?\d[\w-]*\d?(?<!-)\b"), _code),
    (re.compile(r"\b(\d+)([A-Za-z]+)\b"), lambda m: f"{_code_figures(m[1])} {m[2]}"),
    (re.compile(NUMBER), _plain_number),
    (re.compile(rf"\b(?:{'|'.join(SPELLED)})\b(?!\.)"), lambda m: _letters(m[0])),
    (re.compile(r"(?<=\w)\+(?!\w)"), lambda m: " plus"),
    (re.compile(r"[#](?=\w)"), lambda m: "hashtag "),
    (re.compile(r"[\[\]{}|*_~^\\<>•·]"), lambda m: " "),
    (re.compile(r"(?<=\s)[-–](?=\s)"), lambda m: "—"),
    (re.compile(r"[^\W\d_a-zA-ZÀ-ɏḀ-ỿ]+|\d"), lambda m: ""),
)
"""What to say for what is written, applied in this order: each rule sees what the ones before it left."""
