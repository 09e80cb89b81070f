"""Choosing: one of a few, some of a few, one of many, one by its picture. Plain HTML controls, so that keys just work.

Each is one element however many choices it has; `on_choice` hears the value, or all values of `some_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from nicegui import ui

from storage.ids import new_id
from web.components.basics import html
from web.theme.marks import icon

VALUE = "(event) => emit(event.target.value)"
VALUES = "(event) => emit([...event.currentTarget.querySelectorAll('input:checked')].map((input) => input.value))"


@dataclass(frozen=True)
class Tile:
    """Something to choose by its picture; without an address, by its icon."""

    value: str
    label: str
    address: str = ""
    icon_name: str = "circle-user-round"


def one_of(label: str, choices: Mapping[str, str], value: str, on_choice: Callable[[str], Any]) -> ui.html:
    """A row of words, one of which is on: value → word."""
    return _group(label, "seg", _inputs("radio", choices, (value,)), on_choice)


def some_of(
    label: str, choices: Mapping[str, str], values: Sequence[str], on_choice: Callable[[list[str]], Any]
) -> ui.html:
    """A row of words, any of which may be on."""
    group = html(_inputs("checkbox", choices, values), "seg", role="group", aria_label=label)
    group.on("change", lambda event: on_choice([str(value) for value in event.args]), js_handler=VALUES)
    return group


def tiles(
    label: str, choices: Sequence[Tile], value: str, on_choice: Callable[[str], Any], *, wide: bool = False
) -> ui.html:
    """Pictures, one of which is on."""
    name = new_id()
    shown = "".join(
        f'<label class="tile"><input class="over" type="radio" name="{name}" value="{escape(tile.value)}"'
        f'{" checked" if tile.value == value else ""}>{_picture(tile)}<span dir="auto">{escape(tile.label)}</span></label>'
        for tile in choices
    )
    return _group(label, "tiles wide" if wide else "tiles", shown, on_choice)


def options(groups: Mapping[str, Mapping[str, str]], value: str) -> str:
    """The inside of a `<select>`: name of a group, "" = no group → value → words. A value that starts with `!` cannot be
    chosen."""
    shown = []
    for name, choices in groups.items():
        inner = "".join(
            f'<option value="{escape(key.removeprefix("!"))}"{" disabled" if key.startswith("!") else ""}'
            f"{' selected' if key == value else ''}>{escape(words)}</option>"
            for key, words in choices.items()
        )
        shown.append(f'<optgroup label="{escape(name)}">{inner}</optgroup>' if name else inner)
    return "".join(shown)


def dropdown(
    label: str, groups: Mapping[str, Mapping[str, str]], value: str, on_choice: Callable[[str], Any]
) -> ui.html:
    """One of many. See `options`; `set_content(options(…))` offers others."""
    chosen = html(options(groups, value), "input select", "select", aria_label=label)
    chosen.on("change", lambda event: on_choice(str(event.args)), js_handler=VALUE)
    return chosen


def _inputs(kind: str, choices: Mapping[str, str], on: Sequence[str]) -> str:
    name = new_id()
    return "".join(
        f'<label class="seg-b"><input class="over" type="{kind}" name="{name}" value="{escape(value)}"'
        f"{' checked' if value in on else ''}>{icon('check', 'seg-tick') if kind == 'checkbox' else ''}"
        f"<span>{escape(words)}</span></label>"
        for value, words in choices.items()
    )


def _picture(tile: Tile) -> str:
    if tile.address:
        return f'<img src="{escape(tile.address)}" alt="" loading="lazy">'
    return f'<b class="tile-blank">{icon(tile.icon_name)}</b>'


def _group(label: str, classes: str, inner: str, on_choice: Callable[[str], Any]) -> ui.html:
    group = html(inner, classes, role="radiogroup", aria_label=label)
    group.on("change", lambda event: on_choice(str(event.args)), js_handler=VALUE)
    return group
