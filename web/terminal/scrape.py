"""`run.py scrape`: reads a show's sources, and says what it found, what becomes of it, and why."""

from __future__ import annotations

import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from config.errors import StudioError
from config.house import House
from scraper.autopilot import fetch_policy, limits_of, scrape_request
from scraper.job import scrape
from scraper.keys import keys_of
from scraper.recording import run_report, select, verdict
from storage import catalogue
from storage.artifacts import FolderStore
from storage.catalogue import TopicRow
from storage.clock import stamp
from storage.database import reading
from storage.runs import RunReport, Verdict
from web.errands import helpers_of
from web.local_client import LocalClient

PATIENCE_S = 120.0


def follow_scrape(client: LocalClient, key: str) -> RunReport:
    """Wait for a run. Raises StudioError when it fails or takes longer than two minutes."""
    deadline = time.monotonic() + PATIENCE_S
    while (answer := client.call("scraped", scrape=key))["state"] in ("queued", "running", "done"):
        if time.monotonic() > deadline:
            raise StudioError("The scrape takes very long.", "Look at the sources on the system page, and at the log.")
        time.sleep(0.2)
    if answer["run"] is None:
        raise StudioError(f"The scrape failed: {answer['error']}", "The log has the details.")
    return RunReport.model_validate(answer["run"])


def dry_run(house: House, slug: str) -> RunReport:
    """What a run of the show would choose now, and why. Nothing is recorded, and no clip is ordered.

    Raises StudioError when there is no studio in the data folder yet, and UnknownName.
    """
    if not house.folder.database.exists():
        raise StudioError(f"There is no studio in {house.folder.root}.", "Start it once with: python run.py up")
    limits, moment = limits_of(house.settings), datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="dailies-scrape-") as folder, reading(house.folder.database) as db:
        show = catalogue.show(db, slug)
        request = scrape_request(db, slug, fetch_policy(house.settings.scraper))
        report = scrape(
            request,
            FolderStore(Path(folder)),
            lambda _fraction, _message: None,
            keys_of(house.settings),
            helpers_of(house),
        )
        new = [TopicRow(id="", show=slug, found=t, found_at=stamp(moment), clip_id=None) for t in report.topics]
        picked = select(db, show, limits, moment, new)
    return run_report(report, len(new), [verdict(choice) for choice in picked.chosen], picked.passed_over)


def show_run(report: RunReport, console: Console, *, as_json: bool) -> None:
    if as_json:
        text = json.dumps(report.model_dump(mode="json"), ensure_ascii=False)
        console.print(text, markup=False, highlight=False, soft_wrap=True)
        return
    counts = f"{report.found} entries: {report.new} new, {report.known} known, {report.merged} merged, "
    console.print(counts + f"{report.screened} screened, {report.refused} refused.", highlight=False)
    _list("Chosen", report.chosen, console)
    _list("Passed over", report.passed_over, console)
    for problem in (*report.problems, *report.notes):
        console.print(f"  {problem}", style="yellow", markup=False, soft_wrap=True)


def _list(heading: str, verdicts: tuple[Verdict, ...], console: Console) -> None:
    if verdicts:
        console.print(f"{heading}:", style="bold")
    for told in verdicts:
        line = f"  {told.score:.2f}  {told.language}  {told.title[:90]}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
        console.print(f"              {told.why}", style="dim", markup=False, highlight=False, soft_wrap=True)
