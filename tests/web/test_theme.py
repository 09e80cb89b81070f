"""The look holds its own rules: contrast, icons that exist, one table of keys, a small download."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from web.keys import KEYS, key_of, keys_for_browser
from web.theme.sheet import STATIC, build_sheet
from web.theme.tokens import DARK, GROUNDS, HUES, LIGHT, contrast

WEB = STATIC.parent
THEMES = [pytest.param(DARK, id="dark"), pytest.param(LIGHT, id="light")]


@pytest.mark.parametrize("theme", THEMES)
class TestContrast:
    def test_text_on_every_ground(self, theme: dict[str, str]) -> None:
        for words in ("ink", "ink2", "ink3", *HUES):
            for ground in GROUNDS:
                assert contrast(theme[words], theme[ground]) >= 4.5, (words, ground)

    def test_text_on_soft_colours(self, theme: dict[str, str]) -> None:
        for hue in HUES:
            for words in (hue, "ink", "ink2"):
                assert contrast(theme[words], theme[f"{hue}-soft"]) >= 4.5, (words, hue)

    def test_text_on_filled_buttons(self, theme: dict[str, str]) -> None:
        for hue in (*HUES,):
            assert contrast(theme[f"on-{hue}"], theme[f"{hue}-fill"]) >= 4.5, hue
        assert contrast(theme["on-primary"], theme["primary"]) >= 4.5

    def test_the_borders_of_fields(self, theme: dict[str, str]) -> None:
        for ground in ("room", "surface", "raised"):
            assert contrast(theme["edge"], theme[ground]) >= 3, ground


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def sources() -> list[Path]:
    return [path for path in WEB.rglob("*") if path.suffix in (".py", ".js") and "static" not in path.parts]


def test_every_icon_that_is_used_is_there_and_none_is_idle() -> None:
    text = "".join(path.read_text("utf-8") for path in sources())
    there = {path.stem for path in (STATIC / "icons").glob("*.svg")}
    named = set(re.findall(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""", text)) | set(re.findall(r"i-([a-z0-9-]+)", text))
    assert there - named == set()
    used = set(re.findall(r'\bicon\(\s*"([a-z0-9-]+)"', text)) | set(re.findall(r"i i-([a-z0-9-]+)", text))
    used |= set(re.findall(r'icon_name="([a-z0-9-]+)"', text)) | set(re.findall(r'icon: "([a-z0-9-]+)"', text))
    assert used - there == set()


def test_every_variable_of_the_stylesheet_is_a_token() -> None:
    sheet = build_sheet().text
    used, defined = set(re.findall(r"var\(--([a-z0-9-]+)\)", sheet)), set(re.findall(r"--([a-z0-9-]+):", sheet))
    assert used - defined == set()


def test_colours_are_written_in_tokens_only_where_they_follow_the_theme() -> None:
    """Elsewhere: film, and the art of the login page."""
    for path in (WEB / "theme/css").glob("*.css"):
        if path.stem in ("login", "player", "inbox", "sketch"):
            continue
        assert re.findall(r"#[0-9a-f]{6}\b", path.read_text("utf-8")) == [], path


def test_the_address_of_the_stylesheet_changes_with_it() -> None:
    assert build_sheet().url == build_sheet().url
    assert build_sheet().url.startswith("/static/desk.css?v=")


def test_what_is_downloaded_stays_small_and_carries_its_licences() -> None:
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 600_000
    assert {path.name for path in files if path.suffix == ".txt"} == {
        "Inter-OFL.txt", "SourceSerif4-OFL.txt", "JetBrainsMono-OFL.txt", "LICENSE-lucide.txt",
    }  # fmt: skip


PLAYED_BY = {"player": ("player", "compare"), "queue": ("queue",)}
"""Who answers to keys in the browser; two takes side by side are a player too."""


class TestKeys:
    def test_each_key_does_one_thing(self) -> None:
        assert len({key.key for key in KEYS}) == len(KEYS)

    def test_the_table_reaches_the_browser_whole(self) -> None:
        table = json.loads(keys_for_browser())
        assert {name: entry["call"] for name, entry in table.items()} == {key.key: key.call for key in KEYS}
        assert "<" not in keys_for_browser()

    def test_the_player_and_the_queue_know_what_they_are_asked(self) -> None:
        for key in KEYS:
            if key.where in PLAYED_BY:
                methods = "".join((WEB / f"components/{name}.js").read_text("utf-8") for name in PLAYED_BY[key.where])
                assert re.search(rf"^    {key.call}\(", methods, re.MULTILINE), key

    def test_buttons_name_their_keys(self) -> None:
        assert key_of("approve") == "a"
        assert key_of("cancel") == ""
