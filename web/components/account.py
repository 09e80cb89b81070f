"""Your account: who you are, your password, and the way out."""

from __future__ import annotations

import asyncio
from functools import partial

from nicegui import ui

from config.errors import DailiesError
from storage.people import Person, set_password
from storage.secrets import SHORTEST_PASSWORD, hash_password
from web.components.basics import box, button, field, html, sheet
from web.components.toast import toast
from web.desk import Desk
from web.sessions import Visit


def account_sheet(desk: Desk, visit: Visit, person: Person) -> ui.dialog:
    with sheet(person.name, f"Signed in as {person.role}.") as dialog:
        password = field(
            "New password",
            type="password",
            autocomplete="new-password",
            hint=f"At least {SHORTEST_PASSWORD} characters. You stay signed in here, and are signed out everywhere else.",
        )

        async def save() -> None:
            try:
                you = visit.must()
                hashed = await asyncio.to_thread(hash_password, password())
                await desk.change(partial(set_password, name=you.name, password_hash=hashed, keep_session=visit.token))
            except DailiesError as error:
                toast(str(error), bad=True)
            else:
                dialog.close()
                toast("Password set.")

        with box("sheet-foot"):
            html(
                '<form method="post" action="/logout" style="margin-inline-end:auto">'
                '<button class="btn btn-ghost" type="submit"><i class="i i-log-out" aria-hidden="true"></i>Sign out</button></form>'
            ).style("flex:1")
            button("Close", dialog.close, kind="ghost")
            button("Set password", save, kind="primary")
    return dialog
