"""A presenter's training set: each file with its verdict, how ready the set is, what would make it better. Pure: facts in, markup out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from producer.dataset.verdicts import Judged, JudgedSet, Standing
from web.components.basics import Tone, chip
from web.components.deeds import deed
from web.pictures import shot_address
from web.theme.marks import icon
from web.words import several

STANDINGS: dict[Standing, tuple[str, Tone]] = {
    "kept": ("Kept", "mint"), "left_out": ("Left out", "coral"), "waits": ("Is looked at", "slate"), "failed": ("Not looked at", "coral"),
}  # fmt: skip
GOOD, FAIR = 80, 50
"""Readiness from which on a set is good, or will do."""


def gallery(slug: str, files: Sequence[Judged], *, may_change: bool) -> str:
    """A tile a picture, in the order in which they were brought."""
    if not files:
        return '<p class="card-in muted">No picture yet. Twenty to sixty are best: different days, light and views, one person alone.</p>'
    return f'<ul class="shots">{"".join(_shot(slug, one, may_change=may_change) for one in files)}</ul>'


def _shot(slug: str, one: Judged, *, may_change: bool) -> str:
    looked = one.standing in ("kept", "left_out")
    shown = (
        f'<img src="{escape(shot_address(slug, one.sha256))}" alt="{escape(one.seen or one.name or "A picture")}" loading="lazy">'
        if looked and (not one.reason or one.reason.code != "unreadable")
        else f"<b>{icon('loader' if one.standing == 'waits' else 'triangle-alert')}</b>"
    )
    return (
        f'<li class="shot {one.standing}"><div class="shot-pic">{shown}<div class="shot-verdict">{_verdict(one)}</div></div>'
        f'<div class="shot-in"><p class="shot-name" dir="auto">{escape(one.name or "A picture")}</p>{_words(one)}'
        f"{_deeds(one) if may_change else ''}</div></li>"
    )


def recordings(files: Sequence[Judged], *, may_change: bool) -> str:
    if not files:
        return '<p class="card-in muted">No recording yet. Ten to sixty seconds of plain speech, in a quiet, soft room.</p>'
    return "".join(
        f'<div class="card-in sound"><div class="hstack">{_verdict(one)}<span class="shot-name grow" dir="auto">'
        f"{escape(one.name or 'A recording')}</span></div>{_words(one)}{_deeds(one) if may_change else ''}</div>"
        for one in files
    )


def _verdict(one: Judged) -> str:
    word, tone = ("Kept by you", "plum") if one.insisted and one.standing == "kept" else STANDINGS[one.standing]
    return chip(word, tone)  # type: ignore[arg-type]


def _words(one: Judged) -> str:
    seen = f'<p class="small muted">{escape(one.seen)}</p>' if one.seen and one.standing != "failed" else ""
    if one.reason is None or (one.standing == "kept" and not one.insisted):
        return seen
    return f'{seen}<p class="small" dir="auto">{escape(f"{one.reason.message} {one.reason.cure}".strip())}</p>'


def _deeds(one: Judged) -> str:
    name = one.name or one.sha256[:8]
    keep = deed("insist", one.sha256, "Keep anyway", "check", about=name) if one.may_insist else ""
    back = deed("leave", one.sha256, "Leave it out", "undo-2", kind="ghost", about=name) if one.insisted else ""
    remove = deed("remove", one.sha256, "Remove", "x", kind="ghost", about=name)
    return f'<div class="shot-deeds">{keep}{back}{remove}</div>'


def readiness(found: JudgedSet) -> str:
    """The score as a number and a bar, what is in the set, and what would raise it."""
    if not found.files:
        return '<p class="card-in muted">Bring files, and it is told here how ready the set is and what it still lacks.</p>'
    tone = "d-mint" if found.readiness >= GOOD else "d-tungsten" if found.readiness >= FAIR else "d-rest"
    told: tuple[tuple[Standing, str], ...] = (("kept", "kept"), ("left_out", "left out"), ("failed", "not looked at"))
    counts = " · ".join(f"{found.count(standing)} {words}" for standing, words in told if found.count(standing))
    counted = f'<p class="small muted">{counts}</p>' if counts else ""
    advice = "".join(f"<li>{escape(words)}</li>" for words in found.advice)
    return (
        f'<div class="card-in stack ready"><p class="ready-score"><b class="num">{found.readiness}</b> <span class="muted">of 100</span></p>'
        f'<span class="meter" role="progressbar" aria-label="Readiness" aria-valuenow="{found.readiness}"><b class="{tone}" style="width:{found.readiness}%"></b></span>'
        f"{counted}{looking(found)}"
        f"{f'<ul class=advice>{advice}</ul>' if advice else '<p>It has all that a training wants.</p>'}</div>"
    )


def looking(found: JudgedSet) -> str:
    """How far looking at the files is; "" when it is done."""
    waiting, all_of_them = found.count("waits"), len(found.files)
    if not waiting:
        return ""
    done = all_of_them - waiting
    return (
        f'<span class="meter" role="progressbar" aria-label="Files looked at" aria-valuenow="{round(100 * done / all_of_them)}">'
        f'<b style="width:{100 * done / all_of_them:.0f}%"></b></span>'
        f'<p class="small muted" aria-live="polite">{done} of {several(all_of_them, "file")} looked at</p>'
    )


def not_taken(refused: Mapping[str, str]) -> str:
    """Files that did not get into the set at all: name → why."""
    if not refused:
        return ""
    rows = "".join(
        f'<li dir="auto"><b>{escape(name)}</b> <span class="muted">{escape(why)}</span></li>'
        for name, why in refused.items()
    )
    return f'<div class="card-in" role="alert"><p class="nm">Not taken</p><ul class="advice">{rows}</ul></div>'
