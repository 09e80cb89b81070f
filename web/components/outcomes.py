"""What became of each clip of a batch: a contact sheet. Markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from nicegui import ui

from web.components.basics import box, button, html, sheet
from web.theme.marks import icon
from web.words import several


@dataclass(frozen=True)
class Outcome:
    """One clip. `done`: it was done; else `said` tells why not, and what to do."""

    clip_id: str
    title: str
    language: str
    poster: str
    done: bool
    said: str


def outcome_sheet(outcomes: Sequence[Outcome]) -> ui.dialog:
    done = sum(one.done for one in outcomes)
    subtitle = "" if done == len(outcomes) else "Those that were not say why, and come first."
    with sheet(f"{done} of {several(len(outcomes), 'clip')} done", subtitle) as dialog:
        dialog.classes("outcomes")
        html("".join(_tile(one) for one in sorted(outcomes, key=lambda one: one.done)), "oc-grid", "ul")
        with box("sheet-foot"):
            button("Close", dialog.close, kind="primary")
    return dialog


def _tile(one: Outcome) -> str:
    mark, tone = ("circle-check", "t-mint") if one.done else ("circle-x", "t-coral")
    picture = f'<img src="{escape(one.poster)}" alt="" loading="lazy">' if one.poster else icon("clapperboard")
    return (
        f'<li class="oc"><span class="oc-pic">{picture}</span><span><a href="/clip/{escape(one.clip_id)}" dir="auto" '
        f'lang="{escape(one.language)}">{escape(one.title)}</a><small>{icon(mark, tone)}{escape(one.said)}</small></span></li>'
    )
