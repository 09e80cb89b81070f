"""`run.py pull`: fetches weights and makes environments with a progress bar, or lists what can be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from config.errors import UnknownName
from config.folders import DataFolder
from producer.consent import Consents, Terms
from producer.outside.environment import Environment, EnvironmentLock, read_environments
from producer.outside.making import make_environment
from producer.weights import Weights, pull, read_lock


@dataclass(frozen=True)
class Wanted:
    """What one name of `run.py pull` brings: weights, an environment, or both."""

    name: str
    weights: Weights | None
    environment: EnvironmentLock | None

    @property
    def title(self) -> str:
        return self.weights.title if self.weights else self.environment.title if self.environment else ""

    @property
    def size(self) -> int:
        """Bytes, about."""
        files = sum(file.size for file in self.weights.files) if self.weights else 0
        return files + (self.environment.size if self.environment else 0)

    @property
    def terms(self) -> Terms:
        if self.weights:
            return Terms(self.name, self.weights.licence, self.weights.kind, self.weights.origin)
        assert self.environment is not None  # one of the two is given
        return Terms(self.name, self.environment.licence, "osi", self.environment.repository)

    def state(self, folder: DataFolder) -> str:
        """here, in part, or not here."""
        parts = []
        if self.weights:
            missing = self.weights.missing(folder.weights / self.name)
            parts += [file not in missing for file in self.weights.files]
        if self.environment:
            parts.append(Environment(folder.environments / self.name).made_of() == self.environment.digest)
        return "here" if all(parts) else "in part" if any(parts) else "not here"


def catalogue() -> dict[str, Wanted]:
    """Everything that can be pulled, by name."""
    weights, environments = read_lock(), read_environments()
    names = dict.fromkeys([*weights, *environments])
    return {name: Wanted(name, weights.get(name), environments.get(name)) for name in names}


def list_weights(folder: DataFolder, console: Console) -> None:
    """Every name: its size, its licence and that licence's class, and whether it is here."""
    for name, wanted in catalogue().items():
        size, terms = f"{wanted.size / 1e6:7.1f} MB", wanted.terms
        licence = terms.licence if terms.kind == "osi" else terms.kind
        console.print(
            f"{name:<12} {size}  {wanted.state(folder):<9} {licence:<14} {wanted.title}", markup=False, soft_wrap=True
        )


def pull_all(
    names: tuple[str, ...], folder: DataFolder, console: Console, beside: Path | None = None, accept: bool = False
) -> None:
    """Fetch each, one after the other; `beside` is a folder that may hold what is wanted.

    Raises UnknownName or UsageError (a licence that was not accepted) before anything is fetched, StudioError when one
    cannot be had.
    """
    known = catalogue()
    for name in names:
        if name not in known:
            raise UnknownName("set of weights", name, list(known))
    consents, ask = Consents(folder.root), _ask if console.is_terminal else None
    for name in names:
        terms = known[name].terms
        console.print(f"{known[name].title}: {terms.licence}, from {terms.origin}", markup=False, soft_wrap=True)
        consents.need(terms, accept, ask)
    for name in names:
        _with_bar(name, console, partial(_bring, known[name], folder, beside))
        console.print(f"{name} is ready.", markup=False)


def _bring(wanted: Wanted, folder: DataFolder, beside: Path | None, tell: Callable[[float, str], None]) -> None:
    if wanted.environment:
        make_environment(wanted.name, wanted.environment, folder.environments / wanted.name, tell, beside)
    if wanted.weights:
        pull(wanted.name, folder.root, tell, beside=beside)


def _ask(told: str) -> bool:
    return click.confirm(f"{told}\nDo you accept it?", default=False)


def _with_bar(name: str, console: Console, work: Callable[[Callable[[float, str], None]], object]) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(28), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=1.0)
        work(lambda share, said: bar.update(task, completed=share, description=f"{name}: {said}"))
