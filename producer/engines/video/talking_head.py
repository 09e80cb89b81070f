"""What all engines share that let a program of its own make a portrait speak.

    options.look = {"portrait": an artifact reference, …}

The portrait is looked at first, by the photo presenter's own eyes and bounds: what cannot speak is refused before the
GPU is asked for anything. The program then gets the portrait as a PNG that was written here, never the uploaded bytes.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from config.errors import BadInput, Unavailable
from config.folders import INSTALLED
from producer.engines.base import Context, EngineInfo, Problem, Profile
from producer.engines.models.row import FULL
from producer.engines.requests import VideoRequest
from producer.engines.video.photo import ID as FACES
from producer.engines.video.photo import portrait_of
from producer.outside.environment import Environment, read_environments
from producer.outside.footage import take
from producer.outside.lines import Bar, bar_of
from producer.outside.runner import Limits, Program, run
from producer.outside.verdicts import empty_handed
from producer.weights import read_lock
from storage.documents import ArtifactRef, Performance

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from producer.render.photo.study import Observer

    Pixels = npt.NDArray[np.uint8]

LOOKED, MADE = 0.04, 0.96
"""Fractions of the work that are done when the portrait was looked at, and when the program is done."""
LARGEST = 1080
"""The longer side of the portrait that a program gets, in pixels: more is never shown."""
PORTRAIT, SPEECH = "portrait.png", "speech.wav"


@dataclass(frozen=True)
class Part:
    """A progress bar's place in the whole, as fractions of the program's work."""

    start: float
    end: float

    def at(self, bar: Bar) -> float:
        return self.start + (self.end - self.start) * bar.share


@dataclass(frozen=True)
class Level:
    """A way to run the program: the GPU's memory that it takes so, and what it is told for it."""

    memory_mb: int
    told: Mapping[str, str]


class TalkingHead(ABC):
    """The frame. A program's engine says what it is, its command, where its film lies, and how its lines read."""

    environment_name: ClassVar[str]
    weights_name: ClassVar[str]
    levels: ClassVar[Mapping[str, Level]]
    """By profile, ways to use ever less of the GPU's memory for the very same frames, best and largest first."""
    skip: ClassVar[int] = 0
    """Frames before the speech begins."""

    weights_folder: Path | None = None
    environment_folder: Path | None = None
    profile: str = FULL

    def __init__(self, observer: Observer | None = None) -> None:
        """`load` makes the observer; whoever hands one in needs no face models."""
        self._observer, self._given = observer, observer
        self._device = "auto"

    @property
    @abstractmethod
    def info(self) -> EngineInfo: ...

    @property
    def profiles(self) -> tuple[Profile, ...]:
        return tuple(Profile(name, level.memory_mb) for name, level in self.levels.items())

    @property
    def memory_mb(self) -> int:
        """What it takes at its profile."""
        return self.levels[self.profile].memory_mb

    @abstractmethod
    def wanted(self) -> Sequence[tuple[Path, int]]:
        """Weight files below the weights folder, with their sizes in bytes; 0 = any."""

    @abstractmethod
    def command(self, request: VideoRequest, room: Path, level: Mapping[str, str]) -> list[str]:
        """The program and its arguments; the portrait and the speech lie in its room as `PORTRAIT` and `SPEECH`."""

    @abstractmethod
    def film(self, room: Path) -> Path | None:
        """What it made; None when it made nothing."""

    @abstractmethod
    def limits(self, duration_s: float) -> Limits: ...

    def furnish(self, room: Path) -> None:
        """Put into the room what the program looks for in its current folder. Most look for nothing."""
        return

    @abstractmethod
    def share(self, line: str, before: float) -> float:
        """How much of the program's work is done, by a line that it printed; may raise what the line means."""

    def check(self) -> list[Problem]:
        info, pull = self.info, f"run.py pull {self.environment_name}"
        problems = []
        if self._environment().made_of() != read_environments()[self.environment_name].digest:
            problems.append(Problem(f"The environment of {info.title} is not here.", pull))
        problems += self._missing()
        if self._given is None and self._faces() is None:
            problems.append(Problem("The face models that find a mouth are not installed.", f"run.py pull {FACES}"))
        return problems

    def load(self, device: str = "cpu") -> None:
        """The program loads its weights each time it runs; what is loaded here only looks at portraits."""
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        self._device = device
        if self._given is not None:
            self._observer = self._given
            return
        from producer.render.photo.study import Observer

        faces = self._faces()
        assert faces is not None  # else the check had found it missing
        self._observer = Observer(faces)

    def unload(self) -> None:
        self._observer = None

    def run(self, request: VideoRequest, context: Context) -> Performance:
        """Raises BadInput for a look without a portrait, or a portrait that cannot speak; and what `runner.run` does."""
        portrait, speech = portrait_of(request.options.look), request.speech
        context.stop_if_cancelled()
        context.progress(0.0, "looking at the portrait")
        picture = self._speaking(portrait, context)
        context.stop_if_cancelled()
        context.progress(LOOKED, "starting")
        made, fps = self._make(picture, request, context, self.levels[self.profile].told)
        context.progress(1.0, "spoken")
        kept = {name: request.options.look[name] for name in ("framing",) if name in request.options.look}
        look = {**kept, "portrait": portrait.model_dump()}
        return Performance(duration_s=speech.duration_s, fps=fps, footage=made, look=look)

    def _make(
        self, picture: Pixels, request: VideoRequest, context: Context, level: Mapping[str, str]
    ) -> tuple[ArtifactRef, int]:
        room, speech, info = context.workdir / "room", request.speech, self.info
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir()
        _write(picture, room / PORTRAIT)
        shutil.copyfile(context.artifacts.fetch(speech.audio), room / SPEECH)
        self.furnish(room)
        cure = f"run.py pull {self.environment_name}"
        command, limits = self.command(request, room, level), self.limits(speech.duration_s)
        program = Program(info.title, command, room, limits, self._variables(), cure)
        tail = run(program, context, self._listener(context))
        film = self.film(room)
        if film is None:
            raise empty_handed(info.title, tail)
        target = context.workdir / "footage.mp4"
        taken = take(film, target, info.title, speech.duration_s, self.skip)
        return context.artifacts.put(target, "video/mp4"), taken.fps

    def _listener(self, context: Context) -> Callable[[str], None]:
        done = 0.0

        def heard(line: str) -> None:
            nonlocal done
            done = max(done, min(1.0, self.share(line, done)))
            if bar_of(line) is not None:
                context.progress(LOOKED + (MADE - LOOKED) * done, "speaking")

        return heard

    def _variables(self) -> dict[str, str]:
        """Which GPU it sees: none on `cpu`, the n-th on `cuda:n`, whichever it likes on `auto`."""
        if self._device == "cpu":
            return {"CUDA_VISIBLE_DEVICES": ""}
        number = self._device.partition("cuda:")[2]
        return {"CUDA_VISIBLE_DEVICES": number} if number else {}

    def _speaking(self, portrait: ArtifactRef, context: Context) -> Pixels:
        """The portrait, RGB. Raises BadInput when it cannot be made to speak."""
        from producer.render.inputs import read_picture
        from producer.render.photo.gate import judge

        if self._observer is None:
            raise Unavailable(f"{self.info.title} is not loaded.", "Load it first.")
        colours = read_picture(context.artifacts.fetch(portrait))[..., :3]
        if refusal := judge(self._observer.study(colours).measures):
            raise BadInput(f"This portrait cannot speak. {refusal.message}", refusal.cure)
        return colours

    def _missing(self) -> list[Problem]:
        folder = self.weights_folder
        for path, size in self.wanted():
            there = folder / path if folder else None
            if there is None or not there.exists() or (size and there.stat().st_size != size):
                where = folder or Path("weights") / self.weights_name
                return [Problem(f"{self.info.title} lacks {path}.", self.weights_cure(path, where))]
        return []

    def weights_cure(self, path: Path, where: Path) -> str:
        """What brings a weight file."""
        return f"run.py pull {self.weights_name}"

    def _environment(self) -> Environment:
        return Environment(self.environment_folder or Path("environments") / self.environment_name)

    def _faces(self) -> Path | None:
        """The photo presenter's weights: pulled into the folder beside, or come with the installation."""
        beside = [self.weights_folder.parent / FACES] if self.weights_folder else []
        lock = read_lock()[FACES]
        return next((path for path in (*beside, INSTALLED / "weights" / FACES) if not lock.missing(path)), None)


def _write(picture: Pixels, path: Path) -> None:
    """As PNG, no larger than it will be shown, with even sides."""
    import cv2

    zoom = min(1.0, LARGEST / max(picture.shape[:2]))
    height, width = (max(2, round(side * zoom) // 2 * 2) for side in picture.shape[:2])
    sized = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    cv2.cvtColor(sized, cv2.COLOR_RGB2BGR, dst=sized)
    path.write_bytes(cv2.imencode(".png", sized)[1].tobytes())
