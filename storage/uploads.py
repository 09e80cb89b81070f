"""Files that people and programs brought: what each is, who brought it, when. The bytes lie in the artifact store."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from sqlite_utils import Database

from config.errors import UnknownName, UsageError
from storage.clock import now
from storage.documents import ArtifactRef, Frozen

UploadKind = Literal["image", "audio", "video"]


class MediaFacts(Frozen):
    """What an upload turned out to be when it was looked at, whatever its sender called it."""

    kind: UploadKind
    media_type: str
    width: int | None = Field(default=None, description="pixels, of a picture or of each frame")
    height: int | None = None
    duration_s: float | None = None
    has_audio: bool = False


class Upload(Frozen):
    """One file. `sha256` is its name everywhere."""

    sha256: str
    size: int = Field(description="bytes")
    name: str = Field(description="as its sender called it; shown, never used as a path")
    user: str
    at: str
    facts: MediaFacts

    @property
    def ref(self) -> ArtifactRef:
        return ArtifactRef(sha256=self.sha256, media_type=self.facts.media_type, size=self.size)


class _Stored(Frozen):
    """With the whole reference in it, as everywhere: that is what keeps a file from being swept, and what a backup copies."""

    file: ArtifactRef
    facts: MediaFacts


def record_upload(db: Database, ref: ArtifactRef, facts: MediaFacts, name: str, user: str) -> Upload:
    """A command. A file that is known already stays whose it was."""
    stored = _Stored(file=ref, facts=facts).model_dump_json(exclude_defaults=True)
    db.execute(
        "INSERT INTO uploads VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", [ref.sha256, stored, name, user, now()]
    )
    return find_upload(db, ref.sha256)


def find_upload(db: Database, sha256: str, kind: UploadKind | None = None) -> Upload:
    """The upload with this hash. Raises UnknownName; UsageError when it is not of the kind that is needed."""
    row = next(db.query("SELECT * FROM uploads WHERE sha256 = ?", [sha256]), None)
    if row is None:
        raise UnknownName("upload", sha256[:64], [])
    upload = _upload(row)
    if kind and upload.facts.kind != kind:
        raise UsageError(f"The upload {sha256[:12]} is no {kind}.", f"It is of the kind {upload.facts.kind}.")
    return upload


def list_uploads(db: Database, limit: int = 50, before: str = "") -> list[Upload]:
    """Newest first; `before` is the sha256 of the last one of the page before."""
    rows = db.query(
        """SELECT * FROM uploads WHERE ? = '' OR rowid < (SELECT u.rowid FROM uploads u WHERE u.sha256 = ?)
           ORDER BY rowid DESC LIMIT ?""",
        [before, before, limit],
    )
    return [_upload(row) for row in rows]


def _upload(row: dict[str, Any]) -> Upload:
    stored = _Stored.model_validate_json(row.pop("document"))
    return Upload(**row, size=stored.file.size, facts=stored.facts)
