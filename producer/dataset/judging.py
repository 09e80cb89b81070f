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

from producer.render.photo.gate import LEAST_SCORE, LEAST_SHARPNESS, Measures
from producer.speech.reverb import CURE, ECHOES_S, HALL_S
from storage.appraisals import HeardVoice, Reason, SeenFace
from storage.datasets import PreparedImage, PreparedSound

Vector = npt.NDArray[np.float32]
Bits = npt.NDArray[np.bool_]

LEAST_WIDTH, MOST_YAW, MOST_PITCH, MOST_ROLL = 80.0, 60.0, 35.0, 35.0
"""Pixels, degrees. More turned than for a portrait that speaks: a set needs views from the side."""
HALF, PROFILE = 15.0, 35.0
ALIKE_BITS = 6
"""Of 64: pictures that differ in no more bits are the same shot."""
NO_FACE = Reason(code="no_face", message="No face was found.", cure="Bring one that shows their face.")
WANTED = {"front": 10, "half": 6, "profile": 4}
"""Pictures of each view that make a full set, of twenty."""
NAMES = {"front": "front view", "half": "half-turned view", "profile": "profile view"}
WANTED_S, CLOSE = 10.0, 4


def fault(measures: Measures) -> Reason | None:
    """The first reason against training with a picture."""
    if measures.faces == 0:
        return NO_FACE
    if measures.faces > 1:
        return Reason(
            code="several_faces", message=f"{measures.faces} faces were found.", cure="Crop it to one person."
        )
    if measures.face_width < LEAST_WIDTH:
        return Reason(
            code="tiny", message=f"The face is only {measures.face_width:.0f} pixels wide.", cure="Bring a larger one."
        )
    if measures.sharpness < LEAST_SHARPNESS:
        return Reason(code="blurred", message="The picture is blurred.", cure="Bring a sharper one.")
    turned = abs(measures.yaw) > MOST_YAW or abs(measures.pitch) > MOST_PITCH or abs(measures.roll) > MOST_ROLL
    if turned:
        return Reason(code="turned", message="The face is turned too far.", cure="Bring one that shows both eyes.")
    if measures.score < LEAST_SCORE:
        return Reason(code="unclear", message="The face cannot be made out clearly.", cure="Bring one in even light.")
    return None


def few_pixels(side: int) -> Reason:
    return Reason(code="tiny", message=f"Only {side} pixels around the face.", cure="Bring a larger one.")


def duplicate(first: str) -> Reason:
    """`first`: what the same shot is called that stays."""
    return Reason(code="duplicate", message=f"It is nearly the same as {first}.", cure="Bring another moment instead.")


def stranger(likeness: float, judge: str) -> Reason:
    """`judge`: what it was held against."""
    return Reason(
        code="other_person", message=f"It shows somebody else than {judge} ({likeness:.2f} alike).",
        cure="Bring pictures of one person only.",
    )  # fmt: skip


def bad_sound(faults: Sequence[str], reverb_s: float | None, *, several_voices: bool) -> Reason | None:
    """`faults`: as `producer.speech.reference` words them."""
    if not faults and (reverb_s or 0.0) >= HALL_S:
        return Reason(code="poor_sound", message=f"The room rings for {reverb_s:.1f} seconds.", cure=CURE)
    if not faults:
        return None
    code = "several_voices" if several_voices else "poor_sound"
    return Reason(code=code, message=f"It is no good: {faults[0]}.", cure="Record it again.")


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


def caption(token: str, facing: str, *, close: bool, kind: str = "person") -> str:
    """Only what was measured. `kind`: what the token is one of."""
    seen = {"front": "facing the camera", "half": "half turned", "profile": "seen from the side"}[facing]
    return f"a photo of {token} {kind}, {seen}, {'close-up' if close else 'head and shoulders'}"


def readiness(
    images: Sequence[PreparedImage | SeenFace], sounds: Sequence[PreparedSound | HeardVoice]
) -> tuple[int, tuple[str, ...]]:
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
    if any((sound.reverb_s or 0.0) >= ECHOES_S for sound in sounds):
        advice.append(CURE)
    score = 70 * have / sum(WANTED.values()) + 30 * min(1.0, seconds / WANTED_S)
    return round(score), tuple(advice)
