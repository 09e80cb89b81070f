"""Small pictures of what can be chosen: one of everything, each whole, and none drawn twice."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from producer.pictures import FACE, SCENE, draw_missing, look_file, scene_file
from producer.render.presenter.looks import LOOKS
from producer.render.scene.backdrops import BACKDROPS, pick
from storage.orders import Backdrop


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    draw_missing(folder)
    return folder


def test_there_is_one_of_every_look_and_every_backdrop(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {*map(look_file, LOOKS), *map(scene_file, BACKDROPS)}


def test_a_presenter_stands_on_nothing(folder: Path) -> None:
    with Image.open(folder / look_file("noor")) as picture:
        assert (picture.size, picture.mode) == ((FACE, FACE), "RGBA")
        assert picture.getpixel((2, 2))[3] == 0
        assert picture.getpixel((FACE // 2, FACE // 2))[3] == 255
    with Image.open(folder / scene_file("hills")) as picture:
        assert (picture.size, picture.mode) == (SCENE, "RGB")


def test_only_what_is_missing_is_drawn(folder: Path) -> None:
    (folder / scene_file("hills")).unlink()
    assert draw_missing(folder) == [scene_file("hills")]


def test_every_backdrop_may_be_asked_for_by_name() -> None:
    assert set(get_args(Backdrop)) == {"auto", *BACKDROPS}
    for name, backdrop in BACKDROPS.items():
        chosen, palette = pick("Parliament passes the budget", 3, name)
        assert chosen == name
        assert palette in backdrop.palettes
