"""`run.py pull`: fetches weights with a progress bar, or lists what can be fetched."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from config.errors import UnknownName
from producer.weights import pull, read_lock


def list_weights(weights: Path, console: Console) -> None:
    """Every set of weights: its size, its licence, and whether it is here."""
    for name, entry in read_lock().items():
        size = sum(file.size for file in entry.files) / 1e6
        state = "not here" if entry.missing(weights / name) else "here"
        console.print(
            f"{name:<12} {size:7.1f} MB  {state:<9} {entry.licence:<14} {entry.title}", markup=False, soft_wrap=True
        )


def pull_weights(names: tuple[str, ...], data: Path, console: Console) -> None:
    """Fetch each, one after the other. Raises UnknownName before anything is fetched, StudioError when one cannot be had."""
    known = read_lock()
    for name in names:
        if name not in known:
            raise UnknownName("set of weights", name, list(known))
    for name in names:
        entry = known[name]
        console.print(f"{entry.title}: {entry.licence}, from {entry.origin}", markup=False, soft_wrap=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(28),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            total = sum(file.size for file in entry.files)
            task = bar.add_task(name, total=total)
            pull(name, data, lambda share, said: bar.update(task, completed=share * total, description=said))  # noqa: B023
        console.print(f"{name} is ready.", markup=False)
