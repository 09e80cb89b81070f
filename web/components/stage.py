"""The middle of the inbox when there is nothing to play: a clip that is being made, waits, or failed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from review.progress import STAGES, StageProgress, overall
from storage.queries import ClipDetail
from web.components.deeds import deed
from web.theme.marks import icon
from web.words import duration

UNFORESEEN = re.compile(r"[A-Z]\w*(Error|Exception|Warning|Exit|Interrupt)\b")
"""How the name of an exception begins a message."""
PICTURES = {"done": "circle-check", "running": "loader", "due": "circle", "failed": "circle-x"}
STATES = {"done": "done", "running": "running", "due": "to do", "failed": "failed"}


def unfinished(
    detail: ClipDetail,
    rows: Sequence[StageProgress],
    titles: Mapping[str, str] | None = None,
    elsewhere: Sequence[str] = (),
    left_s: float | None = None,
) -> str:
    """Why there is no picture yet, and every stage with how far it is. Markup. `titles`: engine id → name; `elsewhere`:
    the engines that could make what failed instead; `left_s`: seconds until it is made, where anybody knows.
    """
    row = detail.row
    if row.failure:
        failure = row.failure
        title = f"{STAGES.get(failure.stage, failure.stage)} failed"
        aside = "It was set aside after its worker died of it three times. " if failure.set_aside else ""
        named = titles or {}
        body = _screen("circle-x", title, f"with {named.get(failure.engine, failure.engine)}" if failure.engine else "")
        body += _note("coral", "circle-x", *_in_plain_words(failure.message, aside + failure.cure))
        body += _log(detail)
        body += _cures([(engine, named.get(engine, engine)) for engine in elsewhere])
    elif row.production == "cancelled":
        body = _screen("circle-stop", "Cancelled", "What was finished is kept, and reused if you try again.")
    elif row.waiting:
        body = _screen("hourglass", "Waiting", "") + _note("slate", "clock", row.waiting, "It goes on by itself then.")
    else:
        whole = overall(list(rows))
        doing = next((r for r in rows if r.state == "running"), None)
        body = _screen("loader", doing.name if doing else "In the queue", _going(doing, left_s), whole)
    return f'<div class="making">{body}{_stages(rows)}</div>'


def _going(doing: StageProgress | None, left_s: float | None) -> str:
    """What is being done, and how much longer it will all take."""
    left = f"about {duration(max(1.0, left_s))} left" if left_s is not None else ""
    return " · ".join(filter(None, (doing.detail if doing else "", left)))


def _screen(picture: str, title: str, subtitle: str, fraction: float | None = None) -> str:
    meter = ""
    if fraction is not None:
        meter = (
            f'<span class="meter" role="progressbar" aria-label="Progress" aria-valuenow="{fraction * 100:.0f}" '
            f'style="width:220px;margin:14px auto 0"><b style="width:{fraction * 100:.1f}%"></b></span>'
        )
    return f'<div class="making-screen{"" if meter else " short"}"><div>{icon(picture)}<b>{escape(title)}</b><span>{escape(subtitle)}</span>{meter}</div></div>'


def _note(tone: str, picture: str, message: str, cure: str) -> str:
    return (
        f'<div class="note {tone}" style="margin:0"><div class="note-h">{icon(picture)}<span>{escape(message)}</span></div>'
        f"<p>{escape(cure)}</p></div>"
    )


def _in_plain_words(message: str, cure: str) -> tuple[str, str]:
    """What nobody foresaw comes as a program says it: that is for the second line."""
    if UNFORESEEN.match(message):
        return "The engine broke on this in a way that nobody foresaw.", f"It said “{message}”. {cure}"
    return message, cure


def _log(detail: ClipDetail) -> str:
    """The end of what the failed work said; a refusal in plain words has none."""
    failed = next((node for node in detail.nodes if detail.row.failure and node.node == detail.row.failure.node), None)
    words = failed.error.detail if failed and failed.error else ""
    if not words:
        return ""
    return f'<details class="log"><summary>{icon("text-quote")}The log</summary><pre tabindex="0">{escape(words[-4000:])}</pre></details>'


def _cures(engines: Sequence[tuple[str, str]]) -> str:
    """What else could be tried than the same again: each of the other engines."""
    if not engines:
        return ""
    deeds = "".join(deed("with", engine, f"Try {title}", "repeat-2") for engine, title in engines)
    return f'<div class="cures"><span class="muted">Or by another engine:</span>{deeds}</div>'


def _stages(rows: Sequence[StageProgress]) -> str:
    if not rows:
        return ""
    shown = "".join(
        f'<li class="stage-row {row.state}">{icon(PICTURES[row.state])}<span class="nm">{row.name}'
        f'<span class="unseen">: {STATES[row.state]}</span></span><span class="wh">{escape(_detail(row))}</span>'
        f'<span class="tm">{_time(row)}</span></li>'
        for row in rows
    )
    return f'<ol class="stages" aria-label="Stages">{shown}</ol>'


def _detail(row: StageProgress) -> str:
    return row.detail if row.state != "due" else ""


def _time(row: StageProgress) -> str:
    if row.state == "running":
        return f"{row.fraction * 100:.0f} %"
    return duration(row.seconds) if row.seconds is not None else ""
