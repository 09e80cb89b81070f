"""One presenter: versions and what changed, consent with its end, files to drop, a sentence to hear; and forgetting them."""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from pathlib import Path

from nicegui import ui
from nicegui.events import UploadEventArguments
from pydantic import ValidationError

from config.errors import DailiesError, UnknownName, UsageError
from producer.voices import SAMPLES
from storage import catalogue
from storage.consents import consents, today
from storage.documents import SpokenLine
from storage.forgetting import forget
from storage.orders import PresenterSpec
from storage.overview import clips_by_presenter
from storage.people import Person
from storage.uploads import Upload, UploadKind
from storage.work_queries import work_row
from web.components import presenter as markup
from web.components.basics import box, button, chip, html, text
from web.components.deeds import on_deed
from web.components.dropzone import dropzone
from web.components.toast import toast
from web.desk import Desk
from web.estimate import only_line
from web.likeness import best_part_of, likeness_of
from web.media import heard_address
from web.ordering import ClipOrder, build_brief
from web.outcome import outcome_of
from web.pages.plain import PlainPage, card, nothing_here
from web.presenting import ConsentOrder, PresenterOrder, agreeing, consent_of, presenter_of, storing, taking_back
from web.sessions import Visit
from web.terminal.presenters import MOST_SAMPLES
from web.training import TrainingWish
from web.uploads import take_upload

PICTURE_BYTES, SOUND_BYTES = 12_000_000, 60_000_000
TICK_S = 2.0
"""How often it is looked how far a training is."""


class PresenterPage(PlainPage):
    """`a`, `b`: the versions that are compared; 0 = the newest two."""

    place, title = "presenters", "Presenter"

    def __init__(self, desk: Desk, visit: Visit, slug: str, a: int = 0, b: int = 0) -> None:
        super().__init__(desk, visit)
        self.slug, self.compared = slug, (a, b)
        self.heard: dict[str, str] = {}
        """Language → what was heard of it here."""
        self.document: Upload | None = None
        """Of a consent that is being written down."""

    def beside(self, person: Person) -> None:
        button("All presenters", lambda: ui.navigate.to("/presenters"), icon_name="chevron-left", kind="ghost")

    def show(self, person: Person) -> None:
        try:
            spec = self._spec()
        except UnknownName as error:
            nothing_here("There is no such presenter.", error.cure)
            return
        with self.desk.studio.reading() as db:
            versions, records = catalogue.presenter_versions(db, self.slug), consents(db, self.slug)
        self.count.set_content(f"version {versions[0].version}")
        edits, day = person.may("reviewer"), today()
        with box("hstack show-head"):
            text(spec.name, "stage-title", "h2", dir="auto")
            html(chip("Portrait", "slate") if spec.kind == "portrait" else chip("Drawn"))
        with box("two"):
            with box("stack"):
                self._about(spec, edits=edits)
                self._voice(spec, edits=edits)
            with box("stack"):
                self._training(spec, edits=edits)
                with card("Consent"):
                    judged = [(record.standing(day), record) for record in records]
                    on_deed(html(markup.consent_list(judged, may_change=edits)), self.do)
                    if edits:
                        with box("add-line"):
                            button(
                                "Write down a consent", self.ask_for_consent, icon_name="plus", kind="ghost", classes="btn-small"
                            )  # fmt: skip
                with card("Versions"):
                    html(markup.version_table(versions))
                    html(markup.comparison(self.slug, versions, *self.compared))
                if person.may("admin"):
                    with card("Forget"), box("card-in stack"):
                        text("At their wish: deletes their face and voice here for good, and proves it.", "muted", "p")
                        button(
                            f"Forget {spec.name}…",
                            self.ask_to_forget,
                            icon_name="trash-2",
                            kind="danger",
                            classes="btn-small",
                        )

    def _about(self, spec: PresenterSpec, *, edits: bool) -> None:
        with card("Who"), box("card-in stack"):
            html(markup.about(spec))
            if edits:
                button("Change", self.ask_for_changes, icon_name="pencil", classes="btn-small")
                dropzone(
                    "Bring another portrait", "Or drop it here: one person from the chest up, looking at you. At most 12 MB.",
                    "image/png,image/jpeg,image/webp", partial(self.take, "image"), PICTURE_BYTES,
                )  # fmt: skip

    def _training(self, spec: PresenterSpec, *, edits: bool) -> None:
        """What a painting model learns of their face. While it learns, this card is drawn anew."""
        if spec.kind != "portrait" and not spec.portraits and not spec.trained:
            return
        with card("Training"):
            shown = html(markup.training_rows(self.desk.studio.production.trainings(self.slug), may_change=edits))
            on_deed(shown, self.do)
            if edits:
                with box("add-line"):
                    button(
                        "Learn their face", self.ask_for_training, icon_name="plus", kind="ghost", classes="btn-small"
                    )

        def tick() -> None:
            now = markup.training_rows(self.desk.studio.production.trainings(self.slug), may_change=edits)
            if now != shown.content:
                shown.set_content(now)

        ui.timer(TICK_S, tick)

    def _voice(self, spec: PresenterSpec, *, edits: bool) -> None:
        codes = spec.languages or tuple(spec.voices) or ("en",)
        sentences = {code: SAMPLES[code].format(spec.name) for code in codes if code in SAMPLES}
        with card("Voice"):
            if edits:
                on_deed(html(markup.voice_rows(sentences, self.heard)), self.do)
                with box("card-in"):
                    dropzone(
                        "Bring recordings of their own voice", "Or drop them here: three seconds to ten minutes, one person, no music.",
                        "audio/*,.m4a,.flac", partial(self.take, "audio"), SOUND_BYTES, several=True,
                    )  # fmt: skip
            else:
                text("Reviewers hear it here.", "card-in muted")

    # ── what is asked ─────────────────────────────────────────────────────────────────────────────

    def ask_for_changes(self) -> None:
        with self.root:
            markup.change_sheet(self._spec(), lambda changes: self.trying(self._change, changes)).open()

    def ask_for_training(self) -> None:
        with self.root:
            markup.training_sheet(self._spec(), lambda wish: self.trying(self._train, wish)).open()

    def ask_for_consent(self) -> None:
        self.document = None
        with self.root, self.desk.studio.reading() as db:
            shows = {show.slug: show.name for show in catalogue.shows(db)}
        with self.root:
            markup.consent_sheet(
                self._spec(), shows, self.take_document, lambda given: self.trying(self._agree, given)
            ).open()

    def ask_to_forget(self) -> None:
        with self.root, self.desk.studio.reading() as db:
            clips = clips_by_presenter(db).get(self.slug, 0)
            markup.forget_sheet(self._spec(), clips, lambda: self.trying(self._forget)).open()

    async def do(self, deed: str, of: str) -> None:
        if deed == "take-back":
            await self.trying(self._take_back, of)
        elif deed == "stop-training":
            await self.trying(self._stop_training)
        elif deed == "hear":
            await self.trying(self._hear, of)

    # ── what is done ──────────────────────────────────────────────────────────────────────────────

    async def take(self, kind: UploadKind, event: UploadEventArguments) -> None:
        """A portrait is looked at and a recording listened to before it becomes part of a new version."""
        await self.trying(self._take, kind, event)

    async def _take(self, kind: UploadKind, event: UploadEventArguments) -> None:
        toast("Looking at it…" if kind == "image" else "Listening to it…")
        upload = await self._keep(event, kind)
        if kind == "image":
            await self._change({"look": "", "portrait": upload.sha256})
            return
        known = [sample.sha256 for sample in self._spec().samples]
        await self._change({"samples": tuple(dict.fromkeys([*known, upload.sha256]))[-MOST_SAMPLES:]})
        toast(await best_part_of(self.desk.studio, upload.ref))

    async def take_document(self, event: UploadEventArguments) -> None:
        with self.root:
            try:
                self.document = await self._keep(event, None)
                toast(f"“{self.document.name}” goes with the consent.")
            except DailiesError as error:
                toast(str(error), bad=True)

    async def _keep(self, event: UploadEventArguments, kind: UploadKind | None) -> Upload:
        person = self.visit.must("reviewer")
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "upload"
            await event.file.save(path)
            return await take_upload(self.desk.studio, path, event.file.name, person.name, kind)

    async def _change(self, changes: dict[str, object]) -> None:
        """Store a new version. Raises DailiesError."""
        person, spec = self.visit.must("reviewer"), self._spec()
        own = str(spec.look["portrait"]["sha256"]) if "portrait" in spec.look else ""
        as_it_is = {
            "name": spec.name, "role": spec.role, "persona": spec.persona, "languages": spec.languages,
            "voices": spec.voices, "portrait": own, "look": "" if own else str(spec.look.get("name", "mara")),
            "samples": tuple(ref.sha256 for ref in spec.samples), "portraits": tuple(ref.sha256 for ref in spec.portraits),
        }  # fmt: skip
        try:
            order = PresenterOrder.model_validate({**as_it_is, **changes})
        except ValidationError as error:
            raise UsageError(f"{error.errors()[0]['loc'][-1]}: {error.errors()[0]['msg']}.") from error
        changed = await presenter_of(self.desk.studio, self.slug, order, spec)
        if spec.kind == "drawn" and order.look:
            changed = changed.model_copy(update={"look": spec.look})
        version = await self.desk.change(storing(changed, person.name, new=False))
        toast(f"Saved as version {version}.")

    async def _agree(self, given: dict[str, object]) -> None:
        person, document = self.visit.must("reviewer"), self.document
        if not given["statement"]:
            raise UsageError("A consent needs its words.", "Say when and to what they agreed.")
        order = ConsentOrder.model_validate({**given, "document": document.sha256 if document else ""})
        await self.desk.change(agreeing(self.slug, consent_of(self.desk.studio, order), person.name))
        self.desk.studio.production.wake()
        toast("It is written down.")

    async def _take_back(self, consent_id: str) -> None:
        person = self.visit.must("reviewer")
        await self.desk.change(taking_back(self.slug, consent_id, person.name, ""))
        toast("It is written down. What is made with them stops, and nothing of theirs is exported.")

    async def _train(self, wish: dict[str, object]) -> None:
        self.visit.must("reviewer")
        try:
            asked = TrainingWish.model_validate(wish)
        except ValidationError as error:
            raise UsageError(f"{error.errors()[0]['loc'][-1]}: {error.errors()[0]['msg']}.") from error
        await asyncio.to_thread(self.desk.studio.production.train, self.slug, asked)
        toast("Their face will be learnt. What was learnt becomes a new version of them.")

    async def _stop_training(self) -> None:
        self.visit.must("reviewer")
        await asyncio.to_thread(self.desk.studio.production.stop_training, self.slug)
        toast("It stops. Ordered again, it goes on from there.")

    async def _hear(self, code: str) -> None:
        """Have one sentence spoken as their clips are, play it, and say how like their recordings it is."""
        self.visit.must("reviewer")
        spec, studio = self._spec(), self.desk.studio
        if code not in SAMPLES:
            return
        words = SAMPLES[code].format(spec.name)
        with studio.reading() as db:
            brief = build_brief(db, ClipOrder(script=words, presenter=self.slug, language=code))
        key = await asyncio.to_thread(studio.production.hear, only_line(brief, words))
        document = await outcome_of(studio, key)
        with studio.reading() as db:
            row = work_row(db, key)
        engine = self.desk.engines.get(row.engine) if row else None
        spoken = SpokenLine.model_validate({name: value for name, value in document.items() if name != "tag"})
        like = await likeness_of(studio, spoken.audio, spec.samples) if spec.samples else ""
        self.heard[code] = ". ".join(filter(None, [engine.title if engine else row.engine if row else "", like]))
        self.after = lambda: ui.run_javascript(f"dailies.hear('{heard_address(key)}')")

    async def _forget(self) -> None:
        person, studio = self.visit.must("admin"), self.desk.studio
        told = await asyncio.to_thread(
            forget, studio.writer, studio.database, studio.artifacts, studio.folder.root, self.slug, person.name
        )
        studio.production.wake()
        self.after = lambda: markup.forgotten_sheet(told).open()

    def _spec(self) -> PresenterSpec:
        """Raises UnknownName."""
        with self.desk.studio.reading() as db:
            return catalogue.presenter(db, self.slug)
