"""Commands about engines: what is here, how to get it, what it sounds like."""

from __future__ import annotations

from pathlib import Path

import click

from config.house import House
from web.cli.plainly import told_plainly


@click.command("pull")
@click.argument("engines", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="Show what can be fetched, and what is here.")
@click.option(
    "--from",
    "beside",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder to look into first: weight files; code/ and wheels/ for an engine with an environment of its own.",
)
@click.option("--accept-licence", "accept", is_flag=True, help="Say beforehand that you accept what is shown.")
@click.pass_obj
@told_plainly
def pull_command(house: House, engines: tuple[str, ...], listing: bool, beside: Path | None, accept: bool) -> None:
    """Fetch the weights of ENGINES, and make the environments of those that have one of their own: pinned, checked,
    and only what is missing."""
    from rich.console import Console

    from web.terminal.pull import list_weights, pull_all

    folder = house.folder.make()
    if listing or not engines:
        list_weights(folder, Console())
    else:
        pull_all(engines, folder, Console(), beside.absolute() if beside else None, accept)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def doctor(house: House, as_json: bool) -> None:
    """Look at this machine: what it has, what each engine lacks and how to get it, and how a clip would be made now."""
    from rich.console import Console

    from producer.doctor.report import examine, healthy
    from web.terminal.doctor import show_report

    report = examine(house)
    show_report(report, Console(), as_json=as_json)
    healthy(report)


@click.command()
@click.option("--language", default="", help="Only voices that speak it: en, es, zh…")
@click.option("--voice", "only", default="", help="Only this one, as ENGINE/VOICE.")
@click.option("--say", "folder", type=click.Path(path_type=Path), help="Write a sample of each into this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def voices(house: House, language: str, only: str, folder: Path | None, as_json: bool) -> None:
    """List the voices that a presenter may have, and hear them."""
    from rich.console import Console

    from producer.engines.registry import Registry
    from web.terminal.voices import chosen_voices, save_samples, show_voices

    registry = Registry(weights=house.folder.weights)
    chosen = chosen_voices(registry, language, only)
    show_voices(chosen, Console(), as_json=as_json)
    if folder is not None:
        save_samples(registry, chosen, folder, Console(stderr=as_json))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--only", multiple=True, metavar="SECTION", help="Only this section of it; may be given several times.")
@told_plainly
def gallery(folder: Path, only: tuple[str, ...]) -> None:
    """Draw everything that the studio can draw into DIR, and show it on one page.

    Looks, expressions, backdrops, cards, captions in every script, layouts, and a short clip in each format. What hangs
    in DIR already stays, but for the sections that are made.
    """
    from rich.console import Console

    from web.terminal.gallery import make_gallery

    click.echo(make_gallery(folder, only, Console(stderr=True)))


@click.command("evaluate")
@click.argument("suite", default="all", type=click.Choice(["all", "short", "switch", "long", "hard"]))
@click.option(
    "--engine",
    "engines",
    multiple=True,
    help="A voice engine; may be given several times. Left out, all that are ready.",
)
@click.option(
    "--repeat", "repeats", default=1, show_default=True, type=click.IntRange(1, 100), help="How often each is made."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a run, instead of a table.")
@click.pass_obj
@told_plainly
def evaluate_engines(house: House, suite: str, engines: tuple[str, ...], repeats: int, as_json: bool) -> None:
    """How well and how fast engines do on scripts that are always the same: SUITE is short, switch, long, hard or all."""
    from loguru import logger

    from producer.engines.registry import Registry
    from producer.evaluate.records import as_markdown, keep
    from producer.evaluate.running import evaluate
    from producer.evaluate.suites import suite as suite_of

    logger.disable("producer")
    folder = house.folder.make()
    registry = Registry(weights=folder.weights)
    runs = []
    for run in evaluate(suite_of(suite), engines, repeats, registry, folder.weights, folder.samples):
        keep(run, folder.evaluations)
        runs.append(run)
        if as_json:
            click.echo(run.model_dump_json())
        else:
            click.echo(f"{run.scenario}, {run.engine}: {run.error or f'{run.total_ms:g} ms'}", err=True)
    if not as_json:
        click.echo(as_markdown(runs))
