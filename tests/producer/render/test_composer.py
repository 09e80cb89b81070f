"""Any frame of a cut, in any order: the same pixels every time, with what belongs there."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from producer.engines.requests import SIZES
from producer.render.brushes import swapped
from producer.render.cards.captions import CaptionCard
from producer.render.compositor import Composer
from producer.render.inputs import read_scene, read_tracks
from producer.render.presenter.renderer import Placement
from storage.documents import Format
from storage.orders import Brand
from tests.support.cutting import TwoCircles, design_of, evenly, scene_for, store_in, tracks_for


def composer_for(
    folder: Path, format: Format = "16:9", picture: np.ndarray | None = None, **options: object
) -> Composer:
    store = store_in(folder)
    design = design_of(store, format=format, seconds=2.0, **options)
    layout = design.layout
    tracks = read_tracks(store.fetch(tracks_for(store, 50)))
    words = tuple(evenly("Night trams return to town", design.timeline.offset_s, design.timeline.offset_s + 2))
    return Composer(
        design,
        read_scene(store.fetch(scene_for(store, format).image), SIZES[format]),
        lambda frame: TwoCircles(
            tracks, {}, frame, Placement(layout.presenter_x, layout.head_top, layout.head_height), layout.height
        ),
        CaptionCard(design, words, active_word=True),
        picture,
        seed=1,
    )


@pytest.mark.parametrize("format", list(SIZES))
def test_frames_depend_on_their_number_alone(tmp_path: Path, format: Format) -> None:
    first, second = composer_for(tmp_path, format), composer_for(tmp_path, format)
    numbers = [0, 30, 44, 52, 58, 70, 100, 120, 135, 180]
    forwards = {number: first.compose(number).copy() for number in numbers}
    for number in reversed(numbers):
        assert np.array_equal(second.compose(number), forwards[number])


def test_frames_are_opaque_and_of_the_formats_size(tmp_path: Path) -> None:
    frame = composer_for(tmp_path, "9:16").compose(80)
    assert frame.shape == (1280, 720, 4)
    assert (frame[..., 3] == 255).all()


def test_a_poster_can_leave_the_captions_out(tmp_path: Path) -> None:
    composer = composer_for(tmp_path)
    assert composer.captions
    box = composer.captions.box(0)
    rows, columns = slice(int(box.y), int(box.bottom) + 1), slice(int(box.x), int(box.right) + 1)
    clean = composer.compose(75, captions=False).copy()
    full = composer.compose(75)
    outside = np.ones(full.shape[:2], bool)
    outside[rows, columns] = False
    assert not np.array_equal(clean[rows, columns], full[rows, columns])
    assert np.array_equal(clean[outside], full[outside])


def test_the_ai_label_is_in_every_frame_unless_the_show_says_no(tmp_path: Path) -> None:
    labelled, plain = composer_for(tmp_path / "a"), composer_for(tmp_path / "b", ai_label=False)
    for number in (0, 45, 80, 180):
        corner = np.s_[36:66, 1100:1216]
        assert not np.array_equal(labelled.compose(number)[corner], plain.compose(number)[corner])


def test_the_presenter_moves_in_every_frame_of_the_body(tmp_path: Path) -> None:
    composer = composer_for(tmp_path)
    frames = [composer.compose(number)[:500, 700:].astype(int) for number in range(60, 66)]
    assert all(np.abs(a - b).max() > 0 for a, b in itertools.pairwise(frames))


def test_without_intro_and_outro_the_presenter_is_there_from_the_first_frame_to_the_last(tmp_path: Path) -> None:
    composer = composer_for(tmp_path, brand=Brand(intro=False, outro=False))
    skin, place = np.array((230, 190, 160)), composer.design.layout.face
    for frame in (0, composer.design.timeline.frames - 1):
        pixel = composer.compose(frame)[round(place[1]) - 60, round(place[0]), :3]
        assert np.abs(pixel.astype(int) - skin).max() < 4


def test_a_picture_gets_its_own_place(tmp_path: Path) -> None:
    red = np.full((300, 400, 4), (220, 20, 30, 255), np.uint8)
    frame = swapped(composer_for(tmp_path, picture=red).compose(100))
    assert np.abs(frame[240, 300, :3].astype(int) - (220, 20, 30)).max() < 6


def test_what_is_behind_the_title_is_dark_enough(tmp_path: Path) -> None:
    from producer.render.colour import READABLE, WHITE, contrast

    assert contrast(WHITE, composer_for(tmp_path).behind_headline()) >= READABLE
