"""People and tokens: who may come in, what they may do, and which programs may act for them. For admins."""

from __future__ import annotations

from functools import partial
from typing import cast

from config.errors import Refused, UnknownName
from storage.people import Person, Role, create_login_link, create_user, disable_user, list_people, set_role
from storage.tokens import SCOPES_OF, Scope, create_token, list_tokens, revoke_token
from web.components.accounts import people_table, person_sheet, secret_sheet, token_sheet, token_table
from web.components.basics import box, button, html
from web.components.deeds import on_deed, on_pick
from web.components.toast import toast
from web.desk import Desk
from web.login import link_address
from web.pages.plain import PlainPage, card
from web.sessions import Visit


class PeoplePage(PlainPage):
    place, title, needs = "people", "People", "admin"

    def __init__(self, desk: Desk, visit: Visit, origin: str) -> None:
        super().__init__(desk, visit)
        self.origin = origin
        """Under which address the desk is seen, such as `http://127.0.0.1:8484`."""

    def beside(self, person: Person) -> None:
        button("New token", self.ask_for_token, icon_name="key-round")
        button("Add somebody", self.ask_for_person, icon_name="plus", kind="primary")

    def show(self, person: Person) -> None:
        with self.desk.studio.reading() as db:
            people, tokens = list_people(db), list_tokens(db)
        self.count.set_content(str(len(people)))
        with box("stack"):
            with card("Accounts"):
                table = html(people_table(people, person.name))
                on_deed(table, self.do)
                on_pick(table, self.pick)
            with card("Tokens", "for programs"):
                on_deed(html(token_table(tokens)), self.do)

    def ask_for_person(self) -> None:
        with self.root:
            person_sheet(lambda name, role: self.trying(self._add, name, role)).open()

    def ask_for_token(self) -> None:
        with self.root:
            token_sheet(
                sorted(SCOPES_OF[self.visit.must("admin").role]),
                lambda name, scopes: self.trying(self._token, name, scopes),
            ).open()

    async def do(self, deed: str, of: str) -> None:
        deeds = {"link": self._link, "close": self._close, "revoke": self._revoke}
        await self.trying(deeds[deed], of)

    async def pick(self, _deed: str, name: str, role: str) -> None:
        await self.trying(self._role, name, role)

    # ── deeds ─────────────────────────────────────────────────────────────────────────────────────

    async def _add(self, name: str, role: str) -> None:
        await self.change("admin", lambda _you: partial(create_user, name=name, role=cast("Role", role)))
        await self._link(name)

    async def _link(self, name: str) -> None:
        """A way in for somebody, once."""
        self._other(name)
        secret = await self.change("admin", lambda _you: partial(create_login_link, name=name))
        address = self.origin + link_address(secret)
        self.after = lambda: secret_sheet(
            f"A link for {name}", "It lets them in once, within the hour.", address
        ).open()

    async def _role(self, name: str, role: str) -> None:
        self._other(name)
        await self.change("admin", lambda _you: partial(set_role, name=name, role=cast("Role", role)))
        toast(f"{name} is a {role} now.")

    async def _close(self, name: str) -> None:
        self._other(name)
        await self.change("admin", lambda _you: partial(disable_user, name=name))
        toast(f"The account of {name} is closed. What they decided stays on record.")

    async def _token(self, name: str, scopes: list[str]) -> None:
        wanted = cast("list[Scope]", scopes)
        _, secret = await self.change(
            "admin", lambda you: partial(create_token, name=name, user=you.name, scopes=wanted)
        )
        self.after = lambda: secret_sheet(f"The token “{name}”", "It is shown this once.", secret).open()

    async def _revoke(self, token_id: str) -> None:
        await self.change("admin", lambda _you: partial(revoke_token, token_id=token_id))
        toast("Revoked: it stopped working.")

    def _other(self, name: str) -> None:
        """Raises Refused for oneself: whoever closes the last admin's account locks the house."""
        if name == self.visit.must("admin").name:
            raise Refused("This is your own account.", "Ask another admin.")
        with self.desk.studio.reading() as db:
            known = [person.name for person in list_people(db)]
        if name not in known:
            raise UnknownName("user", name, known)
