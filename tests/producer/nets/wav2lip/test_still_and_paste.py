"""The still that speaks: how a portrait is cropped, what the network sees of it, and what of its answer is shown."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.nets.wav2lip.paste import Paste
from producer.nets.wav2lip.still import LARGEST_HEAD, Still, crop_around, still_of
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.framing import WINDOW_HEIGHT, WINDOW_WIDTH
from tests.support.sitter import face, portrait

HAIR = 60.0


@pytest.fixture(scope="module")
def still() -> Still:
    return still_of(portrait(), face(), HAIR)


def tilted(degrees: float) -> Still:
    """The same portrait, turned around the mouth."""
    turn = cv2.getRotationMatrix2D((240, 300), -degrees, 1)
    picture = cv2.warpAffine(portrait(), turn, (480, 640), borderMode=cv2.BORDER_REPLICATE)
    points = face().points.copy()
    points[:, :2] = points[:, :2] @ turn[:, :2].T + turn[:, 2]
    return still_of(np.asarray(picture, np.uint8), Anatomy(points), HAIR)


def as_seen(still: Still) -> np.ndarray:
    """The network's answer if it changed nothing."""
    return np.round(255 * still.face()[3:].transpose(1, 2, 0)).astype(np.uint8)


def shown(still: Still, made: np.ndarray) -> np.ndarray:
    paste, picture = Paste(still), still.picture.copy()
    box = paste.box
    picture[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = paste.part(made)
    return picture


class TestTheCrop:
    def test_has_the_shape_of_a_window_and_sides_that_an_encoder_takes(self, still: Still) -> None:
        height, width = still.picture.shape[:2]
        assert width / height == pytest.approx(WINDOW_WIDTH / WINDOW_HEIGHT, abs=0.02)
        assert width % 4 == height % 4 == 0

    def test_shows_the_face_where_the_points_say(self, still: Still) -> None:
        """The drawn lips are red."""
        x, y = still.anatomy.flat[17].round().astype(int)
        blue, _, red = still.picture[y - 4, x].astype(int)
        assert red > blue + 40

    def test_is_no_larger_than_a_cut_can_show(self) -> None:
        large = cv2.resize(portrait(), None, fx=4, fy=4)
        assert still_of(np.asarray(large, np.uint8), face().scaled(4), 4 * HAIR).anatomy.head_height == pytest.approx(
            LARGEST_HEAD, rel=0.01
        )

    @given(
        width=st.integers(200, 2000), height=st.integers(200, 2000), hair=st.floats(0, 1),
        x=st.floats(0.3, 0.7), y=st.floats(0.3, 0.7), unit=st.floats(0.03, 0.15),
    )  # fmt: skip
    def test_never_leaves_the_picture(
        self, width: int, height: int, hair: float, x: float, y: float, unit: float
    ) -> None:
        anatomy = face(unit * min(width, height), x * width, y * height)
        left, top, wide, high = crop_around(anatomy, hair * float(anatomy.crown[1]), (width, height))
        assert 0 <= left < left + wide <= width
        assert 0 <= top < top + high <= height
        assert wide / high == pytest.approx(WINDOW_WIDTH / WINDOW_HEIGHT, rel=0.05)

    def test_leaves_room_for_a_hat(self) -> None:
        anatomy, size = face(60, 500, 700), (1000, 1400)
        bare = crop_around(anatomy, float(anatomy.crown[1]), size)
        hat = crop_around(anatomy, float(anatomy.crown[1]) - 0.45 * anatomy.head_height, size)
        assert hat[1] < float(anatomy.crown[1]) - 0.45 * anatomy.head_height < bare[1]


class TestWhatTheNetworkSees:
    def test_is_the_face_without_its_lower_half_and_the_whole_face(self, still: Still) -> None:
        seen = still.face()
        assert seen.shape == (6, 96, 96)
        assert seen.dtype == np.float32
        assert 0 <= seen.min() <= seen.max() <= 1
        assert not seen[:3, 48:].any()
        assert (seen[:3, :48] == seen[3:, :48]).all()

    def test_has_eyes_above_and_the_mouth_below(self, still: Still) -> None:
        back = cv2.invertAffineTransform(still.to_picture())
        eyes = still.anatomy.eyes @ back[:, :2].T + back[:, 2]
        mouth = still.anatomy.origin @ back[:, :2].T + back[:, 2]
        assert (eyes[:, 1] < 44).all()
        assert 60 < mouth[1] < 84
        assert mouth[0] == pytest.approx(48, abs=4)

    def test_is_upright_even_where_the_head_is_not(self, still: Still) -> None:
        inside = slice(8, 88), slice(8, 88)
        straight, leaning = (as_seen(s)[inside].astype(float) for s in (still, tilted(15)))
        assert np.abs(straight - leaning).mean() < 8, "of 255"


class TestThePaste:
    @pytest.mark.parametrize("degrees", [0, 15])
    def test_of_what_was_seen_changes_hardly_anything(self, degrees: float) -> None:
        still = tilted(degrees)
        assert np.abs(shown(still, as_seen(still)).astype(float) - still.picture).mean() < 0.5, "of 255"

    def test_changes_mouth_and_jaw_and_leaves_eyes_and_surroundings(self, still: Still) -> None:
        changed = np.abs(shown(still, np.zeros((96, 96, 3), np.uint8)).astype(int) - still.picture).max(axis=2)
        x, y = still.anatomy.origin.round().astype(int)
        assert changed[y, x] == still.picture[y, x].max()
        for eye in still.anatomy.eyes:
            x, y = eye.round().astype(int)
            assert not changed[y - 6 : y + 7, x - 6 : x + 7].any()
        assert not changed[:, :20].any()
        assert not changed[-20:].any()

    def test_ends_softly(self, still: Still) -> None:
        """From one pixel to the next, no step of more than a fifth."""
        flat = Still(np.full_like(still.picture, 240), still.anatomy)
        picture = shown(flat, np.zeros((96, 96, 3), np.uint8)).astype(int)[..., 0]
        assert max(np.abs(np.diff(picture, axis=0)).max(), np.abs(np.diff(picture, axis=1)).max()) < 48

    def test_lies_on_even_pixels(self, still: Still) -> None:
        box = Paste(still).box
        assert all(side % 2 == 0 for side in (box.x, box.y, box.width, box.height))
