"""The contract of an engine: the implementation of one stage.

To add one: write a class with `info`, `check`, `load`, `unload` and `run`, and name it in
`registry.py` (or in the entry point group `dailies.engines`). `tests/producer/engines/test_contract.py`
then holds it to the contract.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from config.errors import Cancelled
from storage.artifacts import ArtifactStore
from storage.documents import Document, SpokenLine
from storage.orders import PresenterKind

if TYPE_CHECKING:
    from producer.engines.requests import LineRequest

Stage = Literal["script", "training", "scene", "line", "speech", "motion", "video", "upscale", "finish", "quality"]
Lane = Literal["gpu", "cpu"]
LicenceClass = Literal["osi", "use-limited", "non-commercial", "unclear"]
Need = Literal["", "samples", "recording", "picture", "film"]
"""What of a person an engine works with: samples of a presenter's voice, or the recording, picture or film that was brought
for a clip."""


@dataclass(frozen=True)
class Licence:
    """`name` is an SPDX id where one exists."""

    name: str
    kind: LicenceClass = "osi"


@dataclass(frozen=True)
class Profile:
    """One way to run an engine, and the device memory that it takes so."""

    id: str
    memory_mb: int


@dataclass(frozen=True)
class EngineInfo:
    """What is known of an engine without loading it."""

    id: str
    stage: Stage
    version: str
    title: str
    code_licence: Licence
    weights_licence: Licence | None = None
    lane: Lane = "cpu"
    languages: tuple[str, ...] = ()
    """Languages it can handle; empty = any."""
    presenters: tuple[PresenterKind, ...] = ()
    """Kinds of presenter it can show; empty = any."""
    needs: Need = ""
    """What it cannot work without; "" = nothing."""
    memory_mb: int = 0
    """Device memory while resident, at the profile that it is to be loaded with."""
    profiles: tuple[Profile, ...] = ()
    """Ways to run it, best and largest first; an engine with some has a `profile`, set before `load`. Empty = one way."""
    weights: str = ""
    """Fingerprint of its weights (package and version, or sha256); part of the stage key."""
    cures: tuple[str, ...] = ()
    """The commands that would make it ready, for a person to paste."""
    heeds: bool = False
    """A writer that follows what a reviewer asks for; others keep the source's own words, and choose anew."""


@dataclass(frozen=True)
class VoiceInfo:
    """A voice of a line engine, known without loading it."""

    id: str
    """What a presenter's `voices` names."""
    name: str
    language: str
    """A BCP 47 tag: en-GB, pt-BR."""
    gender: Literal["female", "male", "any"]
    here: bool
    """Whether its files are on this machine."""
    borrowed: bool = False
    """Whether it is the voice of whoever gave samples, so that it cannot introduce itself."""


@dataclass(frozen=True)
class Problem:
    """Why an engine is not ready, and the command or action that would make it so."""

    message: str
    cure: str = ""


def _say_nothing(_fraction: float, _message: str = "") -> None:
    """Progress that nobody listens to."""


@dataclass(frozen=True)
class Context:
    """All that an engine gets from the house while it runs. It never reads settings."""

    workdir: Path
    """A private, empty folder; removed afterwards."""
    artifacts: ArtifactStore
    progress: Callable[[float, str], None] = _say_nothing
    """Called with a fraction 0..1 and a few words."""
    cancelled: Callable[[], bool] = lambda: False
    """Polled at least every half second of work."""
    log: Callable[[str], None] = field(default=lambda _line: None)

    def stop_if_cancelled(self) -> None:
        """Raises Cancelled when somebody asked for it."""
        if self.cancelled():
            raise Cancelled


class Engine(Protocol):
    """One implementation of one stage. `run` takes the request of its stage and returns its document."""

    info: EngineInfo

    def check(self) -> list[Problem]:
        """What keeps it from running here; imports nothing heavy. Empty = ready."""

    def load(self, device: str = "cpu") -> None:
        """Make weights resident. Heavy imports happen here. Raises Unavailable or OutOfMemory.

        `device`: cpu, cuda:0 …, or auto: the GPU where it finds one that it can use.
        """

    def unload(self) -> None: ...

    def run(self, request: Any, context: Context) -> Document:
        """Make the stage's document. Deterministic for equal request and seed.

        Raises BadInput, Unavailable, OutOfMemory, Cancelled.
        """


@runtime_checkable
class HasVoices(Protocol):
    """A line engine that can say which voices it has. The first of a language is the default one."""

    info: EngineInfo

    def catalogue(self) -> tuple[VoiceInfo, ...]: ...

    def run(self, request: LineRequest, context: Context) -> SpokenLine: ...
