"""Variants: which stages a clip goes through and what each needs. The graph is data.

presenter     script ─▶ scene(format) ─────────────────────┐
                └────▶ line(i) ─▶ speech ─▶ video ──────────┴─▶ finish(format) ─▶ quality(format)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from producer.engines.base import Stage

Per = Literal["clip", "line", "format"]


@dataclass(frozen=True)
class StageNode:
    """One stage of a variant. `per`: one node a clip, one a script line, or one a format."""

    stage: Stage
    needs: tuple[Stage, ...] = ()
    per: Per = "clip"
    optional: bool = False
    """Whether a clip is made without it where no engine is there for it."""


@dataclass(frozen=True)
class Variant:
    """Stages in an order in which each comes after what it needs."""

    id: str
    title: str
    nodes: tuple[StageNode, ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(node.stage for node in self.nodes)

    @property
    def needed(self) -> tuple[Stage, ...]:
        """Those without which there is no clip."""
        return tuple(node.stage for node in self.nodes if not node.optional)


PRESENTER = Variant(
    "presenter",
    "A presenter speaks in front of a scene",
    (
        StageNode("script"),
        StageNode("scene", needs=("script",), per="format"),
        StageNode("line", needs=("script",), per="line"),
        StageNode("speech", needs=("line",)),
        StageNode("video", needs=("script", "speech")),
        StageNode("finish", needs=("script", "scene", "speech", "video"), per="format"),
        StageNode("quality", needs=("script", "scene", "speech", "video", "finish"), per="format", optional=True),
    ),
)

VARIANTS: dict[str, Variant] = {v.id: v for v in (PRESENTER,)}
