"""Breaking text into lines: the fewest, then the most even, with no short word alone at the end. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\u3000-\u303f\uff00-\uffef]")
"""Scripts that may break between any two characters."""

HANGUL = regex.compile(r"\p{Hangul}")

NEVER_FIRST = frozenset("，。、；：！？）》」』】〕…—～·,.;:!?)]}%”’々ーっゃゅょッャュョァィゥェォ")
NEVER_LAST = frozenset("（《「『【〔([{“‘")
GOOD_END = frozenset(",;:.!?，；：。！？、…")

TORN = -40.0
"""How good an end of a row between the words of one number is."""
KOREAN_FIGURE = regex.compile(r"[\d.,]*\d[조억만천백십]*|[조억만천백십]+")
KOREAN_COUNTED = regex.compile(
    r"(?:[\d.,]*\d[조억만천백십]*|[조억만천백십]+|명|원|개|년|월|일|시간?|분|초|번|회|권|대|마리|달러|유로|퍼센트|미터|킬로미터|톤|살|세)"
    r"\p{Hangul}{0,4}\p{P}*"
)
"""What goes on with a figure: more of it, or what is counted, with the particles that Korean writes on to a word."""

WIDOW = 0.28
"""A last line narrower than this share of the limit is avoided where another break costs no further line."""


def number_goes_on(left: str, right: str) -> bool:
    """Whether two words belong to one number: Korean ones are written in several, “3만 5천 명”."""
    return bool(KOREAN_FIGURE.fullmatch(left) and KOREAN_COUNTED.fullmatch(right) and HANGUL.search(left + right))


@dataclass(frozen=True)
class Token:
    """What cannot be broken; `spaced` says that a space stands before it."""

    text: str
    spaced: bool


RTL_MARK = "\u200f"
"""Invisible; makes a line that begins with Latin letters or digits run from right to left all the same."""


def is_rtl(text: str) -> bool:
    """Whether its first letter with a direction runs from right to left."""
    return _direction(text) in {"R", "AL"}


def is_ltr(text: str) -> bool:
    """Whether its first letter with a direction runs from left to right; bare numbers have none."""
    return _direction(text) == "L"


def as_rtl(text: str) -> str:
    """The text, marked where needed so that it is set from right to left."""
    return text if is_rtl(text) else RTL_MARK + text


def tokens(text: str) -> list[Token]:
    """Words; and in Chinese and Japanese characters, with their punctuation kept on the right side of a break."""
    found: list[Token] = []
    for word in text.split():
        spaced = bool(found)
        for part in _unspaced_parts(word):
            found.append(Token(part, spaced))
            spaced = False
    return found


def join(parts: Sequence[Token]) -> str:
    return "".join((" " if token.spaced and index else "") + token.text for index, token in enumerate(parts))


def cut_to(text: str, limit: float, width: Callable[[str], float]) -> list[str]:
    """A word wider than a line, in pieces that are not. Grapheme clusters stay whole, but for such as are too wide
    alone: the emoji of a chain that never ends."""
    pieces, piece = [], ""
    for cluster in _clusters_within(text, limit, width):
        if piece and width(piece + cluster) > limit:
            pieces.append(piece)
            piece = cluster
        else:
            piece += cluster
    return [*pieces, piece] if piece else pieces


def even_rows(
    widths: Sequence[float], gaps: Sequence[float], limit: float, good_end: Sequence[float], pull: float = 0.03
) -> list[range]:
    """Rows of item indices: the fewest that fit, of the most even widths. No width may exceed the limit.

    `gaps[i]` stands before item i unless it begins a row. Rows like to end where `good_end` is 1, and not where it is
    `TORN`: `pull` is how much unevenness (squared, in limits) a good end is worth.
    """
    count = len(widths)
    if not count:
        return []
    wanted = _fewest(widths, gaps, limit)
    starts = [0.0]
    for width, gap in zip(widths, gaps, strict=True):
        starts.append(starts[-1] + gap + width)

    def row_width(first: int, end: int) -> float:
        return starts[end] - starts[first] - gaps[first]

    target = min(limit, row_width(0, count) / wanted)
    best: list[list[tuple[float, int]]] = [[(math.inf, 0)] * (count + 1) for _ in range(wanted + 1)]
    best[0][0] = (0.0, 0)
    for row in range(1, wanted + 1):
        for end in range(row, count + 1):
            for first in range(end - 1, row - 2, -1):
                wide = row_width(first, end)
                if wide > limit and end - first > 1:
                    break
                last = end == count
                cost = best[row - 1][first][0] + _cost(wide, target, limit, last and wanted > 1)
                cost -= pull * good_end[end - 1] if not last else 0.0
                if cost < best[row][end][0]:
                    best[row][end] = (cost, first)
    rows, end = [], count
    for row in range(wanted, 0, -1):
        first = best[row][end][1]
        rows.append(range(first, end))
        end = first
    return rows[::-1]


def _clusters_within(text: str, limit: float, width: Callable[[str], float]) -> Iterator[str]:
    for cluster in regex.findall(r"\X", text):
        if len(cluster) > 1 and width(cluster) > limit:
            yield from cluster
        else:
            yield cluster


def _direction(text: str) -> str:
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "")


def _cost(wide: float, target: float, limit: float, last: bool) -> float:
    widow = 1.0 if last and wide < WIDOW * limit else 0.0
    return ((wide - target) / limit) ** 2 + widow


def _fewest(widths: Sequence[float], gaps: Sequence[float], limit: float) -> int:
    rows, used = 1, widths[0]
    for width, gap in zip(widths[1:], gaps[1:], strict=True):
        if used + gap + width > limit:
            rows, used = rows + 1, width
        else:
            used += gap + width
    return rows


def _unspaced_parts(word: str) -> list[str]:
    parts: list[str] = []
    for cluster in regex.findall(r"\X", word):
        glued = parts and (
            cluster[0] in NEVER_FIRST
            or parts[-1][-1] in NEVER_LAST
            or not (UNSPACED.match(cluster) or UNSPACED.match(parts[-1][-1]))
        )
        if glued:
            parts[-1] += cluster
        else:
            parts.append(cluster)
    return parts
