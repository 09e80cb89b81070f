"""Which engines a scenario is made by: those that speak its first line, where somebody ready speaks each of the others."""

from __future__ import annotations

import pytest

from producer.engines.registry import Registry
from producer.evaluate.running import can_speak
from producer.evaluate.suites import SUITES

(SWITCH,) = SUITES["switch"]
SPANISH = SUITES["short"][2]


@pytest.mark.parametrize(
    ("scenario", "engine", "ready", "able"),
    [
        (SWITCH, "kokoro", ["kokoro"], True),
        (SWITCH, "hibari", ["hibari", "kokoro"], True),
        (SWITCH, "hibari", ["hibari"], False),
        (SPANISH, "hibari", ["hibari", "kokoro"], False),
    ],
)
def test_a_voice_that_does_not_know_the_second_language_is_helped_out(scenario, engine, ready, able) -> None:
    assert can_speak(scenario, engine, ready, Registry()) is able
