"""Stage keys: everything that determines an output is in them, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.engines.requests import LineOptions, SpeechOptions
from producer.plan.keys import stage_key, take_seed
from storage.documents import Scene, Script, SpokenLine
from storage.plans import EngineChoice
from tests.support.briefs import make_script
from tests.support.documents import SCENES, SCRIPTS, SPOKEN_LINES

CHOICE = EngineChoice(engine="hibari", version="2", weights="hibari-tts 0.2.1")
HELLO = LineOptions(text="Hello.")


def key(**changes: Any) -> str:
    asked: dict[str, Any] = {
        "stage": "line", "choice": CHOICE, "options": HELLO, "seed": 0, "take": 0, "inputs": {"script": make_script("Hello.")},
        **changes,
    }  # fmt: skip
    return stage_key(**asked)


def test_a_known_key_never_changes() -> None:
    """If this fails, every archive would be made again: do you mean it?"""
    assert key() == "64614e6e69092d4d0eb7d54b7674e3fd86df8e9497ca4043095fe7a3622f43dc"


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "speech"},
        {"choice": CHOICE.model_copy(update={"engine": "kokoro"})},
        {"choice": CHOICE.model_copy(update={"version": "3"})},
        {"choice": CHOICE.model_copy(update={"weights": "hibari-tts 0.2.2"})},
        {"choice": CHOICE.model_copy(update={"profile": "small"})},
        {"options": LineOptions(text="Hello!")},
        {"options": LineOptions(text="Hello.", rate=1.1)},
        {"seed": 1},
        {"take": 1},
        {"inputs": {}},
        {"inputs": {"script": make_script("Hello!")}},
        {"inputs": {"words": make_script("Hello.")}},
        {"inputs": {"script": (make_script("Hello."),)}},
    ],
)
def test_whatever_determines_the_output_changes_the_key(changes: dict[str, Any]) -> None:
    assert key(**changes) != key()


@pytest.mark.parametrize(
    "changes",
    [
        {"choice": CHOICE.model_copy(update={"reason": "as preferred"})},
        {"choice": CHOICE.model_copy(update={"lane": "gpu"})},
        {"options": LineOptions(text="Hello.", rate=1.0, hints={})},
        {"inputs": {"script": make_script("Hello.")}},
    ],
)
def test_whatever_does_not_leaves_it_alone(changes: dict[str, Any]) -> None:
    assert key(**changes) == key()


@given(SCRIPTS, SCENES, SCRIPTS, SCENES)
def test_inputs_enter_by_what_they_say(script: Script, scene: Scene, script2: Script, scene2: Scene) -> None:
    same = (script, scene) == (script2, scene2)
    assert (key(inputs={"a": script, "b": scene}) == key(inputs={"b": scene2, "a": script2})) == same


@given(st.lists(SPOKEN_LINES, min_size=2, max_size=4, unique_by=lambda line: line.content_hash))
def test_the_order_of_lines_counts(lines: list[SpokenLine]) -> None:
    keys = {
        key(stage="speech", options=SpeechOptions(), inputs={"lines": tuple(order)}) for order in (lines, lines[::-1])
    }
    assert len(keys) == 2


@given(st.integers(0, 2**32 - 1))
def test_the_first_take_has_the_briefs_own_seed_and_each_repeat_its_own(seed: int) -> None:
    seeds = [take_seed(seed, take) for take in range(5)]
    assert seeds[0] == seed
    assert len(set(seeds)) == 5
    assert all(0 <= one < 2**32 for one in seeds)
    assert seeds == [take_seed(seed, take) for take in range(5)]
