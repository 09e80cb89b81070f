"""A Redis that refuses, is too full, is slow, or has become a replica: production waits, and goes on when it answers."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest

from config.folders import DataFolder
from producer.queue.valkey import EmbeddedValkey
from tests.support.briefs import make_brief
from tests.support.production import Production
from tests.support.waiting import until

FAULTS = {
    "out of memory": ("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"),
    "a replica of nobody": ("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE"),
    "silent": ("CLIENT PAUSE 3000", "PING"),
    "wiped by a fail-over": ("FLUSHALL", "PING"),
    "closing every connection": ("CLIENT KILL TYPE normal SKIPME yes", "PING"),
}
OFTEN = ("out of memory", "a replica of nobody")
"""What the proofs try; the long soak tries all."""
LASTS_S = 3.0


@pytest.fixture
def production(studio_folder: DataFolder, valkey: EmbeddedValkey) -> Iterator[Production]:
    production = Production(studio_folder, valkey)
    yield production
    production.stop()


@pytest.mark.parametrize(
    "fault", [pytest.param(fault, marks=pytest.mark.proof if fault in OFTEN else pytest.mark.soak) for fault in FAULTS]
)
def test_a_fault_of_redis_heals_by_itself(production: Production, fault: str) -> None:
    breaks, mends = FAULTS[fault]
    worker = production.start_worker(STUB_SECONDS=0.3)
    clip = production.order(make_brief())
    until(lambda: production.states().get("done"), "some work to be done", 60)
    production.server.execute_command(*breaks.split())
    time.sleep(LASTS_S)
    production.server.execute_command(*mends.split())
    production.until(clip, "ready", 90)
    assert worker.poll() is None
    assert {(row["state"], row["finishes"]) for row in production.work_rows()} == {("done", 1)}
    assert {row["strikes"] for row in production.work_rows()} <= {0, 1}


@pytest.mark.soak
def test_one_that_refuses_everybody_and_comes_back_empty(
    production: Production, valkey: EmbeddedValkey, studio_folder: DataFolder
) -> None:
    """Its machine was replaced: nothing listens for a while, and then one that remembers nothing."""
    worker = production.start_worker(STUB_SECONDS=0.3)
    clip = production.order(make_brief())
    until(lambda: production.states().get("done"), "some work to be done", 60)
    valkey.stop()
    shutil.rmtree(studio_folder.redis)
    time.sleep(LASTS_S)
    valkey.start()
    production.until(clip, "ready", 120)
    assert worker.poll() is None
    assert {(row["state"], row["finishes"]) for row in production.work_rows()} == {("done", 1)}
