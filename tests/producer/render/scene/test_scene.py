"""Backdrops and palettes: chosen by the topic's words, painted from a seed, readable."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.colour import READABLE, WHITE, contrast, luminance
from producer.render.scene.backdrops import BACKDROPS, paint, pick
from producer.render.scene.choose import choose, matches, seed_of
from producer.render.scene.palettes import MOODS, PALETTES, Palette, palette_from

SMALL = (320, 180)
FOCUS = (230.0, 60.0)


def test_there_is_enough_to_choose_from() -> None:
    assert len(BACKDROPS) >= 4
    assert len(PALETTES) >= 5
    assert set(MOODS) == set(PALETTES)
    assert all(set(backdrop.palettes) <= set(PALETTES) for backdrop in BACKDROPS.values())


@pytest.mark.parametrize(
    ("text", "backdrop"),
    [
        ("New rocket reaches orbit", "cosmos"),
        ("La ciudad cierra una calle", "skyline"),
        ("Electricity from static", "not skyline"),
        ("Wie ein Startup wächst", "anything"),
        ("城市交通的新计划", "skyline"),
        ("Parliament passes the budget", "studio"),
        ("The oceans are warming", "waves"),
        ("A chip for smaller computers", "circuit"),
        ("Farmers plant a forest", "hills"),
    ],
)
def test_words_of_the_topic_choose_the_backdrop(text: str, backdrop: str) -> None:
    chosen = {pick(text, seed)[0] for seed in range(8)}
    if backdrop == "anything":
        assert len(chosen) > 1
    elif backdrop.startswith("not "):
        assert chosen != {backdrop.removeprefix("not ")}
    else:
        assert chosen == {backdrop}


def test_words_count_only_as_whole_words() -> None:
    assert matches(("city",), "Electricity and scarcity") == 0
    assert matches(("city",), "City life; the city's trams") == 2
    assert matches(("tram*",), "Trams, a tramway, a program") == 2
    assert matches(("star",), "start") == 0
    assert matches(("星",), "三千个星系") == 1


@given(st.text(max_size=60), st.integers(0, 2**40))
def test_any_text_gets_a_backdrop_and_a_palette_it_looks_good_in(text: str, seed: int) -> None:
    backdrop, palette = pick(text, seed)
    assert palette in BACKDROPS[backdrop].palettes
    assert pick(text, seed) == (backdrop, palette)


def test_without_a_hint_the_seed_decides() -> None:
    table: dict[str, tuple[str, ...]] = {"a": ("x",), "b": ("y",), "c": ("z",)}
    assert {choose(table, "nothing", seed) for seed in range(30)} == {"a", "b", "c"}
    assert {choose(table, "nothing", seed, ("b", "c")) for seed in range(30)} == {"b", "c"}


def test_seeds_depend_on_every_part() -> None:
    assert seed_of(1, "a") == seed_of(1, "a")
    assert len({seed_of(1, "a"), seed_of(1, "b"), seed_of(2, "a"), seed_of("1a"), seed_of("a", 1)}) == 5


@pytest.mark.parametrize("name", PALETTES)
def test_text_on_accents_and_on_ink_can_be_read(name: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.ink, palette.accent) >= 7
    assert contrast(WHITE, palette.ink) >= 12
    assert contrast(palette.accent, palette.ink) >= READABLE
    assert luminance(palette.deep) < luminance(palette.mid) < luminance(palette.light)


def test_a_scene_hands_on_its_palette_and_a_foreign_one_gets_a_plain_one() -> None:
    ember = PALETTES["ember"]
    assert palette_from(ember.colours) == ember
    assert isinstance(palette_from(()), Palette)
    assert palette_from(("red",) * 6) == PALETTES["slate"]


@pytest.mark.parametrize("name", BACKDROPS)
def test_a_backdrop_is_opaque_full_and_the_same_for_the_same_seed(name: str) -> None:
    palette = PALETTES[BACKDROPS[name].palettes[0]]
    first, again, other = (paint(name, palette, SMALL, FOCUS, seed) for seed in (1, 1, 2))
    assert first.shape == (180, 320, 4)
    assert (first[..., 3] == 255).all()
    assert first[..., :3].std() > 8
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("name", BACKDROPS)
def test_the_palette_colours_the_backdrop(name: str) -> None:
    warm, cold = (paint(name, PALETTES[p], SMALL, FOCUS, 1)[..., :3].mean(axis=(0, 1)) for p in ("clay", "harbour"))
    assert warm[0] - warm[2] > cold[0] - cold[2] + 20


def test_smooth_areas_carry_grain_against_banding() -> None:
    sky = paint("waves", PALETTES["harbour"], (640, 360), (460.0, 120.0), 3)[5:25, 5:60, :3].astype(float)
    assert 0.5 < np.abs(np.diff(sky, axis=1)).mean() < 4
