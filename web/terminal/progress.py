"""Live progress of clips in a terminal; plain lines where there is none."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

WEIGHTS = {"script": 1.0, "scene": 2.0, "line": 1.0, "speech": 1.0, "video": 1.0, "finish": 12.0, "quality": 0.5}
"""How long stages take beside each other on a bare machine, for the length of the bar only."""


class ClipProgress:
    """A bar per clip that is being made. `show` takes a clip's report (`web.reporting.report`) again and again."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress(
            TextColumn("{task.description:<44.44}"), BarColumn(28), TextColumn("{task.fields[now]:<12}"), TimeElapsedColumn(),
            console=console, transient=True,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}
        self._said: dict[str, str] = {}

    def __enter__(self) -> ClipProgress:
        if self._console.is_terminal:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._console.is_terminal:
            self._progress.stop()

    def show(self, report: dict[str, Any]) -> None:
        row, stage = report["row"], current_stage(report["nodes"])
        title = row["title"]
        if not self._console.is_terminal:
            if stage and self._said.get(row["id"]) != stage:
                self._said[row["id"]] = stage
                self._console.print(f"{title[:60]}: {stage}", markup=False, soft_wrap=True)
            return
        if row["id"] not in self._tasks:
            self._tasks[row["id"]] = self._progress.add_task(title, total=1.0, now="")
        self._progress.update(self._tasks[row["id"]], description=title, completed=fraction(report["nodes"]), now=stage)


def current_stage(nodes: list[dict[str, Any]]) -> str:
    """The stage that is being made, or the next one."""
    return next((node["stage"] for node in nodes if node["state"] != "done"), "")


def fraction(nodes: list[dict[str, Any]]) -> float:
    """How far a clip is, 0..1. Stages that are not known yet count with their usual weight."""
    known = {node["stage"] for node in nodes}
    total = sum(WEIGHTS.get(n["stage"], 1.0) for n in nodes) + sum(w for s, w in WEIGHTS.items() if s not in known)
    done = sum(WEIGHTS.get(n["stage"], 1.0) * (1.0 if n["state"] == "done" else n["progress"]) for n in nodes)
    return min(done / total, 1.0)
