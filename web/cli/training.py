"""The command that has a presenter's face learnt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from config.house import House
from web.cli.plainly import told_plainly


@click.command()
@click.argument("short", metavar="NAME")
@click.option(
    "--engine", type=click.Choice(["sd15", "sdxl"]), default="sd15", show_default=True,
    help="Which model learns, and paints with it.",
)  # fmt: skip
@click.option(
    "--data", "prepared", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of prepared pictures with its manifest.json; left out, the presenter's own pictures.",
)  # fmt: skip
@click.option("--steps", type=click.IntRange(1, 20_000), help="How long; left out, 1000.")
@click.option("--sample-every", type=click.IntRange(1, 20_000), help="Steps between two looks; left out, 100.")
@click.option(
    "--prior", type=click.FloatRange(0, 10), help="How much counts that others stay as they are; 0 = nothing."
)
@click.option("--preset", default="", help="8gb, 12gb, 16gb or 24gb; left out, the largest that fits.")
@click.option("--token", default="", help="By which word prompts call them; left out, the set's own, or NAME.")
@click.option("--kind", default="person", show_default=True, help="What they are one of.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def train(house: House, short: str, prepared: Path | None, as_json: bool, **wanted: Any) -> None:
    """Learn a presenter's face from their pictures. Ctrl-C stops it; the same command goes on from there.

    Needs their consent, the weights of the model that learns, and, for models of real size, a GPU.
    """
    from rich.console import Console

    from web.terminal.train import conclude, train_presenter

    found = train_presenter(
        house, short, prepared, {k: v for k, v in wanted.items() if v is not None}, Console(stderr=True)
    )
    sys.exit(conclude(found, short, Console(), as_json=as_json))
