"""Which work a worker takes is said on its command line, in words that people use."""

from __future__ import annotations

import pytest

from config.errors import UnknownName
from producer.plan.freeze import Capability
from producer.queue.tasks import read_tasks

CAN = tuple(
    Capability(engine=engine, stage=stage, version="1", lane=lane)
    for engine, stage, lane in (
        ("voice", "line", "gpu"), ("join", "speech", "cpu"), ("face", "video", "gpu"), ("writer", "script", "cpu"),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("lanes", "stages", "elsewhere", "queues"),
    [
        ("gpu,cpu", "", False, ["gpu.voice", "cpu.join", "gpu.face", "cpu.writer", "cpu.scrape"]),
        ("gpu,cpu", "", True, ["gpu.voice", "cpu.join", "gpu.face", "cpu.writer"]),
        ("gpu", "", False, ["gpu.voice", "gpu.face"]),
        ("gpu,cpu", "speech,video", True, ["gpu.voice", "cpu.join", "gpu.face"]),
        ("gpu", "speech", False, ["gpu.voice"]),
        ("cpu", "scrape", True, ["cpu.scrape"]),
        ("cpu", "script, scrape", False, ["cpu.writer", "cpu.scrape"]),
    ],
)
def test_lanes_and_stages_choose_the_queues(lanes: str, stages: str, elsewhere: bool, queues: list[str]) -> None:
    assert read_tasks(lanes, stages, elsewhere=elsewhere).queues(CAN) == queues


@pytest.mark.parametrize(("lanes", "stages"), [("tpu", ""), ("gpu", "dancing")])
def test_what_nobody_knows_is_named_with_what_is_known(lanes: str, stages: str) -> None:
    with pytest.raises(UnknownName, match=r"Known: .*(cpu|scrape)"):
        read_tasks(lanes, stages)
