"""What of an open clip's story was told before: the clips, why they are thought to be the same, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field
from sqlite_utils import Database

from review.inbox import SHELVES, shelf_of
from review.similar import similar
from scraper.recording import told_by_hand
from storage.catalogue import shows
from storage.documents import Frozen
from storage.orders import Brief
from storage.queries import ClipRow, clip_row
from storage.told import Told, told_before


class ToldBefore(Frozen):
    """An earlier clip of the same story."""

    clip: str
    title: str
    language: str
    show: str = Field(description="its short name")
    show_name: str
    ordered_at: str
    status: str = Field(description="in the words of the inbox")
    reason: str = Field(description="how it shows: “same source”, “7 of 9 headline words”")


def same_story(db: Database, clip_id: str, brief: Brief) -> list[ToldBefore]:
    """The earlier clips of the studio, of whatever show and language, that told what this one tells; the likest first."""
    topic = told_by_hand(brief.topic)
    mine = Told(clip=clip_id, headline=topic.title, address=topic.canonical_url, fingerprint=topic.fingerprint)
    found = similar(mine, told_before(db, clip_id))
    names = {show.slug: show.name for show in shows(db)} if found else {}
    return [_shown(clip_row(db, like.clip), like.reason, names) for like in found]


def _shown(row: ClipRow, reason: str, names: Mapping[str, str]) -> ToldBefore:
    return ToldBefore(
        clip=row.id, title=row.title, language=row.language, show=row.show, show_name=names.get(row.show, row.show),
        ordered_at=row.created_at, status=_status(row), reason=reason,
    )  # fmt: skip


def _status(row: ClipRow) -> str:
    """An exported clip is told; a rejected one never was."""
    shelf = shelf_of(row)
    if shelf == "done":
        return "Exported" if row.exported else "Rejected"
    return "Cancelled" if row.production == "cancelled" else SHELVES[shelf]
