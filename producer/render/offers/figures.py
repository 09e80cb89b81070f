"""The figure in a sentence that is worth being shown large, with its noun. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from producer.render.offers.wordlists import DETERMINERS, LINKS, MONTHS, NUMBER_WORDS, SCALES, STOPS, YEAR_BEFORE
from producer.speech.languages import UNSPACED

DIGITS = r"\d{1,3}(?:[.,\u00a0\u202f’']\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
FIGURE = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}.,:/–-])(?P<money>[$€£¥]\s?)?(?P<digits>{DIGITS})(?![\d:/]|[.,–-]\d|\p{{L}})"
    rf"(?P<unit>\s?%|\s?[€£¥]|\s?°C?)?"
)
HAN_FIGURE = regex.compile(
    r"(?<![\p{N}一二两三四五六七八九十百千万亿零〇第.])(?P<digits>\d[\d,.]*[万亿]?|[一二两三四五六七八九十百千万亿零〇]{2,}|[两三四五六七八九十])(?P<unit>%)?"
)
HAN_NOUN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]{1,12}")
HAN_NOUN_ENDS = regex.compile(r"[的了在是和与将把被从到让就都也才多已后前以来]|[をがはにでともや]")
HAN_DATES = frozenset("月日号点时分")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
TELLING = 2
"""Rank from which a figure is shown: 4 money, shares and millions; 3 from a hundred; 2 from ten; 1 smaller ones."""
LONGEST_NOUN = 26
MOST_NOUN_WORDS = 4


@dataclass(frozen=True)
class Figure:
    """`value` as it is written in the sentence, with its sign or scale; `noun` says what there is so much of."""

    value: str
    noun: str


def figure_in(text: str, language: str) -> Figure | None:
    """The most telling figure of a sentence: money, shares and large numbers before small ones. Years, dates and
    times are none."""
    code = language[:2]
    found = _han_figures(text) if code in UNSPACED else [*_figures(text, code), *_spelt_figures(text, code)]
    rank, figure = max(found, key=lambda pair: pair[0], default=(0, None))
    return figure if rank >= TELLING else None


def _figures(text: str, code: str) -> list[tuple[int, Figure]]:
    found = []
    for match in FIGURE.finditer(text):
        money, digits, unit = match["money"] or "", match["digits"], (match["unit"] or "").strip()
        before, after = _words_before(text[: match.start()]), text[match.end() :]
        scale, after = _scale(after, code)
        if _is_date(digits, before, after, scale or money or unit, code):
            continue
        value = f"{money.strip()}{digits}{_spaced(scale)}{unit if unit in '%°C' else _spaced(unit)}"
        share = "%" in unit + scale
        noun = _noun(after, code, share)
        if not noun and not (money or unit or share):
            continue
        rank = 4 if money or unit or scale else _rank(digits)
        found.append((rank, Figure(value, noun)))
    return found


def _spelt_figures(text: str, code: str) -> list[tuple[int, Figure]]:
    """Large numbers written as words: ten thousand, diez mil."""
    words = NUMBER_WORDS.get(code)
    if not words:
        return []
    run = rf"(?:{'|'.join(words)})"
    found = []
    for match in regex.finditer(rf"\b{run}(?:[\s-]+{run})*\b", text, regex.IGNORECASE):
        large = len(match[0]) > 5 and (" " in match[0] or match[0].casefold() in words[: len(words) // 2])
        noun = _noun(text[match.end() :], code)
        if large and noun:
            found.append((2, Figure(match[0][0].upper() + match[0][1:], noun)))
    return found


def _rank(digits: str) -> int:
    count = len(regex.sub(r"\D", "", digits))
    return min(count, 3)


def _scale(after: str, code: str) -> tuple[str, str]:
    """A scale or “per cent” that follows a number, and what comes after it."""
    for words, sign in SCALES.get(code, SCALES["en"]).items():
        if match := regex.match(rf"\s?(?:{words})\b", after, regex.IGNORECASE):
            return sign or match[0].strip(), after[match.end() :]
    return "", after


def _noun(after: str, code: str, share: bool = False) -> str:
    """The words right after a number that name what is counted; after a share it may be “of the electricity”."""
    stops, links, rest = STOPS.get(code, STOPS["en"]), LINKS.get(code, frozenset()), after
    kept: list[str] = []
    while len(kept) < MOST_NOUN_WORDS and (match := regex.match(rf"\s*({WORD.pattern})", rest)):
        word, last = match[1].casefold(), kept[-1].casefold() if kept else ""
        linking = word in links or (last in links and word in DETERMINERS)
        named = len(kept) > 1 and kept[-2].casefold() in links | DETERMINERS
        too_long = len(" ".join([*kept, word])) > LONGEST_NOUN
        if (word in stops and not linking) or word[0].isdigit() or too_long or (named and last not in DETERMINERS):
            break
        kept.append(match[1])
        rest = rest[match.end() :]
    while kept and kept[-1].casefold() in links | DETERMINERS:
        kept.pop()
    if kept and not share and kept[0].casefold() in links:
        kept = kept[1:] if code != "en" else []  # “millones de euros”; but “214 of them” counts nothing by name
    return " ".join(kept)


def _is_date(digits: str, before: list[str], after: str, marked: str, code: str) -> bool:
    if marked:
        return False
    following = regex.match(r"\s?(?:de |d’|d')?([\p{L}.]+)", after)
    neighbours = {word.casefold() for word in (before[-1:] + ([following[1]] if following else []))}
    if neighbours & MONTHS or neighbours & {"am", "pm", "a.m.", "p.m.", "o"}:
        return True
    year = regex.fullmatch(r"1[5-9]\d\d|20\d\d", digits)
    return bool(year) and (not following or (bool(before) and before[-1].casefold() in YEAR_BEFORE))


def _han_figures(text: str) -> list[tuple[int, Figure]]:
    found = []
    for match in HAN_FIGURE.finditer(text):
        digits, unit, after = match["digits"], match["unit"] or "", text[match.end() :]
        noun = HAN_NOUN.match(after)
        name = HAN_NOUN_ENDS.split(noun[0])[0][:6] if noun else ""
        year = name.startswith("年") and len(digits) == 4
        if (not name and not unit) or year or name[:1] in HAN_DATES:
            continue
        rank = 4 if unit else 3 if regex.search(r"[百千万亿]|\d{3}", digits) else 2 if len(digits) > 1 else 1
        found.append((rank, Figure(digits + unit, name)))
    return found


def _words_before(text: str) -> list[str]:
    return [match[0] for match in WORD.finditer(text[-40:])]


def _spaced(mark: str) -> str:
    return f" {mark}" if mark and mark != "%" else mark
