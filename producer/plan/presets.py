"""How far a machine gets: names for what the planner would choose on it. Pure.

A preset is no switch. The planner takes the best that is ready; the preset is the name of what came out, and tells what
is still missing for the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from producer.engines.base import Stage
from producer.plan.freeze import Capabilities, Capability
from storage.plans import Plan

Want = Literal["model", "gpu"]
"""model: a language model writes; gpu: an engine that uses one."""
LANGUAGE_MODELS = ("ollama", "openai-compatible", "llamacpp")


@dataclass(frozen=True)
class Preset:
    """What stages must be done by for a plan to be called so."""

    id: str
    title: str
    wants: Mapping[Stage, Want] = field(default_factory=dict)


PRESETS: tuple[Preset, ...] = (
    Preset("bare", "the source's own words, a small voice, a drawn or photographed presenter; needs nothing"),
    Preset("fast", "a language model writes the script", {"script": "model"}),
    Preset("balanced", "and the GPU makes the presenter speak", {"script": "model", "video": "gpu"}),
    Preset(
        "quality", "and paints the scene and speaks, too",
        {"script": "model", "video": "gpu", "scene": "gpu", "line": "gpu"},
    ),
)  # fmt: skip
"""Best last; each wants what the one before it wants, and more."""


@dataclass(frozen=True)
class Lack:
    """What a stage misses for a preset, and the command that would help; "" when no engine of this version would."""

    stage: Stage
    reason: str
    cure: str = ""


def preset_of(plan: Plan, capabilities: Capabilities) -> Preset:
    """The best preset that a plan reaches."""
    return [preset for preset in PRESETS if not lacks(preset, plan, capabilities)][-1]


def lacks(preset: Preset, plan: Plan, capabilities: Capabilities) -> list[Lack]:
    """What keeps a plan from this preset; empty = it is reached."""
    return [
        _lack(stage, want, list(capabilities.values()))
        for stage, want in preset.wants.items()
        if stage not in plan.engines or not _gives(capabilities.get(plan.engine_for(stage).engine), stage, want)
    ]


def _gives(capability: Capability | None, stage: Stage, want: Want) -> bool:
    if capability is None or capability.stage != stage or capability.engine.startswith("stub-"):
        return False
    return capability.engine in LANGUAGE_MODELS if want == "model" else capability.lane == "gpu"


def _lack(stage: Stage, want: Want, capabilities: Sequence[Capability]) -> Lack:
    able = [c for c in capabilities if _gives(c, stage, want)]
    broken = next((c for c in able if c.problem), None)
    if broken is not None:
        return Lack(stage, broken.problem, broken.cure)
    if able:
        return Lack(
            stage,
            f"{able[0].engine} is ready, but another engine comes first.",
            f"Prefer {able[0].engine} in the show.",
        )
    return Lack(stage, f"No engine of this version makes the {stage} stage on a GPU.")
