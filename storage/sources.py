"""How each source of a show did when it was last read."""

from __future__ import annotations

from sqlite_utils import Database

from storage.documents import Frozen
from storage.topics import SourceReport


class SourceHealth(Frozen):
    report: SourceReport
    at: str


def health_of(db: Database, show: str) -> dict[str, SourceHealth]:
    """Address → health; a source that was never read is not in it."""
    rows = db.execute("SELECT url, report, updated_at FROM sources WHERE show = ?", [show]).fetchall()
    return {url: SourceHealth(report=SourceReport.model_validate_json(report), at=at) for url, report, at in rows}
