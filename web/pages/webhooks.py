"""Webhooks: which programs are told what happens here, how each telling went, and telling it again. For admins."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from nicegui import ui
from sqlite_utils import Database

from config.errors import UnknownName
from storage import webhooks
from storage.people import Person
from web.components.accounts import secret_sheet
from web.components.basics import box, button, html
from web.components.deeds import on_deed
from web.components.toast import toast
from web.components.webhooks import delivery_table, rotation_sheet, webhook_sheet, webhook_table
from web.pages.plain import PlainPage, card
from web.webhooks.sending import checked_address
from web.webhooks.signing import new_secret

SHOWN = 50
TICK_S = 2.0


class WebhooksPage(PlainPage):
    place, title, needs = "system", "Webhooks", "admin"

    def beside(self, person: Person) -> None:
        button("Add a webhook", self.ask, icon_name="plus", kind="primary")

    def show(self, person: Person) -> None:
        hooks, log = self._tables()
        with box("stack"):
            with card("Receivers"):
                on_deed(html(hooks), self.do)
            with card("Deliveries", f"the last {SHOWN}"):
                self.log = html(log)
                on_deed(self.log, self.do)
        ui.timer(TICK_S, self.tick)

    def tick(self) -> None:
        """How the tellings go, now."""
        person = self.visit.person()
        if person is None or not person.may(self.needs):
            ui.navigate.to("/")
            return
        self.log.set_content(self._tables()[1])

    def ask(self) -> None:
        with self.root:
            webhook_sheet(lambda url, note, events: self.trying(self._add, url, note, events)).open()

    async def do(self, deed: str, of: str) -> None:
        deeds = {"test": self._test, "on": self._on, "off": self._off, "remove": self._remove, "replay": self._replay}
        if deed == "rotate":
            with self.root:
                rotation_sheet(lambda hours: self.trying(self._rotate, of, hours)).open()
        elif deed in deeds:
            await self.trying(deeds[deed], of)

    def _tables(self) -> tuple[str, str]:
        with self.desk.studio.reading() as db:
            hooks = webhooks.list_webhooks(db)
            return webhook_table(hooks), delivery_table(webhooks.list_deliveries(db, limit=SHOWN), hooks)

    # ── deeds ─────────────────────────────────────────────────────────────────────────────────────

    async def _add(self, url: str, note: str, events: list[str]) -> None:
        self.visit.must("admin")
        address, secret = checked_address(url, self.desk.studio.settings.webhooks), new_secret()
        wanted = [event for event in webhooks.EVENTS if event in events]
        await self.change(
            "admin",
            lambda you: partial(
                webhooks.add_webhook, url=address, events=wanted, note=note, secret=secret, user=you.name
            ),
        )
        self.after = lambda: secret_sheet(
            "The signing secret", "The receiver checks messages by it. It is shown this once.", secret
        ).open()

    async def _rotate(self, webhook_id: str, hours: int) -> None:
        secret = new_secret()
        wanted = partial(webhooks.rotate_secret, webhook_id=webhook_id, secret=secret, grace=timedelta(hours=hours))
        await self.change("admin", lambda _you: wanted)
        self.after = lambda: secret_sheet(
            "The new signing secret", "The receiver checks messages by it. It is shown this once.", secret
        ).open()

    async def _test(self, webhook_id: str) -> None:
        await self.change("admin", lambda _you: partial(webhooks.send_test, webhook_id=webhook_id))
        toast("A test message is on its way.")

    async def _on(self, webhook_id: str) -> None:
        await self._turn(webhook_id, on=True)

    async def _off(self, webhook_id: str) -> None:
        await self._turn(webhook_id, on=False)

    async def _turn(self, webhook_id: str, *, on: bool) -> None:
        def command(db: Database) -> None:
            hook = webhooks.find_webhook(db, webhook_id)
            webhooks.change_webhook(db, webhook_id, hook.url, hook.events, hook.note, on=on)

        await self.change("admin", lambda _you: command)
        toast("It is told again; what waited is sent." if on else "It is told nothing until it is turned on.")

    async def _remove(self, webhook_id: str) -> None:
        await self.change("admin", lambda _you: partial(webhooks.remove_webhook, webhook_id=webhook_id))
        toast("Removed. What was sent stays on record.")

    async def _replay(self, of: str) -> None:
        webhook_id, _, number = of.partition("/")
        if not number.isdecimal() or len(number) > 15:
            raise UnknownName("delivery", number[:20], [])
        await self.change("admin", lambda _you: partial(webhooks.replay, webhook_id=webhook_id, number=int(number)))
        toast("It is sent again.")
