"""Whose face it is: faces of the cut held against the presenter's portrait, by the networks that know faces
(`producer/recognition.py`). Costly: only where they are installed, and never of a drawn presenter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from config.errors import BadInput, Unavailable
from producer.quality.evidence import Evidence
from storage.documents import ArtifactRef
from storage.quality import Cure, Finding, Verdict, Where

Vector = npt.NDArray[np.float32]
Picture = npt.NDArray[np.uint8]

NAME = "same face as the portrait"
SAME = 0.363
"""From this similarity on it is one person (`producer.nets.identity.encoder.SAME`)."""
LOOKS = 5
"""Frames, evenly through what is said."""
FACES = 4
"""Of a frame: a card may show somebody too, so that the face counts that is most like the portrait."""


class FaceKnower(Protocol):
    """What knows faces again (`producer.recognition.Faces`)."""

    @property
    def problem(self) -> str: ...

    def vectors(self, picture: Picture, most: int = 1) -> list[Vector]:
        """Unit vectors of the largest faces of an RGB picture. Raises Unavailable."""


class Look(NamedTuple):
    """At one frame: when, and how like the portrait its face is, −1 to 1."""

    at: float
    like: float


def whose_face(evidence: Evidence, knower: FaceKnower) -> Iterator[Finding]:
    """The value is the median likeness. A face that is strange for a moment only is worth a look."""
    portrait = evidence.request.options.portrait
    if portrait is None:
        return
    problem = knower.problem
    try:
        if not problem:
            yield judged(evidence, _looks(evidence, portrait, knower))
    except (Unavailable, BadInput) as error:
        problem = str(error)
    if problem:
        yield Finding(name=NAME, family="presenter", verdict="not run", why=problem)


def judged(evidence: Evidence, looks: Sequence[Look]) -> Finding:
    """Of one look or more."""
    value, least = float(np.median([look.like for look in looks])), min(looks, key=lambda look: look.like)
    verdict: Verdict = "fail" if value < SAME else "warn" if least.like < SAME else "pass"
    filmed = evidence.request.performance.footage is not None  # what draws the portrait itself would draw it again
    return Finding(
        name=NAME, family="presenter", verdict=verdict, value=round(value, 3), bound=f"≥ {SAME:g}",
        why={"fail": "it looks like somebody else", "warn": "for a moment it looks like somebody else"}.get(verdict, ""),
        where=() if verdict == "pass" else (Where(start=least.at, end=least.at, line=evidence.line_at(least.at)),),
        cure=Cure(remedy="new seed", node="video") if verdict == "fail" and filmed else None,
    )  # fmt: skip


def _looks(evidence: Evidence, portrait: ArtifactRef, knower: FaceKnower) -> list[Look]:
    """Raises BadInput where there is nobody to be compared."""
    from producer.render.inputs import read_picture

    own = knower.vectors(np.ascontiguousarray(read_picture(evidence.artifacts.fetch(portrait))[..., :3]))
    if not own:
        raise BadInput("No face is found in the portrait.")
    found = []
    for at, frame in evidence.frames(moments(evidence)):
        evidence.look_up()
        if faces := knower.vectors(frame, FACES):
            found.append(Look(at, max(float(np.clip(face @ own[0], -1, 1)) for face in faces)))
    if not found:
        raise BadInput("No face is seen in it.")
    return found


def moments(evidence: Evidence) -> list[float]:
    """When to look: the middles of equal parts of what is said."""
    spans = evidence.cut.line_spans
    start, end = (spans[0].start, spans[-1].end) if spans else (0.0, evidence.cut.media.duration_s)
    return [start + (end - start) * (number + 0.5) / LOOKS for number in range(LOOKS)]
