"""A portrait that SadTalker makes speak: head, eyes and mouth follow the voice, the rest of the picture stays.

Its arguments and what it prints are those of `inference.py` at the revision in config/environments.toml. It prints that
it found no face and ends well without a film; and when the GPU is full while it looks for the face, it waits for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from config.errors import OutOfMemory
from producer.engines.base import EngineInfo, Licence
from producer.engines.models.row import FULL
from producer.engines.requests import VideoRequest
from producer.engines.video.talking_head import PORTRAIT, SPEECH, Level, Part, TalkingHead
from producer.fingerprint import fingerprint
from producer.outside import seeded
from producer.outside.lines import bar_of
from producer.outside.runner import Limits
from producer.weights import read_lock

ID = "sadtalker"
POSES = 46
"""Styles of moving the head, 0..45."""
WAITS_FOR_MEMORY = "Warning: out of memory, sleep for 1s"
PARTS = {
    "landmark Det": Part(0.06, 0.08),
    "3DMM Extraction In Video": Part(0.08, 0.10),
    "mel": Part(0.10, 0.11),
    "audio2exp": Part(0.11, 0.13),
    "Face Renderer": Part(0.13, 0.80),
    "seamlessClone": Part(0.80, 1.0),
}
"""Its progress bars in their order."""


class SadTalker(TalkingHead):
    """Faces of 256 pixels. Any language; any portrait that the photo presenter's gate lets through."""

    environment_name = weights_name = ID
    levels: ClassVar[Mapping[str, Level]] = {
        FULL: Level(3000, {"batch_size": "2"}),
        "frugal": Level(2400, {"batch_size": "1"}),
    }
    side: ClassVar[int] = 256
    title: ClassVar[str] = "SadTalker"

    @property
    def info(self) -> EngineInfo:
        model = self._model()
        pinned = {file.name: file.sha256[:16] for file in read_lock()[ID].files}
        known = pinned.get(str(model)) or self._read(model)
        return EngineInfo(
            id=ID if self.side == 256 else f"{ID}-{self.side}",
            stage="video",
            version="1",
            title=self.title,
            code_licence=Licence("Apache-2.0"),
            weights_licence=Licence("SadTalker weights (standing disputed)", "unclear"),
            lane="gpu",
            presenters=("portrait",),
            memory_mb=self.memory_mb,
            profiles=self.profiles,
            weights=known,
            cures=(f"run.py pull {ID}",),
        )

    def wanted(self) -> Sequence[tuple[Path, int]]:
        files = [(Path(file.name), file.size) for file in read_lock()[ID].files]
        return files if self.side == 256 else [*files, (self._model(), 0)]

    def command(self, request: VideoRequest, room: Path, level: Mapping[str, str]) -> list[str]:
        """The whole picture, only the head of which moves (full, still); no enhancer: it has non-commercial parts."""
        assert self.weights_folder is not None  # else the check had found files missing
        environment = self._environment()
        arguments = {
            "driven_audio": str(room / SPEECH),
            "source_image": str(room / PORTRAIT),
            "checkpoint_dir": str(self.weights_folder / "checkpoints"),
            "result_dir": str(room / "results"),
            "size": str(self.side),
            "preprocess": "full",
            "pose_style": str(request.seed % POSES),
            **level,
        }
        given = [word for name, value in arguments.items() for word in (f"--{name}", value)]
        switches = ["--still", *(["--cpu"] if self._device == "cpu" else [])]
        script = str(environment.code / "inference.py")
        return [str(environment.python), seeded.__file__, str(request.seed), script, *given, *switches]

    def furnish(self, room: Path) -> None:
        """It looks for its face models in `gfpgan/weights` of the current folder, and would download them."""
        assert self.weights_folder is not None  # else the check had found files missing
        (room / "gfpgan").symlink_to(self.weights_folder / "gfpgan")

    def film(self, room: Path) -> Path | None:
        """`results/2026_11_27_20.15.00.mp4`: named after the time it began."""
        return next(iter(sorted((room / "results").glob("*.mp4"))), None)

    def limits(self, duration_s: float) -> Limits:
        """On a processor it takes seconds for each frame."""
        return Limits(seconds=900 + 240 * duration_s, silence_s=600, memory_mb=16_000)

    def share(self, line: str, before: float) -> float:
        if WAITS_FOR_MEMORY in line:
            raise OutOfMemory(f"{self.title} ran out of the GPU's memory.", "Free some of it.")
        bar = bar_of(line)
        part = PARTS.get(bar.label) if bar else None
        return part.at(bar) if bar and part else before

    def weights_cure(self, path: Path, where: Path) -> str:
        if path == self._model() and self.side != 256:
            return f"Put the published {path.name} into {(where / path).parent}."
        return super().weights_cure(path, where)

    def _model(self) -> Path:
        return Path("checkpoints") / f"SadTalker_V0.0.2_{self.side}.safetensors"

    def _read(self, model: Path) -> str:
        path = self.weights_folder / model if self.weights_folder else None
        return fingerprint(path) if path and path.is_file() else "not here"


class SadTalker512(SadTalker):
    """Faces of 512 pixels: sharper, and slower. Nobody pins its model, which whoever has it puts into the folder."""

    side = 512
    title = "SadTalker 512"
    levels: ClassVar[Mapping[str, Level]] = {
        FULL: Level(6000, {"batch_size": "2"}),
        "frugal": Level(4500, {"batch_size": "1"}),
    }
