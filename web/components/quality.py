"""The quality report beside a clip: what failed on top, then every check, each with the way to where it is. Pure: facts in,
markup out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from storage.quality import Family, Finding, Remedy, Verdict, Where
from storage.queries import ClipDetail
from web.theme.marks import icon
from web.words import several

FAMILIES: dict[Family, str] = {
    "sound": "Sound", "speech": "Speech", "picture": "Picture", "presenter": "Presenter", "captions": "Captions",
    "script": "Script",
}  # fmt: skip
REMEDIES: dict[Remedy, str] = {
    "new seed": "made anew", "other engine": "made by another engine", "respeak": "spoken again",
    "rewrite": "written again",
}  # fmt: skip
MARKS: dict[Verdict, tuple[str, str, str]] = {
    "pass": ("circle-check", "t-mint", "passed"),
    "warn": ("triangle-alert", "t-tungsten", "worth a look"),
    "fail": ("circle-x", "t-coral", "failed"),
    "not run": ("circle", "faint", "not run"),
}
MOST_PLACES = 4

Told = tuple[str, Finding]
"""(formats, finding); the formats are "" where all say the same."""


def told_once(detail: ClipDetail) -> list[Told]:
    """All findings; one with the same outcome in every format is told once."""
    grouped: dict[Finding, list[str]] = {}
    for report in detail.reports.values():
        for finding in report.findings:
            grouped.setdefault(finding, []).append(report.format)
    return [
        ("" if len(formats) == len(detail.reports) else ", ".join(formats), finding)
        for finding, formats in grouped.items()
    ]


def flag(detail: ClipDetail) -> str:
    """What failed, above all else; and what was tried about it before anybody saw it."""
    failed = [(formats, finding) for formats, finding in told_once(detail) if finding.verdict == "fail"]
    tried = [
        f"<li>{escape(_node(one.node))} {REMEDIES[one.remedy]} because of <b>{escape(one.check)}</b></li>"
        for one in detail.brief.tried
    ]
    told = (
        f'<p>{"Still, " if failed else ""}{_tried_words(failed)}</p><ul class="quality-tried">{"".join(tried)}</ul>'
        if tried
        else ""
    )
    if not failed:
        return f'<div class="note slate" id="tried"><div class="note-h">{icon("rotate-cw")}<span>Made once more by itself</span></div>{told}</div>' if tried else ""  # fmt: skip
    rows = "".join(_failed(formats, finding) for formats, finding in failed)
    head = f"{several(len(failed), 'check')} failed"
    return (
        f'<div class="note" id="flag"><div class="note-h">{icon("triangle-alert")}<span>{head}</span></div>'
        f'<ul class="quality-flag">{rows}</ul>{told}</div>'
    )


def report_rows(detail: ClipDetail) -> str:
    """Every check by family; those that did not run are folded away."""
    told = told_once(detail)
    parts = []
    for family, name in FAMILIES.items():
        rows = [
            _row(formats, finding)
            for formats, finding in told
            if finding.family == family and finding.verdict != "not run"
        ]
        if rows:
            parts.append(f'<h4 class="part">{name}</h4><div class="kv">{"".join(rows)}</div>')
    idle = [(formats, finding) for formats, finding in told if finding.verdict == "not run"]
    if idle:
        rows = [
            f'<div><span class="k">{escape(_named(formats, f.name))}</span><span class="v faint">{escape(f.why)}</span></div>'
            for formats, f in idle
        ]
        parts.append(f'<details class="run"><summary>{several(len(idle), "check")} did not run</summary><div class="kv">{"".join(rows)}</div></details>')  # fmt: skip
    return "".join(parts)


def counts(told: Sequence[Told]) -> tuple[int, int, int]:
    """How many ran, passed, failed."""
    ran = [finding for _, finding in told if finding.verdict != "not run"]
    return len(ran), sum(f.verdict == "pass" for f in ran), sum(f.verdict == "fail" for f in ran)


def _row(formats: str, finding: Finding) -> str:
    mark, tone, words = MARKS[finding.verdict]
    value = _value(finding)
    wanted = f", wanted {finding.bound}" if finding.verdict != "pass" and finding.bound else ""
    return (
        f'<div><span class="k" title="{escape(finding.bound)}">{escape(_named(formats, finding.name))}</span>'
        f'{_jumps(finding.where, formats)}<span class="v">{escape(value + wanted)}</span>{icon(mark, tone)}<span class="unseen">{words}</span></div>'
    )


def _failed(formats: str, finding: Finding) -> str:
    value = _value(finding)
    wanted = f"{value}, wanted {finding.bound}" if value and finding.bound else value or finding.bound
    why = finding.why[:1].upper() + finding.why[1:]
    said = " · ".join(part for part in (wanted, why) if part)
    return f"<li><b>{escape(_named(formats, finding.name))}</b> <span>{escape(said)}</span>{_jumps(finding.where, formats)}</li>"


def _jumps(places: Sequence[Where], formats: str) -> str:
    """A button for each place; the player listens for them."""
    frame = formats.partition(",")[0]
    return "".join(
        f'<button type="button" class="btn btn-ghost btn-small jump" data-seek="{place.start:g}" data-frame="{escape(frame)}" '
        f'aria-label="Jump to {_stamp(place.start)}">{icon("play")}<span class="num">{_stamp(place.start)}</span></button>'
        for place in places[:MOST_PLACES]
    )


def _tried_words(failed: Sequence[Told]) -> str:
    return "this was tried before you saw it:" if failed else "A check failed, and after this it passes:"


def _node(node: str) -> str:
    stage, _, part = node.partition(".")
    names = {
        "line": "line",
        "video": "the presenter",
        "scene": "the scene",
        "finish": "the cut",
        "script": "the script",
    }
    if stage == "line":
        return f"line {int(part) + 1}" if part else "the voice"
    return f"{names.get(stage, stage)}{f' ({part})' if part else ''}"


def _named(formats: str, name: str) -> str:
    shown = name.replace("_", " ")
    return f"{shown}, {formats}" if formats else shown


def _value(finding: Finding) -> str:
    return f"{finding.value:g}" if isinstance(finding.value, float) else str(finding.value)


def _stamp(seconds: float) -> str:
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"
