"""The script, timed: what the player needs to light up the word that is being said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from review.support import LineSupport, Support
from storage.documents import Cut, Frozen, Script, Word
from storage.grounding import Span


class TimedWord(Frozen):
    """A word as it is written, with the punctuation that clings to it; `gap` is the white space after it."""

    text: str
    gap: str
    start: float
    end: float
    marked: bool = False


class TimedLine(Frozen):
    """One script line as it sounds in a cut."""

    number: int
    start: float
    end: float
    state: Support
    reason: str
    text: str
    words: tuple[TimedWord, ...]


def timed_lines(script: Script, cut: Cut, supports: Sequence[LineSupport]) -> list[TimedLine]:
    """All lines with the times of `cut`. A line without times of its own shares those of its neighbours."""
    lines: list[TimedLine] = []
    for index, (line, support) in enumerate(zip(script.lines, supports, strict=True)):
        words = [word for word in cut.words if word.line == index]
        span = cut.line_spans[index] if index < len(cut.line_spans) else None
        start = span.start if span else words[0].start if words else (lines[-1].end if lines else 0.0)
        end = span.end if span else words[-1].end if words else start
        lines.append(
            TimedLine(
                number=support.line,
                start=start,
                end=end,
                state=support.state,
                reason=support.reason,
                text=line.text,
                words=tuple(_timed_words(line.text, words, start, end, support.marks)),
            )
        )
    return lines


def _timed_words(text: str, words: Sequence[Word], start: float, end: float, marks: Sequence[Span]) -> list[TimedWord]:
    """The written text cut at the spoken words. Where they differ too much, the line is one long word."""
    starts = _word_starts(text, words)
    if starts is None:
        return [_written(text, start, end, Span(start=0, end=len(text)), marks)]
    edges = [0, *starts[1:], len(text)]
    return [
        _written(text, word.start, word.end, Span(start=a, end=b), marks)
        for word, (a, b) in zip(words, pairwise(edges), strict=True)
    ]


def _word_starts(text: str, words: Sequence[Word]) -> list[int] | None:
    folded, at, starts = text.casefold(), 0, []
    for word in words:
        found = folded.find(word.text.strip().casefold(), at) if len(folded) == len(text) else -1
        if found < 0:
            return None
        starts.append(found)
        at = found + len(word.text.strip())
    return starts or None


def _written(text: str, start: float, end: float, span: Span, marks: Sequence[Span]) -> TimedWord:
    written = text[span.start : span.end]
    bare = written.rstrip()
    marked = any(mark.start < span.start + len(bare) and mark.end > span.start for mark in marks)
    return TimedWord(text=bare, gap=written[len(bare) :], start=start, end=end, marked=marked)
