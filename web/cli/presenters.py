"""Commands about presenters, and what people agreed to."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from config.house import House
from web.cli.asking import ask
from web.cli.plainly import told_plainly


@click.group()
def presenters() -> None:
    """Who speaks: drawn, or made from a portrait."""


@presenters.command("add")
@click.argument("short", metavar="NAME")
@click.option(
    "--portrait", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A picture of the one who speaks."
)
@click.option(
    "--sample", "samples", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A recording of their own voice, for XTTS to learn; may be given several times.",
)  # fmt: skip
@click.option("--consent", default="", help="When and to what that person agreed; needed with --portrait and --sample.")
@click.option("--framed", is_flag=True, help="Take a portrait that cannot speak too: it is shown still, in a frame.")
@click.option("--look", default="", help="A drawn look instead of a portrait: mara, theo, noor…")
@click.option("--name", default="", help="As it is shown; left out, made of NAME.")
@click.option("--role", default="", help="What is shown under the name.")
@click.option(
    "--voice", "voices", multiple=True, metavar="LANGUAGE=VOICE", help="Such as es=ef_dora; may be given several times."
)
@click.option("--persona", default="", help="How they talk, for a language model to follow.")
@click.option("--language", "languages", multiple=True, help="A language that they speak; may be given several times.")
@click.pass_obj
@told_plainly
def presenters_add(house: House, short: str, **wanted: Any) -> None:
    """Add a presenter, or change one. A portrait is looked at first; one that cannot speak is refused, with the reason."""
    from rich.console import Console

    from storage.open_store import open_store
    from web.terminal.presenters import look_with, presenter_of

    folder, console = house.folder.make(), Console()
    artifacts = open_store(house)
    spec = presenter_of(short, **wanted, look_at=look_with(folder), artifacts=artifacts, console=console)
    ask(house, "put-presenter", **spec.model_dump(mode="json"))
    click.echo(f"Make a clip with: run.py make --presenter {short} TOPIC")


@presenters.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def presenters_list(house: House, as_json: bool) -> None:
    """Everybody who may speak: look or portrait, voices, consent."""
    from rich.console import Console

    from web.terminal.presenters import list_presenters

    found = ask(house, "presenters")
    click.echo(json.dumps(found, ensure_ascii=False)) if as_json else list_presenters(found["presenters"], Console())


@presenters.command("versions")
@click.argument("short", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def presenters_versions(house: House, short: str, as_json: bool) -> None:
    """Every version of a presenter with what changed in it, and every consent with whether it holds."""
    from rich.console import Console

    from web.terminal.consent import list_versions

    found = ask(house, "presenter-versions", slug=short)
    click.echo(json.dumps(found, ensure_ascii=False)) if as_json else list_versions(found, Console())


@presenters.command("consent")
@click.argument("short", metavar="NAME")
@click.option("--statement", default="", help="What they agreed to, in their words or yours.")
@click.option("--who", default="", help="Who agreed; left out, the presenter's name.")
@click.option(
    "--scope", type=click.Choice(["face", "voice", "both"]), default="both", show_default=True, help="What may be used."
)
@click.option("--show", "shows", multiple=True, help="Only in this show (short name); may be given several times.")
@click.option("--given", default="", metavar="DAY", help="When they agreed, such as 2026-05-03.")
@click.option("--until", default="", metavar="DAY", help="The last day on which it holds; left out, until taken back.")
@click.option(
    "--document", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The signed paper (PDF, PNG, JPEG, WebP) or a recorded statement.",
)  # fmt: skip
@click.option("--take-back", is_flag=True, help="Instead: they took back everything that they agreed to.")
@click.option("--why", default="", help="With --take-back: how they said so.")
@click.pass_obj
@told_plainly
def presenters_consent(house: House, short: str, take_back: bool, why: str, **wanted: Any) -> None:
    """Write down what the person behind a presenter agreed to, or that they took it back."""
    from storage.artifacts import FolderStore
    from web.terminal.consent import consent_of

    if take_back:
        ended = ask(house, "revoke-consents", slug=short, why=why)["revoked"]
        click.echo(
            f"Consents that ended: {ended}. What is being made with {short} stops; no clip of theirs is exported."
        )
        return
    consent = consent_of(**wanted, artifacts=FolderStore(house.folder.make().artifacts))
    ask(house, "add-consent", slug=short, consent=consent.model_dump(mode="json"))
    click.echo("It is written down." + (f" It holds until {consent.expires_on}." if consent.expires_on else ""))


@presenters.command("prepare")
@click.argument("short", metavar="NAME")
@click.argument("given", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--token", default="", help="The word that stands for the person in captions; left out, made of NAME.")
@click.option("--side", type=click.Choice(["512", "768", "1024"]), default="768", show_default=True, help="Pixels.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def presenters_prepare(house: House, short: str, given: tuple[Path, ...], token: str, side: str, as_json: bool) -> None:
    """Make pictures and recordings of a presenter (files, or folders of them) into a set to train with: what is unfit is
    left out, with the reason; then how ready it is, and what would make it better. Needs their consent."""
    from rich.console import Console

    from storage.datasets import dataset_folder
    from storage.open_store import open_store
    from web.terminal.dataset import files_of, must_agree, portrait_of, prepare_apart, show_dataset

    files, folder = files_of(given), house.folder.make()
    known = ask(house, "presenter-versions", slug=short)
    uses = must_agree(short, known["consents"], files)
    portrait = portrait_of(known["versions"], open_store(house)) if "face" in uses else None
    made = prepare_apart(
        folder, house.settings.uploads, short, uses, files, token or short.replace("-", ""), int(side), portrait
    )
    where = dataset_folder(folder.root, short)
    click.echo(made.model_dump_json()) if as_json else show_dataset(made, where, Console())


@presenters.command("forget")
@click.argument("short", metavar="NAME")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def presenters_forget(house: House, short: str, yes: bool, as_json: bool) -> None:
    """Delete every file of a person's face and voice, what was made of them too, and look whether they are gone."""
    from rich.console import Console

    from web.terminal.consent import show_forgotten

    if not yes:
        click.confirm(f"Delete every picture, recording and trained part of {short}? There is no way back.", abort=True)
    told = ask(house, "forget-presenter", slug=short)
    click.echo(json.dumps(told, ensure_ascii=False)) if as_json else show_forgotten(told, Console())
    sys.exit(1 if told["left"] else 0)


@presenters.command("remove")
@click.argument("short", metavar="NAME")
@click.pass_obj
@told_plainly
def presenters_remove(house: House, short: str) -> None:
    """Forget a presenter, and the portrait unless a clip shows it: clips keep what they were ordered with."""
    clips = ask(house, "remove-presenter", slug=short)["clips"]
    click.echo(f"{short} is removed." + (f" Clips that still show them: {clips}." if clips else ""))
