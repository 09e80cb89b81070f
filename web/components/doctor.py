"""What `run.py doctor` found, on the system page. Pure: a report in, markup out."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from producer.doctor.report import Report
from producer.machine import Machine
from producer.plan.freeze import Capability
from review.progress import STAGES
from web.theme.marks import icon

MARKS = {"ok": ("circle-check", "t-mint", "in order"), "missing": ("circle-x", "t-coral", "missing"),
         "optional": ("circle", "faint", "not here, and not needed")}  # fmt: skip


def doctor(report: Report) -> str:
    """The verdict, then the machine, its software and every engine, with the cure of whatever is missing."""
    parts = [_row(part.state, part.name, part.version, part.detail, part.cure) for part in report.software]
    return (
        f'<div class="card-in">{_verdict(report)}</div>'
        f"{_group('Machine', _machine(report.machine))}{_group('Software', parts)}{_group('Engines', _engines(report))}"
    )


def _verdict(report: Report) -> str:
    if report.waiting:
        return f'<div class="note" style="margin:0"><div class="note-h">{icon("circle-x")}<span>No clip can be made here now</span></div><p>{escape(report.waiting)}</p></div>'
    made = "".join(
        f'<div class="pair"><span>{STAGES.get(choice.stage, choice.stage)}</span><b>{escape(choice.engine)}</b></div>'
        for choice in report.choices
    )
    return f'<p class="muted" style="margin-bottom:8px">A clip that is ordered now is made with:</p>{made}'


def _machine(machine: Machine) -> list[str]:
    facts = [
        ("System", f"{machine.system}, Python {machine.python}"),
        ("Processor", f"{machine.cores} × {machine.processor}"),
        ("Memory", f"{machine.memory_mb / 1000:.1f} GB, {machine.free_memory_mb / 1000:.1f} GB free"),
        ("Disk", f"{machine.free_disk_mb / 1000:.1f} GB free"),
    ]
    gpus = [(gpu.name, f"{gpu.memory_mib / 1024:.1f} GB, driver {gpu.driver}") for gpu in machine.gpus]
    gpus = gpus or [("GPU", "none found; everything runs on the processor")]
    return [
        f'<li class="dr"><span></span><b>{escape(name)}</b><span>{escape(told)}</span></li>'
        for name, told in (*facts, *gpus)
    ]


def _engines(report: Report) -> list[str]:
    order = list(STAGES)
    ranked = sorted(report.engines, key=lambda e: order.index(e.stage) if e.stage in order else len(order))
    return [_engine(engine) for engine in ranked]


def _engine(engine: Capability) -> str:
    state = "optional" if engine.problem else "ok"
    stage = STAGES.get(engine.stage, engine.stage)
    told = engine.problem or " ".join(engine.languages) or ("on the GPU" if engine.lane == "gpu" else "")
    return _row(state, engine.engine, stage, told, engine.cure if engine.problem else "")


def _row(state: str, name: str, aside: str, detail: str, cure: str) -> str:
    picture, tone, word = MARKS[state]
    mend = f'<code class="mono">{escape(cure)}</code>' if cure else ""
    return (
        f'<li class="dr">{icon(picture, tone)}<b>{escape(name)}<span class="unseen">: {word}</span><small>{escape(aside)}</small></b>'
        f"<span>{escape(detail)}{mend}</span></li>"
    )


def _group(title: str, rows: Iterable[str]) -> str:
    return f'<h3 class="dr-h">{title}</h3><ul class="drs">{"".join(rows)}</ul>'
