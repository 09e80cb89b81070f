"""A training set as a whole: a verdict on each file, how ready the set is, and what would make it better. Pure.

each file's appraisal ─┐
the portrait's ────────┼─▶ other people, near-duplicates ─▶ kept or left out, and why ─▶ readiness, advice
what a person insists on┘
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from producer.dataset import judging
from producer.quality.whose_face import SAME
from producer.speech.reverb import ECHOES_S
from storage.appraisals import Reason
from storage.documents import Frozen
from storage.learning import TrainingPicture
from storage.training_sets import SetFile

Standing = Literal["waits", "kept", "left_out", "failed"]
OVERRULED = frozenset({"tiny", "blurred", "turned", "unclear", "duplicate", "poor_sound"})
"""Reasons that a person may know better about; of a face from the side, whose it is too."""


class Judged(Frozen):
    """What became of one file. `failed`: nobody could look at it; that says nothing about the file."""

    sha256: str
    name: str
    kind: Literal["image", "audio", "video"]
    standing: Standing
    reason: Reason | None = Field(
        default=None, description="against it; of a file that is kept, what a person overruled"
    )
    seen: str = Field(default="", description="what is seen or heard, in a few words")
    may_insist: bool = Field(default=False, description="whether a person may keep it all the same")
    insisted: bool = False


class JudgedSet(Frozen):
    files: tuple[Judged, ...]
    readiness: int = Field(ge=0, le=100)
    advice: tuple[str, ...] = ()

    def count(self, standing: Standing) -> int:
        return sum(one.standing == standing for one in self.files)


def judged(files: Sequence[SetFile], portrait: SetFile | None) -> JudgedSet:
    """Files in the order in which they were brought; `portrait`: how looking at the presenter's own stands."""
    against = _against(files, portrait)
    verdicts = tuple(_verdict(one, against.get(one.file.sha256)) for one in files)
    kept = [one for one, verdict in zip(files, verdicts, strict=True) if verdict.standing == "kept"]
    faces = [one.appraisal.face for one in kept if one.appraisal and one.appraisal.face]
    voices = [one.appraisal.voice for one in kept if one.appraisal and one.appraisal.voice]
    score, advice = judging.readiness(faces, voices)
    return JudgedSet(files=verdicts, readiness=score, advice=advice)


def kept_pictures(files: Sequence[SetFile], verdicts: JudgedSet, token: str, kind: str) -> tuple[TrainingPicture, ...]:
    """The squares to train with, each with a caption in which `token` stands for the person, who is a `kind`."""
    kept = {one.sha256 for one in verdicts.files if one.standing == "kept"}
    return tuple(
        TrainingPicture(file=face.square, caption=judging.caption(token, face.view, close=face.close, kind=kind))
        for one in files
        if one.file.sha256 in kept and one.appraisal and (face := one.appraisal.face)
    )


def _against(files: Sequence[SetFile], portrait: SetFile | None) -> dict[str, Reason]:
    """What speaks against files only because of others: sha256 → why. Of those that are fit by themselves."""
    fit = [
        (one, one.appraisal.face)
        for one in files
        if one.appraisal and one.appraisal.face and (one.insisted or not one.appraisal.refused)
    ]
    found: dict[str, Reason] = {}
    if portrait is None or portrait.state not in ("queued", "running"):
        own = portrait.appraisal.face if portrait and portrait.appraisal else None
        person = np.asarray(own.vector, np.float32) if own else None
        judge = "their portrait" if own else "the other pictures"
        vectors = [np.asarray(face.vector, np.float32) for _, face in fit]
        for number, like in judging.others(vectors, SAME, person).items():
            one, face = fit[number]
            if not (one.insisted and face.view != "front"):
                found[one.file.sha256] = judging.stranger(like, judge)
    left = [(one, face) for one, face in fit if one.file.sha256 not in found]
    for later, first in judging.duplicates([_bits(face.fingerprint) for _, face in left]).items():
        if not left[later][0].insisted:
            found[left[later][0].file.sha256] = judging.duplicate(left[first][0].name or "another one")
    return found


def _verdict(one: SetFile, against: Reason | None) -> Judged:
    def told(standing: Standing, **more: object) -> Judged:
        fields = {"sha256": one.file.sha256, "name": one.name, "kind": one.kind, "insisted": one.insisted}
        return Judged.model_validate({**fields, "standing": standing, **more})

    found = one.appraisal
    if found is None and one.state in ("queued", "running"):
        return told("waits")
    if found is None:
        error = one.error
        message, cure = (error.message, error.cure) if error else ("Nobody looked at it.", "Have it looked at again.")
        return told("failed", reason=Reason(code=error.kind if error else "cancelled", message=message, cure=cure))
    reason = against or found.refused
    whole = found.face is not None or found.voice is not None
    sideways = found.face is not None and found.face.view != "front"
    may = whole and reason is not None and (reason.code in OVERRULED or (reason.code == "other_person" and sideways))
    overruled = one.insisted and may and against is None
    kept = whole and (reason is None or overruled)
    return told("kept" if kept else "left_out", reason=reason, seen=_seen(one), may_insist=may and not one.insisted)


def _seen(one: SetFile) -> str:
    found = one.appraisal
    if found and (face := found.face):
        return ", ".join(filter(None, [judging.NAMES[face.view], "close-up" if face.close else ""]))
    if found and (voice := found.voice):
        echo = f"rings for {voice.reverb_s:.1f} s" if (voice.reverb_s or 0.0) >= ECHOES_S else ""
        return ", ".join(filter(None, [f"{voice.seconds:.1f} s", f"{voice.snr_db:.0f} dB over the noise", echo]))
    return ""


def _bits(digits: str) -> judging.Bits:
    return np.array([bit == "1" for bit in f"{int(digits, 16):0{4 * len(digits)}b}"])
