"""What is done about a cut that failed a check, before a person sees it: one more attempt, at most, of what would mend it. Pure.

An attempt is a revision of the brief like a reviewer's: takes, the writer's guidance, or another engine in the plan. So the
same walk finds what has to be made again, and it happens exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from producer.engines.base import Stage
from storage.orders import Brief
from storage.plans import EngineChoice, Plan
from storage.quality import Cure, Finding, QualityReport, Remedy, Tried

LONGEST_GUIDANCE = 1000
AUTHOR = "the quality gate"
Another = Callable[[Stage], EngineChoice | None]
"""Another engine for a stage; None where there is none that could do it."""
NAMES: dict[Remedy, str] = {
    "new seed": "made anew", "other engine": "made by another engine", "respeak": "spoken again", "rewrite": "written again",
}  # fmt: skip


@dataclass(frozen=True)
class NewAttempt:
    """The brief and plan of one more attempt, and why, in words."""

    brief: Brief
    plan: Plan
    note: str


def new_attempt(
    brief: Brief, plan: Plan, reports: Mapping[str, QualityReport], another: Another, cost_s: Callable[[Brief, Plan], float]
) -> NewAttempt | None:  # fmt: skip
    """None where nothing failed that could be mended, where it was tried before, or where it would cost too much."""
    rules = brief.show.quality
    if not rules.retry or brief.tried:
        return None
    found = [finding for report in reports.values() for finding in report.having("fail") if finding.cure]
    changed, engines, tried = brief, plan, list[Tried]()
    done = set[tuple[Remedy, str]]()
    for finding in found:
        cure = cast("Cure", finding.cure)
        if (cure.remedy, cure.node) in done or not _possible(brief, cure):
            continue
        if cure.remedy == "other engine":
            stage = cast("Stage", cure.node.partition(".")[0])
            choice = another(stage)
            if choice is None:
                continue
            engines = engines.with_fallback(stage, choice.model_copy(update={"problem": _why(finding)}))
        else:
            changed = _once_more(changed, cure)
        done.add((cure.remedy, cure.node))
        tried.append(Tried(check=finding.name, remedy=cure.remedy, node=cure.node))
    if not tried:
        return None
    changed = changed.model_copy(update={"tried": tuple(tried)})
    if cost_s(changed, engines) > rules.retry_s:
        return None
    return NewAttempt(changed, engines, "; ".join(f"{one.node} {NAMES[one.remedy]}: {one.check}" for one in tried))


def _possible(brief: Brief, cure: Cure) -> bool:
    """What a person made is never made again without them."""
    stage = cure.node.partition(".")[0]
    pinned = cure.node in brief.pins or stage in brief.pins
    spoken = stage == "line" and brief.recording is not None
    return not pinned and not spoken and not (cure.remedy == "rewrite" and brief.direct)


def _once_more(brief: Brief, cure: Cure) -> Brief:
    stage = cure.node.partition(".")[0]
    take = max(brief.takes.get(cure.node, 0), brief.takes.get(stage, 0)) + 1
    changed = brief.model_copy(update={"takes": {**brief.takes, cure.node: take}})
    if not cure.words:
        return changed
    guidance = f"{brief.options.guidance} {cure.words}".strip()[-LONGEST_GUIDANCE:]
    return changed.model_copy(update={"options": brief.options.model_copy(update={"guidance": guidance})})


def _why(finding: Finding) -> str:
    return f"The check “{finding.name}” failed{f': {finding.why}' if finding.why else ''}."
