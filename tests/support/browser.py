"""Finds the browser that the tests drive: a Chromium of the system's, or playwright's own.

`python -m tests.support.browser` prints its path, or says that there is none and exits with 1.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE_HERE = "There is no browser here. Install chromium, or: .venv/bin/python -m playwright install chromium"


@cache
def find_browser() -> Path | None:
    """The path of a Chromium that starts, or None."""
    named = (shutil.which(name) for name in NAMES)
    found = next((Path(path) for path in named if path and _starts(path)), None)
    return found or _playwrights_own()


def _starts(path: str) -> bool:
    """Some systems have a `chromium-browser` that only says where to get one."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


if __name__ == "__main__":
    sys.exit(print(find_browser()) if find_browser() else NONE_HERE)
