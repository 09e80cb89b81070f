"""What earlier clips told, as far as it is kept: their headlines and, of those that the ledger has, the source's address and
wording. Nothing of it is made for the purpose: a clip's page asks, and a bounded number of clips is looked at.
"""

from __future__ import annotations

import json

from pydantic import Field
from sqlite_utils import Database

from storage.documents import Frozen

LOOKED_AT = 1000
"""Clips before a clip: with fifty a day, those of three weeks. Comparing them takes some hundredths of a second."""


class Told(Frozen):
    """What one clip told."""

    clip: str
    headline: str
    address: str = Field(default="", description='canonical address of its source; "" where the ledger has none')
    fingerprint: str = Field(default="", description='of the source\'s wording; "" where it is too short to compare')


def told_before(db: Database, clip_id: str, limit: int = LOOKED_AT) -> list[Told]:
    """The clips of the whole studio that were ordered before this one, newest first, without those in the trash."""
    clips: list[tuple[str, str, str, str]] = db.execute(
        """SELECT id, show, title, created_at FROM clips WHERE id < ?
           AND NOT EXISTS (SELECT 1 FROM trash WHERE clip_id = clips.id) ORDER BY id DESC LIMIT ?""", [clip_id, limit],
    ).fetchall()  # fmt: skip
    if not clips:
        return []
    shows = json.dumps(sorted({show for _, show, _, _ in clips}))
    kept = {
        clip: (title, address, fingerprint)
        for clip, title, address, fingerprint in db.execute(
            """SELECT clip_id, title, canonical_url, fingerprint FROM ledger
               WHERE show IN (SELECT value FROM json_each(?)) AND made_at >= ?""", [shows, clips[-1][3]],
        ).fetchall()
    }  # fmt: skip
    return [
        Told(clip=clip, headline=headline or title, address=address, fingerprint=fingerprint)
        for clip, _, title, _ in clips
        for headline, address, fingerprint in [kept.get(clip, ("", "", ""))]
    ]
