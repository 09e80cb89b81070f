"""What a text has in common with the source it is held against. Pure text work, the same in every language.

It finds what can be found by reading: where a quote sits, which sentence shares most words with a line, and which
numbers, names and quotations a source does not contain. It does not judge meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from storage.documents import Frozen

ENOUGH = 0.6
"""The share of a line's words that one source sentence must contain to count as its support."""
TRANSLATED, FEWEST_TOLD = 0.2, 12
"""A script with less than this share of its words in the source, and at least so many words, is a translation."""


class Span(Frozen):
    """Characters [start, end) of a text."""

    start: int
    end: int


def best_passage(text: str, source: str) -> str:
    """The source sentence that shares most words with `text`, or "" when none shares enough."""
    wanted = tokens(text)
    if not wanted:
        return ""
    score, passage = max(
        ((len(wanted & tokens(sentence)) / len(wanted), sentence) for sentence in sentences_of(source)),
        default=(0.0, ""),
    )
    return passage if score >= ENOUGH else ""


def unsupported_marks(
    line: str, source: str, vocabulary: frozenset[str], *, names: bool = True
) -> list[tuple[str, Span]]:
    """(what it is, where in the line) for each number, name and quotation that the source does not contain.

    `names`: whether a capital letter tells a name here (see `capitals_are_names` and `is_translated`).
    """
    numbers = {number_value(match.group()) for match in NUMBER.finditer(source)}
    found = [("number", m) for m in NUMBER.finditer(line) if number_value(m.group()) not in numbers]
    found += [("quotation", m) for m in QUOTATION.finditer(line) if not locate(m.group(1), source)]
    if names:
        found += [("name", m) for m in NAME.finditer(line) if not tokens(m.group()) <= vocabulary]
    return sorted(((kind, Span(start=m.start(), end=m.end())) for kind, m in found), key=lambda item: item[1].start)


def capitals_are_names(language: str) -> bool:
    """German and Luxembourgish write every noun with a capital."""
    return language.lower()[:2] not in ("de", "lb")


def is_translated(lines: Iterable[str], vocabulary: frozenset[str]) -> bool:
    """Whether a whole script shares so few words with its source that it must be in another language, where names are
    written otherwise: London is Londres."""
    said = frozenset().union(*(tokens(line) for line in lines))
    return len(said) >= FEWEST_TOLD and len(said & vocabulary) < TRANSLATED * len(said)


def locate(quote: str, source: str) -> tuple[Span, ...]:
    """Where a quote sits in the source, whatever its case, spacing and kind of quotation marks.

    A quote with an ellipsis is looked for in parts; all of them must be there.
    """
    folded, positions = _fold(source)
    spans = []
    for part in ELLIPSIS.split(quote):
        wanted = _fold(part)[0].strip(" .,;:!?。，、；：！？'-")
        at = folded.find(wanted) if wanted else -1
        if at < 0:
            return ()
        spans.append(Span(start=positions[at], end=positions[at + len(wanted) - 1] + 1))
    return tuple(spans)


NUMBER = regex.compile(r"\d+(?:[.,:]\d+)*")
QUOTATION = regex.compile(r"[“«„「\"](.{3,}?)[”»“」\"]")
NAME = regex.compile(r"(?<=[^.!?。！？…:“«\"\s]\s+)(?!I['’])\p{Lu}[\p{L}'’-]+")
"""A capitalised word that does not begin a sentence."""
ELLIPSIS = regex.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)\s*")
SENTENCE = regex.compile(r"[^.!?。！？؟\n]+(?:[.!?؟](?=\S)[^.!?。！？؟\n]+)*[.!?。！？؟]*[”»\"’)]*")
ALIKE = str.maketrans(
    {"“": "'", "”": "'", "„": "'", "«": "'", "»": "'", '"': "'", "‘": "'", "’": "'", "–": "-", "—": "-"}
)


def sentences_of(text: str) -> Iterator[str]:
    for match in SENTENCE.finditer(text):
        if sentence := match.group().strip():
            yield sentence


def tokens(text: str) -> frozenset[str]:
    """The words that carry meaning: three letters or more; for scripts without spaces, pairs of characters."""
    folded = text.casefold().replace("’", "'")
    words = {word.removesuffix("'s") for word in regex.findall(r"[\p{L}\p{M}\p{N}']{3,}", folded)}
    runs = regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{2,}", folded)
    return frozenset({w for w in words if not regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", w)}).union(
        run[i : i + 2] for run in runs for i in range(len(run) - 1)
    )


def number_value(text: str) -> str:
    """`3,000` and `3.000` and `3000` are one number; `2.5` and `2,5` are one."""
    return str(regex.sub(r"[.,](?=\d{3}(?!\d))", "", text)).replace(",", ".")


def _fold(text: str) -> tuple[str, list[int]]:
    """Case, spacing and quotation marks made alike, and where each character came from."""
    characters, positions = list[str](), list[int]()
    for at, character in enumerate(text.translate(ALIKE)):
        lower = " " if character.isspace() else character.lower()[:1]
        if lower == " " and (not characters or characters[-1] == " "):
            continue
        characters.append(lower)
        positions.append(at)
    return "".join(characters), positions
