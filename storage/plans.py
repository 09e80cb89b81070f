"""What a clip froze when its production began."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

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
    a fallback is added by the planner and shown to the reviewer, never silent.

    Lines in a language that the clip's voice does not speak have engines of their own, under `line.` and its code.
    """

    tag: ClassVar[str] = "plan/1"

    variant: str
    engines: dict[str, tuple[EngineChoice, ...]]
    last_clips: tuple[EarlierClip, ...] = ()
    """The show's last clips, as they were then: what this one must not repeat."""
    asked: dict[str, str] = Field(
        default_factory=dict, description="stage → what it was asked when its engine was chosen"
    )
    earlier: dict[str, dict[str, tuple[EngineChoice, ...]]] = Field(
        default_factory=dict, description="stage → what it was asked by earlier revisions → the engines it had then"
    )

    def engine_for(self, stage: str) -> EngineChoice:
        return self.engines[stage][-1]

    def voice_for(self, code: str) -> str:
        """Under which name the engines stand that speak lines in a language: `line`, or its own."""
        own = f"line.{code}"
        return own if own in self.engines else "line"

    def having(self, role: str, choice: EngineChoice, asked: str) -> Plan:
        """With an engine for something that had none."""
        engines, was_asked = {**self.engines, role: (choice,)}, {**self.asked, role: asked}
        return self.model_copy(update={"engines": engines, "asked": was_asked})

    def without(self, role: str) -> Plan:
        return self.model_copy(update={"engines": {name: used for name, used in self.engines.items() if name != role}})

    def with_fallback(self, stage: str, choice: EngineChoice) -> Plan:
        return self.model_copy(update={"engines": {**self.engines, stage: (*self.engines[stage], choice)}})

    def changed(
        self, stage: str, was: str, used: tuple[EngineChoice, ...], now: str, chain: tuple[EngineChoice, ...]
    ) -> Plan:
        """With other engines for a stage that is asked otherwise; those that it `used` are remembered."""
        earlier = {**self.earlier, stage: {**self.earlier.get(stage, {}), was: used}}
        engines, asked = {**self.engines, stage: chain}, {**self.asked, stage: now}
        return self.model_copy(update={"engines": engines, "asked": asked, "earlier": earlier})


class Failure(Frozen):
    """Why a clip could not be finished, in a person's words."""

    node: str
    stage: str
    engine: str
    message: str
    cure: str = ""
    set_aside: bool = False
