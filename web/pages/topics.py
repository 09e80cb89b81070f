"""Topics: what the scraper found for a show, best first and with the reasons; make one now, or dismiss it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from functools import partial

from nicegui import ui

from config.errors import Refused, StudioError, UnknownName
from scraper.recording import order_clip
from storage import catalogue
from storage.catalogue import TopicRow
from storage.dismissals import bring_topic_back, dismiss_topic
from storage.people import Person
from storage.topics import ScrapeReport
from storage.work_queries import work_document, work_row
from web.components.basics import box, button, html, text
from web.components.choices import dropdown, one_of
from web.components.deeds import on_deed
from web.components.toast import toast
from web.components.topics import STATES, State, state_of, topic_list
from web.desk import Desk
from web.pages.plain import PlainPage, nothing_here
from web.sessions import Visit
from web.words import several

LOOKING_S, LOOK_S = 90.0, 0.5


class TopicsPage(PlainPage):
    place, title = "topics", "Topics"
    state: State = "open"

    def __init__(self, desk: Desk, visit: Visit, slug: str = "") -> None:
        super().__init__(desk, visit)
        self.slug = slug
        """The show whose topics are shown."""

    def beside(self, person: Person) -> None:
        with self.desk.studio.reading() as db:
            names = {show.slug: show.name for show in catalogue.shows(db)}
        self.slug = self.slug if self.slug in names else next(iter(names), "")
        if len(names) > 1:
            dropdown("Show", {"": names}, self.slug, self.choose)
        if self.slug and person.may("reviewer"):
            button("Look for new ones", self.look, icon_name="search", hint="Read the show's sources now")

    def show(self, person: Person) -> None:
        found = self._found()
        counts = Counter(state_of(topic) for topic in found)
        self.count.set_content(str(counts["open"]))
        if not self.slug:
            nothing_here("There is no show yet.", "A show says where its topics come from.")
        elif not found:
            nothing_here(
                "Nothing found yet.", "The autopilot reads the show’s sources on schedule; or look for new ones now."
            )
        else:
            with box("list-top"):
                one_of("State", {s: f"{name} {counts[s]}" for s, name in STATES.items()}, self.state, self.turn)
            chosen = [topic for topic in found if state_of(topic) == self.state]
            if chosen:
                on_deed(html(topic_list(chosen, may_act=person.may("reviewer")), "card"), self.do)
            else:
                text("None of them.", "muted list-none")

    async def choose(self, slug: str) -> None:
        self.slug = slug
        ui.run_javascript(f"dailies.at('/topics?show=' + encodeURIComponent({json.dumps(slug)}))")
        await self.trying(self._nothing)

    async def turn(self, state: str) -> None:
        self.state = next(known for known in STATES if known == state)
        await self.trying(self._nothing)

    async def do(self, deed: str, topic_id: str) -> None:
        deeds = {"make": self._make, "dismiss": self._dismiss, "back": self._bring_back}
        await self.trying(deeds[deed], topic_id)

    async def look(self) -> None:
        await self.trying(self._look)

    # ── deeds ─────────────────────────────────────────────────────────────────────────────────────

    async def _make(self, topic_id: str) -> None:
        topic = self._topic(topic_id)
        if topic.clip_id:
            raise Refused("Somebody had it made a moment ago.", "Its clip is behind the button.")
        await self.change("reviewer", lambda person: partial(order_clip, topic=topic, author=person.name))
        self.desk.studio.production.wake()
        toast(f"Being made: “{topic.found.title}”")

    async def _dismiss(self, topic_id: str) -> None:
        topic = self._topic(topic_id)
        await self.change("reviewer", lambda person: partial(dismiss_topic, topic_id=topic_id, user=person.name))
        toast(f"Dismissed “{topic.found.title}”", "Undo", lambda: self.do("back", topic_id))

    async def _bring_back(self, topic_id: str) -> None:
        await self.change("reviewer", lambda _person: partial(bring_topic_back, topic_id=topic_id))

    async def _look(self) -> None:
        """Order a scrape and wait for what it found."""
        self.visit.must("reviewer")
        key = await asyncio.to_thread(self.desk.studio.production.scrape, self.slug)
        toast("Reading the sources…")
        for _ in range(int(LOOKING_S / LOOK_S)):
            with self.desk.studio.reading() as db:
                row = work_row(db, key)
                report = work_document(db, key)
            if row and row.state == "recorded" and report:
                toast(_said(ScrapeReport.model_validate({k: v for k, v in report.items() if k != "tag"})))
                return
            if row and row.state in ("failed", "set_aside") and row.error:
                raise StudioError(row.error.message, row.error.cure)
            await asyncio.sleep(LOOK_S)
        raise StudioError("The workers are busy with other work.", "What is found appears here by itself later.")

    async def _nothing(self) -> None:
        """Only show how things stand."""

    def _found(self) -> list[TopicRow]:
        if not self.slug:
            return []
        with self.desk.studio.reading() as db:
            return catalogue.topics(db, self.slug)

    def _topic(self, topic_id: str) -> TopicRow:
        """Raises UnknownName."""
        for topic in self._found():
            if topic.id == topic_id:
                return topic
        raise UnknownName("topic", topic_id, [])


def _said(report: ScrapeReport) -> str:
    failing = sum(not source.ok for source in report.sources)
    found = several(len(report.topics), "new topic") if report.topics else "Nothing new"
    return f"{found}. {several(failing, 'source')} did not answer." if failing else f"{found}."
