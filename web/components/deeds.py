"""Buttons inside of our own markup: a list of hundreds is one element, and says which button of which row was pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from html import escape

from nicegui import ui

from web.components.basics import Kind
from web.theme.marks import icon

PRESSED = """(event) => {
    const pressed = event.target.closest("[data-deed]");
    if (pressed) { event.preventDefault(); emit(pressed.dataset.deed, pressed.dataset.of); }
}"""


PICKED = """(event) => {
    const { deed, of } = event.target.dataset;
    if (deed) emit(deed, of, event.target.value);
}"""


def deed(name: str, of: str, label: str, icon_name: str = "", *, kind: Kind = "quiet", about: str = "") -> str:
    """A button, as markup. `about`: what it is about, for those who do not see the row."""
    picture = icon(icon_name) if icon_name else ""
    unseen = f'<span class="unseen"> {escape(about)}</span>' if about else ""
    return (
        f'<button type="button" class="btn btn-{kind} btn-small" data-deed="{name}" data-of="{escape(of)}">'
        f"{picture}<span>{escape(label)}</span>{unseen}</button>"
    )


def on_deed(element: ui.element, do: Callable[[str, str], Awaitable[None]]) -> None:
    """Hear (name, of what) whenever a deed inside of the element is pressed. Both come from a browser: check them."""
    element.on("click", lambda event: do(str(event.args[0]), str(event.args[1])), js_handler=PRESSED)


def pick(name: str, of: str, label: str, choices: Sequence[str], value: str) -> str:
    """A `<select>`, as markup."""
    shown = "".join(f"<option{' selected' if one == value else ''}>{escape(one)}</option>" for one in choices)
    return f'<select class="input select" aria-label="{escape(label)}" data-deed="{name}" data-of="{escape(of)}">{shown}</select>'


def on_pick(element: ui.element, do: Callable[[str, str, str], Awaitable[None]]) -> None:
    """Hear (name, of what, value) whenever something else is picked inside of the element. Check all three."""
    element.on("change", lambda event: do(*(str(value) for value in event.args)), js_handler=PICKED)
