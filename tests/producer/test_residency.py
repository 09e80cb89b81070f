"""Which engines are in memory: never more than fits, and the least recently used one goes first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import OutOfMemory
from producer.engines.base import EngineInfo
from producer.engines.stub import APACHE, Stub
from producer.residency import Residency

SIZES = {"a": 3, "b": 4, "c": 5, "d": 8, "small": 0, "tiny": 0}
"""Engine → memory, of a budget of ten."""
BUDGET = 10


class Fake(Stub):
    def __init__(self, engine_id: str, memory_mb: int) -> None:
        self.info = EngineInfo(
            id=engine_id, stage="line", version="1", title="", code_licence=APACHE, memory_mb=memory_mb
        )
        self.loads = self.unloads = 0
        self.device = ""

    def load(self, device: str = "cpu") -> None:
        self.loads += 1
        self.device = device

    def unload(self) -> None:
        self.unloads += 1

    @property
    def loaded(self) -> bool:
        return self.loads > self.unloads


class Rack:
    """A residency, and all engines it ever made."""

    def __init__(self, sizes: dict[str, int] | None = None, budget: int = BUDGET) -> None:
        self.sizes, self.made = sizes or SIZES, list[Fake]()
        self.residency = Residency(self._create, budget, "cuda:0")

    def _create(self, engine_id: str) -> Fake:
        self.made.append(Fake(engine_id, self.sizes[engine_id]))
        return self.made[-1]

    @property
    def in_memory(self) -> list[Fake]:
        return [engine for engine in self.made if engine.loaded]


@given(st.lists(st.sampled_from(sorted(SIZES)), max_size=40))
def test_what_is_loaded_fits_and_is_what_was_used_last(wanted: list[str]) -> None:
    rack, used = Rack(), list[str]()
    for engine_id in wanted:
        engine = rack.residency.load(engine_id)
        used = [*(one for one in used if one != engine_id), engine_id]
        assert engine.info.id == engine_id
        assert engine in rack.in_memory
        assert sum(one.info.memory_mb for one in rack.in_memory) <= BUDGET
        assert sorted(one.info.id for one in rack.in_memory) == sorted(rack.residency.resident)
        assert rack.residency.resident == [one for one in used if one in rack.residency.resident], "oldest first"
        heavy = [one for one in used if SIZES[one]]
        kept = [one for one in heavy if one in rack.residency.resident]
        assert kept == heavy[len(heavy) - len(kept) :], "of the heavy ones, those used last"
    rack.residency.evict_all()
    assert rack.in_memory == []
    assert all(engine.loads == engine.unloads == 1 for engine in rack.made)


@given(st.lists(st.sampled_from(sorted(SIZES)), max_size=40))
def test_nothing_leaves_that_could_have_stayed(wanted: list[str]) -> None:
    rack = Rack()
    for engine_id in wanted:
        before = set(rack.residency.resident)
        rack.residency.load(engine_id)
        left = before - set(rack.residency.resident)
        if left:
            kept = sum(SIZES[one] for one in rack.residency.resident)
            assert kept + min(SIZES[one] for one in left) > BUDGET or len(left) > 1
        assert not left & {"small", "tiny"}, "what needs no memory stays"


def test_an_engine_in_memory_is_not_loaded_again() -> None:
    rack = Rack()
    assert rack.residency.load("a") is rack.residency.load("a")
    assert [engine.loads for engine in rack.made] == [1]
    assert rack.made[0].device == "cuda:0"


def test_changing_between_two_that_do_not_fit_together_is_counted() -> None:
    rack = Rack()
    for engine_id in ("d", "c", "small", "d", "d", "c"):
        rack.residency.load(engine_id)
    assert rack.residency.swaps == 4


def test_one_that_is_larger_than_the_budget_is_tried_alone() -> None:
    """Whether it fits is for the device to say."""
    rack = Rack({"a": 3, "huge": 50})
    rack.residency.load("a")
    rack.residency.load("huge")
    assert rack.residency.resident == ["huge"]


@pytest.mark.parametrize("again", ["same", "other"])
def test_one_that_cannot_be_loaded_is_not_resident(again: str) -> None:
    rack = Rack({"same": 5, "other": 5})
    refusals = iter([True, False, False])
    create: Callable[[str], Fake] = rack._create

    def reluctant(engine_id: str) -> Fake:
        engine = create(engine_id)
        if next(refusals):
            engine.load = _refuse  # type: ignore[method-assign]
        return engine

    residency = Residency(reluctant, BUDGET)
    with pytest.raises(OutOfMemory):
        residency.load("same")
    assert residency.resident == []
    assert residency.load(again).info.id == again


def _refuse(device: str = "cpu") -> None:
    raise OutOfMemory(f"{device} is too small.")
