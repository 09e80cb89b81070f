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
    assert len(BACKDROPS) >= 12
    assert len(PALETTES) >= 10
    assert set(MOODS) == set(PALETTES)
    assert all(set(backdrop.palettes) <= set(PALETTES) for backdrop in BACKDROPS.values())


@pytest.mark.parametrize(
    ("text", "backdrop"),
    [
        ("Electricity from static", "not skyline"),
        ("Wie ein Startup wächst", "anything"),
        ("城市交通的新计划", "skyline"),
        ("Parliament passes the budget", "studio"),
        ("A scientist looks at scattered bars", "not cafe"),
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


CALLS = {
    "studio": ("Parliament passes the law", "El gobierno pierde el voto", "政府公布新法律"),
    "skyline": ("The mayor plans housing", "La ciudad cierra una calle", "城市里的新楼"),
    "hills": ("Farmers plant a forest", "El bosque y sus aves", "森林里的鸟"),
    "cosmos": ("New rocket reaches orbit", "Un cohete llega a la luna", "火箭进入太空"),
    "circuit": ("A chip for smaller computers", "Los datos y el algoritmo", "更小的芯片"),
    "waves": ("The oceans are warming", "Los barcos dejan el puerto", "海上的船"),
    "shapes": ("Artists paint a wall", "El arte de los niños", "孩子的画"),
    "globe": ("Treaty ends the border war", "La cumbre y la paz mundial", "全球和平峰会"),
    "markets": ("Inflation falls, wages rise", "Suben los precios y el salario", "股市上涨"),
    "rails": ("Trains cross the bridge", "El tren vuelve a la estación", "高铁到了车站"),
    "library": ("The novelist's manuscripts and books", "Una biblioteca de la universidad", "图书馆里的旧小说"),
    "molecules": ("Vaccine helps patients", "Una vacuna contra el cáncer", "新疫苗治病"),
    "stadium": ("Football team wins the league", "El equipo gana el partido de fútbol", "足球队赢了比赛"),
    "theatre": ("The orchestra plays an opera", "La cantante y su película", "歌剧演员"),
    "cafe": ("A better cup of coffee", "El queso y el vino", "一杯咖啡"),
    "bokeh": ("Rain on the evening before Christmas", "La noche de las luces", "除夕夜的灯"),
}


@pytest.mark.parametrize("backdrop", BACKDROPS)
def test_every_backdrop_is_called_in_english_spanish_and_chinese(backdrop: str) -> None:
    for title in CALLS[backdrop]:
        assert {pick(title, seed)[0] for seed in range(4)} == {backdrop}, title


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
