"""`run.py bench desk`: what a full inbox costs: until it is painted, in memory, and over the websocket while clips are made.

The real control process with a real Valkey and a worker, and a real Chromium. What the worker would report of five clips
at once is written into the event stream here, at the rate that is asked for: stub engines report nothing in between.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
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
from producer.queue.valkey import EmbeddedValkey
from producer.supervisor import Supervisor
from storage import queries
from storage.clock import now
from storage.database import reading
from storage.events import Event
from storage.stream import publish
from web.bench_inbox import fill
from web.local_client import LocalClient

if TYPE_CHECKING:
    import redis
    from playwright.sync_api import Browser, Page

MAKING = 5
"""Clips that are being made meanwhile."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--mute-audio",
)
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
ROWS = "document.querySelectorAll('.clip-row').length"
STRIDE = 0.37
"""How far each report goes: every one of them changes what is seen."""
SETTLE_S = 5.0
"""After a page was opened, before what it hears is counted."""


def measure(clips: int, seconds: float, updates: float, runs: int) -> dict[str, Any]:
    """`clips` in the inbox, of which `MAKING` are being made; `updates` of progress a second for `seconds`.

    `opening_cpu_ms` is the control process's own work for one opening, whatever else the machine does. `memory_mb` is the control process's resident memory while the inbox is open; `idle_bytes_per_s` is what the websocket
    carries when nothing is made. Bytes are those of the frames as the page gets them, before any compression.
    """
    with _studio() as studio:
        address = studio.start(clips)
        with _browsing() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(studio.login())
            _paint(
                page, address, clips
            )  # fonts and scripts are in the browser's cache from now on, as on any working day
            before = studio.processor_s()
            first = [_paint(page, address, clips) for _ in range(runs)]
            spent = (studio.processor_s() - before) / runs
            idle = _heard(page, address, seconds, lambda: time.sleep(0.05))
            busy = _heard(page, f"{address}/clip/{studio.making()}", seconds, studio.reporting(updates))
            return {
                "clips": clips,
                "first_paint_ms": round(statistics.median(paint for paint, _ in first)),
                "all_rows_ms": round(statistics.median(rows for _, rows in first)),
                "opening_cpu_ms": round(spent * 1000),
                "updates_per_s": updates,
                "idle_bytes_per_s": round(idle / seconds),
                "live_bytes_per_s": round(busy / seconds),
                "memory_mb": round(studio.memory_mb()),
            }


@dataclass
class _Studio:
    """A studio whose control process can be asked how large it is."""

    house: House
    connection: redis.Redis
    supervisor: Supervisor

    def start(self, clips: int) -> str:
        """Fill the inbox, start control process and worker, and wait until the last clips are being made."""
        folder = self.house.folder
        fill(folder, clips - MAKING, MAKING)
        self.supervisor.add("control", self.house.command("control"))
        self.supervisor.add("worker", self.house.command("worker", "--name", "bench", "--lanes", "gpu,cpu"))
        self.supervisor.check()
        client = LocalClient(folder.socket)
        _until(client.answers, "the control process")
        _until(lambda: len(self.keys()) == MAKING, "the clips that are being made")
        for key in self.keys():
            self._say(key, "started")
        return self.house.address

    def login(self) -> str:
        return str(LocalClient(self.house.folder.socket).call("login-link")["link"])

    def making(self) -> str:
        """One of the clips that are being made: an open page shows every step of it."""
        with reading(self.house.folder.database) as db:
            return queries.open_clips(db)[0]

    def keys(self) -> list[str]:
        """Of the first work of each clip that is being made."""
        with reading(self.house.folder.database) as db:
            nodes = [queries.clip_nodes(db, clip) for clip in queries.open_clips(db)]
        return [found[0].key for found in nodes if found]

    def reporting(self, rate: float) -> Callable[[], None]:
        """Reports progress of one clip after another, so many times a second, as often as it is called."""
        keys, count, began = self.keys(), 0, time.monotonic()

        def report() -> None:
            nonlocal count
            if time.monotonic() - began >= count / rate:
                fraction = count * STRIDE % 1.0
                self._say(keys[count % len(keys)], "progressed", fraction=fraction, message=f"step {count}")
                count += 1
            time.sleep(0.01)

        return report

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

    def _say(self, key: str, what: Any, **facts: Any) -> None:
        publish(self.connection, Event(kind="stage", key=key, attempt=1, type=what, worker="bench", at=now(), **facts))


def _paint(page: Page, address: str, clips: int) -> tuple[float, float]:
    """Milliseconds until something of the inbox is painted, and until every row is there."""
    page.goto(address)
    page.wait_for_function(f"{ROWS} >= {clips}")
    rows = float(page.evaluate("performance.now()"))
    page.wait_for_function(f"{PAINT} !== undefined")  # a busy machine paints after the rows are there
    return float(page.evaluate(PAINT)), rows


def _heard(page: Page, address: str, seconds: float, meanwhile: Callable[[], None]) -> int:
    """Bytes that the open inbox is sent over its websocket in so many seconds."""
    heard = 0

    def count(frame: str | bytes) -> None:
        nonlocal heard
        heard += len(frame.encode() if isinstance(frame, str) else frame)

    page.on("websocket", lambda websocket: websocket.on("framereceived", count))
    page.goto(address)
    page.wait_for_function("window.did_handshake === true")
    _for(page, SETTLE_S, meanwhile)
    heard = 0
    _for(page, seconds, meanwhile)
    return heard


def _for(page: Page, seconds: float, meanwhile: Callable[[], None]) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        meanwhile()
        page.wait_for_timeout(1)  # lets playwright hear what came


@contextmanager
def _studio() -> Iterator[_Studio]:
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
            f'[web]\nport = {port}\n[production]\nengines = "stub"\n[autopilot]\nenabled = false\n'
        )
        supervisor = Supervisor({**os.environ, "REDIS_URL": valkey.url, "STUB_SECONDS": "600"})
        stack.callback(supervisor.stop)
        yield _Studio(House(folder), connect(valkey.url), supervisor)


@contextmanager
def _browsing() -> Iterator[Browser]:
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


def _until(condition: Callable[[], bool], what: str, seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The benchmark waited for {what} in vain.")
        time.sleep(0.1)
