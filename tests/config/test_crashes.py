"""Crash reports: one for whatever ends by a fault, without secrets, few, and told in a line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from config.crashes import KEPT, TAIL_CHARS, report, report_death, told
from producer.doctor.software import crashes
from producer.supervisor import Supervisor
from tests.support.waiting import until

DEEDS = {
    "an exception": "raise RuntimeError('no key for redis://ana:hunter22@example.org/0')",
    "an exception in a thread": "t = threading.Thread(target=lambda: 1 / 0, name='t'); t.start(); t.join()",
    "a fault in C": "ctypes.string_at(0)",
}


def reports(data: Path) -> list[dict[str, str]]:
    return [json.loads(path.read_text()) for path in sorted((data / "crashes").glob("*.json"))]


def crash(data: Path, deed: str) -> int:
    code = f"""
        import ctypes, sys, threading
        from pathlib import Path
        from config.crashes import watch_for_crashes
        from config.logs import start_logging
        start_logging("worker-w", Path(sys.argv[1]) / "logs", "INFO", terminal="CRITICAL")
        watch_for_crashes("worker-w", Path(sys.argv[1]))
        {deed}
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(data)]
    return subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.parametrize("deed", ["an exception", "an exception in a thread"])
def test_what_nobody_catches_leaves_one(tmp_path: Path, deed: str) -> None:
    crash(tmp_path, DEEDS[deed])
    (found,) = reports(tmp_path)
    assert found["process"] == "worker-w"
    assert "Traceback" in found["detail"]
    assert "hunter22" not in json.dumps(found)
    assert "hunter22" not in (tmp_path / "logs" / "worker-w.log").read_text()


def test_who_dies_in_c_leaves_one_that_says_where(tmp_path: Path) -> None:
    code = crash(tmp_path, DEEDS["a fault in C"])
    report_death(tmp_path, "worker-w", code)
    (found,) = reports(tmp_path)
    assert found["how"] == "killed by SIGSEGV"
    assert "string_at" in found["detail"]


def test_a_worker_that_is_killed_leaves_one_with_the_end_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "worker-w.log"
    log.parent.mkdir()
    log.write_text("The last words.\n")
    supervisor = Supervisor({}, on_death=lambda name, code: report_death(tmp_path, name, code))
    supervisor.add("w", [sys.executable, "-c", "import time; time.sleep(600)"], "worker-w")
    supervisor.check()
    process = supervisor.children[0].process
    assert process
    process.send_signal(signal.SIGKILL)
    process.wait()
    until(lambda: (supervisor.check(), reports(tmp_path))[1])
    supervisor.stop()
    (found,) = reports(tmp_path)
    assert (found["how"], found["detail"]) == ("killed by SIGKILL", "The last words.")


def test_an_orderly_end_leaves_none(tmp_path: Path) -> None:
    assert crash(tmp_path, "pass") == 0
    assert report_death(tmp_path, "worker-w", 0) is None
    assert reports(tmp_path) == []
    assert told(tmp_path) == ""
    assert crashes(tmp_path) == ()


def test_they_stay_few_and_small_and_for_their_owner_alone(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        path = report(tmp_path, "worker-w", f"number {number}", "x" * 100_000)
    assert path is not None
    assert path.stat().st_mode & 0o077 == 0
    found = reports(tmp_path)
    assert [one["how"] for one in found] == [f"number {number}" for number in range(5, KEPT + 5)]
    assert {len(one["detail"]) for one in found} == {TAIL_CHARS}


def test_they_are_told_in_one_line_by_the_doctor(tmp_path: Path) -> None:
    report(tmp_path, "worker-gpu", "killed by SIGKILL", "")
    (part,) = crashes(tmp_path)
    assert part.detail.startswith("1; the newest of ")
    assert part.detail.endswith("worker-gpu, killed by SIGKILL")
    assert str(tmp_path / "crashes") in part.cure


def test_a_disk_that_takes_none_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("in the way")
    assert report(tmp_path, "worker-w", "how", "") is None
