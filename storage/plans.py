"""What a clip froze when its production began."""

from __future__ import annotations

from typing import ClassVar

from storage.documents import Document, Frozen
from storage.quality import EarlierClip


class EngineChoice(Frozen):
    """One engine at one profile, as it was when it was chosen; `reason` is for people."""

    engine: str
    version: str
    weights: str = ""
    lane: str = "cpu"
    profile: str = "default"
    reason: str = ""
    instead_of: str = ""
    """The engine that was wanted, where it could not do it when the plan was made."""
    problem: str = ""
    """What that one lacked, or how the one before this failed, in a sentence or two; "" = nobody there knew it."""


class Plan(Document):
    """Variant and engines of one clip. Per stage the engines tried, the last one in use:
    a fallback is added by the planner and shown to the reviewer, never silent."""

    tag: ClassVar[str] = "plan/1"

    variant: str
    engines: dict[str, tuple[EngineChoice, ...]]
    earlier: tuple[EarlierClip, ...] = ()
    """The show's last clips, as they were then: what this one must not repeat."""

    def engine_for(self, stage: str) -> EngineChoice:
        return self.engines[stage][-1]

    def with_fallback(self, stage: str, choice: EngineChoice) -> Plan:
        return self.model_copy(update={"engines": {**self.engines, stage: (*self.engines[stage], choice)}})


class Failure(Frozen):
    """Why a clip could not be finished, in a person's words."""

    node: str
    stage: str
    engine: str
    message: str
    cure: str = ""
    set_aside: bool = False
