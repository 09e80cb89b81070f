"""What is seen of the drawn presenter, measured on its pixels."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BadInput
from producer.render.brushes import swapped
from producer.render.presenter.framing import Placement
from producer.render.presenter.looks import LOOKS
from producer.render.presenter.motion import LEAD_S, perform
from producer.render.presenter.renderer import DrawnRenderer
from producer.render.presenter.stills import still
from producer.render.presenter.tracks import Track
from producer.render.presenter.visemes import Viseme
from producer.render.renderers import RENDERERS
from tests.support.presenter import blank, two_sentences

PLACE = Placement(centre_x=320, head_top=60, head_height=160)
UNIT = PLACE.head_height / 200
FACE_Y = PLACE.head_top + PLACE.head_height / 2
CAVITY = (67, 16, 28)


def seen(tracks: dict[str, Track], look: dict[str, Any] | None = None, index: int = 0) -> np.ndarray:
    frame = blank()
    DrawnRenderer(tracks, look or {}, frame, PLACE, ground=360).paint(index)
    return swapped(frame)


def part(frame: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """A part of the frame, in units of the rig."""
    x, y = PLACE.centre_x, FACE_Y
    return frame[int(y + top * UNIT) : int(y + bottom * UNIT), int(x + left * UNIT) : int(x + right * UNIT), :3].astype(
        int
    )


def gape(frame: np.ndarray) -> int:
    """How many pixels show the inside of the mouth."""
    return int((np.abs(part(frame, -30, 40, 30, 105) - CAVITY).max(axis=2) < 12).sum())


def dark(pixels: np.ndarray) -> int:
    return int((pixels.max(axis=2) < 70).sum())


def painted(frame: np.ndarray) -> np.ndarray:
    return (frame != blank()).any(axis=2)


def test_ah_opens_the_mouth_wider_than_ee_and_p_not_at_all() -> None:
    assert gape(seen(still("aa"))) > 1.5 * gape(seen(still("E"))) > 0
    assert gape(seen(still("PP"))) == gape(seen(still("sil"))) == 0


def test_ah_drops_the_chin() -> None:
    def lowest_skin(mouth: Viseme) -> int:
        column = seen(still(mouth), {"name": "noor"})[:, int(PLACE.centre_x), :3].astype(int)
        warm = np.flatnonzero(column[:, 0] - column[:, 2] > 60)
        return int(warm.max())

    assert lowest_skin("aa") >= lowest_skin("PP") + 5 * UNIT


def test_oo_is_narrower_than_ee() -> None:
    def width(mouth: Viseme) -> int:
        lips = np.abs(np.diff(part(seen(still(mouth)), -34, 56, 34, 70).sum(axis=2), axis=1)).max(axis=0)
        found = np.flatnonzero(lips > 60)
        return int(found.max() - found.min())

    assert width("ou") < 0.75 * width("ih")


def test_a_blink_hides_the_eyes() -> None:
    opened, shut = seen(still()), seen(still(lids=1.0))
    eye = (20, -6, 46, 16)
    assert dark(part(shut, *eye)) < 0.5 * dark(part(opened, *eye))
    white = (part(opened, *eye).min(axis=2) > 235).sum(), (part(shut, *eye).min(axis=2) > 235).sum()
    assert white[0] > 10 > white[1]


def test_the_eyes_follow_the_gaze() -> None:
    def middle_of_pupils(right: float) -> float:
        return float(np.nonzero(part(seen(still(gaze=(right, 0.0))), 18, 0, 48, 12).max(axis=2) < 70)[1].mean())

    assert middle_of_pupils(-0.8) < middle_of_pupils(0.0) < middle_of_pupils(0.8)


def test_the_face_turns_with_the_head() -> None:
    def middle_of_mouth(yaw: float) -> float:
        return float(
            np.nonzero(np.abs(part(seen(still("aa", head=(yaw, 0, 0))), -40, 40, 40, 105) - CAVITY).max(axis=2) < 12)[
                1
            ].mean()
        )

    assert middle_of_mouth(-10) + 4 < middle_of_mouth(0) < middle_of_mouth(10) - 4


@pytest.mark.parametrize("name", LOOKS)
def test_every_look_stays_in_its_place(name: str) -> None:
    covered = painted(seen(still(), {"name": name}))
    rows, columns = np.nonzero(covered)
    assert rows.min() >= PLACE.head_top - PLACE.head_height / 5
    assert rows.min() <= PLACE.head_top + 2
    assert covered[-1].sum() > 1.2 * PLACE.head_height, "the body reaches the ground"
    assert np.abs(columns - PLACE.centre_x).max() <= 1.05 * PLACE.head_height
    assert abs(columns.mean() - PLACE.centre_x) < 0.03 * PLACE.head_height


def test_a_body_stops_at_its_ground() -> None:
    frame = blank()
    DrawnRenderer(still(), {}, frame, PLACE, ground=300).paint(0)
    assert not painted(frame)[300:].any()
    assert painted(frame)[299].any()


def test_the_picture_stays_opaque() -> None:
    assert (seen(still("aa"))[..., 3] == 255).all()


def test_equal_inputs_paint_equal_pixels() -> None:
    tracks = perform(two_sentences(), 25, 3)
    assert np.array_equal(seen(tracks, {"name": "amara"}, 31), seen(tracks, {"name": "amara"}, 31))


def test_a_renderer_remembers_nothing_of_the_frames_before() -> None:
    tracks = perform(two_sentences(), 25, 3)
    frame = blank()
    renderer = DrawnRenderer(tracks, {}, frame, PLACE, 360)
    for index in (40, -3, 17):
        frame[:] = blank()
        renderer.paint(index)
    assert np.array_equal(swapped(frame), seen(tracks, {}, 17))


def test_different_looks_differ() -> None:
    assert len({seen(still(), {"name": name}).tobytes() for name in LOOKS}) == len(LOOKS)


def test_speech_begins_and_ends_without_a_jump() -> None:
    spoken = two_sentences()
    tracks = perform(spoken, 25, 3)
    end, lead = int(np.ceil(spoken.duration_s * 25)), round(LEAD_S * 25)
    frame = blank()
    renderer = DrawnRenderer(tracks, {}, frame, PLACE, 360)
    for edge in (-lead, 0, end, end + lead):
        shots = []
        for index in range(edge - 2, edge + 2):
            frame[:] = blank()
            renderer.paint(index)
            shots.append(frame[..., :3].astype(int))
        changes = [np.abs(after - before).mean() for before, after in itertools.pairwise(shots)]
        assert max(changes) < 2.0, f"around frame {edge}"


@settings(max_examples=15, deadline=None)
@given(st.integers(-3000, 3000))
def test_the_mouth_is_shut_whenever_nobody_speaks(index: int) -> None:
    spoken = two_sentences()
    after = int(np.ceil(spoken.duration_s * 25)) + 8
    tracks = perform(spoken, 25, 3)
    assert gape(seen(tracks, {}, index if index < -2 else after + index)) == 0 or -2 <= index < 0


def test_bad_tracks_and_bad_looks_are_refused() -> None:
    with pytest.raises(BadInput):
        DrawnRenderer({}, {}, blank(), PLACE, 360)
    with pytest.raises(BadInput, match="nobody"):
        DrawnRenderer(still(), {"name": "nobody"}, blank(), PLACE, 360)


def test_it_is_found_under_its_name() -> None:
    assert RENDERERS[DrawnRenderer.id]() is DrawnRenderer
