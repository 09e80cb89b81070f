"""Presets: names for how far a machine gets."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from producer.plan.freeze import Capability, freeze_plan
from producer.plan.presets import PRESETS, Lack, lacks, preset_of
from storage.plans import Plan
from tests.support.briefs import make_brief

BARE = ("extractive", "procedural", "hibari", "join", "drawn", "compositor")
STAGES = ("script", "scene", "line", "speech", "video", "finish")


def can(engine: str, stage: str, **more: Any) -> Capability:
    return Capability(engine=engine, stage=stage, version="1", **more)


def reached(*better: Capability) -> tuple[str, list[Lack]]:
    """The preset of a machine with these engines beside the usual ones, and what it misses for the next."""
    engines = [*better, *map(can, BARE, STAGES)]
    capabilities = {engine.engine: engine for engine in engines}
    order = {stage: [e.engine for e in engines if e.stage == stage] for stage in STAGES}
    plan = freeze_plan(make_brief(), capabilities, order)
    assert isinstance(plan, Plan)
    best = preset_of(plan, capabilities)
    following = PRESETS[PRESETS.index(best) + 1 :]
    return best.id, lacks(following[0], plan, capabilities) if following else []


WRITER = can("ollama", "script")
FACE, SCENE, VOICE = (
    can("lips", "video", lane="gpu"),
    can("painter", "scene", lane="gpu"),
    can("voice", "line", lane="gpu"),
)


def test_a_machine_with_nothing_is_bare_and_is_told_what_would_help() -> None:
    assert reached()[0] == "bare"
    assert reached(can("ollama", "script", problem="It does not answer.", cure="ollama serve")) == (
        "bare", [Lack("script", "It does not answer.", "ollama serve")],
    )  # fmt: skip


def test_each_better_engine_leads_on() -> None:
    assert reached(WRITER)[0] == "fast"
    assert reached(WRITER, FACE)[0] == "balanced"
    assert reached(WRITER, FACE, SCENE, VOICE) == ("quality", [])


def test_no_preset_is_skipped() -> None:
    assert reached(FACE, SCENE, VOICE)[0] == "bare", "the script is still the source's own sentences"


def test_what_no_engine_does_is_said_without_a_command() -> None:
    assert [(lack.stage, lack.cure) for lack in reached(WRITER)[1]] == [("video", "")]


def test_each_wants_what_the_one_before_it_wants() -> None:
    for lower, higher in pairwise(PRESETS):
        assert lower.wants.items() < higher.wants.items()
