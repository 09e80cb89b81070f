"""The scene engine: the right size for every format, chosen by the topic, the same for the same seed."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from config.errors import Cancelled
from producer.engines.requests import SIZES, SceneOptions, SceneRequest
from producer.engines.scene.procedural import Procedural
from producer.render.scene.backdrops import BACKDROPS
from storage.documents import Format, Scene
from tests.support.cutting import context_in, store_in


def make(folder: Path, seed: int = 1, **options: object) -> Scene:
    engine = Procedural()
    assert engine.check() == []
    engine.load()
    return engine.run(SceneRequest(SceneOptions(**options), seed), context_in(folder, store_in(folder)))  # type: ignore[arg-type]


@pytest.mark.parametrize("format", list(SIZES))
def test_a_scene_has_the_size_of_its_format(tmp_path: Path, format: Format) -> None:
    scene = make(tmp_path, title="Night trams", format=format)
    picture = cv2.imdecode(
        np.frombuffer(store_in(tmp_path).fetch(scene.image).read_bytes(), np.uint8), cv2.IMREAD_COLOR
    )
    assert (scene.width, scene.height) == SIZES[format]
    assert picture is not None
    assert picture.shape == (SIZES[format][1], SIZES[format][0], 3)
    assert scene.image.media_type == "image/jpeg"


def test_the_document_says_what_was_painted(tmp_path: Path) -> None:
    scene = make(tmp_path, title="A rocket reaches orbit", description="the night sky", seed=7)
    assert scene.backdrop == "cosmos"
    assert scene.prompt == "the night sky"
    assert scene.seed == 7
    assert len(scene.colours) == 6
    assert all(colour.startswith("#") for colour in scene.colours)


def test_equal_requests_make_equal_documents(tmp_path: Path) -> None:
    assert make(tmp_path, title="Trams").content_hash == make(tmp_path, title="Trams").content_hash
    assert make(tmp_path, title="Trams").image != make(tmp_path, title="Trams", seed=2).image


def test_keywords_weigh_more_than_the_title(tmp_path: Path) -> None:
    assert make(tmp_path, title="Water for the city", keywords=("chip",)).backdrop == "circuit"


@pytest.mark.parametrize("title", ["", "🚀🚀", "سر فنجان", "x" * 20_000])
def test_any_topic_gets_a_scene(tmp_path: Path, title: str) -> None:
    assert make(tmp_path, title=title).backdrop in BACKDROPS


def test_it_can_be_cancelled(tmp_path: Path) -> None:
    context = context_in(tmp_path, store_in(tmp_path), cancelled=lambda: True)
    with pytest.raises(Cancelled):
        Procedural().run(SceneRequest(SceneOptions(title="Trams")), context)
