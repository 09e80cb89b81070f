"""The house itself: who works on what, what waits, what was set aside, how full the disk is, what comes next."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

from nicegui import ui

from config.errors import UnknownName
from storage import catalogue
from storage.clips import resume_clip
from storage.overview import SetAside, queue_lines, set_aside, wanted_by
from storage.people import Person
from storage.source_health import sources
from storage.work import discard_set_aside
from storage.work_queries import median_seconds
from web.components import house
from web.components.basics import box, button, html, text
from web.components.day_ahead import day_ahead
from web.components.deeds import on_deed
from web.components.doctor import doctor
from web.components.toast import toast
from web.disk import disk_use
from web.pages.plain import PlainPage, card
from web.words import several

TICK_S = 2.0


class SystemPage(PlainPage):
    place, title = "system", "System"

    def beside(self, person: Person) -> None:
        html("Evaluations", "btn btn-quiet btn-small", "a", href="/evaluations")
        if person.may("admin"):
            html("Webhooks", "btn btn-quiet btn-small", "a", href="/webhooks")
        text(f"Dailies {version('dailies')}", "muted small")

    def show(self, person: Person) -> None:
        with box("stack"):
            self._aside(person)
            with card("Workers") as self.busy:
                self.workers = html("")
            with box("two"):
                with box("stack"):
                    with card("Queues"):
                        self.queues = html("")
                    self._sources()
                with box("stack"):
                    with card("Disk"):
                        self.disk = html('<p class="muted">Looking…</p>', "card-in")
                    with card("Next 24 hours"):
                        html(self._next(), "card-in")
            if person.may("admin"):
                with card("Doctor", "as run.py doctor says it"):
                    self.doctor = box()
                    with self.doctor, box("card-in"):
                        button("Examine this machine", self._examine, icon_name="activity")
        self.tick()
        ui.timer(TICK_S, self.tick)
        ui.timer(0, self._look_at_disk, once=True)

    def tick(self) -> None:
        """Who does what, now."""
        if self.visit.person() is None:
            ui.navigate.to("/login")
            return
        production, engines = self.desk.studio.production, self.desk.engines
        staff = production.workers()
        keys = [lease.doing.key for lease in staff if lease.doing]
        with self.desk.studio.reading() as db:
            wanted, lines = wanted_by(db, keys), queue_lines(db)
            medians = {line.engine: median_seconds(db, line.engine) for line in lines}
        running = {node.key: node.fraction for clip, _ in wanted.values() for node in production.progress(clip)}
        self.busy.set_content(f"{len(keys)} busy, {len(staff) - len(keys)} idle" if staff else "")
        self.workers.set_content(house.workers(staff, wanted, running, engines))
        self.queues.set_content(house.queues(lines, medians, engines))

    def _aside(self, person: Person) -> None:
        with self.desk.studio.reading() as db:
            found = set_aside(db)
        self.count.set_content(f"{several(len(found), 'job')} set aside" if found else "")
        if found:
            with card("Set aside", "killed their workers again and again"):
                shown = house.aside(found, self.desk.engines, may_act=person.may("reviewer"))
                on_deed(html(shown), self.do)

    async def do(self, deed: str, key: str) -> None:
        await self.trying({"retry": self._retry, "discard": self._discard}[deed], key)

    async def _retry(self, key: str) -> None:
        clip_id = self._found(key).clip_id
        if clip_id:
            await self.change("reviewer", lambda _person: partial(resume_clip, clip_id=clip_id))
            self.desk.studio.production.wake()
            toast("Trying again; finished work is reused.")

    async def _discard(self, key: str) -> None:
        self._found(key)
        await self.change("reviewer", lambda _person: partial(discard_set_aside, key=key))
        toast("Discarded. Its clip stays as it is.")

    def _found(self, key: str) -> SetAside:
        """Raises UnknownName."""
        with self.desk.studio.reading() as db:
            for one in set_aside(db):
                if one.key == key:
                    return one
        raise UnknownName("job that was set aside", key[:12], [])

    async def _look_at_disk(self) -> None:
        use = await asyncio.to_thread(disk_use, self.desk.studio.folder)
        if not self.disk.is_deleted:
            self.disk.set_content(house.disk(use))

    async def _examine(self) -> None:
        with self.root:
            self.visit.must("admin")
            self.doctor.clear()
            with self.doctor:
                html('<p class="card-in muted" role="status">Looking…</p>')
            report = await asyncio.to_thread(self.desk.studio.production.examine)
            if not self.doctor.is_deleted:
                self.doctor.clear()
                with self.doctor:
                    html(doctor(report))

    def _next(self) -> str:
        settings, now = self.desk.studio.settings, datetime.now(UTC)
        with self.desk.studio.reading() as db:
            names = {show.slug: show.name for show in catalogue.shows(db)}
        runs = self.desk.studio.production.day_ahead(now)
        if not runs:
            return '<p class="muted">Nothing by itself: topics are read when somebody asks.</p>'
        waiting = (
            f'<div class="pair"><span>Clips that may wait for review</span><b>{settings.production.backlog}</b></div>'
        )
        return day_ahead({names.get(slug, slug): moments for slug, moments in runs.items()}, now) + waiting

    def _sources(self) -> None:
        """How every show's sources do, the failing ones in their own words."""
        with self.desk.studio.reading() as db:
            shows = [(show, sources(db, show.slug)) for show in catalogue.shows(db) if show.sources]
        if shows:
            with card("Sources"):
                html("".join(house.sources(show, health) for show, health in shows))
