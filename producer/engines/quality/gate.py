"""The quality gate: every check that can run here, on one finished cut."""

from __future__ import annotations

from pathlib import Path

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.line.ears import FOLDER, Ears
from producer.engines.requests import QualityRequest
from producer.likeness import ID as SPEAKER
from producer.quality.helpers import Memory, Voices
from producer.recognition import ID as IDENTITY
from producer.recognition import Faces
from storage.quality import QualityReport


class Gate:
    """Always ready. `weights_folder` is where a recogniser's weights are, if any; beside it are those of other helpers. Which of
    them are there is part of the key, so that a cut is looked at again by a studio that can hear."""

    weights_name = FOLDER
    weights_folder: Path | None = None

    def __init__(self) -> None:
        self._ears: Ears | None = None
        self._memory: Memory | None = None
        self._voices: Voices | None = None
        self._faces: Faces | None = None

    @property
    def info(self) -> EngineInfo:
        weights = self._weights
        problems = {
            FOLDER: Ears(weights).problem, SPEAKER: Voices(weights).problem, IDENTITY: Faces(weights).problem,
        }  # fmt: skip
        return EngineInfo(
            id="gate", stage="quality", version="2", title="Quality gate", code_licence=Licence("Apache-2.0"),
            weights="+".join(name for name, problem in problems.items() if not problem),
        )  # fmt: skip

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        """Import what `run` needs, so that the first report is no slower than the next."""
        import producer.quality.examine  # noqa: F401

        self._ears = Ears(self._weights)
        self._memory, self._voices, self._faces = Memory(self._ears), Voices(self._weights), Faces(self._weights)

    def unload(self) -> None:
        if self._ears is not None:
            self._ears.close()
        self._ears = self._memory = self._voices = self._faces = None

    def run(self, request: QualityRequest, context: Context) -> QualityReport:
        from producer.quality.evidence import Evidence
        from producer.quality.examine import Helpers, examine

        if self._memory is None or self._voices is None or self._faces is None:
            self.load()
        assert self._memory is not None
        assert self._voices is not None
        assert self._faces is not None
        context.progress(0.0, "looking at it")
        evidence = Evidence(request, context.artifacts, context.stop_if_cancelled)
        return examine(evidence, Helpers(self._memory, self._voices, self._faces))

    @property
    def _weights(self) -> Path | None:
        return self.weights_folder.parent if self.weights_folder else None
