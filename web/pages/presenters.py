"""Presenters: who may speak, how they look and sound, by whose consent."""

from __future__ import annotations

from functools import partial

from nicegui import ui

from storage import catalogue
from storage.consents import presenter_lapse
from storage.overview import clips_by_presenter
from storage.people import Person
from web.components.basics import button, html
from web.components.deeds import on_deed
from web.components.faces import face_cards
from web.components.toast import toast
from web.pages.plain import PlainPage, nothing_here


class PresentersPage(PlainPage):
    place, title = "presenters", "Presenters"

    def beside(self, person: Person) -> None:
        if person.may("reviewer"):
            button("Add a presenter", lambda: ui.navigate.to("/presenters/add"), icon_name="plus", kind="primary")

    def show(self, person: Person) -> None:
        with self.desk.studio.reading() as db:
            known, clips, shows = catalogue.presenters(db), clips_by_presenter(db), catalogue.shows(db)
            lapses = {one.slug: presenter_lapse(db, one) for one in known}
        self.count.set_content(str(len(known)))
        if not known:
            nothing_here("Nobody speaks here yet.", "Add a drawn presenter, or somebody’s portrait with their consent.")
            return
        presents = {one.slug: [show.name for show in shows if show.presenter == one.slug] for one in known}
        lapsed = {slug: found.message for slug, found in lapses.items() if found}
        cards = html(face_cards(known, clips, presents, may_remove=person.may("admin"), lapsed=lapsed), "cards")
        on_deed(cards, self.do)

    async def do(self, _deed: str, slug: str) -> None:
        await self.trying(self._remove, slug)

    async def _remove(self, slug: str) -> None:
        """Forget them, and their portrait unless a clip still shows it."""
        clips, unused = await self.change("admin", lambda _you: partial(catalogue.remove_presenter, slug=slug))
        for sha256 in unused:
            self.desk.studio.artifacts.discard(sha256)
        toast(f"Removed. {clips} clips keep what they were ordered with." if clips else "Removed.")
