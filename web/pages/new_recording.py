"""A recording that somebody brings to the one-off form: their own voice in place of one of ours."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nicegui.events import UploadEventArguments

from config.errors import DailiesError
from producer.engines.line.ears import Ears
from web.components.toast import toast
from web.recording import BYTES_PER_S, take_recording
from web.uploads import take_upload
from web.words import duration

if TYPE_CHECKING:
    from web.pages.new import NewClip


class NewRecording:
    """What was brought on one open form."""

    def __init__(self, page: NewClip) -> None:
        self._page = page

    async def bring(self, event: UploadEventArguments) -> None:
        page = self._page
        page.form.show_recording("Listening to it…")
        with page.root:
            try:
                page.draft.recording = None
                said = await self._take(event)
            except DailiesError as error:
                said = ""
                toast(str(error), bad=True)
            page.form.show_recording(said)
            await page.changed()

    async def drop(self) -> None:
        self._page.draft.recording = None
        self._page.form.show_recording("")
        await self._page.changed()

    async def _take(self, event: UploadEventArguments) -> str:
        """Keep it, if it is what it should be. Raises DailiesError."""
        page, studio = self._page, self._page.desk.studio
        person = page.visit.must("reviewer")
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "recording"
            await event.file.save(path)
            await take_upload(studio, path, event.file.name, person.name, "audio")
            words, ears = page.draft.words or UNSAID, Ears(None)
            taken = await asyncio.to_thread(take_recording, path, words, page.draft.language, studio.artifacts, ears)
        page.draft.recording = taken.recording
        return f"{event.file.name}, {duration(taken.recording.size / BYTES_PER_S)}, will be heard."


UNSAID = "…"
"""Stands for words that are still to be typed: who brings a recording here need not have written them first."""
