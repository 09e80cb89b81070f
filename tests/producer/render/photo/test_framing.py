"""Where a portrait stands in the frame."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.layout import Box
from producer.render.photo.framing import LARGEST, behind_window, setting, standing, top_of, window
from producer.render.presenter.framing import Placement
from tests.support.sitter import cutout, face

SHAPES = {
    "16:9": ((1280, 720), Placement(934, 94, 252, Box(660, 346, 620, 262))),
    "9:16": ((720, 1280), Placement(360, 467, 288, Box(0, 755, 720, 144))),
    "1:1": ((1080, 1080), Placement(540, 372, 286, Box(0, 658, 1080, 265))),
    "close": ((1280, 720), Placement(934, 94, 340)),
}
"""Frames, and a head in each; hands end where the captions begin."""
FRAMES = st.sampled_from(list(SHAPES.values()))
Shape = tuple[tuple[int, int], Placement]


def matte(*, height: int = 640) -> np.ndarray:
    return cutout(height=height)[..., 3].astype(np.float32) / 255


def test_a_whole_bust_stands_in_the_scene() -> None:
    assert setting(matte(), face()) == "scene"


def test_what_the_picture_cuts_off_speaks_from_a_window() -> None:
    whole = matte()
    assert setting(whole[150:], face(y=150)) == "window"  # the hair
    assert setting(whole[:400], face()) == "window"  # the body, just below the chin
    assert setting(whole[:, 130:350], face(x=110)) == "window"  # the shoulders
    haze = np.where(whole > 0, whole, 0.3).astype(np.float32)
    assert setting(haze, face()) == "window"  # a matte that cannot tell person from background


@given(shape=FRAMES, below=st.integers(20, 500))
def test_a_standing_person_reaches_the_ground_and_keeps_its_place(shape: Shape, below: int) -> None:
    (_, ground), placement = shape
    anatomy = face()
    size = 480, int(anatomy.chin[1]) + below
    stand = standing(anatomy, size, float(anatomy.crown[1]), placement, ground)
    head = stand.zoom * anatomy.head_height
    assert placement.head_height * 0.999 <= head <= LARGEST * placement.head_height * 1.001
    assert stand.y + stand.zoom * size[1] >= ground - 1e-6
    assert stand.x + stand.zoom * float(anatomy.origin[0]) == pytest.approx(placement.centre_x, abs=0.05 * head)


def test_a_person_begins_where_hair_or_hat_does() -> None:
    whole = matte()
    assert top_of(whole, face()) == np.flatnonzero((whole > 0.5).any(axis=1))[0]
    hat = whole.copy()
    hat[40:120, 200:280] = 1
    assert top_of(hat, face()) == 40
    assert top_of(np.zeros_like(whole), face()) == pytest.approx(float(face().crown[1]))


@given(shape=FRAMES, hat=st.integers(0, 150))
def test_a_high_hat_stays_in_the_frame(shape: Shape, hat: int) -> None:
    (_, ground), placement = shape
    anatomy = face()
    top = float(anatomy.crown[1]) - hat
    stand = standing(anatomy, (480, 640), top, placement, ground)
    assert stand.y + stand.zoom * top > 0
    assert stand.y + 640 * stand.zoom >= ground


@given(shape=FRAMES, hat=st.integers(0, 90))
def test_a_window_cuts_neither_hat_nor_chin_of_a_portrait_with_room_around(shape: Shape, hat: int) -> None:
    frame, placement = shape
    box, anatomy = window(placement, frame), face(60, 600, 500)
    top = float(anatomy.crown[1]) - hat
    stand = behind_window(anatomy, (1200, 1100), top, box, placement.head_height)
    assert stand.y + stand.zoom * top > box.y
    assert stand.y + stand.zoom * float(anatomy.chin[1]) < box.bottom


@given(shape=FRAMES, width=st.integers(240, 900), height=st.integers(420, 900), unit=st.floats(30, 90))
def test_a_window_is_filled_and_covers_neither_captions_nor_the_edge(
    shape: Shape, width: int, height: int, unit: float
) -> None:
    frame, placement = shape
    box = window(placement, frame)
    assert Box(0, 0, *frame).contains(box)
    assert box.bottom <= (placement.hands.bottom if placement.hands else frame[1])
    anatomy = face(unit, width / 2, 300)
    stand = behind_window(anatomy, (width, height), float(anatomy.crown[1]), box, placement.head_height)
    seen = Box(stand.x, stand.y, stand.zoom * width, stand.zoom * height)
    assert seen.x <= box.x + 1e-6
    assert seen.y <= box.y + 1e-6
    assert seen.right >= box.right - 1e-6
    assert seen.bottom >= box.bottom - 1e-6
