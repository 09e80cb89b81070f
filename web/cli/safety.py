"""Commands that keep a studio safe: backup, restore, check, and what an exported file says of itself."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from config.errors import UsageError
from config.house import House
from web.cli.plainly import told_plainly


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.pass_obj
@told_plainly
def backup(house: House, folder: Path) -> None:
    """Bring the backup in DIR up to date: database, files, exports and settings. The studio may run meanwhile."""
    from storage.backup import back_up
    from storage.open_store import bucket_of
    from web.terminal.safety import tell_backup

    sys.exit(tell_backup(back_up(house.folder, folder.absolute(), bucket_of(house)), click.echo))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BACKUP")
@click.option("--replace", is_flag=True, help="Put aside the studio that is there; it is not deleted.")
@click.pass_obj
@told_plainly
def restore(house: House, folder: Path, replace: bool) -> None:
    """Bring back the backup in BACKUP. What it lacks is made again; everybody has to log in again."""
    from storage.open_store import bucket_of
    from storage.restore import restore as bring_back
    from storage.stock import fill
    from web.terminal.safety import tell_restore

    code = tell_restore(bring_back(house.folder, folder.absolute(), replace=replace), click.echo)
    if store := bucket_of(house):
        click.echo(
            f"{fill(store, house.folder.artifacts)} files were handed to the studio's bucket, which lacked them."
        )
    sys.exit(code)


@click.command("fill-store")
@click.pass_obj
@told_plainly
def fill_store(house: House) -> None:
    """Hand what lies in the data folder to the bucket that [store] names, when a studio moves there. Copies only what it lacks."""
    from storage.open_store import bucket_of
    from storage.stock import fill

    if (store := bucket_of(house)) is None:
        raise UsageError("The settings name no bucket.", "Set url in [store], as s3://bucket/prefix.")
    click.echo(
        f"{fill(store, house.folder.artifacts)} files handed over; those of the data folder are left as they are."
    )


@click.command()
@click.option(
    "--repair", is_flag=True, help="Forget what is damaged, so that it is made again; drop what nobody asks for."
)
@click.option(
    "--from", "source", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BACKUP",
    help="With --repair: bring damaged files back from this backup first.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def check(house: House, repair: bool, source: Path | None, as_json: bool) -> None:
    """Read every stored file and the whole database, and say what is damaged or missing. Ends with 1 if anything is."""
    from storage.backup import is_backup
    from storage.open_store import bucket_of
    from web.terminal.safety import check_studio

    if source and not repair:
        raise UsageError("A backup is only read to repair from it.", "Add --repair.")
    bucket = None if is_backup(house.folder.root) else bucket_of(house)  # a backup brings its files along
    sys.exit(check_studio(house.folder, click.echo, repair=repair, backup=source, as_json=as_json, bucket=bucket))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def verify(house: House, file: Path, as_json: bool) -> None:
    """Read and check the Content Credentials of a video: who signed what, and whether it was changed since.

    Exit codes: 0 valid, from a signer you trust; 3 valid, from somebody else; 1 changed or not to be relied on; 4 none.
    """
    from rich.console import Console

    from web.terminal.verify import show_verdict, verify_here

    sys.exit(show_verdict(verify_here(house, file), Console(), as_json=as_json))
