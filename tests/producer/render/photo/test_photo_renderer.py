"""The photo presenter in pixels: what moves, what stays, and that it is the same every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from config.errors import BadInput
from producer.render.brushes import swapped
from producer.render.layout import Box
from producer.render.photo.framing import window
from producer.render.photo.renderer import FramedRenderer, PhotoRenderer, upper_part
from producer.render.presenter.framing import Placement
from producer.render.presenter.stills import still
from producer.render.presenter.tracks import Track
from producer.render.presenter.visemes import Viseme
from producer.render.renderers import RENDERERS
from tests.support.sitter import cutout, face, portrait

Pixels = npt.NDArray[np.uint8]

WIDTH, HEIGHT = 1280, 720
PLACEMENT = Placement(934, 94, 252, Box(660, 346, 620, 262))
BACKGROUND = (30, 40, 90)


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("look")
    cv2.imwrite(str(folder / "cutout.png"), cv2.cvtColor(cutout(), cv2.COLOR_RGBA2BGRA))
    cv2.imwrite(str(folder / "plate.png"), np.full((640, 480, 3), 150, np.uint8))
    cv2.imwrite(str(folder / "portrait.png"), portrait()[..., ::-1])
    return {name: folder / f"{name}.png" for name in ("cutout", "plate", "portrait")} | {"setting": "scene"}


def scene() -> Pixels:
    frame = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    frame[..., 2::-1] = BACKGROUND
    return frame


def tracks(mouth: Viseme = "sil", voice: float = 0.0, **values: Any) -> dict[str, Track]:
    return {
        **still(mouth, **values),
        "points": face().points.astype(np.float32),
        "voice": np.array([voice], np.float32),
    }


def painted(look: dict[str, Any], mouth: Viseme = "sil", **values: Any) -> Pixels:
    frame = scene()
    PhotoRenderer(tracks(mouth, **values), look, frame, PLACEMENT, HEIGHT).paint(0)
    return swapped(frame)[..., :3].astype(np.int16)


def part(pixels: Pixels, x: float, y: float, width: float, height: float) -> Pixels:
    """Of a picture in which the head stands at its place: middle and size, in heads from the chin."""
    head, chin = PLACEMENT.head_height, PLACEMENT.head_top + PLACEMENT.head_height
    left, top = PLACEMENT.centre_x + (x - width / 2) * head, chin + (y - height / 2) * head
    return pixels[round(top) : round(top + height * head), round(left) : round(left + width * head)]


def mouth_of(pixels: Pixels) -> Pixels:
    return part(pixels, 0, -0.28, 0.34, 0.26)


def eyes_of(pixels: Pixels) -> Pixels:
    return part(pixels, 0, -0.56, 0.5, 0.12)


def changed(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(np.int16) - b).mean())


def test_it_is_registered_under_its_id() -> None:
    assert RENDERERS["photo/1"]() is PhotoRenderer
    assert RENDERERS["framed/1"]() is FramedRenderer


def test_the_person_stands_where_the_placement_says_and_reaches_the_ground(look: dict[str, Any]) -> None:
    pixels = painted(look)
    different = np.abs(pixels - np.array(BACKGROUND)).sum(axis=-1) > 30
    columns = np.flatnonzero(different[int(PLACEMENT.head_top + PLACEMENT.head_height / 2)])
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(PLACEMENT.centre_x, abs=6)
    assert different[-1, round(PLACEMENT.centre_x)]
    assert not different[:, :300].any()


def test_speaking_moves_the_mouth_and_spares_the_eyes(look: dict[str, Any]) -> None:
    shut, open_ = painted(look), painted(look, "aa")
    assert changed(mouth_of(shut), mouth_of(open_)) > 15
    assert changed(eyes_of(shut), eyes_of(open_)) < 0.7
    dark = (mouth_of(open_).max(axis=-1) < 90).mean() - (mouth_of(shut).max(axis=-1) < 90).mean()
    assert dark > 0.03  # the inside of the mouth


def test_every_viseme_looks_different_from_silence(look: dict[str, Any]) -> None:
    shut = mouth_of(painted(look))
    for viseme in ("FF", "TH", "SS", "CH", "E", "ih", "oh", "ou"):
        assert changed(shut, mouth_of(painted(look, viseme))) > 2, viseme


def test_blinking_covers_the_whites_and_looking_moves_the_irises(look: dict[str, Any]) -> None:
    open_, shut, aside = painted(look), painted(look, lids=1.0), painted(look, gaze=(0.8, 0.0))
    assert (eyes_of(open_).min(axis=-1) > 215).mean() > 0.01
    assert (eyes_of(shut).min(axis=-1) > 215).mean() < 0.003
    assert changed(eyes_of(open_), eyes_of(aside)) > 1
    assert changed(mouth_of(open_), mouth_of(shut)) == changed(mouth_of(open_), mouth_of(aside)) == 0


def test_hidden_eyes_stay_as_they_are(look: dict[str, Any]) -> None:
    hidden = {**look, "eyes_seen": False}
    assert changed(painted(hidden), painted(hidden, lids=1.0, gaze=(1.0, 0.0))) == 0


@pytest.mark.parametrize("pose", [(8.0, 0.0, 0.0), (0.0, 6.0, 0.0), (0.0, 0.0, 6.0)])
def test_the_head_turns_on_a_body_that_stays(look: dict[str, Any], pose: tuple[float, float, float]) -> None:
    rest, turned = painted(look), painted(look, head=pose)
    assert changed(part(rest, 0, -0.5, 0.8, 0.9), part(turned, 0, -0.5, 0.8, 0.9)) > 2
    assert changed(rest[-60:], turned[-60:]) < 0.3


def test_the_scene_bleeds_over_the_edge_of_the_person_only(look: dict[str, Any]) -> None:
    dark, bright = scene(), scene()
    bright[..., :3] = (250, 250, 250)
    for frame in (dark, bright):
        PhotoRenderer(tracks(), look, frame, PLACEMENT, HEIGHT).paint(0)
    assert changed(part(dark, 0, -0.4, 0.3, 0.3), part(bright, 0, -0.4, 0.3, 0.3)) < 3
    assert changed(part(dark, 0, -1.08, 0.2, 0.05), part(bright, 0, -1.08, 0.2, 0.05)) > 8


def test_light_follows_the_scene_whatever_was_painted_before(look: dict[str, Any]) -> None:
    frame = scene()
    renderer = PhotoRenderer(tracks("E"), look, frame, PLACEMENT, HEIGHT)
    frame[..., :3] = (240, 200, 160)
    renderer.paint(0)
    np.copyto(frame, scene())
    renderer.paint(0)
    assert (swapped(frame)[..., :3] == painted(look, "E")).all()


def test_in_a_window_nothing_outside_of_it_changes_but_its_shadow(look: dict[str, Any]) -> None:
    box = window(PLACEMENT, (WIDTH, HEIGHT))
    framed = {**look, "setting": "window"}
    shut, open_ = painted(framed), painted(framed, "aa")
    outside = np.ones(shut.shape[:2], bool)
    reach = 64  # of its shadow: three blurs and its drop
    outside[int(box.y) - reach : int(box.bottom) + reach, int(box.x) - reach : int(box.right) + reach] = False
    assert (shut[outside] == BACKGROUND).all()
    moved = np.argwhere(np.abs(shut - open_).max(axis=-1) > 20)
    assert len(moved) > 500
    assert box.y + 0.5 * box.height < moved[:, 0].min() < moved[:, 0].max() < box.bottom
    inside = shut[int(box.y) + 12, int(box.x) + 60]
    assert inside == pytest.approx((150, 150, 150), abs=4)  # the plate


def test_a_framed_portrait_hears_the_voice_and_never_freezes(look: dict[str, Any]) -> None:
    shown = []
    for voice, index in ((0.0, 0), (1.0, 0), (0.0, 40)):
        frame = scene()
        FramedRenderer(tracks(voice=voice), look, frame, PLACEMENT, HEIGHT).paint(index)
        shown.append(swapped(frame))
    box = window(PLACEMENT, (WIDTH, HEIGHT))
    rim = slice(int(box.y) - 30, int(box.y) - 4), slice(int(box.x) + 50, int(box.right) - 50)
    middle = slice(int(box.y) + 20, int(box.bottom) - 20), slice(int(box.x) + 20, int(box.right) - 20)
    assert changed(shown[0][rim], shown[1][rim]) > 5
    assert changed(shown[0][middle], shown[1][middle]) == 0
    assert changed(shown[0][middle], shown[2][middle]) > 0.05


def test_a_framed_picture_that_is_too_tall_is_cut_mostly_from_below() -> None:
    rows = np.repeat(np.arange(100, dtype=np.uint8)[:, None, None], 80, axis=1).repeat(4, axis=2)
    part = upper_part(rows, (40, 40))
    assert part.shape[:2] == (80, 80)
    assert (part[0, 0, 0], part[-1, 0, 0]) == (3, 82)
    assert upper_part(rows, (40, 60)) is rows, "not too tall"
    assert upper_part(rows, (200, 50)) is rows, "so tall that it is shown whole"


def test_equal_orders_paint_equal_pixels(look: dict[str, Any]) -> None:
    assert (painted(look, "oh", head=(3.0, 1.0, 2.0)) == painted(look, "oh", head=(3.0, 1.0, 2.0))).all()


def test_a_picture_that_is_none_is_refused(look: dict[str, Any], tmp_path: Path) -> None:
    broken = tmp_path / "cutout.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(BadInput):
        PhotoRenderer(tracks(), {**look, "cutout": broken}, scene(), PLACEMENT, HEIGHT)
