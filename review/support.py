"""Does the source support the script? Where each line's quote sits in the source, and which claims sit nowhere.

Pure text work, the same in every language. It finds what can be found by reading: a quote that is not in the
source, and numbers, names and quotations that the source does not contain. It does not judge meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

import regex

from storage.documents import Frozen, Script, ScriptLine
from storage.grounding import Span, capitals_are_names, is_translated, locate, tokens, unsupported_marks
from storage.orders import TopicCopy

Support = Literal["quoted", "no_claim", "unsupported", "own"]
"""`own`: there is no source to hold the line against; a person's own words."""


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
    vocabulary = tokens(f"{source} {' '.join(known)}")
    translated = is_translated((line.text for line in script.lines), vocabulary)
    return tuple(_judge(number, line, source, vocabulary, translated) for number, line in enumerate(script.lines, 1))


def source_text(topic: TopicCopy, *, direct: bool = False) -> str:
    """What a script may be held against: the topic's headline and text. A direct clip has no source."""
    if direct or not topic.text.strip():
        return ""
    headline = "" if topic.text.lstrip().startswith(topic.title) else f"{topic.title}\n\n"
    return headline + topic.text


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


PARAGRAPH = regex.compile(r"\S(?:.|\n(?!\s*\n))*")


def _judge(number: int, line: ScriptLine, source: str, vocabulary: frozenset[str], translated: bool) -> LineSupport:
    if not source:
        return LineSupport(line=number, state="own")
    passages = locate(line.quote, source) if line.quote else ()
    found = unsupported_marks(line.text, source, vocabulary, names=not translated and capitals_are_names(line.language))
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
