"""Every check against clips of the real renderer: good ones pass, and a fault of each kind is found.

A few clips show that it works; `make soak` has 44, on which each check must find 95 % of its faults and fail no more than
2 % of good clips. `run.py bench quality` prints the same figures.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from producer.bench_quality import calibrate, cost
from producer.quality.planted import FAULTS

LEAST_RECALL, MOST_ALARMS, MOST_COST = 0.95, 0.02, 0.35


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_a_few_good_clips_pass_and_every_kind_of_fault_is_found(tmp_path: Path) -> None:
    said: list[str] = []
    tallies = calibrate(2, tmp_path, tmp_path / "weights", lips=False, say=said.append)
    assert [line for line in said if line.startswith("false alarm")] == []
    assert {tally.check for tally in tallies} >= {fault.check for fault in FAULTS if not fault.lips}
    assert sum(tally.caught for tally in tallies) >= sum(tally.planted for tally in tallies) - 2, said


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_each_check_finds_its_faults_and_leaves_good_clips_alone(tmp_path: Path) -> None:
    said: list[str] = []
    for tally in calibrate(44, tmp_path, tmp_path / "weights", lips=True, say=said.append):
        assert tally.good >= 40 or not tally.planted, tally
        assert tally.false_alarms <= MOST_ALARMS, (tally, said)
        assert tally.recall >= LEAST_RECALL or not tally.planted, (tally, said)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_looking_costs_a_third_of_the_making_at_most() -> None:
    assert cost(20)["checking_share"] <= MOST_COST
