"""Pictures enlarged by Real-ESRGAN: our own network, the weights that its authors published, tile by tile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem, Profile
from producer.engines.models.row import FULL, TILED
from producer.engines.requests import UpscaleRequest
from producer.engines.upscale.enlarging import enlarged
from producer.fingerprint import fingerprint
from producer.machine import has_gpu
from storage.documents import Upscaled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from producer.nets.esrgan.enlarger import Enlarger

    Pixels = npt.NDArray[np.uint8]

ID = "realesrgan"
FILES = ("RealESRGAN_x4plus.pth", "RealESRGAN_x2plus.pth", "realesrgan.safetensors")
"""The first that is there is taken."""
TORCH = 'pip install "torch>=2.7,<3"'
TILES: Mapping[str, int] = {FULL: 400, TILED: 160}
MEMORY = (Profile(FULL, 3000), Profile(TILED, 1200))
"""Reckoned: at half precision a tile's dense layers take about 15 kB a pixel."""
FOR_A_PROCESSOR_MB = 10
"""Networks up to this size are used without a GPU too; the published one would take a processor many minutes."""
WORKED = 0.95


@dataclass
class RealEsrgan:
    """`profile` is set before `load`; `weights_folder` by the registry."""

    weights_folder: Path | None = None
    profile: str = FULL
    _enlarger: Enlarger | None = None

    @property
    def info(self) -> EngineInfo:
        path = self._file()
        return EngineInfo(
            id=ID,
            stage="upscale",
            version="1",
            title="Real-ESRGAN",
            code_licence=Licence("Apache-2.0"),
            weights_licence=Licence("BSD-3-Clause"),
            lane="gpu",
            memory_mb={profile.id: profile.memory_mb for profile in MEMORY}[self.profile],
            profiles=MEMORY,
            weights=fingerprint(path) if path else "not here",
            cures=(f"run.py pull {ID}", TORCH),
        )

    def check(self) -> list[Problem]:
        problems, path = [], self._file()
        if path is None:
            problems.append(Problem("The weights of Real-ESRGAN are not here.", f"run.py pull {ID}"))
        elif path.stat().st_size > FOR_A_PROCESSOR_MB * 1e6 and not has_gpu():
            told = "Real-ESRGAN works on a GPU, and none is here."
            problems.append(Problem(told, "Run a worker on a machine that has one."))
        if find_spec("torch") is None:
            problems.append(Problem("Real-ESRGAN needs the package torch.", TORCH))
        return problems

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        from producer.nets.esrgan.enlarger import Enlarger

        path = self._file()
        assert path is not None  # else the check had found it missing
        self._enlarger = Enlarger(path, TILES[self.profile], device)

    def unload(self) -> None:
        if self._enlarger is not None:
            self._enlarger.close()
        self._enlarger = None

    def run(self, request: UpscaleRequest, context: Context) -> Upscaled:
        """Raises BadInput when it is no picture."""
        enlarger = self._enlarger
        if enlarger is None:
            raise Unavailable("Real-ESRGAN is not loaded.", "Load it first.")

        def told(fraction: float) -> None:
            context.progress(WORKED * fraction, "enlarging")

        def enlarge(picture: Pixels, _times: float) -> Pixels:
            return enlarger.enlarge(picture, told, context.stop_if_cancelled)

        return enlarged(request, context, enlarge)

    def _file(self) -> Path | None:
        folder = self.weights_folder
        return next((folder / name for name in FILES if folder and (folder / name).is_file()), None)
