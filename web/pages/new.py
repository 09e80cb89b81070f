"""The one-off form: your own words, or a text to be told; who says them, where, and what that costs. Then it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from html import escape
from typing import Any

from nicegui import ui
from pydantic import ValidationError

from config.errors import DailiesError, UsageError
from producer.engines.registry import Registry
from producer.plan.forecast import Forecast
from producer.speech.pace import seconds_to_say
from producer.voices import list_voices
from scraper.recording import order_by_hand
from storage import catalogue
from storage.orders import Brief
from web.components.basics import box, button, html, text
from web.components.choices import one_of
from web.components.frame import frame, help_sheet
from web.components.new_form import MODES, Hands, NewForm
from web.components.plan import cost, plan
from web.components.sketch import sketch
from web.components.toast import toast
from web.desk import Desk
from web.draft import Draft
from web.estimate import estimate
from web.ordering import build_brief
from web.pages.new_portrait import NewPortrait
from web.pages.new_recording import NewRecording
from web.pages.new_sound import NewSound
from web.pages.new_source import NewSource
from web.pictures import face_address, scene_address
from web.sessions import Visit
from web.theme.marks import MARK, icon
from web.words import duration, language, several

LINKED = '<p class="muted">Read the page, and see here what it will take.</p>'
NOTHING = '<p class="muted">Write something, and see here what it will take.</p>'


def new_page(desk: Desk, visit: Visit, *, direct: bool) -> None:
    person = visit.must()
    with frame(desk, visit, person, "new", "One-off clip"):
        if person.may("reviewer"):
            NewClip(desk, visit, Draft(direct=direct)).build()
        else:
            html(f"{MARK}<h2>Only reviewers order clips.</h2><p>Ask an admin for the reviewer role.</p>", "empty")


class NewClip:
    """One open form."""

    def __init__(self, desk: Desk, visit: Visit, draft: Draft) -> None:
        self.desk, self.visit, self.draft = desk, visit, draft
        self.brief: Brief | None = None
        self.wish = 0
        """Counts what was wanted."""
        self.spoken = ""
        """The language whose voices are offered."""
        self.source, self.sound = NewSource(self), NewSound(self)
        self.recording, self.portrait = NewRecording(self), NewPortrait(self)

    def build(self) -> None:
        with self.desk.studio.reading() as db:
            shows, presenters = catalogue.shows(db), catalogue.presenters(db)
        usual = shows[0].presenter if len(shows) == 1 else "mara"
        self.draft.presenter = next((p.slug for p in presenters if p.slug == usual), presenters[0].slug)
        with box("page-head", "header"):
            with box("grow"):
                text("One-off clip", "page-title", "h1")
                text("Reviewed like every other clip before it can leave.", "muted small no-phone", "p")
            one_of("Mode", MODES, "direct" if self.draft.direct else "guided", self.turn)
        with box("scroll", tabindex="0"), box("wrap new-cols") as self.root:
            with box("steps-of-new"):
                hands = Hands(
                    self.changed,
                    self.sound.hear,
                    self.sound.sample,
                    self.typed,
                    self.source.read,
                    self.source.forget,
                    self.recording.bring,
                    self.recording.drop,
                    self.portrait.bring,
                    self.portrait.drop,
                )
                self.form = NewForm(self.draft, shows, presenters, hands)
            with box("new-side"):
                self.preview = html("")
                self._build_cost()
        with box("phone-cta"):
            self.short = text("Nothing written yet", "muted")
            self.phone_button = button(
                "Make this clip", self.make, icon_name="clapperboard", kind="primary", disabled=""
            )
        self.form.mode(direct=self.draft.direct)
        self._show(None, [])
        ui.timer(0, self.changed, once=True)
        ui.on("desk", lambda event: self.act(str(event.args)))

    def _build_cost(self) -> None:
        with box("card", "section", aria_label="What this will take"), box("card-in cost"):
            self.facts = html("", aria_live="polite")
            self.cost = html(NOTHING, aria_live="polite")
            self.hear_button = button(
                "Hear the first line", self.sound.hear_first, icon_name="volume-2", classes="btn-wide"
            )
            self.make_button = button(
                "Make this clip", self.make, icon_name="clapperboard", kind="primary", classes="btn-big btn-wide make-again",
                disabled="",
            )  # fmt: skip

    # ── what was chosen ───────────────────────────────────────────────────────────────────────────

    async def turn(self, mode: str) -> None:
        self.draft.direct = mode != "guided"
        self.form.mode(direct=self.draft.direct)
        await self.changed()

    async def typed(self, title: str, lines: list[Any]) -> None:
        self.draft.title, self.draft.lines = title, [line.text for line in lines]
        await self.changed()

    async def changed(self) -> None:
        """Something else is wanted: what would come of it?"""
        self.wish = wish = self.wish + 1
        try:
            self.visit.must("reviewer")
            self.source.show()
            brief = self.ordered()
            forecast = await asyncio.to_thread(estimate, self.desk.studio.production, brief) if brief else []
            if wish != self.wish:  # something else was wanted meanwhile: its answer is the one to show
                return
            self._show(brief, forecast)
            await self._follow_language(brief.options.language if brief else self.draft.language or "en")
        except DailiesError as error:
            self._show(None, [], str(error))

    def ordered(self) -> Brief | None:
        """The brief so far; None while nothing is written. Raises DailiesError."""
        if not self.draft.words or self.draft.link:
            return None
        try:
            with self.desk.studio.reading() as db:
                return self.draft.presented(self.draft.credited(build_brief(db, self.draft.order())))
        except ValidationError as error:
            raise UsageError(f"{error.errors()[0]['msg']}.") from error

    async def _follow_language(self, code: str) -> None:
        if code != self.spoken:
            self.spoken = code
            registry = Registry(weights=self.desk.studio.folder.weights)
            titles = {engine: facts.title for engine, facts in self.desk.engines.items()}
            self.form.show_voices(await asyncio.to_thread(list_voices, registry, code), titles)

    def _show(self, brief: Brief | None, forecast: list[Forecast], fault: str = "") -> None:
        self.brief = brief
        self.preview.set_content(self._sketch(brief))
        self.facts.set_content(_facts(brief) if brief else "")
        if fault:
            self.cost.set_content(f'<p class="t-coral">{escape(fault)}</p>')
        elif brief is None:
            self.cost.set_content(LINKED if self.draft.link else NOTHING)
        else:
            waits = '<p class="muted">It will wait until an engine is ready.</p>'
            self.cost.set_content(plan(forecast, fresh=True) if forecast else waits)
        for one in (self.hear_button, self.make_button, self.phone_button):
            one.props.pop("disabled", None)
            if brief is None:
                one.props["disabled"] = ""
            one.update()
        self.short.set_content(
            escape(cost(forecast) if brief and forecast else "Nothing written yet" if not brief else "")
        )

    def _sketch(self, brief: Brief | None) -> str:
        draft = self.draft
        with self.desk.studio.reading() as db:
            known = {presenter.slug: presenter for presenter in catalogue.presenters(db)}
        face = (
            draft.guest.small
            if draft.guest
            else face_address(known[draft.presenter])
            if draft.presenter in known
            else ""
        )
        scene = scene_address(draft.backdrop) if draft.backdrop != "auto" else ""
        words = "" if draft.link else draft.words.partition("\n")[0]
        title, code = (brief.topic.title, brief.options.language) if brief else ("", "en")
        label = brief.show.ai_label if brief else True
        frame_name = draft.formats[0] if draft.formats else "16:9"
        return sketch(frame_name, scene, face, title, words, draft.captions, label=label, language=code)

    def act(self, name: str) -> None:
        with self.root:
            if name == "help":
                help_sheet().open()
            elif name == "unheard":
                toast("The browser could not play that.", bad=True)

    # ── making ────────────────────────────────────────────────────────────────────────────────────

    async def make(self) -> None:
        await self.trying(self._make)

    async def _make(self) -> None:
        person = self.visit.must("reviewer")
        brief = self.ordered()
        if brief is None:
            return
        clip_id = await self.desk.change(partial(order_by_hand, brief=brief, author=person.name))
        self.desk.studio.production.wake()
        ui.navigate.to(f"/clip/{clip_id}")

    async def trying(self, work: Callable[..., Awaitable[None]], *values: object) -> None:
        """Do something; say what went wrong in its own words and with its cure."""
        with self.root:
            try:
                await work(*values)
            except DailiesError as error:
                toast(str(error), bad=True)


def _facts(brief: Brief) -> str:
    """In which language, how long: told from the words, before anything is made."""
    code = brief.options.language
    if not brief.direct:
        return f'<p class="new-facts">{icon("text-quote")}<span>{escape(language(code))}, about {brief.options.length_s} s</span></p>'
    lines = brief.pins["script"].document["lines"]
    seconds = sum(seconds_to_say(line["text"], code) for line in lines)
    said = f"{language(code)}, {several(len(lines), 'line')}, about {duration(seconds)}"
    return f'<p class="new-facts">{icon("text-quote")}<span>{escape(said)}</span></p>'
