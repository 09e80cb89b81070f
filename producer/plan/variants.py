"""Variants: which stages a clip goes through and what each needs. The graph is data.

(training ─┐)
presenter     script ─▶ scene(format) ─(▶ motion(format), upscale(format))─┐
                └────▶ line(i) ─▶ speech ─▶ video ──────────────────────────┴─▶ finish(format) (─▶ quality(format))

What stands in parentheses is there only where it is wanted, or possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from producer.engines.base import Stage
from storage.orders import Brief

Per = Literal["clip", "line", "format"]
Presence = Literal["always", "asked", "possible"]


@dataclass(frozen=True)
class StageNode:
    """One stage of a variant. `per`: one node a clip, one a script line, or one a format."""

    stage: Stage
    needs: tuple[Stage, ...] = ()
    per: Per = "clip"
    presence: Presence = "always"
    """asked: only for clips that ask for it; possible: wherever an engine is there for it."""


@dataclass(frozen=True)
class Variant:
    """Stages in an order in which each comes after what it needs."""

    id: str
    title: str
    nodes: tuple[StageNode, ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(node.stage for node in self.nodes)

    def wanted(self, brief: Brief) -> tuple[StageNode, ...]:
        """What a clip is to go through."""
        return tuple(node for node in self.nodes if node.presence != "asked" or _asks(brief, node.stage))

    @property
    def needed(self) -> tuple[Stage, ...]:
        """Those that a clip for which they are wanted has to wait for."""
        return tuple(node.stage for node in self.nodes if node.presence != "possible")


def _asks(brief: Brief, stage: Stage) -> bool:
    match stage:
        case "training":
            return brief.training is not None
        case "motion":
            return brief.show.motion == "moving"
        case _:
            return brief.show.upscale


PRESENTER = Variant(
    "presenter",
    "A presenter speaks in front of a scene",
    (
        StageNode("script"),
        StageNode("training", presence="asked"),
        StageNode("scene", needs=("script", "training"), per="format"),
        StageNode("motion", needs=("scene",), per="format", presence="asked"),
        StageNode("upscale", needs=("scene",), per="format", presence="asked"),
        StageNode("line", needs=("script",), per="line"),
        StageNode("speech", needs=("line",)),
        StageNode("video", needs=("script", "speech")),
        StageNode("finish", needs=("script", "scene", "speech", "video"), per="format"),
        StageNode("quality", needs=("script", "scene", "speech", "video", "finish"), per="format", presence="possible"),
    ),
)

VARIANTS: dict[str, Variant] = {v.id: v for v in (PRESENTER,)}
