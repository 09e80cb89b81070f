"""Which words are shown together and when; and the same as SRT and WebVTT files. Pure.

Words become chunks: the fewest per spoken line that fit the room, as even as can be, ending where the sentence
breathes. What "fits" means is the caller's: pixels for burned-in captions, characters for caption files.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from producer.render.phrases import phrases
from producer.render.wrap import (
    GOOD_END,
    NEVER_FIRST,
    NEVER_LAST,
    TORN,
    UNSPACED,
    even_rows,
    is_ltr,
    is_rtl,
    number_goes_on,
)
from producer.speech.languages import primary
from storage.documents import ScriptLine, SpokenSpan, Word

EARLY_S = 0.08
"""A caption appears this long before its first word sounds."""
LINGER_S = 0.45
"""…and stays this long after its last word, unless the next one is due."""
PAUSE_S = 0.45
"""A silence in which a caption may change."""
BREATH_PULL = 0.12
"""How strongly a change of captions is drawn to where the sentence breathes (see `wrap.even_rows`)."""
FILE_COLUMNS = 42
FILE_ROWS = 2
"""Room of a cue in a caption file, as broadcasters use it: two lines of 42 narrow characters."""


@dataclass(frozen=True)
class Chunk:
    """Words shown together, in rows. Times in seconds of whatever the words are timed in."""

    words: tuple[Word, ...]
    rows: tuple[tuple[int, ...], ...]
    start: float
    end: float

    def row_texts(self) -> list[str]:
        return [joined([self.words[i] for i in row]) for row in self.rows]

    def active(self, seconds: float) -> int:
        """The word that sounds, or the last that did; 0 before the first."""
        return max((i for i, word in enumerate(self.words) if word.start <= seconds), default=0)


@dataclass(frozen=True)
class Room:
    """What fits: `rows` rows of `limit`, words being `width(text)` wide with `gap(left, right)` between them; and no
    more than `most` words, 0 = any number."""

    width: Callable[[str], float]
    gap: Callable[[Word, Word], float]
    limit: float
    rows: int
    most: int = 0


def chunks(words: Sequence[Word], room: Room) -> list[Chunk]:
    """All words in chunks that fit the room. A single word wider than the room gets a row of its own."""
    groups = [group for line in _by_line(words) for group in _split(line, room)]
    made = []
    for index, group in enumerate(groups):
        start = max(0.0, group[0].start - EARLY_S)
        follower = groups[index + 1][0].start - EARLY_S if index + 1 < len(groups) else float("inf")
        end = max(start, min(group[-1].end + LINGER_S, follower))
        rows = _rows(group, room)
        made.append(Chunk(tuple(group), tuple(tuple(row) for row in rows), start, end))
    return made


def estimated(lines: Sequence[ScriptLine], spans: Sequence[SpokenSpan]) -> list[Word]:
    """Words for a speech whose words nobody timed: each line's, spread over its time by their length."""
    words: list[Word] = []
    for number, (line, span) in enumerate(zip(lines, spans, strict=False)):
        parts = [token.text for token in phrases(line.text, primary(line.language))]
        edges = [0, *accumulate(len(part) + 1 for part in parts)]
        pace = (span.end - span.start) / max(edges[-1], 1)
        words += [
            Word(text=part, start=span.start + a * pace, end=span.start + b * pace, line=number)
            for part, (a, b) in zip(parts, pairwise(edges), strict=True)
        ]
    return words


def file_chunks(words: Sequence[Word]) -> list[Chunk]:
    """Chunks for a caption file."""
    return chunks(words, Room(_columns, lambda a, b: float(gap_before(a, b)), float(FILE_COLUMNS), FILE_ROWS))


def srt(cues: Iterable[Chunk]) -> str:
    blocks = (
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n" + "\n".join(cue.row_texts()) + "\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(blocks)


def vtt(cues: Iterable[Chunk], language: str) -> str:
    """WebVTT (W3C, 2019)."""
    blocks = (
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n"
        + "\n".join(html.escape(row, quote=False) for row in cue.row_texts())
        + "\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\nLanguage: " + language + "\n", *blocks])


def gap_before(left: Word, right: Word) -> bool:
    """Whether a space stands between two words."""
    if not left.text or not right.text:
        return False
    end, start = left.text[-1], right.text[0]
    if start in NEVER_FIRST and not start.isalnum():
        return False
    if end in NEVER_LAST:
        return False
    return not (UNSPACED.match(end) or UNSPACED.match(start))


def joined(words: Sequence[Word]) -> str:
    parts = [words[0].text] if words else []
    for left, right in pairwise(words):
        parts.append((" " if gap_before(left, right) else "") + right.text)
    return "".join(parts)


def visual_order(row: Sequence[Word], rtl: bool) -> list[int]:
    """Positions of a row's words from left to right. In a right-to-left row, runs of left-to-right words keep their
    own order, with the numbers that follow one of them and the signs that stand between two: Unicode Standard Annex 9,
    rules W7 and N1, on whole words."""
    if not rtl:
        return list(range(len(row)))
    forward = runs_forward(row)
    runs = [list(run) for _, run in groupby(range(len(row)), key=lambda i: forward[i])]
    return [position for run in reversed(runs) for position in (run if forward[run[0]] else run[::-1])]


def runs_forward(row: Sequence[Word]) -> list[bool]:
    """Which words of a right-to-left row stand in a run that is read from left to right."""
    forward = [is_ltr(word.text) for word in row]
    for i, word in enumerate(row):
        bare = not forward[i] and not is_rtl(word.text)
        number = any(character.isdigit() for character in word.text)
        follows = i > 0 and forward[i - 1]
        leads = i + 1 < len(row) and is_ltr(row[i + 1].text)
        forward[i] |= bare and follows and (number or leads)
    return forward


def _by_line(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in words:
        if not word.text.strip():
            continue
        if lines and lines[-1][-1].line == word.line:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _split(line: list[Word], room: Room) -> list[list[Word]]:
    """A spoken line in the fewest even groups, each of which can be set in the room's rows."""
    enough = room.limit if room.rows == 1 else room.limit * room.rows * 0.90
    widths, gaps = _measures(line, room)
    if room.most:  # a word counts as no less than its share, so that no more than `most` of them fit
        widths = [max(width + gap, enough / room.most) for width, gap in zip(widths, gaps, strict=True)]
        gaps = [0.0] * len(widths)
        enough *= 1 + 1e-9
    groups = [[line[i] for i in group] for group in even_rows(widths, gaps, enough, _ends(line), BREATH_PULL)]
    fitting: list[list[Word]] = []
    while groups:
        group = groups.pop(0)
        if len(group) > 1 and len(_rows(group, room)) > room.rows:
            half = (len(group) + 1) // 2
            groups[:0] = [group[:half], group[half:]]
        else:
            fitting.append(group)
    return fitting


def _rows(group: Sequence[Word], room: Room) -> list[range]:
    return even_rows(*_measures(group, room), room.limit, _ends(group))


def _measures(words: Sequence[Word], room: Room) -> tuple[list[float], list[float]]:
    """Widths, and the gap before each."""
    return [room.width(word.text) for word in words], [0.0, *(room.gap(a, b) for a, b in pairwise(words))]


def _ends(words: Sequence[Word]) -> list[float]:
    """After which words a sentence breathes: at punctuation, or where the voice pauses; never inside of a number."""
    pauses = [*(b.start - a.end >= PAUSE_S for a, b in pairwise(words)), True]
    torn = [*(number_goes_on(a.text, b.text) for a, b in pairwise(words)), False]
    return [
        TORN if inside else float(pause or word.text[-1] in GOOD_END)
        for word, pause, inside in zip(words, pauses, torn, strict=True)
    ]


def _columns(text: str) -> float:
    """Width in narrow characters; Chinese, Japanese and Korean ones count twice, combining marks not at all."""
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c))
    return float(wide)


def _clock(seconds: float, mark: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{mark}{rest % 1000:03}"
