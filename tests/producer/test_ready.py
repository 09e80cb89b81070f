"""What a process can do: every engine checked without loading it, and a broken one harms only itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.errors import StudioError
from producer.engines.base import Engine, Licence, Problem
from producer.engines.registry import BUILT_IN, Registry
from producer.engines.stub import StubLine, StubScene
from producer.plan.freeze import DEFAULT_ORDER, STUB_ORDER
from producer.ready import gpu_worker_lanes, publish_capabilities


class NotReady(StubLine):
    def check(self) -> list[Problem]:
        return [Problem("No weights.", "Pull them."), Problem("No server.", "Start it.")]


class Absurd(StubScene):
    def check(self) -> list[Problem]:
        raise RuntimeError("I am broken.")


class Unwilling(StubScene):
    def __init__(self) -> None:
        raise StudioError("I will not be made.")


def here(engine: type[Engine]) -> str:
    return f"{__name__}:{engine.__name__}"


def test_every_built_in_engine_is_listed_with_what_it_is() -> None:
    found = {capability.engine: capability for capability in publish_capabilities(Registry(BUILT_IN))}
    assert set(found) == set(BUILT_IN)
    line = found["stub-line"]
    assert (line.stage, line.lane, line.problem) == ("line", "gpu", "")


def test_one_that_is_not_ready_says_what_it_lacks() -> None:
    (capability,) = publish_capabilities(Registry({"x": here(NotReady)}))
    assert (capability.engine, capability.problem, capability.cure) == ("stub-line", "No weights.", "Pull them.")


@pytest.mark.parametrize(
    "pointer", [here(Absurd), here(Unwilling), "no.such.module:Engine", f"{__name__}:NoSuchEngine", "os:name"]
)
def test_one_that_is_broken_is_listed_as_such_and_spares_the_others(pointer: str) -> None:
    broken, fine = publish_capabilities(Registry({"broken": pointer, "fine": here(StubLine)}))
    assert broken.engine == "broken"
    assert broken.problem
    assert fine.problem == ""


def test_the_gpu_worker_helps_on_the_cpu_where_no_preferred_engine_needs_a_gpu() -> None:
    assert gpu_worker_lanes(Registry(BUILT_IN), STUB_ORDER) == "gpu"
    assert gpu_worker_lanes(Registry(BUILT_IN), {**DEFAULT_ORDER, "scene": ("procedural",)}) == "gpu,cpu"


class Restricted(StubScene):
    info = replace(StubScene.info, weights="1", weights_licence=Licence("CPML", "non-commercial"))


def test_a_licence_that_is_not_allowed_keeps_an_engine_from_running() -> None:
    registry = Registry({"restricted": here(Restricted)})
    (found,) = publish_capabilities(registry)
    assert "class non-commercial" in found.problem
    assert "dailies.toml" in found.cure
    (allowed,) = publish_capabilities(registry, ("osi", "non-commercial"))
    assert allowed.problem == ""
