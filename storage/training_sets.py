"""Files that are brought together to train a presenter with: which, what became of looking at each, and which orders to look.

    uploads ─▶ rows of the set ─▶ one order a file ─▶ an `Appraisal` each; the portrait has one too, to tell who is meant

What the set as a whole is worth is judged from these whenever somebody asks (`producer/dataset/judging.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage import catalogue
from storage.appraisals import Appraisal
from storage.artifacts import blobs_of
from storage.canonical import tagged_hash
from storage.clock import now
from storage.consents import Use, consents, covering, renewal
from storage.documents import ArtifactRef, Frozen
from storage.events import ErrorFacts
from storage.uploads import UploadKind, find_upload
from storage.work import SCRAPE_QUEUE, TRAIN, WorkOrder, read_error, record_queued

APPRAISE = "appraise"
"""The kind of the work that looks at one file."""
MAKING = "1"
"""Raised when appraisals come out otherwise: files are then looked at anew when they are brought again."""
SIDE = 768
"""Pixels of a prepared square."""
MOST: dict[UploadKind, int] = {"image": 60, "audio": 20}
USES: dict[UploadKind, Use] = {"image": "face", "audio": "voice"}
NAMES: dict[UploadKind, str] = {"image": "pictures", "audio": "recordings"}


class SetFile(Frozen):
    """One file of a set. `state`: of the work that looks at it, as `storage.work` calls it."""

    file: ArtifactRef
    name: str = Field(description="as its sender called it")
    kind: UploadKind
    insisted: bool = Field(description="a person keeps it against its appraisal")
    state: str
    error: ErrorFacts | None = None
    appraisal: Appraisal | None = None


class _Brought(Frozen):
    """What a row of the set holds: the whole reference, which keeps the file from being swept and goes into backups."""

    file: ArtifactRef
    kind: UploadKind
    name: str = ""


class AppraisalOrder(Frozen):
    """The payload of the work that looks at one file."""

    presenter: str
    source: ArtifactRef
    name: str = ""
    use: Use
    side: int = SIDE


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def add_files(db: Database, slug: str, uploads: Sequence[str], user: str) -> list[WorkOrder]:
    """Put uploads into a presenter's set. Returns what is to be enqueued: files in it that nobody looked at yet.

    Raises UnknownName, Refused without a consent that covers what they hold, UsageError for a film or too many files.
    """
    catalogue.presenter(db, slug)
    for sha256 in dict.fromkeys(uploads):
        upload = find_upload(db, sha256)
        kind = upload.facts.kind
        if kind not in MOST:
            raise UsageError(f"{upload.name or sha256[:12]} is a video.", "Bring pictures and recordings.")
        must_agree(db, slug, kind)
        brought = _Brought(file=upload.ref, kind=kind, name=upload.name).model_dump_json()
        db.execute(
            """INSERT INTO training_files (presenter, sha256, document, key, user, at) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT DO NOTHING""", [slug, sha256, brought, appraisal_key(slug, sha256), user, now()],
        )  # fmt: skip
    counts = [one.kind for one in set_files(db, slug)]
    for kind, most in MOST.items():
        if counts.count(kind) > most:
            raise UsageError(f"A set has at most {most} {NAMES[kind]}.", "Remove some, or bring fewer.")
    return look_at_set(db, slug)


def must_agree(db: Database, slug: str, kind: UploadKind) -> None:
    """Raises Refused."""
    if covering(consents(db, slug), [USES[kind]]) is None:
        raise Refused(f"{slug} has not agreed to their {USES[kind]} being used.", renewal(slug))


def look_at_set(db: Database, slug: str) -> list[WorkOrder]:
    """Have looked at whatever of a set was not, or in vain, as far as they agree. Returns what is to be enqueued."""
    agreed = [use for use in USES.values() if covering(consents(db, slug), [use]) is not None]
    orders = []
    for order in _wanted(db, slug):
        row = db.execute("SELECT state, attempt FROM work WHERE key = ?", [order.key]).fetchone()
        if order.payload["use"] in agreed and (row is None or row[0] not in ("queued", "running", "done")):
            orders.append(order.model_copy(update={"attempt": row[1] + 1 if row else 1}))
    return record_queued(db, orders)


def insist(db: Database, slug: str, sha256: str, *, keep: bool) -> None:
    """Keep a file against its appraisal, or not any more. Raises UnknownName."""
    found = db.execute(
        "UPDATE training_files SET insisted = ? WHERE presenter = ? AND sha256 = ?", [int(keep), slug, sha256]
    ).rowcount
    if found != 1:
        raise UnknownName("file of this set", sha256[:64], [])


def remove_files(db: Database, slug: str, hashes: Sequence[str]) -> None:
    """Take files out, and give up what was made of them; the sweep deletes those that nothing else names.

    Raises UnknownName, Refused while one is looked at.
    """
    for sha256 in hashes:
        row = db.execute("SELECT key FROM training_files WHERE presenter = ? AND sha256 = ?", [slug, sha256]).fetchone()
        if row is None:
            raise UnknownName("file of this set", sha256[:64], [])
        _give_up(db, row[0])
        db.execute("DELETE FROM training_files WHERE presenter = ? AND sha256 = ?", [slug, sha256])
        if not _needed_as_upload(db, sha256):
            db.execute("DELETE FROM uploads WHERE sha256 = ?", [sha256])
            db.execute("INSERT INTO leftovers VALUES ('blob', ?) ON CONFLICT DO NOTHING", [sha256])


def _give_up(db: Database, key: str) -> None:
    work = db.execute("SELECT state, document FROM work WHERE key = ?", [key]).fetchone()
    if work is None:
        return
    if work[0] == "running":
        raise Refused("This file is being looked at.", "Wait a moment and remove it then.")
    if work[0] == "queued":  # whoever carries it finds it unwanted
        return
    blobs = blobs_of(json.loads(work[1])) if work[1] else {}
    for kind, name in [("result", key), *(("blob", sha256) for sha256 in blobs)]:
        db.execute("INSERT INTO leftovers VALUES (?, ?) ON CONFLICT DO NOTHING", [kind, name])
    db.execute(
        "UPDATE work SET state = 'cancelled', document = NULL, content_hash = NULL, payload = NULL WHERE key = ?", [key]
    )


def _needed_as_upload(db: Database, sha256: str) -> bool:
    """Whether something else than a set names this upload, or another set does."""
    return any(
        db.execute(f"SELECT 1 FROM {table} WHERE instr({column}, ?) > 0 LIMIT 1", [sha256]).fetchone()
        for table, column in (("training_files", "sha256"), ("presenters", "document"), ("consents", "document"),
                              ("briefs", "document"), ("shows", "document"))
    )  # fmt: skip


# ── questions ─────────────────────────────────────────────────────────────────────────────────────


def appraisal_key(slug: str, sha256: str) -> str:
    """Of the work that looks at a file for one presenter: nobody else's, so that it goes when they are forgotten."""
    return tagged_hash("appraisal/1", [MAKING, slug, sha256, SIDE])


def set_files(db: Database, slug: str) -> list[SetFile]:
    """In the order in which they were brought."""
    rows = db.query(
        """SELECT f.document AS brought, f.insisted, w.state, w.error, w.document
           FROM training_files f LEFT JOIN work w ON w.key = f.key WHERE f.presenter = ? ORDER BY f.rowid""", [slug],
    )  # fmt: skip
    found = [(_Brought.model_validate_json(row["brought"]), row) for row in rows]
    return [
        SetFile(
            file=brought.file, name=brought.name, kind=brought.kind, insisted=bool(row["insisted"]),
            state=row["state"] or "cancelled", error=read_error(row["error"]), appraisal=_appraisal(row["document"]),
        )
        for brought, row in found
    ]  # fmt: skip


def portrait_of(db: Database, slug: str) -> SetFile | None:
    """How looking at the presenter's portrait stands; None = they have none, or nobody looked yet."""
    portrait = _portrait(db, slug)
    if portrait is None:
        return None
    key = appraisal_key(slug, portrait.sha256)
    row = db.execute("SELECT state, error, document FROM work WHERE key = ?", [key]).fetchone()
    if row is None:
        return None
    return SetFile(
        file=portrait, name="portrait", kind="image", insisted=False, state=row[0], error=read_error(row[1]),
        appraisal=_appraisal(row[2]),
    )  # fmt: skip


def small_picture(db: Database, slug: str, sha256: str) -> ArtifactRef | None:
    """What a list shows of a picture of this set."""
    row = db.execute(
        """SELECT w.document FROM training_files f JOIN work w ON w.key = f.key
           WHERE f.presenter = ? AND f.sha256 = ? AND w.document IS NOT NULL""", [slug, sha256],
    ).fetchone()  # fmt: skip
    found = _appraisal(row[0]) if row else None
    return found.small if found else None


def appraised(db: Database, slug: str) -> set[str]:
    """Keys of all work that ever looked at a file for this presenter."""
    rows = db.execute(
        """SELECT key FROM work WHERE kind = ?
           AND coalesce(json_extract(payload, '$.presenter'), json_extract(document, '$.presenter')) = ?""",
        [APPRAISE, slug],
    ).fetchall()
    return {row[0] for row in rows}


def withdrawn(db: Database) -> list[str]:
    """Keys of work under way that learns or looks at a person who does not agree to it any more, or at a file that was removed."""
    rows = db.execute(
        """SELECT key, kind, coalesce(json_extract(payload, '$.presenter'), json_extract(payload, '$.options.presenter')),
               json_extract(payload, '$.use'), json_extract(payload, '$.source.sha256') FROM work
           WHERE kind IN (?, ?) AND state IN ('queued', 'running')""", [APPRAISE, TRAIN],
    ).fetchall()  # fmt: skip
    return [key for key, kind, slug, use, sha256 in rows if not _may_go_on(db, key, kind, slug, use or "face", sha256)]


def _may_go_on(db: Database, key: str, kind: str, slug: str, use: Use, sha256: str) -> bool:
    if covering(consents(db, slug), [use]) is None:
        return False
    if kind == TRAIN or db.execute("SELECT 1 FROM training_files WHERE key = ?", [key]).fetchone():
        return True
    portrait = _portrait(db, slug)
    return portrait is not None and portrait.sha256 == sha256


def _wanted(db: Database, slug: str) -> Iterator[WorkOrder]:
    """An order for each file of the set; first, where pictures are in it, for the portrait that says who is meant."""
    order = partial(WorkOrder, kind=APPRAISE, queue=SCRAPE_QUEUE, stage="")
    files, portrait = set_files(db, slug), _portrait(db, slug)
    if portrait is not None and any(one.kind == "image" for one in files):
        asked = AppraisalOrder(presenter=slug, source=portrait, name="the portrait", use="face")
        yield order(key=appraisal_key(slug, portrait.sha256), payload=asked.model_dump(mode="json"))
    for one in files:
        asked = AppraisalOrder(presenter=slug, source=one.file, name=one.name, use=USES[one.kind])
        yield order(key=appraisal_key(slug, one.file.sha256), payload=asked.model_dump(mode="json"))


def _portrait(db: Database, slug: str) -> ArtifactRef | None:
    try:
        found = catalogue.presenter(db, slug).look.get("portrait")
    except UnknownName:
        return None
    return ArtifactRef.model_validate(found) if found else None


def _appraisal(document: str | None) -> Appraisal | None:
    if not document:
        return None
    fields: dict[str, Any] = json.loads(document)
    return Appraisal.model_validate({name: value for name, value in fields.items() if name != "tag"})
