"""A real headless browser: the system's Chromium, driven by playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=30_000)  # milliseconds: only a page that never gets there waits so long

Enter = Callable[..., Page]
"""Opens a page as somebody: `enter("ana", "/exports")`."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic", "--autoplay-policy=no-user-gesture-required", "--mute-audio", "--force-color-profile=srgb",
)  # fmt: skip


def find_browser() -> str | None:
    """The path of a browser on this machine: on the PATH, else one that playwright installed itself."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    cache = Path.home() / ".cache/ms-playwright"
    return next((str(path) for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"))), None)


@contextmanager
def browsing() -> Iterator[Browser]:
    """A running browser. Skips the test, and says how to mend that, where there is none."""
    path = find_browser()
    if path is None:
        pytest.skip("No browser: install one with `apt install chromium` or `playwright install chromium`.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def says(page: Page, words: str) -> None:
    """The desk's last message."""
    expect(page.locator(".toast")).to_contain_text(words)
