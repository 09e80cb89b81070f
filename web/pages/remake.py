"""What is wanted of the stages of a clip on its edit page: choices, and files that somebody brings."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from nicegui import ui
from nicegui.events import UploadEventArguments

from config.errors import DailiesError
from producer.engines.registry import Registry
from producer.voices import list_voices
from review.wanted import FIELDS, NAMES, TAKES, Part, Wanted
from storage import catalogue
from storage.orders import Brief
from storage.queries import ClipDetail
from web.bringing import agreed, replacement, said_of
from web.components.remake import Offered, RemakeForm
from web.components.toast import toast
from web.desk import Desk
from web.sessions import Visit
from web.uploads import take_upload


class Remaking:
    """What was chosen on one open edit page. `on_change` hears of everything."""

    def __init__(self, desk: Desk, visit: Visit, detail: ClipDetail, on_change: Callable[[], Awaitable[None]]) -> None:
        self._desk, self._visit, self._detail, self._on_change = desk, visit, detail, on_change
        self.wanted = Wanted()
        self.scene = ""
        """What the background shall show instead, in words; "" = as it is."""

    def build(self, root: ui.element) -> None:
        detail, studio = self._detail, self._desk.studio
        self._root = root
        with studio.reading() as db:
            presenters = catalogue.presenters(db)
        voices = list_voices(Registry(weights=studio.folder.weights), detail.row.language)
        titles = {engine: facts.title for engine, facts in self._desk.engines.items()}
        offered = Offered(presenters, voices, studio.production.choices(detail.brief), titles, studio.settings.uploads)
        described = detail.script.scene if detail.script else ""
        self.form = RemakeForm(detail.brief, described, self.wanted, offered, self)

    def offer(self, brief: Brief) -> None:
        """Show which engines could make that."""
        self.form.offer(self._desk.studio.production.choices(brief))

    async def changed(self) -> None:
        await self._on_change()

    async def describe(self, scene: str) -> None:
        self.scene = " ".join(scene.split())
        await self._on_change()

    async def agree(self, statement: str) -> None:
        self.wanted.consent = agreed(statement)
        await self._on_change()

    async def bring(self, part: Part, event: UploadEventArguments) -> None:
        """Keep a file, if it is what it should be; nothing is made before somebody orders that."""
        self.form.say(part, f"Looking at the {NAMES[part]}…", there=False)
        said = ""
        with self._root:
            try:
                self.wanted.files.pop(part, None)
                said = await self._take(part, event)
            except DailiesError as error:
                toast(str(error), bad=True)
            self.form.say(part, said)
            await self._on_change()

    async def drop(self, part: Part) -> None:
        self.wanted.files.pop(part, None)
        if getattr(self._detail.brief, FIELDS[part]) is not None:
            self.wanted.files[part] = None
        self.form.say(part, "")
        await self._on_change()

    async def _take(self, part: Part, event: UploadEventArguments) -> str:
        """Raises DailiesError."""
        studio = self._desk.studio
        person = self._visit.must("reviewer")
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "upload"
            await event.file.save(path)
            upload = await take_upload(studio, path, event.file.name, person.name, TAKES[part])
        self.wanted.files[part] = await asyncio.to_thread(
            replacement, part, upload, self._detail.script, studio.artifacts
        )
        return said_of(part, upload)
