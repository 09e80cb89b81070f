"""`run.py doctor`: the machine's report, for reading or as JSON."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from producer.doctor.report import Reach, Report
from producer.doctor.software import Part
from producer.machine import Machine
from producer.plan.freeze import Capability
from producer.plan.presets import LANGUAGE_MODELS

SIGNS = {"ok": "[green]✓[/]", "missing": "[red]✗[/]", "optional": "[dim]–[/]"}
STAGES = ("script", "training", "scene", "line", "speech", "motion", "video", "upscale", "finish", "quality")


def show_report(report: Report, console: Console, *, as_json: bool) -> None:
    """All of it, or one JSON object."""
    if as_json:
        console.print(report.model_dump_json(), markup=False, highlight=False, soft_wrap=True)
        return
    for title, table in (
        ("Machine", _machine(report.machine)),
        ("Software", _software(report.software)),
        ("Engines", _engines(report)),
        ("A clip made now", _now(report)),
        ("How far it gets", _reach(report.presets)),
    ):
        if table.row_count:
            console.print(f"[bold]{title}[/]")
            console.print(Padding(table, (0, 0, 1, 2)), highlight=False)


def _machine(machine: Machine) -> Table:
    table = _table(2)
    table.add_row("System", f"{escape(machine.system)}, Python {machine.python}")
    table.add_row("Processor", f"{machine.cores} × {escape(machine.processor)}")
    table.add_row("Memory", f"{_gb(machine.memory_mb)}, {_gb(machine.free_memory_mb)} free")
    table.add_row("Disk", f"{_gb(machine.free_disk_mb)} free")
    for gpu in machine.gpus:
        told = f"{escape(gpu.name)}, {_gb(gpu.memory_mib, 1024)}, {_gb(gpu.free_mib, 1024)} free, driver {escape(gpu.driver)}"
        table.add_row("GPU", told)
    if not machine.gpus:
        table.add_row("GPU", "[dim]none found; everything runs on the processor[/]")
    return table


def _software(parts: tuple[Part, ...]) -> Table:
    table = _table(4)
    for part in parts:
        table.add_row(SIGNS[part.state], escape(part.name), escape(part.version), _told(part.detail, part.cure))
    return table


def _engines(report: Report) -> Table:
    table = _table(4)
    used = {choice.engine for choice in report.choices}
    for engine in sorted(report.engines, key=lambda e: STAGES.index(e.stage) if e.stage in STAGES else len(STAGES)):
        name = f"[bold]{escape(engine.engine)}[/]" if engine.engine in used else escape(engine.engine)
        told = _told(engine.problem, engine.cure) if engine.problem else f"[dim]{escape(_abilities(engine))}[/]"
        table.add_row(SIGNS["missing" if engine.problem else "ok"], engine.stage, name, told)
    return table


def _abilities(engine: Capability) -> str:
    told = [engine.weights] if engine.engine in LANGUAGE_MODELS else []
    told += [" ".join(engine.languages)] if engine.languages else []
    told += [f"for a {' or '.join(engine.presenters)} presenter"] if engine.presenters else []
    told += ["on the GPU"] if engine.lane == "gpu" else []
    return ", ".join(told)


def _told(message: str, cure: str) -> str:
    """What is the matter, and below it what to do."""
    return escape(message) + (f"\n[cyan]→ {escape(cure)}[/]" if cure else "")


def _now(report: Report) -> Table:
    table = _table(3)
    if report.waiting:
        table.add_row(SIGNS["missing"], escape(report.waiting))
    for choice in report.choices:
        table.add_row(choice.stage, escape(choice.engine), f"[dim]{escape(choice.reason)}[/]")
    return table


def _reach(presets: tuple[Reach, ...]) -> Table:
    """Each preset, and of what it misses only what none before it misses."""
    table, told = _table(3), set[tuple[str, str]]()
    best = next((reach.id for reach in reversed(presets) if reach.reached), "")
    for reach in presets:
        name = f"[bold]{reach.id}[/]" if reach.id == best else reach.id
        table.add_row(SIGNS["ok" if reach.reached else "optional"], name, escape(reach.title))
        for lack in reach.missing:
            if (lack.stage, lack.reason) not in told:
                told.add((lack.stage, lack.reason))
                table.add_row("", "", _told(f"{lack.stage}: {lack.reason}", lack.cure))
    return table


def _table(columns: int) -> Table:
    """Columns that line up, without lines; only the last may be folded."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for number in range(columns):
        table.add_column(no_wrap=number < columns - 1, overflow="fold")
    return table


def _gb(amount: int, unit: int = 1000) -> str:
    """Memory of graphics cards is counted in 1024s by everybody who sells them."""
    return f"{amount / unit:.1f} GB"
