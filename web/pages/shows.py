"""Shows: each with its sources and their health, how its clips are made, how it looks. Admins change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui
from pydantic import ValidationError
from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from scraper.autopilot import fetch_policy
from scraper.feedback import feedback
from scraper.sources.asking import check_reach
from scraper.sources.registry import asks_of, kinds, label_of, terms_of
from storage import catalogue, runs
from storage.feeds import close_feed, feed_of, make_feed
from storage.orders import ShowSpec, SourceSpec
from storage.overview import open_topics
from storage.people import Person
from storage.source_health import resume_source, sources
from web.components import autopilot
from web.components import shows as markup
from web.components.accounts import secret_sheet
from web.components.basics import box, button, html, text
from web.components.deeds import on_deed
from web.components.source_sheet import SourceSheet
from web.components.toast import toast
from web.desk import Desk
from web.feed import feed_address
from web.pages.plain import PlainPage, card, nothing_here
from web.sessions import Visit
from web.words import day_and_time

RUNS = 8
"""Of a show that are shown."""


class ShowsPage(PlainPage):
    place, title = "shows", "Shows"

    def beside(self, person: Person) -> None:
        with self.desk.studio.reading() as db:
            paused = runs.paused_since(db)
        at = self.desk.studio.production.next_scrape()
        coming = f"Sources are read next {day_and_time(at)}" if at else "The autopilot is off"
        self.coming = text(f"All paused since {day_and_time(paused)}" if paused else coming, "muted small")
        if person.may("admin"):
            label, icon_name = ("Go on", "play") if paused else ("Pause all", "pause")
            button(label, self.go_on if paused else self.pause, icon_name=icon_name, classes="btn-small")

    async def pause(self) -> None:
        await self.trying(self._turn, runs.pause)

    async def go_on(self) -> None:
        await self.trying(self._turn, runs.resume)

    async def _turn(self, command: Callable[[Database], None]) -> None:
        """The heading says it anew: the page is opened again."""
        await self.change("admin", lambda _you: command)
        ui.navigate.reload()

    def show(self, person: Person) -> None:
        with self.desk.studio.reading() as db:
            shows, presenters = catalogue.shows(db), {one.slug: one for one in catalogue.presenters(db)}
            health, topics = {show.slug: sources(db, show.slug) for show in shows}, open_topics(db)
        self.count.set_content(str(len(shows)))
        if shows:
            html(markup.show_cards(shows, presenters, health, topics), "cards")
        else:
            nothing_here("There is no show yet.", "A fresh studio starts with an example; this one has none.")


class ShowPage(PlainPage):
    """One show."""

    place, title = "shows", "Show"

    def __init__(self, desk: Desk, visit: Visit, slug: str, origin: str) -> None:
        super().__init__(desk, visit)
        self.slug, self.origin = slug, origin

    def beside(self, person: Person) -> None:
        button("All shows", lambda: ui.navigate.to("/shows"), icon_name="chevron-left", kind="ghost")
        button("Its topics", lambda: ui.navigate.to(f"/topics?show={self.slug}"), icon_name="rss")

    def show(self, person: Person) -> None:
        try:
            show = self._spec()
        except UnknownName as error:
            nothing_here("There is no such show.", error.cure)
            return
        with self.desk.studio.reading() as db:
            presenters, health = catalogue.presenters(db), sources(db, show.slug)
            last, fared = runs.runs(db, show.slug, RUNS), feedback(db, show)
            feed = feed_of(db, show.slug)
        presenter = next((one for one in presenters if one.slug == show.presenter), None)
        edits = person.may("admin")
        with box("hstack show-head"):
            text(show.name, "stage-title", "h2", dir="auto")
            html(markup.health_chip(show, health))
        with box("two"):
            with box("stack"):
                with card("Sources"):
                    terms = {source.kind: terms_of(source.kind) for source in show.sources}
                    on_deed(html(markup.source_table(show, health, terms, may_edit=edits)), self.do)
                    if edits:
                        with box("add-line"):
                            button(
                                "Add a source", self.ask_for_source, icon_name="plus", kind="ghost", classes="btn-small"
                            )
                with card("Last runs"):
                    html(autopilot.last_runs(last))
            with box("stack"):
                with card("How its clips are made"), box("card-in"):
                    html(markup.making(show, presenter))
                    if edits:
                        button("Change", self.ask_for_changes, icon_name="pencil", classes="btn-small")
                with card("What counts"), box("card-in"):
                    html(autopilot.weighing(show, fared))
                    if edits:
                        button("Weigh anew", self.ask_for_weights, icon_name="pencil", classes="btn-small")
                with card("Brand"):
                    html(markup.brand(show.brand), "card-in stack")
                with card("Feed"), box("card-in stack"):
                    html(markup.feed(feed))
                    if edits:
                        with box("hstack"):
                            words = "New address" if feed else "Make an address"
                            button(words, self.make_feed, icon_name="rss", classes="btn-small")
                            if feed:
                                button("Close it", self.close_feed, kind="ghost", classes="btn-small")

    def ask_for_source(self) -> None:
        known = sorted(kinds(), key=lambda kind: (kind != "feed", label_of(kind)))
        asked, labels = {kind: asks_of(kind) for kind in known}, {kind: label_of(kind) for kind in known}
        with self.root:
            SourceSheet(
                asked, labels, {kind: terms_of(kind) for kind in known}, self._add, self.show_again
            ).dialog.open()

    def ask_for_changes(self) -> None:
        with self.root, self.desk.studio.reading() as db:
            show, presenters = catalogue.show(db, self.slug), catalogue.presenters(db)
            markup.edit_sheet(show, presenters, lambda changes: self.trying(self._change, changes)).open()

    def ask_for_weights(self) -> None:
        with self.root:
            autopilot.weights_sheet(self._spec(), lambda changes: self.trying(self._change, changes)).open()

    async def make_feed(self) -> None:
        await self.trying(self._make_feed)

    async def close_feed(self) -> None:
        await self.trying(self._close_feed)

    async def do(self, deed: str, url: str) -> None:
        await self.trying({"again": self._ask_again}.get(deed, self._remove), url)

    async def _make_feed(self) -> None:
        secret = await self.change("admin", lambda you: partial(make_feed, show=self._spec().slug, user=you.name))
        words = "For podcast and video apps. Whoever has it sees what is exported of this show. It is shown this once."
        self.after = lambda: secret_sheet("The feed's address", words, self.origin + feed_address(secret)).open()

    async def _close_feed(self) -> None:
        await self.change("admin", lambda _you: partial(close_feed, show=self.slug))
        toast("The feed is closed: its address stopped working.")

    async def _add(self, source: SourceSpec) -> None:
        """Raises Refused, SourceError or Blocked."""
        show = self._spec()
        check_reach(source.url, fetch_policy(self.desk.studio.settings.scraper))
        if source.url in [known.url for known in show.sources]:
            raise Refused("The show reads this source already.")
        await self._change({"sources": (*show.sources, source)})

    async def _remove(self, url: str) -> None:
        await self._change({"sources": tuple(source for source in self._spec().sources if source.url != url)})

    async def _ask_again(self, url: str) -> None:
        await self.change("admin", lambda _you: partial(resume_source, show=self.slug, url=url))
        toast("It is asked again at the next run.")

    async def _change(self, changes: dict[str, Any]) -> None:
        """Store the show as a new version. Raises UsageError."""
        show = self._spec()
        try:
            changed = ShowSpec.model_validate(
                {**{name: getattr(show, name) for name in type(show).model_fields}, **changes}
            )
        except ValidationError as error:
            raise UsageError(f"{error.errors()[0]['msg']}.") from error
        if not changed.formats:
            raise UsageError("A show needs at least one format.")
        with self.desk.studio.reading() as db:
            catalogue.presenter(db, changed.presenter)
        version = await self.change("admin", lambda _you: partial(catalogue.put_show, show=changed))
        toast(f"Saved as version {version}.")

    def _spec(self) -> ShowSpec:
        """Raises UnknownName."""
        with self.desk.studio.reading() as db:
            return catalogue.show(db, self.slug)
