"""The rows of the lips for any mouth."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.faces import points as named
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.lips import WIDEST_GAP, Lips, Speaker
from producer.render.presenter.visemes import SHAPES, Mouth, Viseme
from tests.support.sitter import face

ONE = st.floats(0, 1)
MOUTHS = st.builds(Mouth, ONE, st.floats(-1, 1), ONE, ONE, ONE, ONE, ONE, ONE)


@pytest.fixture(scope="module")
def speaker() -> Speaker:
    return Speaker(face())


def smiling() -> Speaker:
    """The mean face with its lower lip pulled down: it bares its teeth."""
    points = face(1.0, 0, 0).points.copy()
    for row in (named.LOWER_LIP_TOP, named.LOWER_LIP_UNDER):
        points[list(row), 1] += 0.16 * np.sin(np.linspace(0, np.pi, len(row)))
    return Speaker(Anatomy(points))


def of(speaker: Speaker, viseme: Viseme) -> Lips:
    return speaker.lips(SHAPES[viseme])


def test_closed_lips_touch_along_the_whole_mouth(speaker: Speaker) -> None:
    for closed in (of(speaker, "PP"), smiling().lips(SHAPES["PP"])):
        assert closed.lower == pytest.approx(closed.upper, abs=0.02)
        assert closed.gap == 0


def test_vowels_open_as_far_as_they_should(speaker: Speaker) -> None:
    gaps = [of(speaker, viseme).gap for viseme in ("aa", "E", "ih", "SS", "PP")]
    assert gaps == sorted(gaps, reverse=True)
    wide = of(speaker, "aa")
    assert wide.lower[5, 1] - wide.upper[5, 1] == pytest.approx(wide.gap, abs=0.03)


def test_rounding_narrows_and_spreading_widens(speaker: Speaker) -> None:
    assert of(speaker, "ou").half_width < of(speaker, "aa").half_width < of(speaker, "ih").half_width


def test_the_lower_lip_and_the_chin_do_most_of_the_opening(speaker: Speaker) -> None:
    shut, open_ = of(speaker, "sil"), of(speaker, "aa")
    up, down = shut.upper[5, 1] - open_.upper[5, 1], open_.lower[5, 1] - shut.lower[5, 1]
    assert 0 < up < down
    assert open_.drop > shut.drop


def test_a_portrait_that_bares_its_teeth_can_close_its_mouth_and_keeps_some_of_its_smile() -> None:
    speaker = smiling()
    assert speaker.shows_teeth
    shut = speaker.lips(SHAPES["sil"])
    assert shut.drop < 0
    assert shut.half_width <= speaker.own.half_width


@given(mouth=MOUTHS, smile=st.floats(-1, 1))
def test_no_mouth_turns_lips_inside_out(speaker: Speaker, mouth: Mouth, smile: float) -> None:
    lips = speaker.lips(mouth, smile)
    along = lips.middle + np.linspace(-0.7, 0.7, 9) * lips.half_width
    heights = [np.interp(along, row[:, 0], row[:, 1]) for row in (lips.top, lips.upper, lips.lower, lips.bottom)]
    for above, below in pairwise(heights):
        assert (below >= above - 0.035).all()
    assert (np.diff(lips.upper[:, 0]) > 0).all()
    assert 0 <= lips.gap <= WIDEST_GAP + 0.05
