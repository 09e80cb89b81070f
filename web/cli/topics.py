"""Commands about topics: reading sources, and the autopilot."""

from __future__ import annotations

import json

import click

from config.errors import StudioError, UsageError
from config.house import House
from web.cli.asking import ask
from web.cli.plainly import told_plainly


@click.command()
@click.option("--show", default="the-morning-desk", show_default=True, help="Which show's sources to read.")
@click.option("--dry-run", is_flag=True, help="Only say what would be chosen, and why: nothing is recorded or ordered.")
@click.option("--json", "as_json", is_flag=True, help="Print the run's report as one JSON object.")
@click.pass_obj
@told_plainly
def scrape(house: House, show: str, dry_run: bool, as_json: bool) -> None:
    """Look for topics now, and order clips from the best. Says what became of each topic, and why."""
    from rich.console import Console

    from web.local_client import LocalClient
    from web.terminal import scrape as terminal

    client = LocalClient(house.folder.socket)
    if dry_run:
        report = terminal.dry_run(house, show)
    elif client.answers():
        report = terminal.follow_scrape(client, client.call("scrape", show=show)["scrape"])
    else:
        raise StudioError("No studio is running on this data folder.", "Start it with: python run.py up")
    terminal.show_run(report, Console(), as_json=as_json)


@click.group()
def autopilot() -> None:
    """The studio that works by itself: when each show is next, and pausing all of it."""


@autopilot.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def autopilot_status(house: House, as_json: bool) -> None:
    """Each show's next run, its last one, and how its sources do."""
    from rich.console import Console

    from web.terminal.autopilot import show_status

    told = ask(house, "autopilot")
    click.echo(json.dumps(told, ensure_ascii=False)) if as_json else show_status(told, Console())


@autopilot.command("pause")
@click.pass_obj
@told_plainly
def autopilot_pause(house: House) -> None:
    """Read no show by itself until `autopilot resume`. What is being made goes on."""
    ask(house, "pause-autopilot")
    click.echo("The autopilot is paused.")


@autopilot.command("resume")
@click.option("--show", default="", help="With --source: ask this paused source of the show again.")
@click.option("--source", "url", default="", help="Its address.")
@click.pass_obj
@told_plainly
def autopilot_resume(house: House, show: str, url: str) -> None:
    """Go on by itself; or ask a source again that was paused because it failed for long."""
    if bool(show) != bool(url):
        raise UsageError("A source is named by its show and its address.", "Give both --show and --source.")
    ask(house, "resume-source", show=show, url=url) if url else ask(house, "resume-autopilot")
    click.echo(f"{url} is asked again at the next run." if url else "The autopilot goes on.")
