"""Who may fill a GPU, and how much of it there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.errors import Cancelled, Unavailable
from producer.gpu import GpuLease, budget
from producer.machine import Gpu

HOLDER = """
import sys
from pathlib import Path
from producer.gpu import GpuLease
lease = GpuLease(Path(sys.argv[1]))
lease.take()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gpu.lock"


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


class TestALease:
    def test_is_one_process_s_at_a_time(self, path: Path) -> None:
        with holder(path) as other:
            lease = GpuLease(path, patience_s=0.3)
            with pytest.raises(Unavailable, match=f"process {other.pid}"):
                lease.take()
            assert not lease.held
            other.communicate("")
        lease.take()
        assert lease.held
        lease.leave()

    def test_is_free_again_when_its_holder_is_killed(self, path: Path) -> None:
        with holder(path) as other:
            other.kill()
        lease = GpuLease(path, patience_s=5)
        lease.take()
        lease.leave()

    def test_is_waited_for_no_longer_than_somebody_wants_it(self, path: Path) -> None:
        with holder(path) as other:
            with pytest.raises(Cancelled):
                GpuLease(path).take(lambda: True)
            other.communicate("")

    def test_can_be_taken_twice_and_left(self, path: Path) -> None:
        lease, other = GpuLease(path), GpuLease(path, patience_s=0)
        lease.take()
        lease.take()
        with pytest.raises(Unavailable):
            other.take()
        lease.leave()
        other.take()
        other.leave()

    def test_does_not_follow_a_link_that_somebody_laid(self, path: Path, tmp_path: Path) -> None:
        precious = tmp_path / "precious"
        precious.write_text("mine")
        path.symlink_to(precious)
        with pytest.raises(OSError, match="symbolic"):
            GpuLease(path).take()
        assert precious.read_text() == "mine"


def test_no_more_is_filled_than_the_card_has() -> None:
    small = Gpu(name="small", memory_mib=8192, free_mib=8000, driver="1")
    large = Gpu(name="large", memory_mib=24576, free_mib=24000, driver="1")
    assert 7500 < budget(12_000, [small]) < 8590
    assert budget(12_000, [large]) == 12_000
    assert budget(12_000, []) == 12_000
