"""Why should this leave the house? Four verdicts, then the evidence for each. Pure: facts in, markup out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

import regex

from review.bundle import Fallback, fallbacks_of, who_made
from review.licences import CLASSES, EngineFacts, LicenceClass, facts_of, strictest
from review.progress import STAGES
from review.rewrite import guidance_of
from review.support import LineSupport, pieces, source_text
from storage.consents import Lapse
from storage.decisions import Decision
from storage.documents import Check
from storage.queries import ClipDetail
from web.components import quality
from web.theme.marks import icon
from web.words import day, duration, several

CLASS_NAMES: dict[LicenceClass, str] = {
    "osi": "Open", "use-limited": "Use limits", "non-commercial": "Limited", "unclear": "Unclear",
}  # fmt: skip


def verdicts(detail: ClipDetail, supports: Sequence[LineSupport], engines: dict[str, EngineFacts]) -> str:
    """Source, checks, licence, fallback: each leads to its evidence."""
    looked = _report_verdict(detail) if detail.reports else _checks_verdict(_checks(detail))
    cells = [_source_verdict(supports), looked, _licence_verdict(detail, engines)]
    fallen = fallbacks_of(detail.plan)
    cells.append(
        ("Fallback", str(len(fallen)), STAGES[fallen[0].stage].lower(), "plum", "made")
        if fallen
        else ("Fallback", "None", "as planned", "", "made")
    )
    return "".join(
        f'<a class="verdict {tone}" href="#{to}"><span>{name}</span><b>{escape(value)}</b><em>{escape(detail_)}</em></a>'
        for name, value, detail_, tone, to in cells
    )


def policy(words: str) -> str:
    """What the show's review policy asks for, where that is more than one reviewer."""
    if not words:
        return ""
    return f'<div class="note slate" id="policy"><div class="note-h">{icon("users-round")}<span>Review</span></div><p>{escape(words)}</p></div>'


def consent(lapse: Lapse | None) -> str:
    """That the person in it does not agree to that now: it cannot be made again, or exported."""
    if lapse is None:
        return ""
    return (
        f'<div class="note coral" id="consent"><div class="note-h">{icon("circle-user-round")}<span>No consent</span></div>'
        f'<p dir="auto">{escape(lapse.message)} It is not exported. {escape(lapse.cure)}</p></div>'
    )


def asked(detail: ClipDetail, standing: Decision | None) -> str:
    """What a reviewer wants of the writer; else what the writer of this revision was told."""
    wanted, told = guidance_of(standing), detail.brief.options.guidance
    if not (wanted or told):
        return ""
    before = "A reviewer had asked" if "script" in detail.brief.pins else "The writer was told"
    title = f"{standing.user} asks for changes" if wanted and standing else before
    return (
        f'<div class="note slate" id="asked"><div class="note-h">{icon("message-square-text")}<span>{escape(title)}</span></div>'
        f'<p dir="auto">{escape(wanted or told)}</p></div>'
    )


def source(detail: ClipDetail, supports: Sequence[LineSupport]) -> str:
    """The source's words, with what supports each line underlined and numbered."""
    brief = detail.brief
    body = source_text(brief.topic, direct=brief.direct)
    origin = brief.topic.source
    if not body:
        own = "These words were written for this clip; there is no source to hold them against."
        return section("source", "Source", "your own words", f'<p class="muted">{own}</p>')
    shown = []
    for number, paragraph in enumerate(pieces(body, supports)):
        title = ' class="src-title"' if number == 0 and body.startswith(f"{brief.topic.title}\n") else ""
        inner = "".join(_piece(piece.text, piece.lines) for piece in paragraph)
        shown.append(f'<p dir="auto"{title}>{inner}</p>')
    aside = " · ".join(part for part in (origin.name if origin else "", _length(body)) if part)
    text = f'<div class="src" lang="{escape(brief.topic.language)}">{"".join(shown)}</div>'
    return section("source", "Source", aside, _complaints(detail, supports) + text + _origin(detail))


def checks(detail: ClipDetail) -> str:
    if detail.reports:
        ran, good, _ = quality.counts(quality.told_once(detail))
        return section("checks", "Checks", f"{good} of {ran} passed", quality.report_rows(detail))
    found = _checks(detail)
    rows = [
        f'<div><span class="k">{escape(_named(formats, check))}</span><span class="v">{escape(_value(check))}</span>'
        f"{_passed(check)}</div>"
        for formats, check in found
    ]
    passed = sum(check.passed for _, check in found)
    aside = f"{passed} of {len(found)} passed" if found else ""
    body = f'<div class="kv">{"".join(rows)}</div>' if rows else '<p class="muted">Nothing was measured.</p>'
    return section("checks", "Checks", aside, body)


NEXT_IN_ORDER = "The preferred engine could not do it here; the next one in order did."
FRUGALLY = "The device's memory did not suffice; the same engine did it in a way that needs less."


def _instead(fallen: Fallback, engines: dict[str, EngineFacts]) -> str:
    used = escape(facts_of(fallen.used, "", engines).title)
    if fallen.profile:
        return f"{used} at the profile {escape(fallen.profile)}"
    return f"{used} instead of {escape(facts_of(fallen.wanted, '', engines).title)}"


def made(detail: ClipDetail, engines: dict[str, EngineFacts]) -> str:
    """Every stage, its engine, version and licences; and which engine was replaced by which, and why."""
    notes = [
        f'<div class="note plum"><div class="note-h">{icon("corner-down-right")}<span>{STAGES[fallen.stage]}: '
        f"{_instead(fallen, engines)}"
        f"</span></div><p>{FRUGALLY if fallen.profile else NEXT_IN_ORDER}"
        f"{escape(f' {fallen.problem}'.rstrip())}</p></div>"
        for fallen in fallbacks_of(detail.plan)
    ]
    rows = []
    finished = [node for node in detail.nodes if node.state == "done"]
    for part in who_made(finished, detail.plan, detail.brief, engines):
        if part.by == "person":
            who, licence, tone = "A person", "Written or edited by hand", ""
        else:
            who = f"{part.title} {part.version}".strip()
            licence = facts_of(part.by, part.version, engines).licences
            tone = "t-plum" if CLASSES.index(part.licence_class) >= CLASSES.index("non-commercial") else ""
        spent = sum(n.seconds or 0 for n in finished if n.stage == part.stage and n.engine == part.by)
        rows.append(
            f'<span class="k">{STAGES.get(part.stage, part.stage)}</span><span class="e">{escape(who)}'
            f'<small class="{tone}">{escape(licence)}</small></span><span class="v">{duration(spent) if spent else ""}</span>'
        )
    total = sum(node.seconds or 0 for node in detail.nodes)
    body = f'<div class="made">{"".join(rows)}</div>' if rows else '<p class="muted">Nothing is made yet.</p>'
    return section("made", "Made with", duration(total) if total else "", "".join(notes) + body)


def section(anchor: str, title: str, aside: str, body: str) -> str:
    return (
        f'<section class="section" id="{anchor}" aria-labelledby="{anchor}-title"><div class="section-top">'
        f'<h3 class="section-title" id="{anchor}-title">{title}</h3><span class="section-aside">{escape(aside)}</span></div>'
        f"{body}</section>"
    )


# ── verdicts ──────────────────────────────────────────────────────────────────────────────────────

Verdict = tuple[str, str, str, str, str]
"""Name, value, detail, tone, anchor."""


def _source_verdict(supports: Sequence[LineSupport]) -> Verdict:
    claims = [line for line in supports if line.state in ("quoted", "unsupported")]
    bad = sum(line.state == "unsupported" for line in claims)
    if not claims:
        own = any(line.state == "own" for line in supports)
        return ("Source", "Own words" if own else "No claims", "nothing to check", "", "source")
    value = f"{len(claims) - bad} of {len(claims)}"
    return ("Source", value, f"{bad} unsupported" if bad else "all quoted", "coral" if bad else "mint", "source")


def _checks_verdict(found: Sequence[tuple[str, Check]]) -> Verdict:
    passed = sum(check.passed for _, check in found)
    if not found:
        return ("Checks", "None", "not measured", "", "checks")
    notes = several(len(found) - passed, "note")
    clean = passed == len(found)
    return (
        "Checks",
        f"{passed} of {len(found)}",
        "all passed" if clean else notes,
        "mint" if clean else "tungsten",
        "checks",
    )


def _report_verdict(detail: ClipDetail) -> Verdict:
    ran, good, failed = quality.counts(quality.told_once(detail))
    said = f"{failed} failed" if failed else several(ran - good, "note") if ran > good else "all passed"
    tone = "coral" if failed else "tungsten" if ran > good else "mint"
    return ("Checks", f"{good} of {ran}", said, tone, "flag" if failed else "checks")


def _licence_verdict(detail: ClipDetail, engines: dict[str, EngineFacts]) -> Verdict:
    used = [(node.stage, facts_of(node.engine, node.engine_version, engines)) for node in detail.nodes if node.engine]
    worst = strictest(facts for _, facts in used)
    limited = [STAGES[stage].lower() for stage, facts in used if facts.licence_class == worst]
    if CLASSES.index(worst) >= CLASSES.index("non-commercial"):
        return ("Licence", CLASS_NAMES[worst], limited[0], "plum", "made")
    names = sorted({name for _, facts in used for name in facts.code_licence.split(" AND ")})
    return ("Licence", CLASS_NAMES[worst], ", ".join(names) or "nothing used", "", "made")


# ── evidence ──────────────────────────────────────────────────────────────────────────────────────


def _complaints(detail: ClipDetail, supports: Sequence[LineSupport]) -> str:
    """One note for each line that the source does not support."""
    notes = []
    for answer in supports:
        if answer.state != "unsupported" or detail.script is None:
            continue
        line = detail.script.lines[answer.line - 1].text
        marked = [f"“{escape(line[mark.start : mark.end])}”" for mark in answer.marks]
        what = f"{', '.join(marked)} appears nowhere in it." if marked else f"“{escape(line)}”"
        notes.append(
            f'<div class="note"><div class="note-h">{icon("triangle-alert")}<span>Line {answer.line}: {escape(answer.reason)}'
            f'</span></div><p dir="auto">{what}</p></div>'
        )
    return "".join(notes)


def _piece(words: str, lines: Sequence[int]) -> str:
    if not lines:
        return escape(words)
    numbers = " ".join(str(line) for line in lines)
    return f'<mark data-quote="{numbers}"><sup>{numbers}</sup>{escape(words)}</mark>'


def _origin(detail: ClipDetail) -> str:
    topic = detail.brief.topic
    parts = [day(topic.published_at)] if topic.published_at else []
    rights = {"own": "own words", "licensed": "licensed", "quote": "quoted with credit"}
    parts += [rights[topic.source.rights]] if topic.source else []
    link = ""
    if topic.source and urlsplit(topic.source.url).scheme in ("http", "https"):
        link = (
            f'<a class="btn btn-ghost btn-small" href="{escape(topic.source.url)}" target="_blank" rel="noopener noreferrer nofollow">'
            f"{icon('arrow-up-right')}<span>Original</span></a>"
        )
    return f'<div class="src-foot"><span>{escape(" · ".join(parts))}</span><span class="grow"></span>{link}</div>'


def _checks(detail: ClipDetail) -> list[tuple[str, Check]]:
    """(formats, check); a check with the same outcome in every format is told once, with formats ""."""
    grouped: dict[Check, list[str]] = {}
    for cut in detail.cuts.values():
        for check in cut.checks:
            grouped.setdefault(check, []).append(cut.format)
    return [
        ("" if len(formats) == len(detail.cuts) else ", ".join(formats), check) for check, formats in grouped.items()
    ]


def _named(formats: str, check: Check) -> str:
    return f"{check.name}, {formats}" if formats else check.name


def _value(check: Check) -> str:
    value = f"{check.value:g}" if isinstance(check.value, float) else str(check.value)
    return value if check.passed else f"{value}, wanted {check.bound}"


def _passed(check: Check) -> str:
    name, tone, word = (
        ("circle-check", "t-mint", "passed") if check.passed else ("triangle-alert", "t-tungsten", "not passed")
    )
    return f'{icon(name, tone)}<span class="unseen">{word}</span>'


def _length(body: str) -> str:
    """How long a text is, in what its script is counted by."""
    unspaced = len(regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", body))
    words = len(body.split())
    return several(unspaced, "character") if unspaced > words else several(words, "word")
