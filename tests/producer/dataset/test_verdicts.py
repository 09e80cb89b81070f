"""A set as a whole: what others say about a file, what a person may know better, and what is never kept."""

from __future__ import annotations

import numpy as np
import pytest

from producer.dataset.verdicts import judged, kept_pictures
from storage.appraisals import Appraisal, HeardVoice, Reason, SeenFace
from storage.documents import ArtifactRef
from storage.events import ErrorFacts
from storage.training_sets import SetFile

ANA, BEN = ((1.0,) + (0.0,) * 127), ((0.0, 1.0) + (0.0,) * 126)


def ref(number: int) -> ArtifactRef:
    return ArtifactRef(sha256=f"{number:064x}", media_type="image/png", size=1)


def picture(
    number: int, *, who: tuple[float, ...] = ANA, view: str = "front", shot: int | None = None, refused: str = "", insisted: bool = False
) -> SetFile:  # fmt: skip
    bits = np.random.default_rng(number if shot is None else shot).integers(0, 2**63)
    face = SeenFace(square=ref(100 + number), view=view, close=False, fingerprint=f"{bits:016x}", vector=who)
    reason = Reason(code=refused, message="No.", cure="Another.") if refused else None
    appraisal = Appraisal(presenter="ana", source=ref(number), refused=reason, face=face)
    return SetFile(
        file=ref(number), name=f"{number}.png", kind="image", insisted=insisted, state="done", appraisal=appraisal
    )


def codes(*files: SetFile, portrait: SetFile | None = None) -> list[str]:
    return [
        one.reason.code if one.reason and one.standing != "kept" else one.standing
        for one in judged(files, portrait).files
    ]


def test_most_pictures_say_who_is_meant_and_the_portrait_says_it_better() -> None:
    files = [picture(1), picture(2, who=BEN), picture(3)]
    assert codes(*files) == ["kept", "other_person", "kept"]
    assert codes(*files, portrait=picture(9, who=BEN)) == ["other_person", "kept", "other_person"]


def test_nobody_is_called_a_stranger_before_the_portrait_was_looked_at() -> None:
    waiting = picture(9).model_copy(update={"state": "running", "appraisal": None})
    assert codes(picture(1), picture(2, who=BEN), portrait=waiting) == ["kept", "kept"]


def test_the_first_of_one_shot_is_kept_and_a_picture_that_is_unfit_pushes_none_out() -> None:
    assert codes(picture(1, shot=5), picture(2, shot=5)) == ["kept", "duplicate"]
    assert codes(picture(1, shot=5, refused="blurred"), picture(2, shot=5)) == ["blurred", "kept"]


@pytest.mark.parametrize("code", ["tiny", "blurred", "turned", "unclear"])
def test_a_person_may_know_better_about_quality(code: str) -> None:
    (before,) = judged([picture(1, refused=code)], None).files
    (after,) = judged([picture(1, refused=code, insisted=True)], None).files
    assert (before.standing, before.may_insist, after.standing) == ("left_out", True, "kept")


def test_about_whose_face_it_is_only_where_it_is_seen_from_the_side() -> None:
    for view, standing in (("front", "left_out"), ("profile", "kept")):
        files = [picture(1), picture(2), picture(3, who=BEN, view=view, insisted=True)]
        assert judged(files, None).files[2].standing == standing


def test_what_could_not_be_looked_at_says_why_and_is_no_verdict() -> None:
    error = ErrorFacts(kind="unavailable", message="The face models are missing.", cure="run.py pull photo")
    failed = picture(1).model_copy(update={"appraisal": None, "state": "failed", "error": error})
    (told,) = judged([failed], None).files
    assert told.standing == "failed"
    assert told.reason == Reason(code="unavailable", message="The face models are missing.", cure="run.py pull photo")


def test_an_echo_is_told_with_its_cure() -> None:
    def voice(reverb_s: float) -> SetFile:
        heard = HeardVoice(file=ref(50), seconds=20, snr_db=30, loudness_lufs=-20, reverb_s=reverb_s)
        return SetFile(
            file=ref(5), name="5.wav", kind="audio", insisted=False, state="done",
            appraisal=Appraisal(presenter="ana", source=ref(5), voice=heard),
        )  # fmt: skip

    dry, wet = judged([voice(0.2)], None), judged([voice(0.6)], None)
    assert not any("softer room" in words for words in dry.advice)
    assert any("softer room" in words for words in wet.advice)
    assert "rings for 0.6 s" in wet.files[0].seen


def test_what_is_kept_is_learnt_from_in_words_of_what_was_seen() -> None:
    files = [picture(1), picture(2, view="profile"), picture(3, refused="blurred")]
    kept = kept_pictures(files, judged(files, None), "crm", "woman")
    assert [one.file.sha256 for one in kept] == [ref(101).sha256, ref(102).sha256]
    assert kept[1].caption == "a photo of crm woman, seen from the side, head and shoulders"
