"""Commands about people and programs: login links and tokens."""

from __future__ import annotations

import click

from config.house import House
from web.cli.asking import ask
from web.cli.plainly import told_plainly


@click.group()
def user() -> None:
    """Accounts of the desk."""


@user.command("reset")
@click.argument("name", default="admin")
@click.pass_obj
@told_plainly
def user_reset(house: House, name: str) -> None:
    """Print a new one-time login link."""
    click.echo(ask(house, "login-link", user=name)["link"])


@click.group()
def token() -> None:
    """Keys for the REST API."""


@token.command("create")
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, default=("read", "produce", "export"), show_default=True,
    help="What it may do: read, produce, review, export, admin; may be given several times.",
)  # fmt: skip
@click.option("--user", "owner", default="admin", show_default=True, help="Whose token: it may do no more than they.")
@click.pass_obj
@told_plainly
def token_create(house: House, name: str, scopes: tuple[str, ...], owner: str) -> None:
    """Make an API token and print it, this once."""
    click.echo(ask(house, "token", name=name, scopes=list(scopes), user=owner)["token"])
