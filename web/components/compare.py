"""Two takes side by side: their pictures in step, and their scripts word by word."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from nicegui import ui

from review.compare import LinePair, line_pairs
from review.edit import Change, changes
from review.licences import EngineFacts, facts_of
from review.progress import STAGES
from storage.documents import Cut
from storage.takes import Take
from web.media import media_address
from web.words import duration


class Comparison(ui.element, component="compare.js"):
    """Plays two takes in step. `labels`: what each is called, beside A and B."""

    def __init__(self, clip_id: str, takes: Sequence[Take], labels: Sequence[str], formats: Sequence[str]) -> None:
        super().__init__()
        self.props["formats"] = list(formats)
        self.props["takes"] = [
            {"label": label, "cuts": {frame: _for_browser(clip_id, take.cuts[frame]) for frame in formats}}
            for take, label in zip(takes, labels, strict=True)
        ]


def script_diff(before: Take, after: Take, language: str) -> str:
    """Both scripts, line beside line. Markup."""
    pairs = line_pairs([line.text for line in before.script.lines], [line.text for line in after.script.lines])
    titles = (before.script.title, after.script.title)
    title = LinePair(
        before=titles[0], after=titles[1], changes=() if titles[0] == titles[1] else tuple(changes(*titles))
    )  # fmt: skip
    rows = "".join(_row(pair, language, "cmp-title" if pair is title else "") for pair in (title, *pairs))
    head = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    return f'<table class="cmp-script">{head}<tbody>{rows}</tbody></table>'


def facts(before: Take, after: Take, engines: dict[str, EngineFacts]) -> str:
    """What else differs: how long they are, and which engines made them. Markup."""
    rows = [("Length", *(duration(_length(take)) for take in (before, after)))]
    for stage, name in STAGES.items():
        made = [
            ", ".join(facts_of(one, "", engines).title for one in take.engines.get(stage, ()) if one)
            for take in (before, after)
        ]
        if made[0] != made[1]:
            rows.append((name, made[0] or "a person", made[1] or "a person"))
    return "".join(
        f'<div class="pair"><span>{name}</span><b>{escape(a)}{"" if a == b else f" → {escape(b)}"}</b></div>'
        for name, a, b in rows
    )


def _row(pair: LinePair, language: str, classes: str) -> str:
    same = pair.before == pair.after
    told = "".join(
        f'<td lang="{escape(language)}" dir="auto" class="{"same" if same else "none" if words is None else ""}">{shown}</td>'
        for words, shown in ((pair.before, _side(pair, "out")), (pair.after, _side(pair, "in")))
    )
    return f'<tr class="{classes}">{told}</tr>'


def _side(pair: LinePair, side: str) -> str:
    """One side of a pair, with what only it says marked."""
    words, tag = (pair.before, "del") if side == "out" else (pair.after, "ins")
    if words is None:
        return '<span class="unseen">no such line</span>'
    if pair.changes:
        return "".join(_marked(change, tag) for change in pair.changes if change.op in ("same", side))
    return escape(words) if pair.before == pair.after else f"<{tag}>{escape(words)}</{tag}>"


def _marked(change: Change, tag: str) -> str:
    return escape(change.text) if change.op == "same" else f"<{tag}>{escape(change.text)}</{tag}>"


def _length(take: Take) -> float:
    return max((cut.media.duration_s for cut in take.cuts.values()), default=0.0)


def _for_browser(clip_id: str, cut: Cut) -> dict[str, Any]:
    return {
        "src": media_address(clip_id, cut.video.sha256), "poster": media_address(clip_id, cut.poster.sha256),
        "width": cut.media.width, "height": cut.media.height, "fps": cut.media.fps, "duration": cut.media.duration_s,
        "starts": [span.start if span else 0.0 for span in cut.line_spans] or [0.0],
    }  # fmt: skip
