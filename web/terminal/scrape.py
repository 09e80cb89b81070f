"""`run.py scrape`: waits for a scrape and says what it found."""

from __future__ import annotations

import json
import time

from rich.console import Console

from config.errors import StudioError
from web.local_client import LocalClient

PATIENCE_S = 120.0


def follow_scrape(client: LocalClient, key: str, console: Console, *, as_json: bool) -> None:
    """Raises StudioError when the scrape fails or takes longer than two minutes."""
    deadline = time.monotonic() + PATIENCE_S
    while (answer := client.call("scraped", scrape=key))["state"] in ("queued", "running"):
        if time.monotonic() > deadline:
            raise StudioError("The scrape takes very long.", "Look at the sources on the system page, and at the log.")
        time.sleep(0.2)
    report = answer["report"]
    if report is None:
        raise StudioError(f"The scrape failed: {answer['error']}", "The log has the details.")
    if as_json:
        console.print(json.dumps(report, ensure_ascii=False), markup=False, highlight=False, soft_wrap=True)
        return
    for topic in report.get("topics", ()):
        console.print(
            f"{topic.get('score', 0):5.2f}  {topic['language']}  {topic['title'][:90]}", markup=False, soft_wrap=True
        )
    for left in report.get("left_out", ()):
        console.print(f"  left out: {left['title'][:60]} ({left['reason']})", markup=False, soft_wrap=True)
    for source in report.get("sources", ()):
        if source.get("error"):
            console.print(
                f"  {source['url']}: {source['error']} {source.get('cure', '')}", markup=False, soft_wrap=True
            )
