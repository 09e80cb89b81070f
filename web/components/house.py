"""How the house does: workers, queues, what was set aside, the disk. Pure: facts in, markup out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from time import time

from producer.queue.leases import Lease
from review.licences import EngineFacts, facts_of
from review.progress import STAGES
from storage.orders import ShowSpec
from storage.overview import QueueLine, SetAside
from storage.source_health import SourceRow
from web.components.basics import chip
from web.components.deeds import deed
from web.components.shows import health_chip
from web.disk import DiskUse
from web.words import duration, moment, several, since, size

ERRANDS = {"scrape": "Reading sources", "preview": "A line to be heard"}
PARTS = ("slate", "tungsten", "plum", "mint", "rest")


def workers(
    staff: Sequence[Lease], wanted: Mapping[str, tuple[str, str]], progress: Mapping[str, float],
    engines: dict[str, EngineFacts],
) -> str:  # fmt: skip
    """`wanted`: key → (clip id, title). `progress`: key → 0..1."""
    if not staff:
        return '<p class="card-in muted">Nobody works here. Start workers with <code class="mono">python run.py up</code>.</p>'
    return "".join(_worker(lease, wanted, progress, engines) for lease in staff)


def queues(lines: Sequence[QueueLine], medians: Mapping[str, float | None], engines: dict[str, EngineFacts]) -> str:
    if not lines:
        return '<p class="card-in muted">Nothing waits.</p>'
    rows = "".join(
        f'<tr><td><span class="nm">{escape(_stage(line.stage))}</span><small>{escape(_engine(line.engine, engines))}</small></td>'
        f'<td class="num">{line.waiting or "–"}</td><td class="num">{line.running or "–"}</td>'
        f'<td class="num">{since(line.oldest) if line.oldest else "–"}</td><td class="num end">{_median(medians.get(line.engine))}</td></tr>'
        for line in lines
    )
    head = "<th>Stage</th><th>Waiting</th><th>Running</th><th>Oldest</th><th class='end'>Usually</th>"
    return f'<table class="tbl keep-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def aside(found: Sequence[SetAside], engines: dict[str, EngineFacts], *, may_act: bool) -> str:
    """Work that killed its workers, and what may be done about it."""
    return "".join(_aside(one, engines, may_act=may_act) for one in found)


def sources(show: ShowSpec, health: Mapping[str, SourceRow]) -> str:
    """One show's sources in a line; what fails says why."""
    faults = [
        (source.name or row.report.name or source.url, row.health.paused or row.report.error)
        for source in show.sources
        if (row := health.get(source.url)) and (row.health.paused or not row.report.ok)
    ]
    told = "".join(
        f'<small class="t-coral" dir="auto"><b>{escape(name)}</b>: {escape(why or "failed")}</small>'
        for name, why in faults
    )
    return (
        f'<div class="aside"><div><a class="nm" href="/shows/{escape(show.slug)}" dir="auto">{escape(show.name)}</a>'
        f"<small>{several(len(show.sources), 'source')}</small>{told}</div><div>{health_chip(show, health)}</div></div>"
    )


def disk(use: DiskUse) -> str:
    """A bar of all that is ours and of what is free."""
    ours = sum(use.parts.values())
    others = max(0, use.total - use.free - ours)
    parts = [(name, count, PARTS[number]) for number, (name, count) in enumerate(use.parts.items())]
    shown = [*parts, ("Other programs", others, "others")]
    bars = "".join(f'<b class="d-{tone}" style="flex:{count}"></b>' for _, count, tone in shown if count)
    legend = "".join(
        f'<li><i class="d d-{tone}" aria-hidden="true"></i>{escape(name)} <b>{size(count)}</b></li>'
        for name, count, tone in shown
    )
    free = f'<b style="flex:{use.free}"></b>'
    return f'<div class="diskbar" aria-hidden="true">{bars}{free}</div><ul class="legend">{legend}<li>Free <b>{size(use.free)}</b></li></ul>'


def _worker(
    lease: Lease, wanted: Mapping[str, tuple[str, str]], progress: Mapping[str, float], engines: dict[str, EngineFacts]
) -> str:
    doing = lease.doing
    resident = ", ".join(_engine(engine, engines) for engine in lease.resident.split())
    who = f'<div><span class="nm">{escape(lease.name)}</span><small>{escape(", ".join(lease.lanes))} · {escape(lease.host)}</small></div>'
    memory = f'<div class="wk-mem"><small>In memory</small>{escape(resident) or "nothing"}</div>'
    if doing is None:
        return f'<div class="wk">{who}<div class="wk-do">{chip("idle")}<span class="muted">Waiting for work</span></div>{memory}</div>'
    clip_id, title = wanted.get(doing.key, ("", ERRANDS.get(doing.kind, "")))
    what = (
        f'<a href="/clip/{escape(clip_id)}" dir="auto">{escape(title)}</a>'
        if clip_id
        else f"<span>{escape(title)}</span>"
    )
    fraction = progress.get(doing.key)
    meter = f'<span class="meter"><b style="width:{fraction * 100:.0f}%"></b></span>' if fraction else ""
    ran = f'<span class="faint num">{duration(max(0.0, time() - doing.since))}</span>'
    engine = chip(_engine(doing.engine, engines) if doing.engine else doing.kind, "slate")
    return f'<div class="wk">{who}<div class="wk-do">{engine}<span class="wk-what">{what}</span>{ran}{meter}</div>{memory}</div>'


def _aside(one: SetAside, engines: dict[str, EngineFacts], *, may_act: bool) -> str:
    title = one.title or ERRANDS.get(one.kind, one.kind)
    facts = [_stage(one.stage) if one.stage else "", f"{_engine(one.engine, engines)} {one.engine_version}".strip()]
    facts += [f"killed {several(one.strikes, 'worker')}"] + ([f"last {moment(one.at)}"] if one.at else [])
    name = f'<a href="/clip/{escape(one.clip_id)}">{escape(title)}</a>' if one.clip_id else escape(title)
    deeds = ""
    if may_act:
        deeds = deed("retry", one.key, "Try again", "rotate-cw", about=title) if one.clip_id else ""
        deeds += deed("discard", one.key, "Discard", "trash-2", kind="danger", about=title)
    detail = (one.error.detail or one.error.message) if one.error else ""
    log = f"<pre>{escape(detail[-1200:])}</pre>" if detail else ""
    return (
        f'<div class="aside"><div><span class="nm" dir="auto">{name}</span><small>{escape(" · ".join(filter(None, facts)))}</small></div>'
        f'<div class="aside-deeds">{deeds}</div>{log}</div>'
    )


def _stage(stage: str) -> str:
    return STAGES.get(stage, stage or "Errands")


def _engine(engine: str, engines: dict[str, EngineFacts]) -> str:
    return facts_of(engine, "", engines).title if engine else ""


def _median(seconds: float | None) -> str:
    return duration(seconds) if seconds is not None else "–"
