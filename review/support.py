"""Does the source support the script? Where each line's quote sits in the source, and which claims sit nowhere.

Pure text work, the same in every language. It finds what can be found by reading: a quote that is not in the
source, and numbers, names and quotations that the source does not contain. It does not judge meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

import regex

from storage.documents import Frozen, Script, ScriptLine
from storage.orders import TopicCopy

Support = Literal["quoted", "no_claim", "unsupported", "own"]
"""`own`: there is no source to hold the line against; a person's own words."""

ENOUGH = 0.6
"""The share of a line's words that one source sentence must contain to count as its support."""


class Span(Frozen):
    """Characters [start, end) of a text."""

    start: int
    end: int


class LineSupport(Frozen):
    """How one line stands to the source."""

    line: int
    """From 1."""
    state: Support
    reason: str = ""
    marks: tuple[Span, ...] = ()
    """In the line: what the source does not contain."""
    passages: tuple[Span, ...] = ()
    """In the source: what supports the line."""


class Piece(Frozen):
    """A stretch of the source and the lines that it supports."""

    text: str
    lines: tuple[int, ...] = ()


def support(script: Script, source: str, known: Iterable[str] = ()) -> tuple[LineSupport, ...]:
    """One answer per line. `known`: names that need no source, such as the show's and the presenter's."""
    vocabulary = _tokens(f"{source} {' '.join(known)}")
    return tuple(_judge(number, line, source, vocabulary) for number, line in enumerate(script.lines, 1))


def source_text(topic: TopicCopy, *, direct: bool = False) -> str:
    """What a script may be held against: the topic's headline and text. A direct clip has no source."""
    if direct or not topic.text.strip():
        return ""
    headline = "" if topic.text.lstrip().startswith(topic.title) else f"{topic.title}\n\n"
    return headline + topic.text


def best_passage(text: str, source: str) -> str:
    """The source sentence that shares most words with `text`, or "" when none shares enough."""
    wanted = _tokens(text)
    if not wanted:
        return ""
    score, passage = max(
        ((len(wanted & _tokens(sentence)) / len(wanted), sentence) for sentence in _sentences(source)),
        default=(0.0, ""),
    )
    return passage if score >= ENOUGH else ""


def unsupported_marks(line: str, source: str, vocabulary: frozenset[str]) -> list[tuple[str, Span]]:
    """(what it is, where in the line) for each number, name and quotation that the source does not contain."""
    numbers = {_number(match.group()) for match in NUMBER.finditer(source)}
    found = [("number", m) for m in NUMBER.finditer(line) if _number(m.group()) not in numbers]
    found += [("quotation", m) for m in QUOTATION.finditer(line) if not locate(m.group(1), source)]
    found += [("name", m) for m in NAME.finditer(line) if not _tokens(m.group()) <= vocabulary]
    return sorted(((kind, Span(start=m.start(), end=m.end())) for kind, m in found), key=lambda item: item[1].start)


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


def pieces(source: str, supports: Iterable[LineSupport]) -> list[list[Piece]]:
    """The source's paragraphs, cut wherever a supporting passage begins or ends."""
    passages = [(span, s.line) for s in supports for span in s.passages]
    cuts = sorted({edge for span, _ in passages for edge in (span.start, span.end)})
    paragraphs = []
    for match in PARAGRAPH.finditer(source):
        edges = [match.start(), *(cut for cut in cuts if match.start() < cut < match.end()), match.end()]
        paragraphs.append([
            Piece(text=source[a:b], lines=tuple(sorted({n for span, n in passages if span.start <= a and b <= span.end})))
            for a, b in pairwise(edges)
        ])  # fmt: skip
    return paragraphs


NUMBER = regex.compile(r"\d+(?:[.,:]\d+)*")
QUOTATION = regex.compile(r"[“«„「\"](.{3,}?)[”»“」\"]")
NAME = regex.compile(r"(?<=[^.!?。！？…:“«\"\s]\s+)\p{Lu}[\p{L}'’-]+")
"""A capitalised word that does not begin a sentence."""
ELLIPSIS = regex.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)\s*")
PARAGRAPH = regex.compile(r"\S(?:.|\n(?!\s*\n))*")
SENTENCE = regex.compile(r"[^.!?。！？؟\n]+(?:[.!?؟](?=\S)[^.!?。！？؟\n]+)*[.!?。！？؟]*[”»\"’)]*")
ALIKE = str.maketrans(
    {"“": "'", "”": "'", "„": "'", "«": "'", "»": "'", '"': "'", "‘": "'", "’": "'", "–": "-", "—": "-"}
)


def _judge(number: int, line: ScriptLine, source: str, vocabulary: frozenset[str]) -> LineSupport:
    if not source:
        return LineSupport(line=number, state="own")
    passages = locate(line.quote, source) if line.quote else ()
    found = unsupported_marks(line.text, source, vocabulary)
    reason = ""
    if found:
        reason = f"{found[0][0]} not in the source"
    elif line.quote and not passages:
        reason = "its quote is not in the source"
    elif not line.supported:
        reason = "nothing in the source says so"
    state: Support = "unsupported" if reason else "quoted" if passages else "no_claim"
    marks = tuple(span for _, span in found)
    return LineSupport(line=number, state=state, reason=reason, marks=marks, passages=passages)


def _sentences(text: str) -> Iterator[str]:
    for match in SENTENCE.finditer(text):
        if sentence := match.group().strip():
            yield sentence


def _tokens(text: str) -> frozenset[str]:
    """The words that carry meaning: three letters or more; for scripts without spaces, pairs of characters."""
    folded = text.casefold().replace("’", "'")
    words = {word.removesuffix("'s") for word in regex.findall(r"[\p{L}\p{M}\p{N}']{3,}", folded)}
    runs = regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{2,}", folded)
    return frozenset({w for w in words if not regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", w)}).union(
        run[i : i + 2] for run in runs for i in range(len(run) - 1)
    )


def _number(text: str) -> str:
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
