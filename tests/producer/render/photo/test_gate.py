"""Which portraits may speak, and what is said of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from producer.render.photo.gate import Measures, eyes_seen, judge

GOOD = Measures(
    faces=1, score=0.999, face_width=200, yaw=4, pitch=-6, roll=2, mouth_doubt=0.008, eyes_doubt=0.007, eyes_open=0.3,
    gap=0.1, sharpness=0.35,
)  # fmt: skip


def test_a_usual_portrait_may_speak() -> None:
    assert judge(GOOD) is None
    assert eyes_seen(GOOD)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"faces": 0}, "no_face"),
        ({"faces": 3}, "several_faces"),
        ({"face_width": 60}, "too_small"),
        ({"score": 0.5}, "unclear"),
        ({"yaw": 40}, "turned_away"),
        ({"yaw": -30}, "turned_away"),
        ({"pitch": 25}, "turned_away"),
        ({"pitch": -40}, "turned_away"),
        ({"roll": -30}, "tilted"),
        ({"mouth_doubt": 0.03}, "occluded"),
        ({"eyes_open": 0.08}, "eyes_closed"),
        ({"gap": 0.45}, "open_mouth"),
        ({"sharpness": 0.02}, "blurred"),
    ],
)
def test_each_flaw_has_its_own_reason_and_cure(what: dict[str, float], code: str) -> None:
    refusal = judge(replace(GOOD, **what))  # type: ignore[arg-type]
    assert refusal is not None
    assert refusal.code == code
    assert refusal.message.endswith(".")
    assert refusal.cure.endswith(".")


def test_a_blurred_picture_is_called_so_though_its_mouth_is_guessed_too() -> None:
    refusal = judge(replace(GOOD, sharpness=0.04, score=0.5, mouth_doubt=0.03))
    assert refusal is not None
    assert refusal.code == "blurred"


def test_the_reason_names_what_was_measured() -> None:
    refusal = judge(replace(GOOD, faces=4))
    assert refusal is not None
    assert refusal.message == "4 faces were found."


def test_hidden_eyes_do_not_keep_a_portrait_from_speaking_but_from_blinking() -> None:
    sunglasses = replace(GOOD, eyes_doubt=0.03)
    assert judge(sunglasses) is None
    assert not eyes_seen(sunglasses)
