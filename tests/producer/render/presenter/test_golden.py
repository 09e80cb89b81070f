"""That looks and expressions stay as they were when somebody last looked at them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from producer.render.gallery.presenters import portrait
from producer.render.presenter.looks import LOOKS
from producer.render.presenter.stills import still
from producer.render.presenter.tone import EXPRESSIONS
from producer.render.presenter.tracks import Tracks
from tests.support.golden import FOLDER, Pixels, alike, differences, golden

SIZE = 96
FACES = ("mara", "omar")


def tile(look: dict[str, Any], tracks: Tracks) -> Pixels:
    return np.ascontiguousarray(portrait(look, tracks, SIZE)[..., :3])


def face(name: str, tracks: Tracks) -> Pixels:
    """The middle of a portrait twice as large."""
    return np.ascontiguousarray(portrait({"name": name}, tracks, 2 * SIZE)[36 : 36 + SIZE, 48 : 48 + SIZE, :3])


@pytest.fixture(scope="module")
def looks() -> dict[str, Pixels]:
    return {name: tile({"name": name}, still("sil", "neutral")) for name in LOOKS}


@pytest.fixture(scope="module")
def expressions() -> dict[str, Pixels]:
    return {f"{name}, {e}": face(name, still("sil", e)) for name in FACES for e in EXPRESSIONS}


def test_every_look_is_as_it_was(looks: dict[str, Pixels]) -> None:
    before = golden("presenter-looks", looks)
    changed = {
        name: differences(pixels, before[name]) for name, pixels in looks.items() if not alike(pixels, before[name])
    }
    assert not changed


def test_every_expression_is_as_it_was(expressions: dict[str, Pixels]) -> None:
    before = golden("presenter-expressions", expressions)
    changed = {
        name: differences(pixels, before[name])
        for name, pixels in expressions.items()
        if not alike(pixels, before[name])
    }
    assert not changed


def test_the_tolerance_tells_people_apart(looks: dict[str, Pixels]) -> None:
    assert not [pair for pair in combinations(looks, 2) if alike(looks[pair[0]], looks[pair[1]])]


def test_the_tolerance_tells_expressions_apart(expressions: dict[str, Pixels]) -> None:
    for name in FACES:
        faces = [expressions[f"{name}, {e}"] for e in EXPRESSIONS]
        assert not any(alike(a, b) for a, b in combinations(faces, 2))


def test_a_changed_feature_is_noticed(looks: dict[str, Pixels]) -> None:
    for change in ({"beard": "none"}, {"skin": "#d99f76"}, {"hair": "crop"}, {"jaw": 0.1}):
        assert not alike(tile({"name": "theo", **change}, still("sil", "neutral")), looks["theo"]), change


def test_golden_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.glob("presenter-*.png")) <= 150_000
