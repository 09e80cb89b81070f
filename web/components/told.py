"""“Told before”: earlier clips of the same story. Pure: facts in, markup out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from web.components.why import section
from web.told import ToldBefore
from web.words import day, several


def told_before(clips: Sequence[ToldBefore]) -> str:
    """Nothing where there are none."""
    if not clips:
        return ""
    rows = "".join(
        f'<li><a href="/clip/{escape(told.clip)}" lang="{escape(told.language)}" dir="auto">{escape(told.title)}</a>'
        f"<small>{escape(' · '.join((told.show_name, day(told.ordered_at), told.status)))}</small>"
        f"<small>{escape(told.reason[:1].upper() + told.reason[1:])}</small></li>"
        for told in clips
    )
    return section("told", "Told before", several(len(clips), "clip"), f'<ul class="told">{rows}</ul>')
