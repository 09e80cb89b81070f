"""The scene behind everything: it may come slowly closer, and what must be read stays readable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from producer.engines.requests import SIZES
from producer.render.compositor import Composer
from producer.render.ground import CLOSER
from producer.render.inputs import read_scene
from producer.render.layout import Box
from storage.documents import Format
from tests.support.cutting import design_of, scene_for, store_in


class Nobody:
    def paint(self, index: int) -> None:
        """No presenter stands in front of it."""


def composer_for(folder: Path, format: Format, *, moves: bool, white: bool = False) -> Composer:
    store = store_in(folder)
    design = design_of(store, format=format, seconds=4.0)
    scene = read_scene(store.fetch(scene_for(store, format).image), SIZES[format])
    if white:
        scene[:] = 255
    return Composer(design, scene, lambda frame: Nobody(), None, moves=moves)


def body(composer: Composer) -> range:
    """The frames between the curtains."""
    return range(60, composer.design.timeline.outro - 5)


def corner(composer: Composer, frame: int) -> np.ndarray:
    """Of a frame, where nothing but the scene is seen: at the lower edge, on the presenter's side."""
    height, width = composer.frame.shape[:2]
    return composer.compose(frame, captions=False)[
        height * 4 // 5 : height * 9 // 10, width * 3 // 5 : width * 9 // 10
    ].copy()


@pytest.mark.parametrize("format", ["16:9", "9:16"])
def test_a_scene_comes_closer_by_small_steps_where_a_show_wants_it(tmp_path: Path, format: Format) -> None:
    moving, still = (composer_for(tmp_path, format, moves=moves) for moves in (True, False))
    first, later, last = body(moving)[0], body(moving)[1], body(moving)[-1]
    assert np.array_equal(corner(still, first), corner(still, last))
    whole = np.abs(corner(moving, first).astype(int) - corner(moving, last)).mean()
    step = np.abs(corner(moving, first).astype(int) - corner(moving, later)).mean()
    assert whole > 1, "from one end to the other it is seen"
    assert 0 < step < whole / 3, "from frame to frame it is not"


@pytest.mark.parametrize("format", list(SIZES))
def test_frames_depend_on_their_number_alone(tmp_path: Path, format: Format) -> None:
    first, second = (composer_for(tmp_path, format, moves=True) for _ in range(2))
    numbers = list(body(first))[::25]
    forwards = {number: first.compose(number).copy() for number in numbers}
    for number in reversed(numbers):
        assert np.array_equal(second.compose(number), forwards[number])


def test_it_begins_where_a_still_one_stands(tmp_path: Path) -> None:
    moving, still = (composer_for(tmp_path, "16:9", moves=moves) for moves in (True, False))
    assert np.array_equal(moving._ground.at(0), still._ground.at(0))


def test_what_stands_still_looks_as_over_a_scene_that_does(tmp_path: Path) -> None:
    """The headline is a layer over what moves; over white the two hardly differ from end to end."""
    moving, still = (composer_for(tmp_path, "16:9", moves=moves, white=True) for moves in (True, False))
    frame = body(still)[0]
    box = still.deck.headline.box
    seen, wanted = (_inside(one.compose(frame), box).astype(int) for one in (moving, still))
    assert np.abs(seen - wanted).max() <= 24, "the shade lies a few pixels further"
    assert np.abs(seen - wanted).mean() < 1


@pytest.mark.parametrize("format", list(SIZES))
def test_words_stay_as_readable_as_in_the_first_frame(tmp_path: Path, format: Format) -> None:
    """Behind them, the brightest scene there is grows no brighter: its shade goes along, away from them."""
    composer = composer_for(tmp_path, format, moves=True, white=True)
    box = composer.deck.headline.box
    first = _inside(composer._ground.at(0), box).astype(int)
    last = _inside(composer._ground.at(composer.design.timeline.frames - 1), box).astype(int)
    assert (last - first).max() <= 2
    assert CLOSER <= 0.1, "and what stands at the edge is not lost"


class Pulse:
    """A film that grows from dark to white and back in two seconds."""

    frames, fps = 50, 25

    def __init__(self, format: Format) -> None:
        self._size = SIZES[format]
        self.asked: list[int] = []

    def at(self, index: int) -> np.ndarray:
        self.asked.append(index)
        level = round(255 * (1 - abs(index % 50 - 25) / 25))
        return np.dstack([np.full(self._size[::-1], level, np.uint8)] * 3 + [np.full(self._size[::-1], 255, np.uint8)])


def filmed(folder: Path, format: Format) -> Composer:
    store = store_in(folder)
    design = design_of(store, format=format, seconds=4.0)
    scene = read_scene(store.fetch(scene_for(store, format).image), SIZES[format])
    return Composer(design, scene, lambda frame: Nobody(), None, film=Pulse(format))


def test_a_film_is_shown_at_its_own_pace_and_begins_again(tmp_path: Path) -> None:
    composer = filmed(tmp_path, "16:9")
    bright, dark, again = (corner(composer, frame).mean() for frame in (75, 100, 125))
    assert bright > dark + 50
    assert abs(bright - again) < 1


@pytest.mark.parametrize("format", list(SIZES))
def test_over_its_brightest_frame_words_are_as_readable_as_over_a_white_scene(tmp_path: Path, format: Format) -> None:
    film, still = filmed(tmp_path, format), composer_for(tmp_path, format, moves=False, white=True)
    box = film.deck.headline.box
    assert _inside(film._ground.at(25), box).mean() == pytest.approx(_inside(still._ground.at(0), box).mean(), abs=1)


def test_frames_of_a_film_depend_on_their_number_alone(tmp_path: Path) -> None:
    first, second = (filmed(tmp_path, "1:1") for _ in range(2))
    numbers = list(body(first))[::20]
    forwards = {number: first.compose(number).copy() for number in numbers}
    for number in reversed(numbers):
        assert np.array_equal(second.compose(number), forwards[number])


def _inside(frame: np.ndarray, box: Box) -> np.ndarray:
    return frame[int(box.y) : int(box.bottom), int(box.x) : int(box.right), :3].copy()
