"""Work that is poison to whoever takes it: it is set aside or handed on, says why, and its neighbours are made."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.folders import DataFolder
from config.house import House
from producer.queue.leases import read_leases
from producer.queue.valkey import EmbeddedValkey
from producer.supervisor import Supervisor
from storage.queries import ClipRow
from tests.support.briefs import make_brief
from tests.support.production import LEASE_S, Production
from tests.support.waiting import until

ENGINE = """
import ctypes, os, signal, time
from producer.engines.base import EngineInfo
from producer.engines.stub import APACHE, StubScript

class Poison(StubScript):
    info = EngineInfo(id="poison", stage="script", version="1", title="Poison", code_licence=APACHE)

    def run(self, request, context):
        {deed}
"""
DEEDS = {
    "segfault": "ctypes.string_at(0)",
    "hang in C": """signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
        ctypes.PyDLL(None).sleep(600)  # with Python's lock in its hands""",
    "eat memory": """eaten = []
        while True:
            eaten.append(bytearray(os.urandom(1 << 20)) * 8)
            time.sleep(0.005)""",
    "fill the disk": """with (context.workdir / "sea").open("wb") as sea:
            while True:
                sea.write(bytes(1 << 20))
                sea.flush()
                time.sleep(0.002)""",
    "never end": """while True:
            time.sleep(0.01)""",
}


class Staffed:
    """Production with one supervised worker, which finds a poisonous engine among its own."""

    def __init__(self, folder: DataFolder, valkey: EmbeddedValkey, site: Path, deadline_s: int) -> None:
        self.production = Production(folder, valkey, deadline_s=deadline_s)
        settings = {
            "DAILIES_WORKERS__LEASE_S": str(LEASE_S),
            "DAILIES_WORKERS__RAM_MB": "700",
            "DAILIES_WORKERS__DISK_MB": "200",
        }
        environment = {**os.environ, **settings, "REDIS_URL": valkey.url, "PYTHONPATH": str(site)}
        self.deadline_s = deadline_s
        self.supervisor = Supervisor(environment)
        self.supervisor.add("w", House(folder).command("worker", "--name", "w"))

    def until(self, clip: str, state: str) -> ClipRow:
        def there() -> ClipRow | None:
            self.supervisor.check()
            self.supervisor.kill_hung(read_leases(self.production.server), self.deadline_s, 2 * LEASE_S)
            self.supervisor.children[0].restarts = 0  # it comes back at once: only the work is at fault
            row = self.production.row(clip)
            return row if row.production == state else None

        return until(there, f"{clip} to be {state}", 120)

    def stop(self) -> None:
        self.supervisor.stop()
        self.production.stop()


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    about = tmp_path / "site" / "poison-1.0.dist-info"
    about.mkdir(parents=True)
    (about.parent / "poison_engine.py").write_text(ENGINE.format(deed=DEEDS[request.param]))
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[dailies.engines]\npoison = poison_engine:Poison\n")
    return about.parent


@pytest.fixture
def staffed(
    studio_folder: DataFolder, valkey: EmbeddedValkey, site: Path, request: pytest.FixtureRequest
) -> Iterator[Staffed]:
    staffed = Staffed(studio_folder, valkey, site, deadline_s=getattr(request, "param", 60))
    yield staffed
    staffed.stop()


def row_of(staffed: Staffed, engine: str) -> dict[str, object]:
    return next(row for row in staffed.production.work_rows() if row["engine"] == engine)


@pytest.mark.proof
@pytest.mark.skipif(sys.platform != "linux", reason="signals and memory are counted as Linux does")
class TestPoison:
    @pytest.mark.parametrize("site", ["segfault", "hang in C"], indirect=True)
    def test_that_ends_its_workers_is_set_aside_after_three(self, staffed: Staffed) -> None:
        poison = staffed.production.order(make_brief(preferred={"script": ("poison",)}))
        row = staffed.until(poison, "failed")
        assert row.failure
        assert (row.failure.engine, row.failure.set_aside) == ("poison", True)
        assert row_of(staffed, "poison")["strikes"] == 3
        staffed.until(staffed.production.order(make_brief(1)), "ready")

    @pytest.mark.parametrize("site", ["eat memory"], indirect=True)
    def test_that_eats_memory_is_stopped_and_another_engine_takes_over(self, staffed: Staffed) -> None:
        poison = staffed.production.order(make_brief(preferred={"script": ("poison",)}))
        staffed.until(poison, "ready")
        row = row_of(staffed, "poison")
        assert (row["state"], row["attempt"], row["strikes"]) == ("failed", 1, 0)
        assert "more than 700 MB of memory" in str(row["error"])

    @pytest.mark.parametrize("site", ["fill the disk"], indirect=True)
    def test_that_fills_the_disk_is_stopped_gives_it_back_and_another_engine_takes_over(self, staffed: Staffed) -> None:
        poison = staffed.production.order(make_brief(preferred={"script": ("poison",)}))
        staffed.until(poison, "ready")
        row = row_of(staffed, "poison")
        assert (row["state"], row["attempt"], row["strikes"]) == ("failed", 1, 0)
        assert "more than 200 MB of disk" in str(row["error"])
        assert not list((staffed.production.folder.root / "work").rglob("sea"))
        staffed.until(staffed.production.order(make_brief(1)), "ready")

    @pytest.mark.parametrize("staffed", [5], indirect=True)
    @pytest.mark.parametrize("site", ["never end"], indirect=True)
    def test_that_never_ends_is_interrupted_and_fails(self, staffed: Staffed) -> None:
        began = time.monotonic()
        poison = staffed.production.order(make_brief(preferred={"script": ("poison",)}))
        row = staffed.until(poison, "failed")
        assert row.failure
        assert row.failure.engine == "poison"
        assert time.monotonic() - began > 5
        assert row_of(staffed, "poison")["strikes"] == 0
        staffed.until(staffed.production.order(make_brief(1)), "ready")
