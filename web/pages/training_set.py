"""A presenter's training set: pictures and recordings to drop, each with its verdict as soon as a worker has looked at it."""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from nicegui import ui
from nicegui.events import UploadEventArguments

from config.errors import DailiesError, UnknownName, UsageError
from producer.dataset.verdicts import JudgedSet
from storage import catalogue
from storage.consents import Use, consents, covering
from storage.orders import PresenterSpec
from storage.people import Person
from storage.training_sets import insist, remove_files, set_files
from web.components import training_set as markup
from web.components.basics import box, button, html, text
from web.components.deeds import on_deed
from web.components.dropzone import dropzone
from web.components.toast import toast
from web.desk import Desk
from web.pages.plain import PlainPage, card, nothing_here
from web.presenting import storing
from web.sessions import Visit
from web.terminal.presenters import MOST_SAMPLES
from web.training import judged_set
from web.uploads import take_upload
from web.words import several

LARGEST, AT_ONCE, TICK_S = 60_000_000, 2, 1.0
"""Bytes of a file; files of one page that are taken side by side; seconds between two looks at what became of them."""
WANTED: dict[Use, str] = {"face": "pictures", "voice": "recordings"}


class TrainingSetPage(PlainPage):
    place, title = "presenters", "Training set"

    def __init__(self, desk: Desk, visit: Visit, slug: str) -> None:
        super().__init__(desk, visit)
        self.slug, self.refused = slug, dict[str, str]()
        """`refused`: files that were not even taken, and why."""
        self.turn = asyncio.Semaphore(AT_ONCE)

    def beside(self, person: Person) -> None:
        address = f"/presenters/{self.slug}"
        button("Back to the presenter", lambda: ui.navigate.to(address), icon_name="chevron-left", kind="ghost")

    def show(self, person: Person) -> None:
        try:
            spec = self._spec()
        except UnknownName as error:
            nothing_here("There is no such presenter.", error.cure)
            return
        agreed, edits = self._agreed(), person.may("reviewer")
        with box("hstack show-head"):
            text(spec.name, "stage-title", "h2", dir="auto")
        with box("two"):
            with box("stack"):
                with card("Pictures"):
                    if edits:
                        self._bringing(spec, agreed)
                    self.missed = html("")
                    self.pictures = html("")
                with card("Recordings"):
                    self.sounds = html("")
                    if edits and "voice" in agreed:
                        with box("add-line"):
                            button(
                                "Make these their voice", self.take_voice, icon_name="volume-2", kind="ghost", classes="btn-small"
                            )  # fmt: skip
            with box("stack"), card("Readiness"):
                self.ready = html("")
                if edits:
                    self._deeds()
        for listed in (self.pictures, self.sounds):
            on_deed(listed, self.do)
        self.look(edits=edits)
        ui.timer(TICK_S, partial(self.look, edits=edits))

    def _bringing(self, spec: PresenterSpec, agreed: tuple[Use, ...]) -> None:
        with box("card-in stack"):
            missing = [what for use, what in WANTED.items() if use not in agreed]
            if missing:
                address = f"/presenters/{self.slug}"
                text(
                    f"{spec.name} has not agreed to {' and '.join(missing)} of them being used. Write their consent down first.", "", "p"
                )  # fmt: skip
                button("Write down a consent", lambda: ui.navigate.to(address), icon_name="pencil", classes="btn-small")
            if agreed:
                wanted = " and ".join(WANTED[use] for use in agreed)
                dropzone(
                    f"Bring {wanted}", "Or drop them here, many at once: 20 to 60 pictures, 10 to 60 seconds of speech.",
                    "image/png,image/jpeg,image/webp,audio/*,.m4a,.flac", self.take, LARGEST, several=True,
                )  # fmt: skip

    def _deeds(self) -> None:
        with box("card-in hstack"):
            button(
                "Look again", self.look_again, icon_name="rotate-cw", classes="btn-small",
                hint="At files that nobody could look at",
            )  # fmt: skip
            address = f"/presenters/{self.slug}"
            button("Learn from it", lambda: ui.navigate.to(address), icon_name="sparkles", classes="btn-small")

    def look(self, *, edits: bool) -> None:
        """Show what became of the files, wherever that changed."""
        found = self._found()
        pictures = [one for one in found.files if one.kind == "image"]
        sounds = [one for one in found.files if one.kind == "audio"]
        told = {
            self.pictures: markup.gallery(self.slug, pictures, may_change=edits),
            self.sounds: markup.recordings(sounds, may_change=edits),
            self.ready: markup.readiness(found),
            self.missed: markup.not_taken(self.refused),
            self.count: several(len(found.files), "file"),
        }
        for element, content in told.items():
            if element.content != content:
                element.set_content(content)

    # ── what is done ──────────────────────────────────────────────────────────────────────────────

    async def take(self, event: UploadEventArguments) -> None:
        """One dropped file. Its verdict comes when a worker has looked at it."""
        name = event.file.name
        try:
            async with self.turn:
                person = self.visit.must("reviewer")
                with tempfile.TemporaryDirectory() as scratch:
                    path = Path(scratch) / "upload"
                    await event.file.save(path)
                    upload = await take_upload(self.desk.studio, path, name, person.name)
                await asyncio.to_thread(self.desk.studio.production.bring, self.slug, [upload.sha256], person.name)
        except DailiesError as error:
            self.refused[name] = str(error)
        self.look(edits=True)

    async def do(self, deed: str, of: str) -> None:
        match deed:
            case "insist" | "leave":
                await self._trying(partial(insist, slug=self.slug, sha256=of, keep=deed == "insist"))
            case "remove":
                await self._trying(partial(remove_files, slug=self.slug, hashes=[of]))

    async def look_again(self) -> None:
        with self.root:
            try:
                self.visit.must("reviewer")
                await asyncio.to_thread(self.desk.studio.production.look_again, self.slug)
            except DailiesError as error:
                toast(str(error), bad=True)
        self.look(edits=True)

    async def take_voice(self) -> None:
        """The recordings that are kept become the samples of their voice: a new version of them."""
        with self.root:
            try:
                person = self.visit.must("reviewer")
                kept = {one.sha256 for one in self._found().files if one.kind == "audio" and one.standing == "kept"}
                with self.desk.studio.reading() as db:
                    refs = [one.file for one in set_files(db, self.slug) if one.file.sha256 in kept]
                if not refs:
                    raise UsageError("No recording is kept yet.", "Bring one, and wait until it is looked at.")
                changed = self._spec().model_copy(update={"samples": tuple(refs[-MOST_SAMPLES:])})
                version = await self.desk.change(storing(changed, person.name, new=False))
                toast(f"Saved as version {version}: voices that learn are learnt from these.")
            except DailiesError as error:
                toast(str(error), bad=True)

    async def _trying(self, command: partial[None]) -> None:
        with self.root:
            try:
                self.visit.must("reviewer")
                await self.desk.change(command)
            except DailiesError as error:
                toast(str(error), bad=True)
        self.look(edits=True)

    # ── how things stand ──────────────────────────────────────────────────────────────────────────

    def _found(self) -> JudgedSet:
        with self.desk.studio.reading() as db:
            return judged_set(db, self.slug)

    def _agreed(self) -> tuple[Use, ...]:
        with self.desk.studio.reading() as db:
            records = consents(db, self.slug)
        return tuple(use for use in WANTED if covering(records, [use]) is not None)

    def _spec(self) -> PresenterSpec:
        """Raises UnknownName."""
        with self.desk.studio.reading() as db:
            return catalogue.presenter(db, self.slug)
