"""What benchmarks of the desk stand on: a real studio in a folder of its own, and a real Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import Unavailable
from config.folders import DataFolder
from config.house import House
from producer.queue.connection import connect
from producer.queue.leases import read_leases
from producer.queue.valkey import EmbeddedValkey
from producer.supervisor import Supervisor
from storage.artifacts import FolderStore
from storage.writer import Writer
from web.example import load_example_show
from web.local_client import LocalClient

if TYPE_CHECKING:
    import redis
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--mute-audio",
)


@dataclass
class BenchHouse:
    """A studio whose control process can be asked how large it is."""

    house: House
    connection: redis.Redis
    supervisor: Supervisor

    @property
    def folder(self) -> DataFolder:
        return self.house.folder

    def start(self) -> str:
        """Start control process and worker, and wait until both are there. Returns the desk's address. The example show is
        there already, so that nobody reads its sources and makes its first clips meanwhile."""
        writer = Writer(self.folder.database).start()
        try:
            load_example_show(writer, FolderStore(self.folder.artifacts))
        finally:
            writer.stop()
        self.supervisor.add("control", self.house.command("control"))
        self.supervisor.add("worker", self.house.command("worker", "--name", "bench", "--lanes", "gpu,cpu"))
        self.supervisor.check()
        until(LocalClient(self.folder.socket).answers, "the control process")
        until(lambda: bool(read_leases(self.connection)), "the worker")
        return self.house.address

    def login(self) -> str:
        return str(LocalClient(self.folder.socket).call("login-link")["link"])

    def memory_mb(self) -> float:
        return float(self._control().memory_info().rss / 1e6)

    def processor_s(self) -> float:
        """Processor time that the control process has used."""
        times = self._control().cpu_times()
        return float(times.user + times.system)

    def _control(self) -> Any:
        import psutil  # type: ignore[import-untyped]

        control = next(child for child in self.supervisor.children if child.name == "control")
        assert control.process is not None  # it was started
        return psutil.Process(control.process.pid)


@contextmanager
def bench_house(engines: str, **environment: str) -> Iterator[BenchHouse]:
    """Nothing is started yet but the queue's server. `engines`: as in `[production] engines`."""
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as root, contextlib.ExitStack() as stack:
        folder = DataFolder(Path(root)).make()
        folder.make_runtime()
        stack.callback(shutil.rmtree, folder.runtime, ignore_errors=True)
        valkey = EmbeddedValkey(folder)
        valkey.start()
        stack.callback(valkey.stop)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (folder.root / "dailies.toml").write_text(
            f'[web]\nport = {port}\n[production]\nengines = "{engines}"\n[autopilot]\nenabled = false\n'
        )
        supervisor = Supervisor({**os.environ, "REDIS_URL": valkey.url, **environment})
        stack.callback(supervisor.stop)
        yield BenchHouse(House(folder), connect(valkey.url), supervisor)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Raises Unavailable where there is no browser, or nothing that drives one."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise Unavailable("This benchmark needs playwright and psutil.", 'pip install "dailies[dev]"') from error
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise Unavailable("This benchmark needs a browser.", "Install one with: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def until(condition: Callable[[], bool], what: str, seconds: float = 120.0, pause_s: float = 0.1) -> None:
    """Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The benchmark waited for {what} in vain.")
        time.sleep(pause_s)
