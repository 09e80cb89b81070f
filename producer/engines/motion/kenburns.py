"""The move that needs nothing: the camera comes slowly closer, drawn by finish itself. What everything falls back to."""

from __future__ import annotations

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import MotionRequest
from storage.documents import Motion


class KenBurns:
    info = EngineInfo(
        id="kenburns",
        stage="motion",
        version="1",
        title="Ken Burns move",
        code_licence=Licence("Apache-2.0"),
    )

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        """Nothing to make resident."""

    def unload(self) -> None:
        """Nothing to free."""

    def run(self, request: MotionRequest, context: Context) -> Motion:
        context.stop_if_cancelled()
        context.progress(1.0, "the camera comes closer")
        return Motion(move="closer")
