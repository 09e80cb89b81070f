"""Adding a presenter: a name and a role, a drawn look or somebody's portrait with their consent, a voice per language."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from functools import partial
from pathlib import Path

from nicegui import ui
from nicegui.events import UploadEventArguments

from config.errors import DailiesError, Refused, UsageError
from producer.engines.registry import Registry
from producer.speech.languages import primary
from producer.voices import Voice, list_voices
from storage import catalogue
from storage.clock import now
from storage.documents import ArtifactRef
from storage.ids import new_id
from storage.orders import Consent, PresenterSpec
from web.components.basics import box, button, field, html, text
from web.components.choices import Tile, dropdown, one_of, tiles
from web.components.frame import frame, help_sheet
from web.components.new_form import named, step
from web.components.toast import toast
from web.desk import Desk
from web.portrait import look_at_portrait
from web.sessions import Visit
from web.terminal.presenters import SHORT_NAME, picture_type
from web.theme.marks import MARK
from web.words import language

KINDS = {"drawn": "Drawn", "portrait": "From a portrait"}
AGREED = "Ana Ruiz agreed on 3 May 2026 to present our news"
LARGEST = 12_000_000
"""Bytes of a portrait."""


def add_presenter_page(desk: Desk, visit: Visit) -> None:
    person = visit.must()
    with frame(desk, visit, person, "presenters", "Add a presenter"):
        if person.may("reviewer"):
            AddPresenter(desk, visit).build()
        else:
            html(f"{MARK}<h2>Only reviewers add presenters.</h2><p>Ask an admin for the reviewer role.</p>", "empty")


class AddPresenter:
    """One open form. `portrait`: what was uploaded and found able to speak."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        self.desk, self.visit = desk, visit
        self.kind, self.looks = "drawn", known_looks()
        self.look = self.looks[0]
        self.portrait: ArtifactRef | None = None
        self.voices: dict[str, str] = {}

    def build(self) -> None:
        with box("page-head", "header"):
            button(icon_name="chevron-left", hint="Back to the presenters", kind="ghost", on_click=self.leave)
            text("Add a presenter", "page-title grow", "h1")
            button("Add", self.add, icon_name="check", kind="primary")
        with box("scroll", tabindex="0"), box("wrap narrow-form") as self.root:
            with step("Who", "As it is written in the picture."):
                self.name = field("Name", maxlength="60", autocomplete="off", dir="auto")
                self.role = field("Role", maxlength="60", autocomplete="off", dir="auto", placeholder="Science desk")
            with step("Face", "Drawn, or a person who agreed."):
                one_of("Kind", KINDS, self.kind, self.choose_kind)
                with box() as self.drawn:
                    looks = [Tile(name, name.capitalize(), f"/pictures/look/{name}") for name in self.looks]
                    tiles("Look", looks, self.look, lambda look: setattr(self, "look", look))
                self.person = self._build_portrait()
            with step("Voices", "Left out, each engine’s own choice."):
                self._build_voices()
        self._show_kind()
        ui.on("desk", lambda event: self._help(str(event.args)))

    def _build_portrait(self) -> ui.element:
        with box("stack") as part:
            upload = ui.upload(on_upload=self.take, auto_upload=True, max_file_size=LARGEST, max_files=1)
            upload.props("no-thumbnails accept='image/png,image/jpeg,image/webp'").style("display:none")
            with box("portrait"):
                self.picture = html("", "portrait-pic")
                with box("stack"):
                    button("Choose a picture", lambda: upload.run_method("pickFiles"), icon_name="upload")
                    hint = "One person from the chest up, looking at you, in even light. At most 12 MB."
                    self.said = text(hint, "muted", "p", aria_live="polite")
            self.consent = field(
                "Consent", tag="textarea", rows="2", maxlength="500", placeholder=AGREED,
                hint="When and to what this person agreed. Kept with them and with every clip.",
            )  # fmt: skip
        return part

    def _build_voices(self) -> None:
        found = [
            voice
            for voice in list_voices(Registry(weights=self.desk.studio.folder.weights))
            if voice.here and not voice.borrowed
        ]
        spoken: dict[str, list[Voice]] = {}
        for voice in found:
            spoken.setdefault(primary(voice.language), []).append(voice)
        with box("choices"):
            for code, voices in spoken.items():
                with named(language(code)):
                    offered = {"": "Its own choice", **{v.id: f"{v.name}, {v.language}, {v.gender}" for v in voices}}
                    dropdown(f"Voice, {language(code)}", {"": offered}, "", partial(self.choose_voice, code, offered))

    def choose_voice(self, code: str, offered: dict[str, str], voice: str) -> None:
        self.voices.pop(code, None)
        if voice and voice in offered:
            self.voices[code] = voice

    def choose_kind(self, kind: str) -> None:
        self.kind = kind if kind in KINDS else "drawn"
        self._show_kind()

    def _show_kind(self) -> None:
        for part, shown in ((self.drawn, self.kind == "drawn"), (self.person, self.kind == "portrait")):
            part.props.pop("hidden", None)
            if not shown:
                part.props["hidden"] = ""
            part.update()

    async def take(self, event: UploadEventArguments) -> None:
        """Look at an uploaded portrait, and keep it if it can speak."""
        self.portrait = None
        self.said.set_content("Looking at it…")
        with self.root:
            try:
                self.visit.must("reviewer")
                with tempfile.TemporaryDirectory() as scratch:
                    path = Path(scratch) / "portrait"
                    await event.file.save(path)
                    media_type = picture_type(path)
                    verdict = await look_at_portrait(self.desk.studio.folder, path)
                    self.portrait = self.desk.studio.artifacts.put(path, media_type)
                self.picture.set_content(f'<img src="data:image/jpeg;base64,{verdict.small}" alt="The portrait">')
                self.said.set_content(f"It can speak, and {verdict.shown}.")
            except DailiesError as error:
                self.said.set_content("Choose another picture.")
                toast(str(error), bad=True)

    async def add(self) -> None:
        with self.root:
            try:
                self.visit.must("reviewer")
                spec = self._spec()
                with self.desk.studio.reading() as db:
                    taken = spec.slug in {one.slug for one in catalogue.presenters(db)}
                if taken:
                    raise Refused(f"There is already a presenter {spec.slug}.", "Choose another name.")
                await self.desk.change(partial(catalogue.put_presenter, presenter=spec))
            except DailiesError as error:
                toast(str(error), bad=True)
                return
        ui.navigate.to("/presenters")

    def _spec(self) -> PresenterSpec:
        """Raises UsageError."""
        name = " ".join(self.name().split())
        if not name:
            raise UsageError("A presenter needs a name.", "It is shown in every clip.")
        spec = PresenterSpec(slug=short_name(name), name=name, role=" ".join(self.role().split()), voices=self.voices)
        if self.kind == "drawn":
            return spec.model_copy(update={"look": {"name": self.look if self.look in self.looks else self.looks[0]}})
        if self.portrait is None:
            raise UsageError("There is no portrait yet.", "Choose a picture that can speak.")
        if not (statement := self.consent().strip()):
            raise UsageError(
                "A portrait needs the consent of the person it shows.", "Say when and to what they agreed."
            )
        consent = Consent(statement=statement, recorded_at=now())
        return spec.model_copy(update={"look": {"portrait": self.portrait.model_dump()}, "consent": consent})

    async def leave(self) -> None:
        ui.navigate.to("/presenters")

    def _help(self, act: str) -> None:
        with self.root:
            if act == "help":
                help_sheet().open()


def known_looks() -> tuple[str, ...]:
    """The drawn looks, the usual one first. Brings the drawing libraries along, so only when somebody is added."""
    from producer.render.presenter.looks import DEFAULT, LOOKS

    return DEFAULT, *(name for name in LOOKS if name != DEFAULT)


def short_name(name: str) -> str:
    """`Ana Ruíz` → `ana-ruiz`; a name without Latin letters gets one that only says that it is a presenter's."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64]
    return short if SHORT_NAME.fullmatch(short) else f"presenter-{new_id()[-8:]}"
