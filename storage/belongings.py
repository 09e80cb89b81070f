"""Which stored files belong to a clip: what a person who may see the clip may fetch."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from storage.documents import ArtifactRef


def file_of_clip(db: Database, clip_id: str, sha256: str) -> ArtifactRef | None:
    """The file, if one of the clip's finished stages, of whatever take, or its newest brief names it."""
    rows = db.execute(
        """SELECT w.document FROM work w WHERE w.state = 'done' AND instr(w.document, ?) > 0 AND w.key IN (
               SELECT key FROM nodes WHERE clip_id = ? UNION SELECT key FROM takes WHERE clip_id = ?)
           UNION ALL SELECT document FROM (SELECT document FROM briefs WHERE clip_id = ? ORDER BY revision DESC LIMIT 1)
           WHERE instr(document, ?) > 0""",
        [sha256, clip_id, clip_id, clip_id, sha256],
    ).fetchall()
    for (document,) in rows:
        if found := _find(json.loads(document), sha256):
            return found
    return None


def _find(value: Any, sha256: str) -> ArtifactRef | None:
    if isinstance(value, dict):
        if value.get("sha256") == sha256 and "media_type" in value:
            return ArtifactRef.model_validate(value)
        value = list(value.values())
    if isinstance(value, list):
        return next((found for item in value if (found := _find(item, sha256))), None)
    return None
