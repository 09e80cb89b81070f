"""The smallest pieces: boxes, texts, buttons, chips, sheets. Each function returns its element."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, Literal

from nicegui import ui

from web.theme.marks import icon

Kind = Literal["quiet", "ghost", "primary", "approve", "danger", "danger-fill"]
Tone = Literal["", "tungsten", "mint", "coral", "slate", "plum"]


def box(classes: str = "", tag: str = "div", **attributes: Any) -> ui.element:
    """A plain element. Attribute names may use `_` for `-`."""
    element = ui.element(tag).classes(classes)
    for name, value in attributes.items():
        element.props[name.rstrip("_").replace("_", "-")] = value
    return element


def text(words: str, classes: str = "", tag: str = "div", *, language: str = "", **attributes: Any) -> ui.html:
    """Words from anywhere: never read as markup. With a language, in that language's direction."""
    if language:
        attributes |= {"lang": language, "dir": "auto"}
    return html(escape(words), classes, tag, **attributes)


def html(markup: str, classes: str = "", tag: str = "div", **attributes: Any) -> ui.html:
    """Our own markup; every word from outside in it went through `escape`."""
    element = ui.html(markup, sanitize=False, tag=tag).classes(classes)
    for name, value in attributes.items():
        element.props[name.replace("_", "-")] = value
    return element


def button(
    label: str = "",
    on_click: Callable[[], Any] | None = None,
    *,
    icon_name: str = "",
    key: str = "",
    kind: Kind = "quiet",
    hint: str = "",
    classes: str = "",
    **attributes: Any,
) -> ui.element:
    """A button with a label, an icon, or both. `hint` names it where there is no label."""
    shape = "" if label else " btn-icon"
    element = box(f"btn btn-{kind}{shape} {classes}", "button", type="button", **attributes)
    if hint:
        element.props["title"] = f"{hint}  {key.upper()}".strip()
    if not label:
        element.props["aria-label"] = hint
    parts = icon(icon_name) if icon_name else ""
    parts += f'<span class="btn-label">{escape(label)}</span>' if label else ""
    parts += f'<kbd class="kbd" aria-hidden="true">{escape(key)}</kbd>' if key else ""
    with element:
        html(parts, tag="span").style("display:contents")
    if on_click:
        element.on("click", lambda _event: on_click())
    return element


def chip(label: str, tone: Tone = "", icon_name: str = "") -> str:
    """A small label, as markup."""
    return f'<span class="chip {tone}">{icon(icon_name) if icon_name else ""}<span>{escape(label)}</span></span>'


def crumbs(*parts: str) -> str:
    """Words between thin slashes, as markup; empty ones are left out."""
    return '<span class="sep" aria-hidden="true">/</span>'.join(
        f"<span>{escape(part)}</span>" for part in parts if part
    )


@contextmanager
def sheet(title: str, subtitle: str = "") -> Iterator[ui.dialog]:
    """A dialog: a sheet on wide screens, a drawer from below on phones."""
    with ui.dialog() as dialog, box("sheet", tabindex="0"):
        dialog.props["aria-label"] = title
        text(title, tag="h2")
        if subtitle:
            text(subtitle, "sheet-sub", "p")
        yield dialog


def field(
    label: str, *, tag: str = "input", hint: str = "", value: str = "", **attributes: Any
) -> Callable[[], str]:  # fmt: skip
    """A labelled field. Returns a function that tells what is in it. `value`: for sheets alone, whose fields are rendered
    once; whenever a page is rendered again, that would put back what stood there before."""
    held = {"value": value}
    if value:
        attributes["value"] = value
    with box("field", "label"):
        text(label, "field-label", "span")
        entry = box("input", tag, **attributes)
        if hint:
            text(hint, "field-hint", "span")
    entry.on("input", lambda event: held.update(value=str(event.args)), js_handler="(e) => emit(e.target.value)")
    return lambda: held["value"]
