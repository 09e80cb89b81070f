"""What all pages of the desk share: the studio, the engines' facts, the board of cards, the stylesheet."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from config.errors import Corrupt
from review.damage import remake
from review.export import Exporter
from review.licences import EngineFacts
from storage.exports import ExportRecord
from storage.writer import Command
from web.cards import Board
from web.studio import Studio
from web.theme.sheet import Sheet

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    studio: Studio
    engines: dict[str, EngineFacts]
    board: Board
    sheet: Sheet

    async def change(self, command: Command[T]) -> T:
        """Have the writer run a command, without holding up the other pages. Raises what it raises."""
        return await asyncio.wrap_future(self.studio.writer.submit(command))

    async def export(self, clip_id: str, user: str, acknowledged: Sequence[str] = ()) -> ExportRecord:
        """`export_now`, without holding up the other pages."""
        return await asyncio.to_thread(self.export_now, clip_id, user, acknowledged)

    def export_now(self, clip_id: str, user: str, acknowledged: Sequence[str] = ()) -> ExportRecord:
        """Release a clip. A damaged file is put back to be made again.

        Raises Refused, Unacknowledged, Corrupt, StudioError.
        """
        studio = self.studio
        exporter = Exporter(
            studio.writer, studio.artifacts, studio.folder.exports, self.engines, studio.signer(), studio.targets
        )
        try:
            with studio.reading() as db:
                return exporter.export(db, clip_id, user, acknowledged)
        except Corrupt as error:
            remake(error.sha256, studio.artifacts, studio.writer)
            studio.production.wake()
            raise
