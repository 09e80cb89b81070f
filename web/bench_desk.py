"""`run.py bench desk`: what a full inbox costs: until it is painted, in memory, and over the websocket while clips are made;
and how long a person waits for a clip to be cancelled, and for a line to be heard.

The real control process with a real Valkey and a worker, and a real Chromium. What the worker would report of five clips
at once is written into the event stream here, at the rate that is asked for: stub engines report nothing in between.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from storage import queries
from storage.clock import now
from storage.database import reading
from storage.events import Event
from storage.stream import publish
from web.bench_house import BenchHouse, bench_house, browsing, until
from web.bench_inbox import fill
from web.bench_waits import cancelling, first_lines

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAKING = 5
"""Clips that are being made meanwhile."""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
ROWS = "document.querySelectorAll('.clip-row').length"
STRIDE = 0.37
"""How far each report goes: every one of them changes what is seen."""
SETTLE_S = 5.0
"""After a page was opened, before what it hears is counted."""


def measure(clips: int, seconds: float, updates: float, runs: int) -> dict[str, Any]:
    """Both studios one after the other: the one with a full inbox, and a fresh one in whose one-off form a line is heard.

    Raises Unavailable where no browser, or no voice, is installed.
    """
    with browsing() as browser:
        with bench_house("stub", STUB_SECONDS="600") as house:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            figures = _full_inbox(house, page, clips, seconds, updates, runs)
            page.close()
        with bench_house("default") as house:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            return figures | first_lines(house, page, runs)


def _full_inbox(
    house: BenchHouse, page: Page, clips: int, seconds: float, updates: float, runs: int
) -> dict[str, Any]:  # fmt: skip
    """`clips` in the inbox, of which `MAKING` are being made; `updates` of progress a second for `seconds`.

    `opening_cpu_ms` is the control process's own work for one opening, whatever else the machine does. `memory_mb` is its
    resident memory while the inbox is open; `idle_bytes_per_s` is what the websocket carries when nothing is made. Bytes are
    those of the frames as the page gets them, before any compression.
    """
    fill(house.folder, clips - MAKING, MAKING)
    address = house.start()
    reports = _Reports(house)
    page.goto(house.login())
    _paint(page, address, clips)  # fonts and scripts are in the browser's cache from now on, as on any working day
    before = house.processor_s()
    first = [_paint(page, address, clips) for _ in range(runs)]
    spent = (house.processor_s() - before) / runs
    idle = _heard(page, address, seconds, lambda: time.sleep(0.05))
    busy = _heard(page, f"{address}/clip/{reports.clips[0]}", seconds, reports.at(updates))
    memory = house.memory_mb()
    return {
        "clips": clips,
        "first_paint_ms": round(statistics.median(paint for paint, _ in first)),
        "all_rows_ms": round(statistics.median(rows for _, rows in first)),
        "opening_cpu_ms": round(spent * 1000),
        "updates_per_s": updates,
        "idle_bytes_per_s": round(idle / seconds),
        "live_bytes_per_s": round(busy / seconds),
        "memory_mb": round(memory),
        **cancelling(house, page, min(runs, MAKING)),
    }


class _Reports:
    """What a worker would say of the clips that are being made. Each has one node of work that was begun."""

    def __init__(self, house: BenchHouse) -> None:
        self._connection, self._database = house.connection, house.folder.database
        until(lambda: len(self._begun()) == MAKING, "the clips that are being made")
        self.clips, self._keys = list(self._begun()), list(self._begun().values())
        for key in self._keys:
            self._say(key, "started")

    def at(self, rate: float) -> Callable[[], None]:
        """Reports progress of one clip after another, so many times a second, as often as it is called."""
        count, began = 0, time.monotonic()

        def report() -> None:
            nonlocal count
            if time.monotonic() - began >= count / rate:
                fraction = count * STRIDE % 1.0
                self._say(self._keys[count % MAKING], "progressed", fraction=fraction, message=f"step {count}")
                count += 1
            time.sleep(0.01)

        return report

    def _begun(self) -> dict[str, str]:
        """Clip that is being made → key of its first work."""
        with reading(self._database) as db:
            nodes = {clip: queries.clip_nodes(db, clip) for clip in queries.open_clips(db)}
        return {clip: found[0].key for clip, found in nodes.items() if found}

    def _say(self, key: str, what: Any, **facts: Any) -> None:
        publish(self._connection, Event(kind="stage", key=key, attempt=1, type=what, worker="bench", at=now(), **facts))


def _paint(page: Page, address: str, clips: int) -> tuple[float, float]:
    """Milliseconds until something of the inbox is painted, and until every row is there."""
    page.goto(address)
    page.wait_for_function(f"{ROWS} >= {clips}")
    page.wait_for_function(f"{PAINT} !== undefined")  # a busy machine paints after the rows are there
    return float(page.evaluate(PAINT)), float(page.evaluate("performance.now()"))


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
