"""The quality gate: every check that can run here, on one finished cut."""

from __future__ import annotations

from pathlib import Path

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.line.ears import FOLDER, Ears
from producer.engines.requests import QualityRequest
from storage.quality import QualityReport


class Gate:
    """Always ready. `weights_folder` is where a recogniser's weights are, if any; whether they are is part of the key, so
    that a cut is looked at again by a studio that can hear."""

    weights_name = FOLDER
    weights_folder: Path | None = None

    def __init__(self) -> None:
        self._ears: Ears | None = None

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(
            id="gate", stage="quality", version="1", title="Quality gate", code_licence=Licence("Apache-2.0"),
            weights="" if self._listener().problem else FOLDER,
        )  # fmt: skip

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        """Import what `run` needs, so that the first report is no slower than the next."""
        import producer.quality.examine  # noqa: F401

    def unload(self) -> None:
        if self._ears is not None:
            self._ears.close()
            self._ears = None

    def run(self, request: QualityRequest, context: Context) -> QualityReport:
        from producer.quality.evidence import Evidence
        from producer.quality.examine import examine

        context.progress(0.0, "looking at it")
        return examine(Evidence(request, context.artifacts, context.stop_if_cancelled), self._listener())

    def _listener(self) -> Ears:
        if self._ears is None:
            self._ears = Ears(self.weights_folder.parent if self.weights_folder else None)
        return self._ears
