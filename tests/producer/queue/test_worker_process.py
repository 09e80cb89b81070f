"""Real worker processes: asked to stop, killed, or killed by their own work, they lose nothing."""

from __future__ import annotations

import signal
import statistics
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from config.folders import DataFolder
from producer.queue.leases import read_leases
from producer.queue.valkey import EmbeddedValkey
from storage.clips import cancel_clip
from storage.work import STRIKES
from tests.support.briefs import make_brief
from tests.support.production import Production
from tests.support.waiting import until

SLOWLY = {"STUB_SECONDS": 600}
"""Nothing ends by itself within a test."""


@pytest.fixture
def production(studio_folder: DataFolder, valkey: EmbeddedValkey) -> Iterator[Production]:
    production = Production(studio_folder, valkey)
    yield production
    production.stop()


def test_running_work_is_cancelled_and_its_worker_goes_on(production: Production) -> None:
    worker = production.start_worker(**SLOWLY)
    clip = production.order(make_brief())
    production.until_running()
    production.writer.do(partial(cancel_clip, clip_id=clip))
    until(lambda: production.states() == {"cancelled": 1})
    production.order(make_brief(1))
    production.until_running()
    assert worker.poll() is None


def test_a_worker_that_is_asked_to_stop_hands_its_work_to_the_next(production: Production) -> None:
    worker = production.start_worker(**SLOWLY)
    clip = production.order(make_brief())
    running = production.until_running()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0
    production.start_worker()
    production.until(clip, "ready")
    script = next(row for row in production.work_rows() if row["key"] == running["key"])
    assert (script["attempt"], script["strikes"], script["finishes"]) == (2, 0, 1)
    assert not list((production.folder.root / "work").rglob("*-*")), "its work folder is empty"


def test_an_idle_worker_stops_at_once_and_takes_its_card_along(production: Production) -> None:
    worker = production.start_worker()
    until(lambda: read_leases(production.server))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0
    assert read_leases(production.server) == []


def test_a_worker_that_is_killed_costs_its_work_a_strike_and_the_next_one_does_it(production: Production) -> None:
    worker = production.start_worker(**SLOWLY)
    clip = production.order(make_brief())
    running = production.until_running()
    production.start_worker("next")
    worker.kill()
    production.until(clip, "ready")
    script = next(row for row in production.work_rows() if row["key"] == running["key"])
    assert (script["attempt"], script["strikes"], script["finishes"]) == (2, 1, 1)
    assert {row["finishes"] for row in production.work_rows()} == {1}


@pytest.mark.soak
def test_how_soon_killed_work_is_begun_again(production: Production) -> None:
    """On this machine, with another worker at hand: `make soak ARGS="-s tests/producer/queue/test_worker_process.py"` prints it."""
    production.order(make_brief())
    worker, waits = production.start_worker("w0", **SLOWLY), list[float]()
    for turn in range(1, 11):
        running = production.until_running()
        following = production.start_worker(f"w{turn}", **SLOWLY)
        until(lambda: len(read_leases(production.server)) == 2, "both workers")
        worker.kill()
        worker.wait()
        killed = time.monotonic()
        until(lambda: production.until_running()["attempt"] == running["attempt"] + 1, "its next try")  # noqa: B023
        waits.append(time.monotonic() - killed)
        production.writer.do(lambda db: db.execute("UPDATE work SET strikes = 0"))  # or it would be set aside
        worker = following
    print(
        f"begun again after a kill: median {statistics.median(waits):.1f} s, worst {max(waits):.1f} s of {len(waits)}"
    )
    assert {row["finishes"] for row in production.work_rows()} == {0}


KILLER = '''
import os, signal
from producer.engines.base import EngineInfo
from producer.engines.stub import APACHE, StubScript

class Killer(StubScript):
    """As a faulty driver would: the whole process goes, with no chance to say why."""

    info = EngineInfo(id="killer", stage="script", version="1", title="Killer", code_licence=APACHE)

    def run(self, request, context):
        os.kill(os.getpid(), signal.SIGKILL)
'''


@pytest.fixture
def killer_package(tmp_path: Path) -> Path:
    """An installed package that brings an engine by an entry point, as anybody's may."""
    return bring(tmp_path / "site", "killer", "Killer", KILLER)


def bring(package: Path, name: str, engine: str, code: str) -> Path:
    about = package / f"{name}-1.0.dist-info"
    about.mkdir(parents=True)
    (package / f"{name}_engine.py").write_text(code)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[dailies.engines]\n{name} = {name}_engine:{engine}\n")
    return package


def test_work_that_kills_three_workers_is_set_aside_and_others_go_on(
    production: Production, killer_package: Path
) -> None:
    workers = [production.start_worker(f"w{number}", path=(killer_package,)) for number in range(STRIKES + 1)]
    until(lambda: len(read_leases(production.server)) == len(workers))
    poison = production.order(make_brief(preferred={"script": ("killer",)}))
    row = production.until(poison, "failed")
    assert row.failure
    assert (row.failure.engine, row.failure.set_aside) == ("killer", True)
    assert "worker" in row.failure.message
    survivors = [worker for worker in workers if worker.poll() is None]
    assert len(survivors) == 1, "and the fourth was spared"
    fine = production.order(make_brief())
    production.until(fine, "ready")


@pytest.mark.proof
def test_a_worker_that_is_asked_to_stop_may_finish_what_it_has_in_hand(production: Production) -> None:
    worker = production.start_worker(STUB_SECONDS=3, DAILIES_WORKERS__GRACE_S=60)
    production.order(make_brief())
    running = production.until_running()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0
    until(lambda: production.states().get("done") == 1, "the script")
    script = next(row for row in production.work_rows() if row["key"] == running["key"])
    assert (script["attempt"], script["finishes"]) == (1, 1)
    assert {row["state"] for row in production.work_rows()} <= {"done", "queued"}, "and it took nothing more"


DEAF = '''
import time
from producer.engines.base import EngineInfo
from producer.engines.stub import APACHE, StubScript

class Deaf(StubScript):
    """Never looks up."""

    info = EngineInfo(id="deaf", stage="script", version="1", title="Deaf", code_licence=APACHE)

    def run(self, request, context):
        time.sleep(600)
'''


@pytest.mark.proof
def test_the_job_of_an_engine_that_does_not_look_up_is_handed_back_without_it(
    production: Production, tmp_path: Path
) -> None:
    package = bring(tmp_path / "site", "deaf", "Deaf", DEAF)
    worker = production.start_worker(path=(package,), DAILIES_WORKERS__GRACE_S=1)
    until(lambda: read_leases(production.server))
    clip = production.order(make_brief(preferred={"script": ("deaf",)}))
    running = production.until_running()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == -signal.SIGKILL
    until(lambda: production.states() == {"queued": 1}, "it to be handed back")
    row = next(row for row in production.work_rows() if row["key"] == running["key"])
    assert (row["attempt"], row["strikes"]) == (2, 0)
    assert production.row(clip).production == "making"
    assert read_leases(production.server) == []
