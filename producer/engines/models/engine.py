"""An engine around a model in diffusers' folder format: what it is, what it lacks, and how it is loaded."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, Generic, Protocol, TypeVar

from config.errors import Unavailable
from producer.engines.base import EngineInfo, Licence, Problem, Stage
from producer.engines.models.folder import Unfit, examine, fingerprint_of
from producer.engines.models.row import FULL, Model, fetching
from producer.machine import has_gpu

PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "peft", "safetensors")
INSTALL = 'pip install "dailies[diffusers]"'
FOR_A_PROCESSOR_MB = 1_000
"""Models up to this size are used on a machine without a GPU too; larger ones would take many minutes."""


class Closable(Protocol):
    """What is in memory while an engine is loaded."""

    def close(self) -> None: ...


Row = TypeVar("Row", bound=Model)
Loaded = TypeVar("Loaded", bound=Closable)


@dataclass
class ModelEngine(ABC, Generic[Row, Loaded]):
    """Works with one model. `profile` is set before `load`; `weights_folder` by the registry.

    A stage of its own says which `stage`, `version` and code licence, opens what it loads, and runs.
    """

    stage: ClassVar[Stage]
    version: ClassVar[str] = "1"
    code_licence: ClassVar[Licence] = Licence("Apache-2.0")

    model: Row
    weights_folder: Path | None = None
    profile: str = FULL
    _loaded: Loaded | None = None

    @property
    def info(self) -> EngineInfo:
        memory = {profile.id: profile.memory_mb for profile in self.model.profiles}
        return EngineInfo(
            id=self.model.id,
            stage=self.stage,
            version=self.version,
            title=self.model.title,
            code_licence=self.code_licence,
            weights_licence=self.model.licence,
            lane="gpu",
            memory_mb=memory[self.profile],
            profiles=self.model.profiles,
            weights=self.fingerprint(),
            cures=(INSTALL, self._fetching()),
        )

    def check(self) -> list[Problem]:
        problems, title = [], self.model.title
        folder = self._folder()
        if folder is None:
            problems.append(Problem(f"The weights of {title} are not here.", self._fetching()))
        else:
            try:
                size_mb = sum(file.stat().st_size for file in examine(folder, self.model.pipeline)) / 1e6
            except (Unfit, OSError) as reason:
                told = f"The folder {folder.name} is no {title}: {reason}."
                problems.append(Problem(told, f"Fetch it again: {self._fetching()}"))
            else:
                if size_mb > FOR_A_PROCESSOR_MB and not has_gpu():
                    told = f"{title} works on a GPU, and none is here."
                    problems.append(Problem(told, "Run a worker on a machine that has one."))
        if missing := [name for name in (*PACKAGES, *self.model.packages) if find_spec(name) is None]:
            problems.append(Problem(f"{title} needs {', '.join(missing)}.", INSTALL))
        return problems

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        folder = self._folder()
        assert folder is not None  # else the check had found it missing
        self._loaded = self._open(folder, device)

    def unload(self) -> None:
        if self._loaded is not None:
            self._loaded.close()
        self._loaded = None

    def ready(self) -> Loaded:
        """What is loaded. Raises Unavailable."""
        if self._loaded is None:
            raise Unavailable(f"{self.model.title} is not loaded.", "Load it first.")
        return self._loaded

    def fingerprint(self) -> str:
        """16 hex digits that change with every file of the model."""
        folder = self._folder()
        try:
            files = examine(folder, self.model.pipeline) if folder else ()
        except (Unfit, OSError):
            files = ()
        return fingerprint_of(files) if files else "not here"

    @abstractmethod
    def _open(self, folder: Path, device: str) -> Loaded:
        """Reads the model from `folder` into memory for `device`."""

    def _folder(self) -> Path | None:
        folder = self.weights_folder
        return folder if folder and folder.is_dir() else None

    def _fetching(self) -> str:
        return fetching(self.model, self.weights_folder or Path("weights") / self.model.id)
