"""What a painting model is asked for: the subject first, and at the size that it was trained at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from producer.engines.requests import LARGE, SIZES, SMALL, SceneOptions
from producer.engines.scene.painters import PAINTERS
from producer.engines.scene.words import MOST_WORDS, asked_for, avoided, painted_size
from storage.orders import Painting

SHAPES = [size for table in (SMALL, SIZES, LARGE) for size in table.values()]


@given(st.sampled_from(SHAPES), st.sampled_from(list(PAINTERS.values())))
def test_each_format_is_painted_at_the_models_own_area_and_about_its_shape(shape: tuple[int, int], row: object) -> None:
    pixels, multiple = row.pixels, row.multiple  # type: ignore[attr-defined]
    width, height = painted_size(shape, pixels, multiple)
    assert width % multiple == height % multiple == 0
    assert 0.8 < width * height / pixels < 1.2
    assert 0.85 < (width / height) / (shape[0] / shape[1]) < 1.18, "little is cropped"


def test_the_subject_comes_first_and_the_style_next() -> None:
    asked = asked_for(SceneOptions(description="a harbour at dawn", painting=Painting(style="gouache")))
    assert asked.startswith("a harbour at dawn, gouache, a wide empty setting")


def test_without_a_description_the_keywords_or_the_title_are_painted() -> None:
    assert asked_for(SceneOptions(keywords=("tram", "night"), title="Trams run again")).startswith("tram, night, ")
    assert asked_for(SceneOptions(title="Trams run again")).startswith("Trams run again, ")


@given(st.text(max_size=3000))
def test_however_long_it_is_the_setting_is_still_asked_for(text: str) -> None:
    asked = asked_for(SceneOptions(description=text))
    assert asked.endswith("photograph")
    assert len(asked.split()) <= MOST_WORDS + 20


def test_nobody_else_and_no_writing_stand_behind_the_presenter() -> None:
    told = avoided(SceneOptions(painting=Painting(avoid="boats")))
    assert told.startswith("boats, ")
    assert {"person", "text", "logo"} <= set(told.split(", "))
