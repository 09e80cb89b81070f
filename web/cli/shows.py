"""Commands about shows."""

from __future__ import annotations

import json
from pathlib import Path

import click

from config.house import House
from web.cli.asking import ask
from web.cli.plainly import told_plainly


@click.group()
def show() -> None:
    """Recurring programmes: sources, calendar, style. Each can live in a folder of its own, in git."""


@show.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def show_list(house: House, as_json: bool) -> None:
    """Every show, with its languages, sources and calendar."""
    from rich.console import Console

    from web.terminal.shows import list_shows

    told = ask(house, "shows")
    click.echo(json.dumps(told, ensure_ascii=False)) if as_json else list_shows(told, Console())


@show.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
@told_plainly
def show_import(house: House, path: Path) -> None:
    """Add a show from its TOML file (or its folder), or change it to what the file says."""
    from storage.open_store import open_store
    from web.terminal.shows import show_from

    values = show_from(path, open_store(house))
    version = ask(house, "put-show", **values)["version"]
    click.echo(f"{values['show']['slug']} is in force, version {version}.")


@show.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
@told_plainly
def show_export(house: House, slug: str, folder: Path) -> None:
    """Write a show to FOLDER/show.toml, with the files that it names beside it."""
    from storage.open_store import open_store
    from web.terminal.shows import export_show

    store = open_store(house)
    click.echo(export_show(slug, ask(house, "shows"), ask(house, "presenters")["presenters"], folder, store))


@show.command("feed")
@click.argument("slug")
@click.option("--close", is_flag=True, help="Have the address stop working instead.")
@click.pass_obj
@told_plainly
def show_feed(house: House, slug: str, close: bool) -> None:
    """Print an address that podcast and video apps can follow a show's exports at. The one before stops working."""
    told = ask(house, "close-feed" if close else "feed", show=slug)
    click.echo("The feed is closed." if close else told["address"])
