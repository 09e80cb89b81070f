"""Variants: which stages a clip goes through and what each needs. The graph is data.

presenter     script ─▶ scene(format) ─(▶ motion(format), upscale(format))─┐
                └────▶ line(i) ─▶ speech ─▶ video ──────────────────────────┴─▶ finish(format)

What stands in parentheses is there only where it is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from producer.engines.base import Stage
from storage.orders import Brief

Per = Literal["clip", "line", "format"]


@dataclass(frozen=True)
class StageNode:
    """One stage of a variant. `per`: one node a clip, one a script line, or one a format."""

    stage: Stage
    needs: tuple[Stage, ...] = ()
    per: Per = "clip"
    optional: bool = False
    """Whether a clip may go without it; a plan that names no engine for it does."""


@dataclass(frozen=True)
class Variant:
    """Stages in an order in which each comes after what it needs."""

    id: str
    title: str
    nodes: tuple[StageNode, ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(node.stage for node in self.nodes)

    def wanted(self, brief: Brief) -> tuple[Stage, ...]:
        """The stages that a clip is to go through."""
        return tuple(node.stage for node in self.nodes if not node.optional or _wants(brief, node.stage))


def _wants(brief: Brief, stage: Stage) -> bool:
    return brief.show.motion == "moving" if stage == "motion" else brief.show.upscale


PRESENTER = Variant(
    "presenter",
    "A presenter speaks in front of a scene",
    (
        StageNode("script"),
        StageNode("scene", needs=("script",), per="format"),
        StageNode("motion", needs=("scene",), per="format", optional=True),
        StageNode("upscale", needs=("scene",), per="format", optional=True),
        StageNode("line", needs=("script",), per="line"),
        StageNode("speech", needs=("line",)),
        StageNode("video", needs=("script", "speech")),
        StageNode("finish", needs=("script", "scene", "speech", "video"), per="format"),
    ),
)

VARIANTS: dict[str, Variant] = {v.id: v for v in (PRESENTER,)}
