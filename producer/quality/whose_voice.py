"""Whose voice it is: the speech of the cut held against the presenter's own samples, by the network that knows speakers
(`producer/nets/speaker/`). Costly: only where that is installed, and there are samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from config.errors import BadInput, Unavailable
from producer.quality.evidence import Evidence
from producer.speech.sound import Samples, resampled
from storage.quality import Cure, Finding, Where

Vectors = npt.NDArray[np.float32]

NAME = "voice as in the samples"
RATE = 16_000
OWN = frozenset({"xtts", "recording"})
"""Engines that speak in the voice of the samples. Others have voices of their own: that is told, and no fault of theirs."""
ENOUGH = 3
"""Pieces of 1.6 s, half a piece apart, from which one line by itself tells whose voice it is."""


class VoiceKnower(Protocol):
    """What tells voices apart (`producer.quality.helpers.Voices`)."""

    @property
    def problem(self) -> str: ...

    def pieces(self, sound: Samples) -> Vectors:
        """(pieces, n): unit vectors of mono sound at 16 kHz. Raises Unavailable; BadInput where nobody speaks."""


def whose_voice(evidence: Evidence, knower: VoiceKnower) -> Iterator[Finding]:
    """The value is the likeness of all that is said, 0..1; lines that are unlike by themselves are named."""
    samples = evidence.request.options.samples
    problem = "" if samples else "the presenter gave no sample"
    try:
        if not (problem := problem or knower.problem):
            yield _found(evidence, knower)
    except (Unavailable, BadInput) as error:
        problem = str(error)
    if problem:
        yield Finding(name=NAME, family="speech", verdict="not run", why=problem)


def _found(evidence: Evidence, knower: VoiceKnower) -> Finding:
    own = middle([knower.pieces(sound) for sound in evidence.own_samples(RATE)])
    spoken: dict[int, Vectors] = {}
    for number, samples, rate in evidence.spoken():
        try:
            spoken[number] = knower.pieces(resampled(samples, rate, RATE))
        except BadInput:  # a word or two
            continue
    if not spoken:
        raise BadInput("Too little is said to know a voice by.")
    alike = float(np.clip(middle(list(spoken.values())) @ own, 0, 1))
    least, engine = evidence.rules.voice_likeness, evidence.request.options.voice_engine
    strange = [n for n, pieces in spoken.items() if len(pieces) >= ENOUGH and middle([pieces]) @ own < least]
    wrong = alike < least or bool(strange)
    expected = engine in OWN
    where: tuple[Where, ...] = tuple(place for n in strange for place in evidence.line_where(n)) if wrong else ()
    return Finding(
        name=NAME, family="speech", verdict="pass" if not wrong else "fail" if expected else "warn", value=round(alike, 3),
        bound=f"≥ {least:g}", where=where, why="" if not wrong else _why(strange, engine),
        cure=_cure(engine, strange) if wrong and expected else None,
    )  # fmt: skip


def middle(pieces: Sequence[Vectors]) -> Vectors:
    """The unit vector in the middle of all these."""
    mean = np.concatenate(pieces).mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _why(strange: Sequence[int], engine: str) -> str:
    if engine not in OWN:
        return f"{engine} speaks in a voice of its own"
    if not strange:
        return "it sounds like somebody else"
    return f"line {', '.join(str(number + 1) for number in strange)} sounds like somebody else"


def _cure(engine: str, strange: Sequence[int]) -> Cure | None:
    """A recording is what it is."""
    if engine == "recording":
        return None
    return Cure(remedy="respeak", node=f"line.{strange[0]}" if strange else "line")
