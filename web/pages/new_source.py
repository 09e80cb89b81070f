"""A page to be told: a worker reads it, and its words stand where the link stood, with credit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config.errors import SourceError
from storage.topics import ScrapeReport
from web.components.toast import toast
from web.outcome import outcome_of

if TYPE_CHECKING:
    from web.pages.new import NewClip


class NewSource:
    """Where the words of one open form come from."""

    def __init__(self, page: NewClip) -> None:
        self._page = page

    def show(self) -> None:
        draft = self._page.draft
        if not draft.text.strip():
            draft.found = None
        found, link = draft.found, draft.link
        said = (
            f"From {found.source.name}, quoted with credit"
            if found
            else f"A page of {urlsplit(link).hostname}"
            if link
            else ""
        )
        self._page.form.show_source(said, read=found is not None)

    async def read(self) -> None:
        await self._page.trying(self._read)

    async def forget(self) -> None:
        """The words are one's own after all."""
        self._page.draft.found = None
        await self._page.changed()

    async def _read(self) -> None:
        self._page.visit.must("reviewer")
        studio, draft = self._page.desk.studio, self._page.draft
        key = await asyncio.to_thread(studio.production.read_page, draft.link)
        toast("Reading the page…")
        document = await outcome_of(studio, key)
        report = ScrapeReport.model_validate({k: v for k, v in document.items() if k != "tag"})
        if fault := next((source for source in report.sources if source.error), None):
            raise SourceError(fault.error, fault.cure)
        if not report.topics:
            raise SourceError("There is nothing to tell on that page.", "Give the address of one article.")
        draft.found = report.topics[0]
        self._page.form.write(f"{draft.found.title}\n{draft.found.text}")
