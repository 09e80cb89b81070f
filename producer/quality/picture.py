"""The picture: flicker, cuts to something else, pictures that do not follow from each other, a beat that is lost; and the
face's place in it."""

from __future__ import annotations

from collections.abc import Iterator

from producer.quality.evidence import Evidence
from storage.documents import Sighting
from storage.quality import Cure, Family, Finding, Where

MOST_REVERSALS = 5.0
"""Of one part of the picture within half a second."""
MOST_UNEVEN_S = 0.02
MOST_GAP_S = 0.03
TOP, BOTTOM, SIDE = 0.02, 0.98, 0.02
"""Of the picture, which a face keeps clear of."""
LEAST_FACE, MOST_FACE = 0.06, 0.75
"""Of the picture's height: less is not looked at, more leaves no room for anything else."""


def picture(evidence: Evidence) -> Iterator[Finding]:
    rules = evidence.rules
    anew = Cure(remedy="new seed", node="video")
    written = Cure(remedy="new seed", node=f"finish.{evidence.cut.format}")
    yield from _most(evidence, "flicker", MOST_REVERSALS, f"≤ {MOST_REVERSALS:g} in half a second", anew)
    yield from _most(evidence, "scene cuts", float(rules.scene_cuts), f"≤ {rules.scene_cuts}", anew)
    yield from _most(evidence, "warp error", rules.warp_error, f"≤ {rules.warp_error:g} levels", anew)
    yield from _most(evidence, "camera movement", rules.camera, f"≤ {rules.camera:g} widths a second", anew)
    yield from _most(evidence, "uneven frames", MOST_UNEVEN_S, f"≤ {MOST_UNEVEN_S:g} s off the beat", written)
    yield from _most(evidence, "sound gap", MOST_GAP_S, f"≤ {MOST_GAP_S:g} s", written)


def face(evidence: Evidence) -> Iterator[Finding]:
    """Whether there is one face, where and as large as one would frame it."""
    faces = evidence.sighting("faces")
    if faces is None:
        yield Finding(name="one face", family="presenter", verdict="not run", why="nobody looked for faces")
        return
    alone = faces.value <= 1
    yield Finding(
        name="one face", family="presenter", verdict="pass" if alone else "fail", value=faces.value, bound="1 at once",
        why="" if alone else "somebody else is seen beside the presenter", where=() if alone else _places(evidence, faces),
        cure=None if alone else Cure(remedy="new seed", node=f"scene.{evidence.cut.format}"),
    )  # fmt: skip
    edges = [evidence.sighting(f"face {edge}") for edge in ("left", "right", "top", "bottom")]
    left, right, top, bottom = (edge.value if edge else -1.0 for edge in edges)
    if top < 0:
        yield Finding(
            name="framing", family="presenter", verdict="fail", why="no face was seen where one should be",
            cure=Cure(remedy="new seed", node="video"),
        )  # fmt: skip
        return
    faults = [
        words
        for wrong, words in (
            (top < TOP, "no room above the face"),
            (bottom > BOTTOM, "the chin is at the lower edge"),
            (left < SIDE or right > 1 - SIDE, "the face is at the edge"),
            (bottom - top < LEAST_FACE, "the face is very small"),
            (bottom - top > MOST_FACE, "the face is very large"),
        )
        if wrong
    ]
    yield Finding(
        name="framing", family="presenter", verdict="fail" if faults else "pass", why="; ".join(faults),
        value=f"face {bottom - top:.0%} high, {top:.0%} above it", bound=f"{LEAST_FACE:.0%} to {MOST_FACE:.0%} high, ≥ {TOP:.0%} above",
        cure=Cure(remedy="new seed", node="video") if faults else None,
    )  # fmt: skip


def _most(evidence: Evidence, name: str, most: float, bound: str, cure: Cure) -> Iterator[Finding]:
    """A measure that must not be higher."""
    seen = evidence.sighting(name)
    family: Family = "sound" if name == "sound gap" else "picture"
    if seen is None:
        yield Finding(name=name, family=family, verdict="not run", why="this cut was made before it was measured")
        return
    good = seen.value <= most
    yield Finding(
        name=name, family=family, verdict="pass" if good else "fail", value=seen.value, bound=bound,
        where=() if good else _places(evidence, seen), cure=None if good else cure,
    )  # fmt: skip


def _places(evidence: Evidence, seen: Sighting) -> tuple[Where, ...]:
    return tuple(Where(start=at.start, end=at.end, line=evidence.line_at(at.start)) for at in seen.where)
