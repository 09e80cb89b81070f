"""Proof on real portraits: the gate's verdicts, what is cut out, and what a speaking face looks like in the frame.

The portraits lie in packages whose licence allows it (`tests/support/portraits.toml`); each is studied once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, get_args

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from producer.checks.mouth import MouthReader, Whereabouts
from producer.engines.video.photo import ID
from producer.faces import points as named
from producer.faces.detection import FaceDetector
from producer.faces.mesh import FaceMesh, crop_of_detection, crop_of_points
from producer.render.brushes import swapped
from producer.render.layout import Layout, layout_for
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.framing import window
from producer.render.photo.gate import Refusal, judge
from producer.render.photo.prepare import Prepared, prepare
from producer.render.photo.renderer import PhotoRenderer, read
from producer.render.photo.study import Observer
from producer.render.presenter.framing import Placement, placement_for
from producer.render.presenter.look import Framing
from producer.render.presenter.stills import still
from producer.render.presenter.visemes import Viseme
from storage.documents import Format
from tests.support.pulled import portrait, weights

pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]

Pixels = npt.NDArray[np.uint8]

SETTINGS = {
    "astronaut": "scene", "brim": "scene", "admiral": "window", "aside": "window", "beard": "window",
    "dreadlocks": "window", "fringe": "window", "full-beard": "window", "glasses": "window", "hat": "window",
    "laughing": "window", "staring": "window", "young": "window", "braids": "window",
}  # fmt: skip
REFUSED = {"braids": "tilted", "cap": "turned_away", "profile": "unclear", "thinker": "turned_away"}
UPRIGHT = {"braids": 27.0}
"""Portraits that speak once they are turned by so many degrees."""
GROUND = (255, 0, 255)
"""Behind the presenter: no portrait shows this colour."""
FRAMINGS: tuple[Framing, ...] = get_args(Framing)
FORMATS: tuple[Format, ...] = get_args(Format)
SOLID = 250


@pytest.fixture(scope="module")
def observer() -> Observer:
    return Observer(weights(ID))


@pytest.fixture(scope="module")
def prepared(observer: Observer, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Prepared, Path]]:
    @cache
    def prepared(name: str) -> tuple[Prepared, Path]:
        made, folder = prepare(upright(name), observer), tmp_path_factory.mktemp(name)
        assert isinstance(made, Prepared), made
        (folder / "cutout.png").write_bytes(made.cutout[0])
        (folder / "plate.jpg").write_bytes(made.plate[0])
        return made, folder

    return prepared


@pytest.fixture(params=SETTINGS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def verdict(observer: Observer, picture: Pixels) -> str:
    refusal = judge(observer.study(np.ascontiguousarray(picture[..., :3])).measures)
    return refusal.code if refusal else "can speak"


class TestTheGate:
    def test_lets_good_portraits_through(self, observer: Observer, name: str) -> None:
        assert verdict(observer, upright(name)) == "can speak"

    @pytest.mark.parametrize("name", REFUSED)
    def test_refuses_others_with_the_reason(self, observer: Observer, name: str) -> None:
        refusal = prepare(portrait(name), observer)
        assert isinstance(refusal, Refusal)
        assert refusal.code == REFUSED[name]

    def test_says_what_was_done_to_a_portrait(self, observer: Observer, name: str) -> None:
        picture = upright(name)
        anatomy = Anatomy(observer.study(np.ascontiguousarray(picture[..., :3])).anatomy.points)  # type: ignore[union-attr]
        assert verdict(observer, shrunk(picture, 70 / anatomy.face_width)) == "too_small"
        assert verdict(observer, np.hstack([picture, picture[:, ::-1]])) == "several_faces"
        assert verdict(observer, cv2.GaussianBlur(picture, (0, 0), anatomy.face_width / 22)) == "blurred"
        assert verdict(observer, turned(picture, anatomy, -30 * np.sign(anatomy.turn[2]))) == "tilted"
        assert verdict(observer, masked(picture, anatomy)) == "occluded"
        assert verdict(observer, behind_a_cup(picture, anatomy)) == "occluded"

    @pytest.mark.parametrize("seed", range(3))
    def test_sees_nobody_where_nobody_is(self, observer: Observer, seed: int) -> None:
        noise = np.random.default_rng(seed).integers(0, 255, (400, 400, 3), dtype=np.uint8)
        assert verdict(observer, cv2.GaussianBlur(noise, (0, 0), 9)) == "no_face"


class TestTheCutout:
    def test_is_shown_where_it_looks_whole(self, prepared: Callable[[str], tuple[Prepared, Path]], name: str) -> None:
        made, _ = prepared(name)
        assert made.setting == SETTINGS[name]
        assert made.eyes_seen

    def test_has_a_face_without_holes_and_is_one_piece(
        self, prepared: Callable[[str], tuple[Prepared, Path]], name: str
    ) -> None:
        made, folder = prepared(name)
        matte = read(folder / "cutout.png", alpha=True)[..., 3]
        assert (matte[face_of(made.points, matte.shape)] >= SOLID).all()
        solid = (matte >= SOLID).astype(np.uint8)
        _, _, found, _ = cv2.connectedComponentsWithStats(solid)
        assert found[1:, cv2.CC_STAT_AREA].max() >= 0.97 * solid.sum()
        assert 0.15 < (matte > 0).mean() < 0.9


class TestTheFrame:
    @pytest.mark.parametrize("framing", FRAMINGS)
    @pytest.mark.parametrize("format", FORMATS)
    def test_shows_the_whole_face_in_every_format_and_framing(
        self, prepared: Callable[[str], tuple[Prepared, Path]], name: str, format: Format, framing: Framing
    ) -> None:
        layout = layout_for(format)
        frame, placement = painted(*prepared(name), layout, framing, "ae")
        face = face_seen(frame, placement)
        low, high = face.flat.min(axis=0), face.flat.max(axis=0)
        assert low.min() > 0
        assert high[0] < layout.width
        assert high[1] < layout.height
        if SETTINGS[name] == "window":
            box = window(placement, (layout.width, layout.height))
            assert box.x < low[0] < high[0] < box.right
            assert box.y < low[1] < high[1] < box.bottom
        assert not magenta(frame)[face_of(face.points, frame.shape)].any()

    def test_speaks_and_blinks_to_an_eye_of_its_own(
        self, prepared: Callable[[str], tuple[Prepared, Path]], name: str
    ) -> None:
        layout = layout_for("16:9")
        opened = {}
        for mouth in ("sil", "SS", "E", "aa"):
            frame, placement = painted(*prepared(name), layout, "half", mouth)
            near = Whereabouts(
                placement.centre_x, placement.head_top + placement.head_height / 2, placement.head_height
            )
            luma = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
            opened[mouth] = (reader := MouthReader(weights("compositor"), near)).look(reader.part(luma)).opening
        assert opened["sil"] < opened["E"] < opened["aa"]
        assert max(opened["sil"], opened["SS"]) < opened["aa"] - 0.05
        awake, placement = painted(*prepared(name), layout, "half", "sil")
        asleep, _ = painted(*prepared(name), layout, "half", "sil", lids=1.0)
        for pupil in pupils(face_seen(awake, placement), awake.shape):
            assert asleep[pupil].mean() > awake[pupil].mean() + 10, "skin is brighter than a pupil"

    def test_moves_nothing_but_the_person(self, prepared: Callable[[str], tuple[Prepared, Path]], name: str) -> None:
        """The mouth moves the face and what hangs on it; shoulders, window and scene stay as they are."""
        layout = layout_for("16:9")
        shut, placement = painted(*prepared(name), layout, "half", "sil")
        open_, _ = painted(*prepared(name), layout, "half", "aa")
        moved = np.argwhere(np.abs(shut.astype(int) - open_).max(axis=-1) > 12)
        face = face_seen(shut, placement)
        assert moved[:, 0].min() > face.crown[1] + 0.15 * face.head_height
        assert moved[:, 0].max() < face.chin[1] + 0.6 * face.head_height
        assert np.abs(moved[:, 1] - face.origin[0]).max() < 0.6 * face.head_height


def upright(name: str) -> Pixels:
    """A portrait as somebody would add it: turned, where the gate asks for that, and cropped to what is left."""
    picture, degrees = portrait(name), UPRIGHT.get(name, 0.0)
    if not degrees:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(turned[height // 20 : -height // 20, width // 13 : -width // 13])


def painted(
    made: Prepared, folder: Path, layout: Layout, framing: Framing, mouth: Viseme, **values: Any
) -> tuple[Pixels, Placement]:
    """RGB, and where the head should be."""
    frame = np.full((layout.height, layout.width, 4), 255, np.uint8)
    frame[..., :3] = GROUND
    placement = placement_for(layout, {"framing": framing})
    look = {
        "cutout": folder / "cutout.png", "plate": folder / "plate.jpg", "setting": made.setting, "eyes_seen": True,
    }  # fmt: skip
    tracks = {**still(mouth, **values), "points": made.points, "voice": np.zeros(1, np.float32)}
    PhotoRenderer(tracks, look, frame, placement, layout.height).paint(0)
    return np.ascontiguousarray(swapped(frame)[..., :3]), placement


@cache
def networks() -> tuple[FaceDetector, FaceMesh]:
    return FaceDetector(weights(ID)), FaceMesh(weights(ID), precise=True)


def face_seen(frame: Pixels, placement: Placement) -> Anatomy:
    """The face found in the frame, around the place where it should be."""
    detector, mesh = networks()
    reach = 1.5 * placement.head_height
    middle = placement.head_top + placement.head_height / 2
    left, top = (max(0, round(v - reach)) for v in (placement.centre_x, middle))
    part = np.ascontiguousarray(frame[top : round(middle + reach), left : round(placement.centre_x + reach)])
    (found, *_) = detector.detect(part)
    fit = mesh.fit(part, crop_of_points(mesh.fit(part, crop_of_detection(found)).points))
    assert fit.score > 0.9
    return Anatomy(np.asarray(fit.points, np.float64) + np.array([left, top, 0.0]))


def pupils(face: Anatomy, shape: tuple[int, ...]) -> list[npt.NDArray[np.bool_]]:
    """The middle of each iris."""
    found = []
    for middle, edge, *_ in (named.RIGHT_IRIS, named.LEFT_IRIS):
        (x, y), radius = face.flat[middle], 0.5 * float(np.linalg.norm(face.flat[edge] - face.flat[middle]))
        mask = np.zeros(shape[:2], np.uint8)
        cv2.circle(mask, (round(x), round(y)), max(1, round(radius)), 1, -1)
        found.append(np.asarray(mask > 0))
    return found


def face_of(points: npt.NDArray[Any], shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """The pixels well inside of the face's outline."""
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.round(points[list(named.OVAL), :2]).astype(np.int32)), 1)
    inset = int(0.08 * np.ptp(points[list(named.OVAL), 0])) | 1
    return np.asarray(cv2.erode(mask, np.ones((inset, inset), np.uint8)) > 0)


def magenta(frame: Pixels) -> npt.NDArray[np.bool_]:
    """Where the ground shines through."""
    red, green, blue = (frame[..., n].astype(int) for n in range(3))
    return (red > 200) & (blue > 200) & (green < 90)


def shrunk(picture: Pixels, zoom: float) -> Pixels:
    return np.asarray(cv2.resize(picture, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA), np.uint8)


def turned(picture: Pixels, anatomy: Anatomy, degrees: float) -> Pixels:
    middle = tuple(((anatomy.crown + anatomy.chin) / 2).tolist())
    matrix = cv2.getRotationMatrix2D(middle, degrees, 1)
    size = picture.shape[1], picture.shape[0]
    return np.asarray(cv2.warpAffine(picture, matrix, size, borderMode=cv2.BORDER_REFLECT), np.uint8)


def masked(picture: Pixels, anatomy: Anatomy) -> Pixels:
    """A white mask before the mouth."""
    hidden, (x, y), unit = picture.copy(), anatomy.origin, anatomy.unit
    cv2.ellipse(hidden, (int(x), int(y)), (int(1.1 * unit), int(0.65 * unit)), 0, 0, 360, (230, 230, 235, 255), -1)
    return hidden


def behind_a_cup(picture: Pixels, anatomy: Anatomy) -> Pixels:
    hidden, (x, y), unit = picture.copy(), anatomy.origin, anatomy.unit
    corner, other = (int(x - 0.5 * unit), int(y - 0.5 * unit)), (int(x + 0.5 * unit), int(y + 3 * unit))
    cv2.rectangle(hidden, corner, other, (200, 60, 40, 255), -1)
    return hidden
