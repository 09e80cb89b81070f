"""How long a person at the desk waits: for a clip to be really cancelled, and for a line to be heard before the clip is made.

Buttons are pressed in a real page; the time is over when the worker's own report has taken effect, or the sound can play.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

from producer.queue.leases import read_leases
from storage import queries
from storage.database import reading
from web.bench_house import BenchHouse, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEARD = "window.dailies?.sound?.readyState >= 3 && dailies.sound.src !== before"
"""In the page: the sound of another line than `before` can play."""
LINES = (
    "The bakery on our corner has baked through two wars.",
    "It opened in the year of the great flood.",
    "Its oven was never cold for longer than a night.",
    "On Saturday it turns a hundred years old.",
    "The whole street is invited for bread and jam.",
)
PAUSE_S = 0.005
LETTER_MS, THINKING_MS = 60, 1000
"""Between two letters, two hundred words a minute; and before a button is pressed."""


def cancelling(house: BenchHouse, page: Page, times: int) -> dict[str, Any]:
    """Medians. `cancel_ms`: until the worker has let go of the stage and the clip is cancelled; `cancel_shown_ms`: until the
    page says so."""
    told = [_cancel(house, page) for _ in range(times)]
    return {
        "cancel_ms": round(statistics.median(ended for ended, _ in told)),
        "cancel_shown_ms": round(statistics.median(shown for _, shown in told)),
    }


def _cancel(house: BenchHouse, page: Page) -> tuple[float, float]:
    """Cancel what the worker has in hand. Milliseconds until that ended, and until the page showed it."""
    until(lambda: _in_hand(house) is not None, "work in the worker's hands")
    clip, key = _in_hand(house) or ("", "")
    page.goto(f"{house.house.address}/clip/{clip}", wait_until="domcontentloaded")
    page.wait_for_function("window.did_handshake === true")
    button = page.locator("[data-action=cancel]")
    button.wait_for()
    page.evaluate(WATCH)
    pressed = time.monotonic()
    button.click(no_wait_after=True)
    until(lambda: _is_over(house, clip, key), "the end of the stage", pause_s=PAUSE_S)
    ended = time.monotonic() - pressed
    page.wait_for_function("window.shown !== undefined")
    return 1000 * ended, float(page.evaluate("window.shown"))


WATCH = """() => {
    window.shown = undefined;
    let pressed;
    addEventListener("click", () => { pressed = performance.now(); }, { capture: true, once: true });
    const look = () => {
        if (document.querySelector(".making-screen b")?.textContent === "Cancelled") window.shown = performance.now() - pressed;
        else requestAnimationFrame(look);
    };
    look();
}"""
"""In the page: how long after the next click it says that the clip is cancelled."""


def _in_hand(house: BenchHouse) -> tuple[str, str] | None:
    """The clip that the worker really works on, and the key of that work."""
    doing = next((lease.doing.key for lease in read_leases(house.connection) if lease.doing), "")
    with reading(house.folder.database) as db:
        for clip in queries.open_clips(db):
            if any(node.key == doing and node.state == "running" for node in queries.clip_nodes(db, clip)):
                return clip, doing
    return None


def _is_over(house: BenchHouse, clip: str, key: str) -> bool:
    with reading(house.folder.database) as db:
        row, nodes = queries.clip_row(db, clip), queries.clip_nodes(db, clip, documents=False)
    return row.production == "cancelled" and all(node.state != "running" for node in nodes if node.key == key)


def first_lines(house: BenchHouse, page: Page, times: int) -> dict[str, Any]:
    """`first_line_ms`: the first line of a one-off form, by a worker that was just started and has spoken nothing yet;
    `next_line_ms`: the median of further ones. Whoever writes them writes quickly."""
    address = house.start()
    page.goto(house.login())
    page.goto(
        f"{address}/new", wait_until="domcontentloaded"
    )  # faces and scenes are painted for the first time meanwhile
    page.wait_for_function("window.did_handshake === true")
    page.get_by_label("Title").press_sequentially("The bakery turns a hundred", delay=LETTER_MS)
    took = [_hear(page, line) for line in (LINES * times)[: times + 1]]
    return {"first_line_ms": round(took[0]), "next_line_ms": round(statistics.median(took[1:]))}


def _hear(page: Page, line: str) -> float:
    """Milliseconds from pressing the button until the line can be heard."""
    field = page.get_by_label("Line 1", exact=True)
    field.fill("")
    field.press_sequentially(line, delay=LETTER_MS)
    page.wait_for_timeout(THINKING_MS)
    page.evaluate("window.before = window.dailies?.sound?.src")
    pressed = time.monotonic()
    page.get_by_role("button", name="Hear the first line").click()
    page.wait_for_function(HEARD)
    return 1000 * (time.monotonic() - pressed)
