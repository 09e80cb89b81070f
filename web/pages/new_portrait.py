"""A portrait that somebody brings to the one-off form: who presents this clip alone, and whether they agreed to it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nicegui.events import UploadEventArguments

from config.errors import DailiesError
from web.components.toast import toast
from web.draft import Guest
from web.portrait import look_at_portrait
from web.uploads import take_upload

if TYPE_CHECKING:
    from web.pages.new import NewClip


class NewPortrait:
    """What was brought on one open form."""

    def __init__(self, page: NewClip) -> None:
        self._page = page

    async def bring(self, event: UploadEventArguments) -> None:
        page = self._page
        page.form.show_portrait("Looking at it…", there=False)
        said = ""
        with page.root:
            try:
                page.draft.guest = None
                said = await self._take(event)
            except DailiesError as error:
                toast(str(error), bad=True)
            page.form.show_portrait(said)
            await page.changed()

    async def drop(self) -> None:
        self._page.draft.guest = None
        self._page.form.show_portrait("")
        await self._page.changed()

    async def _take(self, event: UploadEventArguments) -> str:
        """Keep it, if it is a picture and can speak. Raises DailiesError."""
        page, studio = self._page, self._page.desk.studio
        person = page.visit.must("reviewer")
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "portrait"
            await event.file.save(path)
            upload = await take_upload(studio, path, event.file.name, person.name, "image")
            verdict = await look_at_portrait(studio.folder, path)
        page.draft.guest = Guest(portrait=upload.ref, small=f"data:image/jpeg;base64,{verdict.small}")
        return f"{event.file.name} can speak, and {verdict.shown}."
