"""How far a clip is, stage by stage, from what is done and what runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from storage.documents import Frozen
from storage.plans import Plan
from storage.queries import NodeRow

STAGES: dict[str, str] = {
    "training": "Training",
    "script": "Script",
    "scene": "Scene",
    "line": "Voice",
    "speech": "Speech",
    "motion": "Motion",
    "video": "Presenter",
    "upscale": "Upscaling",
    "finish": "Finish",
    "quality": "Checks",
}
"""In the order of work, with the names that people read."""

StageState = Literal["done", "running", "due", "failed"]


class StageProgress(Frozen):
    """One stage of one clip."""

    stage: str
    name: str
    state: StageState
    fraction: float
    detail: str = ""
    seconds: float | None = None
    """How long its finished work took."""


def stages(plan: Plan | None, nodes: Iterable[NodeRow], running: dict[str, tuple[float, str]]) -> list[StageProgress]:
    """One row per stage of the plan. `running`: node → (fraction 0..1, a few words)."""
    by_stage: dict[str, list[NodeRow]] = {}
    for node in nodes:
        by_stage.setdefault(node.stage, []).append(node)
    planned = set(plan.engines if plan else ()) | set(by_stage)
    return [_stage(stage, by_stage.get(stage, []), running) for stage in STAGES if stage in planned]


def overall(rows: list[StageProgress]) -> float:
    """The clip's fraction 0..1: all stages count alike, since nobody knows yet how long each will take."""
    return sum(row.fraction for row in rows) / len(rows) if rows else 0.0


def now_doing(rows: list[StageProgress]) -> str:
    """The stage that runs, in a word; "" while nothing does."""
    return next((row.name for row in rows if row.state == "running"), "")


def _stage(stage: str, nodes: list[NodeRow], running: dict[str, tuple[float, str]]) -> StageProgress:
    done = [node for node in nodes if node.state == "done"]
    active = [running.get(node.node, (0.0, "")) for node in nodes if node.state == "running" or node.node in running]
    failed = any(node.state in ("failed", "set_aside") for node in nodes)
    fraction = (len(done) + sum(part for part, _ in active)) / len(nodes) if nodes else 0.0
    state: StageState = (
        "done" if nodes and len(done) == len(nodes) else "running" if active else "failed" if failed else "due"
    )
    detail = f"{len(done)} of {len(nodes)}" if len(nodes) > 1 else next((words for _, words in active if words), "")
    seconds = [node.seconds for node in done if node.seconds is not None]
    return StageProgress(
        stage=stage, name=STAGES[stage], state=state, fraction=min(fraction, 1.0), detail=detail,
        seconds=sum(seconds) if seconds else None,
    )  # fmt: skip
