"""A portrait that OmniAvatar films speaking, with its whole upper body: 480p, and far from real time.

Its arguments, its input file and what it prints are those of `scripts/inference.py` at the revision in
config/environments.toml. It needs CUDA; it opens paths in a shell without quotes, so that none may have a space.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from config.errors import EngineError, Unavailable
from producer.engines.base import EngineInfo, Licence, Problem
from producer.engines.models.row import FULL
from producer.engines.requests import VideoRequest
from producer.engines.video.talking_head import PORTRAIT, SPEECH, Level, TalkingHead
from producer.fingerprint import fingerprint
from producer.outside.lines import bar_of
from producer.outside.runner import Limits

ID = "omniavatar"
SILENCE_S = 0.32
"""What it hears before the speech: with the frame of the portrait itself, nine frames of 25 a second."""
STEPS = 25
"""Denoising steps; its authors name 20 to 50."""
CHUNK = re.compile(r"^\[(\d+)/(\d+)\]$")
"""It makes a film in overlapping parts, and prints which one begins."""
INPUT = "clip.txt"
UPPER_BODY = "A person faces the camera and speaks calmly, with small natural gestures"


class OmniAvatar(TalkingHead):
    """The model of 1.3 billion parameters. Any language."""

    environment_name = weights_name = ID
    skip = 9
    levels: ClassVar[Mapping[str, Level]] = {
        FULL: Level(8000, {}),
        "frugal": Level(6000, {"num_persistent_param_in_dit": "0"}),
    }
    """How many parameters stay on the GPU between steps; the others come from main memory each time. The published
    figures for 14B on an A800: 36 GB with all, 21 GB with 7 billion, 8 GB with none."""
    size: ClassVar[str] = "1.3B"
    config: ClassVar[str] = "configs/inference_1.3B.yaml"
    dit: ClassVar[Sequence[str]] = ("diffusion_pytorch_model.safetensors",)
    main_memory_mb: ClassVar[int] = 40_000
    drivers: ClassVar[Sequence[Path]] = (Path("/dev/nvidiactl"), Path("/dev/dxg"))
    """Either is there where NVIDIA's driver is: on Linux, and in Windows' own Linux."""
    _chunk = _chunks = 0

    @property
    def info(self) -> EngineInfo:
        model = self.weights_folder / f"OmniAvatar-{self.size}" / "pytorch_model.pt" if self.weights_folder else None
        return EngineInfo(
            id=ID if self.size == "1.3B" else f"{ID}-14b",
            stage="video",
            version="1",
            title=f"OmniAvatar {self.size}",
            code_licence=Licence("Apache-2.0"),
            weights_licence=Licence("Apache-2.0"),
            lane="gpu",
            presenters=("portrait",),
            memory_mb=self.memory_mb,
            profiles=self.profiles,
            weights=fingerprint(model) if model and model.is_file() else "not here",
            cures=(f"run.py pull {ID}",),
        )

    def wanted(self) -> Sequence[tuple[Path, int]]:
        base = Path(f"Wan2.1-T2V-{self.size}")
        own = Path(f"OmniAvatar-{self.size}")
        parts = ["models_t5_umt5-xxl-enc-bf16.pth", "Wan2.1_VAE.pth", *self.dit]
        files = [own / "pytorch_model.pt", own / "config.json", *(base / part for part in parts)]
        return [(file, 0) for file in (*files, Path("wav2vec2-base-960h") / "config.json")]

    def check(self) -> list[Problem]:
        problems = super().check()
        if not any(path.exists() for path in self.drivers):
            problems.append(
                Problem(f"{self.info.title} needs an NVIDIA GPU.", "Let a machine that has one do this work.")
            )
        spaced = [
            path for path in (self.weights_folder, self.environment_folder) if path and re.search(r"\s", str(path))
        ]
        if spaced:
            told = f"{self.info.title} cannot work in a folder whose name has a space: {spaced[0]}."
            problems.append(Problem(told, "Give the studio another --data folder."))
        return problems

    def load(self, device: str = "cpu") -> None:
        if device == "cpu":
            raise Unavailable(f"{self.info.title} needs an NVIDIA GPU.", "Let a worker of the GPU lane do this work.")
        super().load(device)

    def command(self, request: VideoRequest, room: Path, level: Mapping[str, str]) -> list[str]:
        """One process on one GPU. Paths are relative to the room, where it also writes."""
        if re.search(r"\s", str(room)):
            raise EngineError(
                f"{self.info.title} cannot work in a folder whose name has a space: {room}.",
                "Give the studio another --data folder.",
            )
        environment = self._environment()
        settings = {
            "seed": str(request.seed),
            "num_steps": str(STEPS),
            "silence_duration_s": str(SILENCE_S),
            **level,
        }
        return [
            str(environment.python), "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=1",
            str(environment.code / "scripts" / "inference.py"),
            "--config", str(environment.code / self.config),
            "--input_file", INPUT,
            "--hp=" + ",".join(f"{name}={value}" for name, value in settings.items()),
        ]  # fmt: skip

    def furnish(self, room: Path) -> None:
        """Its settings name weights below `pretrained_models` of the current folder."""
        assert self.weights_folder is not None  # else the check had found files missing
        (room / "pretrained_models").symlink_to(self.weights_folder)
        (room / INPUT).write_text(f"{UPPER_BODY}@@{PORTRAIT}@@{SPEECH}\n", "utf-8")

    def film(self, room: Path) -> Path | None:
        """`demo_out/<model>/res_clip_seed…/result_000_000_wav.mp4`."""
        return next(iter(sorted((room / "demo_out").glob("*/res_clip_*/result_000_000_wav.mp4"))), None)

    def limits(self, duration_s: float) -> Limits:
        return Limits(seconds=3600 + 900 * duration_s, silence_s=1800, memory_mb=self.main_memory_mb)

    def share(self, line: str, before: float) -> float:
        """Chunks are of one length, and so is each step in one."""
        if chunk := CHUNK.match(line.strip()):
            self._chunk, self._chunks = int(chunk[1]), max(1, int(chunk[2]))
            return (self._chunk - 1) / self._chunks
        bar = bar_of(line)
        if bar is None or not self._chunks:
            return before
        return (self._chunk - 1 + bar.share) / self._chunks

    def weights_cure(self, path: Path, where: Path) -> str:
        return f"Put the published {path.parts[0]} into {where} (docs/engines.md says from where)."


class OmniAvatar14B(OmniAvatar):
    """The model of 14 billion parameters."""

    size = "14B"
    config = "configs/inference.yaml"
    dit = tuple(f"diffusion_pytorch_model-{number:05}-of-00006.safetensors" for number in range(1, 7))
    levels: ClassVar[Mapping[str, Level]] = {
        FULL: Level(36_000, {}),
        "part": Level(21_000, {"num_persistent_param_in_dit": "7000000000"}),
        "frugal": Level(8_000, {"num_persistent_param_in_dit": "0"}),
    }
    main_memory_mb = 80_000
