"""Hearing a line of a clip before it is made, and the voice that would say it."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from nicegui import ui

from web.components.toast import toast
from web.estimate import only_line
from web.media import heard_address
from web.outcome import outcome_of
from web.words import duration

if TYPE_CHECKING:
    from web.pages.new import NewClip


class NewSound:
    """What is heard on one open form."""

    def __init__(self, page: NewClip) -> None:
        self._page = page

    async def hear_first(self) -> None:
        if brief := self._page.brief:
            own = self._page.draft.words if self._page.draft.direct else ""
            await self.hear(own or brief.topic.text or brief.topic.title)

    async def hear(self, words: str) -> None:
        await self._page.trying(self._hear, words)

    async def sample(self) -> None:
        """The chosen voice introduces itself; the usual one says the first line."""
        voice = self._page.draft.voice
        if voice:
            ui.run_javascript(f"dailies.hear({json.dumps(f'/api/v1/voices/{quote(voice)}/sample.wav')})")
        elif self._page.brief:
            await self.hear_first()
        else:
            toast("Choose a voice, or write a line first.")

    async def _hear(self, words: str) -> None:
        """Have one line spoken by a worker, before anything else there, and play it."""
        self._page.visit.must("reviewer")
        brief, studio = self._page.ordered(), self._page.desk.studio
        if brief is None:
            return
        start = time.monotonic()
        key = await asyncio.to_thread(studio.production.hear, only_line(brief, words))
        await outcome_of(studio, key)
        ui.run_javascript(f"dailies.hear('{heard_address(key)}')")
        toast(f"Spoken in {duration(time.monotonic() - start)}.")
