"""A stored file turned out damaged: forget it and whatever recorded it, so that production makes it again."""

from __future__ import annotations

from functools import partial

from storage.artifacts import ArtifactStore
from storage.work import forget_result
from storage.writer import Writer


def remake(sha256: str, artifacts: ArtifactStore, writer: Writer) -> None:
    """After this the clips concerned are back in production; wake the planner."""
    artifacts.discard(sha256)
    for key in writer.do(partial(forget_result, sha256=sha256)):
        artifacts.discard_result(key)
