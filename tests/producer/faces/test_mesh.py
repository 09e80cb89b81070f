"""Crops of faces, and the way back from them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.faces.mesh import MARGIN, Crop, crop_of_points
from tests.support.sitter import face

NUMBERS = st.floats(-300, 300)


@given(x=NUMBERS, y=NUMBERS, side=st.floats(10, 900), turn=st.floats(-0.6, 0.6))
def test_a_crop_maps_its_middle_to_its_centre_and_keeps_shapes(x: float, y: float, side: float, turn: float) -> None:
    crop = Crop(np.array([x, y]), side, turn)
    to_picture = crop.to_picture(192)
    assert to_picture @ np.array([96, 96, 1]) == pytest.approx(np.array([x, y]), abs=1e-6)
    across, down = to_picture[:, 0] * 192, to_picture[:, 1] * 192
    assert np.hypot(*across) == pytest.approx(side) == np.hypot(*down)
    assert across @ down == pytest.approx(0, abs=1e-6 * side * side)


@pytest.mark.parametrize("degrees", [-20, 0, 15])
def test_the_crop_of_points_is_level_with_the_eyes_and_holds_the_face(degrees: float) -> None:
    turn = np.radians(degrees)
    upright = face(60, 0, 0).points
    points = upright.copy()
    points[:, :2] = upright[:, :2] @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + 300
    crop = crop_of_points(points)
    assert np.degrees(crop.turn) == pytest.approx(degrees, abs=0.5)
    assert crop.side == pytest.approx(MARGIN * np.ptp(upright[:, 1]), rel=0.01)
    placed = (
        np.linalg.inv(np.vstack([crop.to_picture(1), [0, 0, 1]])) @ np.column_stack([points[:, :2], np.ones(478)]).T
    )
    assert placed[:2].min() > 0
    assert placed[:2].max() < 1
