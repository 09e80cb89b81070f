"""Speech read back: each line is written down by a recogniser, and held against what it was to say. Costly: only where the
recogniser and its weights are installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from config.errors import BadInput, Unavailable
from producer.engines.line.ears import RATE, Transcript
from producer.quality.evidence import Evidence
from producer.quality.transcripts import Reading, reading
from producer.speech.languages import primary
from producer.speech.sound import Samples, resampled
from storage.quality import Cure, Finding

LETTERS = "letters read back"
DRAWS_LOTS = frozenset({"xtts"})
"""Voices that say the same otherwise when they are asked again."""


class Listener(Protocol):
    """What writes speech down (`producer.engines.line.ears.Ears`)."""

    @property
    def problem(self) -> str: ...

    def hear(self, audio: Samples, language: str = "") -> Transcript: ...


def hearing(evidence: Evidence, listener: Listener) -> Iterator[Finding]:
    """A recogniser that cannot start keeps no clip from its review."""
    problem, readings = listener.problem, dict[int, Reading]()
    try:
        if not problem:
            readings = _readings(evidence, listener)
    except Unavailable as error:
        problem = str(error)
    if problem:
        for name in ("speech read back", LETTERS, "language of the speech"):
            yield Finding(name=name, family="speech", verdict="not run", why=problem)
        return
    yield _read_back(evidence, readings)
    yield _letters(evidence, readings)
    yield _languages(evidence, listener, readings)


def _readings(evidence: Evidence, listener: Listener) -> dict[int, Reading]:
    """By line."""
    found = {}
    for number, samples, rate in evidence.spoken():
        line = evidence.script.lines[number]
        heard = listener.hear(resampled(samples, rate, RATE), line.language)
        found[number] = reading(line.text, heard.text, line.language)
    return found


def _read_back(evidence: Evidence, readings: dict[int, Reading]) -> Finding:
    most = evidence.rules.word_errors
    bad = {number: one for number, one in readings.items() if one.errors > most}
    worst = max(readings, key=lambda number: readings[number].errors, default=-1)
    value = readings[worst].errors if readings else 0.0
    return Finding(
        name="speech read back", family="speech", verdict="fail" if bad else "pass", value=value,
        bound=f"≤ {most:g} of a line's words heard otherwise",
        why="; ".join(f"line {number + 1}: {one.told}" for number, one in bad.items()),
        where=tuple(place for number in bad for place in evidence.line_where(number)),
        cure=_cure(evidence, worst) if bad else None,
    )  # fmt: skip


def _letters(evidence: Evidence, readings: dict[int, Reading]) -> Finding:
    """In letters a word that was nearly understood counts little, so that this says how clearly it was spoken."""
    most = evidence.rules.word_errors / 2
    bad = [number for number, one in readings.items() if one.letters > most]
    return Finding(
        name=LETTERS, family="speech", verdict="warn" if bad else "pass",
        value=max((one.letters for one in readings.values()), default=0.0),
        bound=f"≤ {most:g} of a line's letters heard otherwise",
        where=tuple(place for number in bad for place in evidence.line_where(number)),
    )  # fmt: skip


def _languages(evidence: Evidence, listener: Listener, readings: dict[int, Reading]) -> Finding:
    """Only of lines that were not understood: a line whose words were heard is in their language."""
    bad = []
    for number, samples, rate in evidence.spoken():
        wanted = primary(evidence.script.lines[number].language)
        if readings[number].errors <= evidence.rules.word_errors:
            continue
        try:
            spoken = listener.hear(resampled(samples, rate, RATE)).language
        except BadInput:  # it is not sure
            continue
        if primary(spoken) != wanted:
            bad.append(number)
    return Finding(
        name="language of the speech", family="speech", verdict="fail" if bad else "pass", value=float(len(bad)),
        bound="each line in its own language", where=tuple(place for number in bad for place in evidence.line_where(number)),
        cure=_cure(evidence, bad[0]) if bad else None,
    )  # fmt: skip


def _cure(evidence: Evidence, number: int) -> Cure:
    """A voice that always says the same is not asked twice."""
    if evidence.request.options.voice_engine in DRAWS_LOTS:
        return Cure(remedy="respeak", node=f"line.{number}")
    return Cure(remedy="other engine", node="line")
