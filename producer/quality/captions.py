"""The caption file as a player reads it: in order, apart, long enough to read, and the script's own words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from producer.quality.evidence import Evidence
from storage.quality import Cure, Finding, Where

CUE = regex.compile(r"(\d+):(\d+):(\d+),(\d+) --> (\d+):(\d+):(\d+),(\d+)\n((?:.+\n?)+)")
SHORTEST_S = 0.25
LATE_S = 0.5
"""A cue may be this far from the words that it shows."""
SAME = 0.97
"""Of the script's letters and digits."""


class Cue(NamedTuple):
    start: float
    end: float
    text: str


def captions(evidence: Evidence) -> Iterator[Finding]:
    found = cues(evidence.captions)
    again = Cure(remedy="new seed", node=f"finish.{evidence.cut.format}")
    if not found:
        yield Finding(
            name="caption timing", family="captions", verdict="fail", why="the caption file is empty", cure=again
        )
        return
    length = evidence.cut.media.duration_s
    before = [None, *found[:-1]]
    faults = [(cue, why) for last, cue in zip(before, found, strict=True) if (why := _fault(last, cue, length))]
    words = evidence.cut.words
    if words and abs(found[0].start - words[0].start) > LATE_S:
        faults.insert(0, (found[0], "it is not with the first word"))
    elif words and abs(found[-1].end - words[-1].end) > 2 * LATE_S:
        faults.append((found[-1], "it is not with the last word"))
    yield Finding(
        name="caption timing", family="captions", verdict="fail" if faults else "pass", value=f"{len(found)} cues",
        bound="in order, apart, with the words", why=faults[0][1] if faults else "",
        where=tuple(_at(evidence, cue) for cue, _ in faults[:5]), cure=again if faults else None,
    )  # fmt: skip
    fastest = max(found, key=_pace)
    quick, most = _pace(fastest) > evidence.rules.reading, evidence.rules.reading
    yield Finding(
        name="reading speed", family="captions", verdict="warn" if quick else "pass", value=round(_pace(fastest), 1),
        bound=f"≤ {most:g} characters a second", where=(_at(evidence, fastest),) if quick else (),
    )  # fmt: skip
    same = likeness(" ".join(line.text for line in evidence.script.lines), " ".join(cue.text for cue in found))
    yield Finding(
        name="captions say the script", family="captions", verdict="pass" if same >= SAME else "fail",
        value=round(same, 3), bound=f"≥ {SAME:g} of its letters", cure=again if same < SAME else None,
    )  # fmt: skip


def cues(srt: str) -> list[Cue]:
    """Those of an SRT file."""
    return [
        Cue(_seconds(match.groups()[:4]), _seconds(match.groups()[4:8]), match.group(9).strip())
        for match in CUE.finditer(srt)
    ]


def likeness(wanted: str, shown: str) -> float:
    """Letters and digits in common, whatever stands between them."""
    a, b = ("".join(regex.findall(r"[\p{L}\p{M}\p{N}]", text.casefold())) for text in (wanted, shown))
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a or b else 1.0


def _fault(before: Cue | None, cue: Cue, length_s: float) -> str:
    if cue.end - cue.start < SHORTEST_S:
        return f"it is there for {cue.end - cue.start:.2f} s"
    if before is not None and cue.start < before.end - 0.001:
        return "it comes before the one before is gone"
    return "it outlasts the video" if cue.end > length_s + 0.1 else ""


def _pace(cue: Cue) -> float:
    """Characters a second; those of scripts whose characters are whole syllables count double."""
    wide = len(regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]", cue.text))
    return (len(cue.text) + wide) / max(cue.end - cue.start, 0.01)


def _at(evidence: Evidence, cue: Cue) -> Where:
    return Where(start=cue.start, end=max(cue.end, cue.start), line=evidence.line_at(cue.start))


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, milliseconds = (int(part) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000
