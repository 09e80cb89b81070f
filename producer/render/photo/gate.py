"""Whether a portrait can be made to speak, and if not, why. Pure.

The bounds were chosen by looking: at 110 portraits of different people, ages, skins, glasses, beards and hats, and at
what became of each.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage.documents import Frozen


class Refusal(Frozen):
    """Why a portrait is not animated: a word for programs, a sentence for people, and what to do about it."""

    code: str
    message: str
    cure: str


@dataclass(frozen=True)
class Measures:
    """What was measured in a portrait. Lengths in pixels, turns in degrees (+ right, down, clockwise)."""

    faces: int
    """Those at least `RIVAL` as large as the largest."""
    score: float = 0.0
    """0..1: how surely the landmarks lie on a face."""
    face_width: float = 0.0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    mouth_doubt: float = 0.0
    """How far the mouth's points stray when the crop is jittered, in units of the face: a hidden mouth is guessed."""
    eyes_doubt: float = 0.0
    eyes_open: float = 1.0
    """Height over width of the eye that is open less."""
    gap: float = 0.0
    """Between the lips, in units of the face."""
    sharpness: float = 1.0
    """Detail of the face at a fixed size, over its contrast."""


NOBODY = Refusal(code="no_face", message="No face was found.", cure="Choose a portrait that shows one.")
RIVAL = 0.35
LEAST_SCORE = 0.9
LEAST_WIDTH = 80.0
MOST_YAW, MOST_ROLL = 24.0, 22.0
PITCHES = (-30.0, 18.0)
MOST_DOUBT = 0.018
MOST_GAP = 0.36
LEAST_EYES = 0.15
LEAST_SHARPNESS = 0.08


def judge(measures: Measures) -> Refusal | None:
    """The first reason against animating a portrait; None when there is none."""
    if measures.faces == 0:
        return NOBODY
    if measures.faces > 1:
        return Refusal(
            code="several_faces",
            message=f"{measures.faces} faces were found.",
            cure="Crop the picture so that it shows one person.",
        )
    if measures.face_width < LEAST_WIDTH:
        return Refusal(
            code="too_small",
            message=f"The face is only {measures.face_width:.0f} pixels wide.",
            cure=f"Choose a picture in which it is at least {LEAST_WIDTH:.0f}; 200 look good.",
        )
    if measures.sharpness < LEAST_SHARPNESS:  # before what a blur brings along: an unclear face, a mouth in doubt
        return Refusal(code="blurred", message="The picture is blurred.", cure="Choose a sharper one.")
    if measures.score < LEAST_SCORE:
        return Refusal(
            code="unclear",
            message="The face cannot be made out clearly.",
            cure="Choose a portrait with even light, without a filter.",
        )
    if abs(measures.yaw) > MOST_YAW or not PITCHES[0] <= measures.pitch <= PITCHES[1]:
        return Refusal(
            code="turned_away",
            message="The face is turned away from the camera.",
            cure="Choose a portrait that looks straight at the viewer.",
        )
    if abs(measures.roll) > MOST_ROLL:
        return Refusal(
            code="tilted",
            message=f"The head is tilted by {abs(measures.roll):.0f} degrees.",
            cure="Turn the picture upright, or choose another.",
        )
    if measures.mouth_doubt > MOST_DOUBT:
        return Refusal(
            code="occluded",
            message="Something hides the mouth.",
            cure="Choose a portrait without a hand, a mask or a cup before it.",
        )
    if measures.eyes_open < LEAST_EYES:
        return Refusal(code="eyes_closed", message="An eye is closed.", cure="Choose a portrait with open eyes.")
    if measures.gap > MOST_GAP:
        return Refusal(
            code="open_mouth",
            message="The mouth is wide open.",
            cure="Choose a portrait with closed lips or a usual smile.",
        )
    return None


def eyes_seen(measures: Measures) -> bool:
    """Whether the eyes can blink and look around: not behind sunglasses."""
    return measures.eyes_doubt <= MOST_DOUBT
