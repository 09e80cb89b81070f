"""Waiting for one piece of work that a person at the desk asked for."""

from __future__ import annotations

import asyncio
from typing import Any

from config.errors import StudioError
from storage.work_queries import work_document, work_row
from web.studio import Studio

PATIENCE_S = 30.0
LOOK_S = 0.05


async def outcome_of(studio: Studio, key: str) -> dict[str, Any]:
    """What came of it: its document. Raises StudioError when it failed, or took too long."""
    for _ in range(int(PATIENCE_S / LOOK_S)):
        with studio.reading() as db:
            row, document = work_row(db, key), work_document(db, key)
        if row and row.state == "done" and document is not None:
            return document
        if row and row.state in ("failed", "set_aside"):
            cause = row.error
            raise StudioError(cause.message if cause else "It could not be done.", cause.cure if cause else "")
        await asyncio.sleep(LOOK_S)
    raise StudioError("The workers are busy with longer work.", "Try again in a moment.")
