"""`python -m docs.tools.pictures`: the README's two pictures, taken of a fresh studio that makes its first clips.

Nothing is staged: a studio is started on an empty folder, its first clips are made, and somebody opens one.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import av
import httpx
from PIL import Image
from playwright.sync_api import Page

from tests.support.browser import browsing

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1440, "height": 900}
MOMENT_S = 12.4
"""Of the clip: the presenter speaks, everything has come in."""
PATIENCE_MS = 180_000
LINK = re.compile(r"https?://\S+/enter/\S+")
CLIPS = 2
"""How many clips a fresh studio makes by itself."""


@contextmanager
def fresh_studio() -> Iterator[str]:
    """A studio on an empty folder. Yields a link that logs in, once its first clip is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "run.py", "--data", data, "up"]
        environment = {**os.environ, "DAILIES_WEB__PORT": str(port)}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as studio:
            try:
                yield next(found[0] for line in studio.stdout or () if (found := LINK.search(line)))
            finally:
                studio.send_signal(signal.SIGINT)


def take_pictures(page: Page, link: str) -> None:
    page.goto(link)
    address = link.partition("/enter/")[0]
    while states(page, address).count("ready") < CLIPS:
        page.wait_for_timeout(1000)
    page.goto(address)
    page.locator(".clip-row").first.click()
    page.wait_for_function("document.querySelector('video')?.readyState >= 2", timeout=PATIENCE_MS)
    page.wait_for_timeout(1000)
    page.evaluate("dailies.player.toggle()")
    page.wait_for_function(f"document.querySelector('video').currentTime >= {MOMENT_S}", timeout=PATIENCE_MS)
    page.evaluate("dailies.player.toggle()")
    page.wait_for_timeout(500)
    save(Image.open(BytesIO(page.screenshot())), "desk")
    video = page.evaluate("document.querySelector('video').currentSrc")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    save(frame_at(httpx.get(video, cookies=cookies).raise_for_status().content, MOMENT_S), "clip")


def states(page: Page, address: str) -> list[str]:
    return [clip["production"] for clip in page.request.get(f"{address}/api/v1/clips").json()["clips"]]


def frame_at(video: bytes, seconds: float) -> Image.Image:
    with av.open(BytesIO(video), "r") as container:
        picture: Image.Image = next(f for f in container.decode(video=0) if f.time >= seconds).to_image()  # type: ignore[no-untyped-call]
    return picture


def save(picture: Image.Image, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    picture.convert("RGB").save(PICTURES / f"{name}.jpg", quality=85)


def main() -> None:
    with fresh_studio() as link, browsing() as browser:
        take_pictures(browser.new_page(viewport=SIZE, color_scheme="dark"), link)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
