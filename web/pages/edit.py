"""Edit the script, or how a clip is made, and make it again: only what depends on the change runs, and it says so beforehand."""

from __future__ import annotations

import asyncio
from functools import partial
from html import escape

from nicegui import ui

from config.errors import DailiesError, UnknownName
from producer.plan.forecast import Forecast
from review.bundle import known_names
from review.edit import Change, EditedLine, changes, edited_script
from review.rewrite import guidance_of, heeding
from review.support import LineSupport, source_text, support
from review.wanted import note_of
from storage.clips import revise_clip
from storage.decisions import Decision, standing_decision
from storage.documents import Script, ScriptLine
from storage.orders import Brief
from storage.queries import ClipDetail, clip_detail
from storage.spoken_in import marked, read_mark
from web.components.basics import box, button, crumbs, html, text
from web.components.editor import Editor
from web.components.frame import frame, help_sheet
from web.components.plan import again, cost, plan
from web.components.player import Player
from web.components.toast import toast
from web.components.why import asked
from web.desk import Desk
from web.keys import key_of
from web.pages.remake import Remaking
from web.sessions import Visit
from web.theme.marks import MARK, icon


def edit_page(desk: Desk, visit: Visit, clip_id: str) -> None:
    person = visit.must()
    with frame(desk, visit, person, "inbox", "Edit"):
        try:
            with desk.studio.reading() as db:
                detail, standing = clip_detail(db, clip_id), standing_decision(db, clip_id)
        except UnknownName:
            html(f"{MARK}<h2>There is no such clip.</h2><p>It may belong to another studio.</p>", "empty")
            return
        if person.may("reviewer"):
            EditPage(desk, visit, detail, standing).build()
        else:
            html(f"{MARK}<h2>Only reviewers edit.</h2><p>Ask an admin for the reviewer role.</p>", "empty")


class EditPage:
    """One open editor. It is based on one revision, and says so when somebody else made another."""

    def __init__(self, desk: Desk, visit: Visit, detail: ClipDetail, standing: Decision | None) -> None:
        self.desk, self.visit, self.detail, self.standing = desk, visit, detail, standing
        self.asked = guidance_of(standing)
        self.before = detail.script or unwritten(detail.brief)
        self.source = source_text(detail.brief.topic, direct=detail.brief.direct)
        self.title, self.lines = self.before.title, untouched(self.before, detail.row.language)
        self.remaking = Remaking(desk, visit, detail, self.changed)
        self.wish = 0
        """Counts what was wanted."""
        self.brief: Brief | None = None
        self.forecast: list[Forecast] = []

    def build(self) -> None:
        detail = self.detail
        with box("page-head", "header"):
            button(icon_name="chevron-left", hint="Back to the clip", kind="ghost", on_click=self.leave)
            with box("grow"):
                now = f"revision {detail.row.revision}"
                html(crumbs(detail.brief.show.name, now), "kick")
                text(detail.row.title, "page-title", "h1", language=detail.row.language)
        with box("scroll", tabindex="0"), box("wrap edit-cols") as self.root:
            with box("edit-main"):
                self.editor = Editor(self.before, detail.row.language, self.edited)
                self.remaking.build(self.root)
            with box("edit-side"):
                if self.asked:
                    html(asked(self.detail, self.standing))
                self.build_cost()
                if detail.cuts and detail.script:
                    self.build_cut()
        with box("phone-cta"):
            self.short = text("Nothing changed", "muted")
            self.phone_button = button(
                "Make again", self.make_again, icon_name="rotate-cw", kind="primary", disabled=""
            )
        ui.on("desk", lambda event: self.act(str(event.args)))

    def build_cost(self) -> None:
        with box("card", "section", aria_label="What this will do"):
            with box("card-top"):
                text("What this will do", "card-title", "h2")
            with box("card-in"):
                if self.detail.row.review == "approved":
                    words = "The approval speaks of the clip as it is. A new revision is reviewed again."
                    html(
                        f'<div class="note slate"><div class="note-h">{icon("eye")}<span>Approved</span></div><p>{words}</p></div>'
                    )
                self.cost = html(
                    '<p class="muted">Change a line, or how it is made, to see what it would cost.</p>',
                    aria_live="polite",
                )
                self.make_button = button(
                    "Make again", self.make_again, icon_name="rotate-cw", key=key_of("again"), kind="primary",
                    classes="btn-big btn-wide make-again", disabled="",
                )  # fmt: skip
                text("Times are medians of earlier runs. What is made now stays on record.", "faint small", "p").style(
                    "margin-top:9px"
                )

    def build_cut(self) -> None:
        detail = self.detail
        with box("card", "section", aria_label="As it is now"):
            with box("card-top"):
                text("As it is now", "card-title", "h2")
            with box("card-in"):
                Player(detail, support(self.before, self.source, known_names(detail.brief)), bare=True)

    async def act(self, name: str) -> None:
        with self.root:
            if name == "again":
                await self.make_again()
            elif name == "help":
                help_sheet().open()

    async def edited(self, title: str, lines: list[EditedLine]) -> None:
        """The person stopped typing."""
        self.title, self.lines = title, lines
        await self.changed()

    async def changed(self) -> None:
        """Something else is wanted: what would come of it?"""
        self.wish = wish = self.wish + 1
        detail, production = self.detail, self.desk.studio.production
        try:
            self.visit.must("reviewer")
            script = self.script()
            brief, words = self.next_brief(script), script != self.before or detail.script is None
            self.remaking.offer(brief)
            forecast = []
            if words or brief != detail.brief:
                forecast = await asyncio.to_thread(production.forecast, detail.row.id, brief)
        except DailiesError as error:
            self.show(None, [], str(error))
            return
        if wish != self.wish:  # something else was wanted meanwhile: its answer is the one to show
            return
        self.editor.judge(script, self.judged(script), self.differences(self.lines))
        self.show(brief if words or brief != detail.brief else None, forecast)

    def script(self) -> Script:
        """As it stands in the editor. Raises UsageError."""
        script = edited_script(self.before, self.title, self.lines, self.source, self.detail.row.language)
        scene = self.remaking.scene
        return script.model_copy(update={"scene": scene}) if scene else script

    def next_brief(self, script: Script) -> Brief:
        """The next revision. Raises UsageError."""
        detail = self.detail
        brief = self.remaking.wanted.applied(detail.brief)
        if detail.script is not None and script == self.before:
            return brief
        return heeding(self.desk.studio.production.pin_script(detail.row.id, brief, script), self.asked)

    def judged(self, script: Script) -> tuple[LineSupport, ...]:
        return support(script, self.source, known_names(self.detail.brief))

    def differences(self, lines: list[EditedLine]) -> list[list[Change]]:
        """Per spoken line what changed since; empty where nothing did, and for new lines."""
        found = []
        for line in lines:
            now = " ".join(line.text.split())
            was = marked(self.before.lines[line.was - 1], self.detail.row.language) if line.was else ""
            if read_mark(now)[1]:
                found.append(changes(was, now) if was and was != now else [])
        return found

    def show(self, brief: Brief | None, forecast: list[Forecast], fault: str = "") -> None:
        self.brief, self.forecast = brief, forecast
        if fault:
            self.cost.set_content(_fault(fault))
        elif brief is None:
            self.cost.set_content('<p class="muted">Nothing is changed, so nothing would be made again.</p>')
        else:
            self.cost.set_content(
                plan(forecast) if forecast else '<p class="muted">It waits until an engine is ready.</p>'
            )
        for one in (self.make_button, self.phone_button):
            one.props.pop("disabled", None)
            if brief is None:
                one.props["disabled"] = ""
            one.update()
        self.short.set_content(f"{cost(forecast)}, {len(again(forecast))} parts" if brief else "Nothing to make")

    async def make_again(self) -> None:
        """Order the revision, and go and watch it being made."""
        if self.brief is None:
            return
        row = self.detail.row
        with self.root:
            try:
                person = self.visit.must("reviewer")
                revision = await self.desk.change(
                    partial(
                        revise_clip,
                        clip_id=row.id,
                        brief=self.brief,
                        author=person.name,
                        based_on=row.revision,
                        note=note_of(self.detail.brief, self.brief, words=self.script() != self.before),
                    )
                )
            except DailiesError as error:
                toast(str(error), "Reload", ui.navigate.reload, bad=True)
                return
        self.desk.studio.production.wake()
        ui.navigate.to(f"/clip/{row.id}?edited={revision}")

    async def leave(self) -> None:
        ui.navigate.to(f"/clip/{self.detail.row.id}")


def untouched(script: Script, language: str) -> list[EditedLine]:
    return [EditedLine(text=marked(line, language), was=number) for number, line in enumerate(script.lines, 1)]


def unwritten(brief: Brief) -> Script:
    """Something to begin with where no engine wrote a script: the headline."""
    title = brief.topic.title
    line = ScriptLine(text=title, language=brief.options.language, quote=title if brief.topic.text else "")
    return Script(title=title, lines=(line,), source=brief.topic.source)


def _fault(words: str) -> str:
    return f'<div class="note"><div class="note-h">{icon("triangle-alert")}<span>This cannot be made</span></div><p>{escape(words)}</p></div>'
