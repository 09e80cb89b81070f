"""Colours mix as expected, and text on a veil can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.colour import READABLE, channels, contrast, darker, lighter, luminance, mix, veil_for

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_mixture_lies_between_its_parts(a: str, b: str, amount: float) -> None:
    for x, y, z in zip(channels(a), channels(b), channels(mix(a, b, amount)), strict=True):
        assert min(x, y) <= z <= max(x, y)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == 1


@given(COLOURS)
def test_lighter_and_darker_change_luminance_the_right_way(colour: str) -> None:
    assert luminance(darker(colour, 0.5)) <= luminance(colour) <= luminance(lighter(colour, 0.5))


@given(COLOURS)
def test_white_text_on_a_veil_of_ink_can_be_read(behind: str) -> None:
    ink = "#0a1826"
    assert contrast("#ffffff", mix(behind, ink, veil_for(ink, behind))) >= READABLE


def test_a_dark_scene_needs_no_veil() -> None:
    assert veil_for("#000000", "#101010") == 0


@pytest.mark.parametrize("wrong", ["red", "#12", "#12345g", ""])
def test_other_notations_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        channels(wrong)
