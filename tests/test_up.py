"""`run.py up`, as a stranger runs it: a first clip by itself, a login link, a second start, and a clean end."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.support.server import free_port
from tests.support.waiting import gone, until

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.timeout(300)


class Up:
    """A studio on stub engines, as a child process with its output in a file."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.output = data.with_suffix(".log")
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        with self.output.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, str(ROOT / "run.py"), "--data", str(self.data), "up"],
                stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=self.environment,
            )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        ours = {"DAILIES_PRODUCTION__ENGINES": "stub", "DAILIES_WEB__PORT": str(self.port)}
        return {**os.environ, **ours}

    def says(self, pattern: str, seconds: float = 150) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := re.search(pattern, self.output.read_text("utf-8", "replace")):
                return found.group(0)
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"It never said {pattern!r}, only:\n{self.output.read_text()}")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "run.py"), "--data", str(self.data), *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=self.environment, timeout=150, check=False)

    def stop(self) -> None:
        """Ctrl-C. Raises when it hangs."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    studio = Up(tmp_path_factory.mktemp("up") / "data")
    yield studio
    if studio.process.poll() is None:
        studio.stop()


def test_the_first_start_ends_with_a_clip_to_review_and_a_link_that_logs_in_once(up):
    up.says(r"Ready for review: .+")
    link = up.says(r"http://\S+/enter/\S+")
    assert httpx.get(link, follow_redirects=False).status_code == 303
    assert httpx.get(link, follow_redirects=False).status_code != 303


def test_it_has_a_certificate_to_sign_exports_with(up):
    key = up.data / "credentials" / "private.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_example_show_speaks_three_languages(up):
    from web.local_client import LocalClient

    studio = LocalClient(socket_of(up))
    until(lambda: {clip["language"] for clip in studio.call("status")["clips"]} >= {"en", "es", "zh"}, "all three")


def test_strangers_see_nothing(up):
    assert httpx.get(f"http://127.0.0.1:{up.port}/", follow_redirects=False).status_code in (303, 401)
    assert httpx.get(f"http://127.0.0.1:{up.port}/api/v1/exports").status_code == 401
    assert httpx.get(f"http://127.0.0.1:{up.port}/healthz").status_code == 200


def test_it_listens_on_this_machine_alone(up):
    family = [psutil.Process(up.process.pid), *psutil.Process(up.process.pid).children(recursive=True)]
    open_to = {c.laddr.ip for one in family for c in one.net_connections("tcp") if c.status == psutil.CONN_LISTEN}
    assert open_to == {"127.0.0.1"}


def test_the_command_line_goes_through_the_running_studio(up):
    made = up.run("make", "A second story\nIt has a sentence. And another one.", "--json")
    assert made.returncode == 0, made.stderr
    assert up.run("user", "reset").stdout.startswith(f"http://127.0.0.1:{up.port}/enter/")
    created = up.run("token", "create", "a robot", "--scope", "read")
    assert created.returncode == 0, created.stderr
    token = created.stdout.strip()
    answer = httpx.get(f"http://127.0.0.1:{up.port}/api/v1/exports", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_a_scrape_by_hand_finds_nothing_that_is_known(up):
    found = up.run("scrape", "--json")
    assert found.returncode == 0, found.stderr
    assert '"topics":' not in found.stdout.replace('"topics": 0', "")


def test_a_second_studio_on_the_same_folder_is_refused(up):
    second = up.run("up")
    assert second.returncode == 1
    assert "already runs" in second.stderr
    assert "--data" in second.stderr


def test_ctrl_c_leaves_nothing_running_and_a_new_start_goes_on(up):
    family = psutil.Process(up.process.pid).children(recursive=True)
    assert len(family) >= 4, "the queue's server, the control process and two workers"
    up.stop()
    until(lambda: all(gone(child) for child in family), "their end")
    assert not socket_of(up).exists()
    up.process = up.start()
    up.says(r"Ready for review: .+")
    up.stop()


def socket_of(up: Up) -> Path:
    from config.folders import DataFolder

    return DataFolder(up.data).socket
