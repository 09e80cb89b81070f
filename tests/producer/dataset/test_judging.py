"""Which pictures are fit to train with, and what a set still needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from producer.dataset.judging import caption, duplicates, fault, others, readiness, view
from producer.render.photo.gate import Measures
from storage.datasets import PreparedImage, PreparedSound

GOOD = Measures(faces=1, score=0.99, face_width=200.0, sharpness=0.3)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"faces": 0}, "no_face"), ({"faces": 2}, "several_faces"), ({"face_width": 40.0}, "tiny"),
        ({"sharpness": 0.02}, "blurred"), ({"yaw": 75.0}, "turned"), ({"roll": -50.0}, "turned"), ({"score": 0.3}, "unclear"),
    ],
)  # fmt: skip
def test_each_fault_has_its_reason(changed: dict[str, float], code: str) -> None:
    assert fault(GOOD) is None
    found = fault(replace(GOOD, **changed))  # type: ignore[arg-type]
    assert found is not None
    assert found.code == code


def test_a_view_from_the_side_is_wanted_though_it_cannot_speak() -> None:
    side = replace(GOOD, yaw=-45.0)
    assert fault(side) is None
    assert view(side) == "profile"
    assert caption("ana", "profile", close=True) == "a photo of ana person, seen from the side, close-up"


def test_of_nearly_the_same_pictures_the_first_stays() -> None:
    bits = np.zeros(64, bool)
    near, far = bits.copy(), bits.copy()
    near[:4], far[:30] = True, True
    assert duplicates([bits, far, near, far]) == {2: 0, 3: 1}


def test_whoever_is_unlike_most_is_somebody_else() -> None:
    ana, ben = np.eye(2, dtype=np.float32)
    assert others([ben, ana, ana, ana], 0.363) == {0: 0.0}
    assert others([], 0.363) == {}


def test_a_portrait_says_who_is_meant_however_many_show_somebody_else() -> None:
    ana, ben = np.eye(2, dtype=np.float32)
    assert others([ben, ana, ben], 0.363, portrait=ana) == {0: 0.0, 2: 0.0}


def test_advice_says_what_a_set_lacks_and_a_full_one_lacks_nothing() -> None:
    def images(number: int, seen: str) -> list[PreparedImage]:
        one = PreparedImage(file="", caption="", sha256="", source="", view=seen, close=True)
        return [one] * number

    voice = PreparedSound(file="", sha256="", source="", seconds=12.0, snr_db=40.0, loudness_lufs=-20.0)
    score, advice = readiness([*images(10, "front"), *images(6, "half")], [])
    assert score == 56
    assert advice == ("Add 4 profile views.", "Record 10 s more in a quiet room.")
    full = [*images(10, "front"), *images(6, "half"), *images(4, "profile")]
    assert readiness(full, [voice]) == (100, ())
    assert readiness([], [])[0] == 0
