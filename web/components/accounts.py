"""Accounts and tokens: the tables, and the sheets that make new ones."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from html import escape

from nicegui import ui

from storage.people import ROLES, Person
from storage.tokens import SCOPES, Scope, Token
from web.components.basics import box, button, chip, field, sheet, text
from web.components.choices import one_of, some_of
from web.components.deeds import deed, pick
from web.words import day_and_time

ROLE_WORDS = {"viewer": "Viewer: watches", "reviewer": "Reviewer: decides", "admin": "Admin: everything"}
SCOPE_WORDS: dict[Scope, str] = {
    "read": "Read", "produce": "Order clips", "review": "Decide", "export": "Export", "admin": "Administer",
}  # fmt: skip


def people_table(people: Sequence[Person], you: str) -> str:
    """Everybody but yourself can be changed: so there is always an admin."""
    rows = "".join(_person(person, you) for person in people)
    return (
        f'<table class="tbl"><thead><tr><th>Name</th><th>Role</th><th></th></tr></thead><tbody>{rows}</tbody></table>'
    )


def token_table(tokens: Sequence[Token]) -> str:
    if not tokens:
        return '<p class="card-in muted">No program has a token yet.</p>'
    rows = "".join(
        f'<tr><td><span class="nm">{escape(token.name)}</span><small>of {escape(token.user)}, since {day_and_time(token.created_at)}</small></td>'
        f"<td>{' '.join(chip(SCOPE_WORDS[scope]) for scope in token.scopes)}</td><td>{_last_use(token)}</td>"
        f'<td class="end">{deed("revoke", token.id, "Revoke", "x", kind="danger", about=token.name)}</td></tr>'
        for token in tokens
    )
    head = "<th>Token</th><th>May</th><th>Last used</th><th></th>"
    return f'<table class="tbl"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def person_sheet(done: Callable[[str, str], Awaitable[None]]) -> ui.dialog:
    """Asks for a name and a role."""
    held = {"role": "reviewer"}
    with sheet("Add somebody", "They come in by a link, and may set a password then.") as dialog:
        name = field(
            "Name",
            autocomplete="off",
            autocapitalize="none",
            maxlength="32",
            hint="Small letters, such as ana or ana.ruiz.",
        )
        box().style("height:12px")
        one_of("Role", ROLE_WORDS, held["role"], lambda role: held.update(role=role))

        async def add() -> None:
            dialog.close()
            await done(name().strip().lower(), held["role"])

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Add", add, kind="primary")
    return dialog


def token_sheet(scopes: Sequence[Scope], done: Callable[[str, list[str]], Awaitable[None]]) -> ui.dialog:
    """Asks for a name and what the token may do."""
    held = {"scopes": ["read"]}
    with sheet("New token", "For a program that talks to /api/v1. It may do no more than you.") as dialog:
        name = field("Name", autocomplete="off", maxlength="60", placeholder="What will use it?")
        box().style("height:12px")
        offered: dict[str, str] = {scope: SCOPE_WORDS[scope] for scope in SCOPES if scope in scopes}
        some_of("May", offered, held["scopes"], lambda chosen: held.update(scopes=chosen))

        async def make() -> None:
            dialog.close()
            await done(name(), held["scopes"])

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Make it", make, kind="primary")
    return dialog


def secret_sheet(title: str, words: str, secret: str) -> ui.dialog:
    """Shows something once."""
    with sheet(title, words) as dialog:
        shown = text(secret, "secret mono", "p", tabindex="0")
        shown.props["aria-label"] = title
        with box("sheet-foot"):
            button("Copy", lambda: ui.run_javascript(f"dailies.copy({json.dumps(secret)})"))
            button("Done", dialog.close, kind="primary")
    return dialog


def _person(person: Person, you: str) -> str:
    name = escape(person.name)
    if person.name == you:
        return f'<tr><td><span class="nm">{name}</span><small>You</small></td><td>{person.role}</td><td class="end"></td></tr>'
    role = pick("role", person.name, f"Role of {person.name}", ROLES, person.role)
    deeds = deed("link", person.name, "Login link", "key-round", about=f"for {person.name}")
    deeds += deed("close", person.name, "Close account", "x", kind="danger", about=f"of {person.name}")
    return f'<tr><td><span class="nm">{name}</span></td><td>{role}</td><td class="end">{deeds}</td></tr>'


def _last_use(token: Token) -> str:
    return day_and_time(token.last_used_at) if token.last_used_at else '<span class="faint">never</span>'
