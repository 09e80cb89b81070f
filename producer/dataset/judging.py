"""Which pictures of a person are fit to train with, and how ready a set is. Pure.

measures of each picture ─▶ faults ─┐
fingerprints ─▶ near-duplicates ────┼─▶ what stays ─▶ readiness 0..100, advice
face vectors ─▶ other people ───────┘
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from producer.render.photo.gate import LEAST_SCORE, LEAST_SHARPNESS, NOBODY, Measures, Refusal
from storage.datasets import PreparedImage, PreparedSound

Vector = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

LEAST_WIDTH, MOST_YAW, MOST_PITCH, MOST_ROLL = 80.0, 60.0, 35.0, 35.0
"""Pixels, degrees. More turned than for a portrait that speaks: a set needs views from the side."""
HALF, PROFILE = 15.0, 35.0
ALIKE_BITS = 6
"""Of 64: pictures that differ in no more bits are the same shot."""
DUPLICATE = Refusal(code="duplicate", message="It is nearly the same as {}.", cure="Bring another moment instead.")
OTHER = Refusal(
    code="other_person",
    message="It shows somebody else than {} ({:.2f} alike).",
    cure="Bring pictures of one person only.",
)
WANTED = {"front": 10, "half": 6, "profile": 4}
"""Pictures of each view that make a full set, of twenty."""
NAMES = {"front": "front view", "half": "half-turned view", "profile": "profile view"}
WANTED_S, CLOSE = 10.0, 4


def fault(measures: Measures) -> Refusal | None:
    """The first reason against training with a picture."""
    if measures.faces == 0:
        return NOBODY
    if measures.faces > 1:
        return Refusal(
            code="several_faces", message=f"{measures.faces} faces were found.", cure="Crop it to one person."
        )
    if measures.face_width < LEAST_WIDTH:
        return Refusal(
            code="tiny", message=f"The face is only {measures.face_width:.0f} pixels wide.", cure="Bring a larger one."
        )
    if measures.sharpness < LEAST_SHARPNESS:
        return Refusal(code="blurred", message="The picture is blurred.", cure="Bring a sharper one.")
    turned = abs(measures.yaw) > MOST_YAW or abs(measures.pitch) > MOST_PITCH or abs(measures.roll) > MOST_ROLL
    if turned:
        return Refusal(code="turned", message="The face is turned too far.", cure="Bring one that shows both eyes.")
    if measures.score < LEAST_SCORE:
        return Refusal(code="unclear", message="The face cannot be made out clearly.", cure="Bring one in even light.")
    return None


def view(measures: Measures) -> str:
    turn = abs(measures.yaw)
    return "front" if turn < HALF else "half" if turn < PROFILE else "profile"


def duplicates(fingerprints: Sequence[Bits]) -> dict[int, int]:
    """Each picture that repeats an earlier one → that one."""
    kept: list[int] = []
    found = {}
    for number, bits in enumerate(fingerprints):
        first = next((k for k in kept if np.count_nonzero(bits != fingerprints[k]) <= ALIKE_BITS), None)
        if first is None:
            kept.append(number)
        else:
            found[number] = first
    return found


def others(vectors: Sequence[Vector], same: float, portrait: Vector | None = None) -> dict[int, float]:
    """Pictures of somebody else than the portrait shows → how like it they are. Without one, of somebody else than most, held
    against the one that most are like; of two, nobody can tell who is meant: the first counts."""
    if not vectors:
        return {}
    seen = np.stack(vectors)
    if portrait is None:
        portrait = seen[np.argmax((seen @ seen.T >= same).sum(axis=1))]
    return {number: float(one) for number, one in enumerate(seen @ portrait) if one < same}


def caption(token: str, facing: str, *, close: bool) -> str:
    """Only what was measured."""
    seen = {"front": "facing the camera", "half": "half turned", "profile": "seen from the side"}[facing]
    return f"a photo of {token} person, {seen}, {'close-up' if close else 'head and shoulders'}"


def readiness(images: Sequence[PreparedImage], sounds: Sequence[PreparedSound]) -> tuple[int, tuple[str, ...]]:
    """0..100, and what would raise it. Pictures count for 70, a voice for 30."""
    views, advice, have = Counter(image.view for image in images), [], 0
    for name, wanted in WANTED.items():
        have += min(wanted, views[name])
        if views[name] < wanted:
            missing = wanted - views[name]
            advice.append(f"Add {missing} {NAMES[name]}{'s' if missing > 1 else ''}.")
    close = sum(image.close for image in images)
    if images and close < CLOSE:
        advice.append(f"Add {CLOSE - close} close-up{'s' if CLOSE - close > 1 else ''}.")
    seconds = sum(sound.seconds for sound in sounds)
    if seconds < WANTED_S:
        advice.append(f"Record {np.ceil(WANTED_S - seconds):.0f} s more in a quiet room.")
    score = 70 * have / sum(WANTED.values()) + 30 * min(1.0, seconds / WANTED_S)
    return round(score), tuple(advice)
