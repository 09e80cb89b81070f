"""Forgetting a person: every file of their face and voice that this studio holds goes, and is looked for afterwards.

    files of all versions ─┐
    consent documents ─────┼─▶ what was made of them: latents, cut-outs, spoken lines ─▶ given up in one transaction
    names in old orders ───┘                                                       ─▶ deleted ─▶ looked for everywhere

What stays: that there was such a presenter, who agreed to what and when that ended, and the finished videos of their clips,
which are flagged and cannot be exported. Exports that left the house, and backups, are out of reach.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from config.errors import Refused
from storage.artifacts import ArtifactStore
from storage.canonical import canonical_json
from storage.catalogue import presenter as newest
from storage.catalogue import shows
from storage.clock import now
from storage.consents import FORGOTTEN, consents, read_presenter, uses_of
from storage.database import reading
from storage.datasets import delete_dataset
from storage.documents import ArtifactRef, Cut, Frozen, VoiceLatents
from storage.learning import TrainedLora, TrainingCheckpoint
from storage.orders import PresenterSpec, own_voice
from storage.references import HASH, speaking_of
from storage.searching import Gone, delete_copies, search
from storage.trash import sweep
from storage.writer import Writer

OUT_OF_REACH = "Backups, and exports that left the house, are out of reach of this: delete those by hand."


class Kept(Frozen):
    """One file that is still there, since something else needs it."""

    sha256: str
    what: str
    by: tuple[str, ...] = Field(description="tables of the database that name it")


class Forgotten(Frozen):
    """What was forgotten, and what a search found afterwards."""

    presenter: str
    removed: tuple[Gone, ...]
    kept: tuple[Kept, ...] = ()
    versions: int
    clips: int = Field(description="that keep their finished videos, flagged")
    exported: int = Field(description="of these: that left the house before")
    searched: int = Field(description="files of the data folder that were looked at afterwards")
    left: tuple[str, ...] = Field(
        default=(), description="where a deleted file was found all the same; should be empty"
    )
    note: str = OUT_OF_REACH


class Doomed(Frozen):
    """What forgetting will delete. `results`: keys of stage results."""

    files: dict[str, Gone]
    results: tuple[str, ...]


def forget(
    writer: Writer, database: Path, artifacts: ArtifactStore, root: Path, slug: str, user: str
) -> Forgotten:  # fmt: skip
    """Forget a presenter. `root`: the data folder, in which copies are looked for. Again after a crash is the same.

    Raises UnknownName, Refused while a show is presented by them or a clip with them is being made.
    """
    with reading(database) as db:
        may_be_forgotten(db, slug)
        doomed = to_forget(db, artifacts, slug)
    told = writer.do(partial(give_up, slug=slug, doomed=doomed, user=user))
    writer.do(partial(sweep, artifacts=artifacts))
    with reading(database) as db:
        kept = _still_named(db, doomed)
    gone = [file for sha256, file in doomed.files.items() if sha256 not in {one.sha256 for one in kept}]
    gone += delete_dataset(root, slug)
    delete_copies(root, gone)
    searched, left = search(root, gone)
    left += [f"in the store: {file.sha256}" for file in gone if artifacts.holds(file.sha256)]
    left += [f"in a result: {key}" for key in _naming(artifacts, {file.sha256 for file in gone})]
    return Forgotten(
        presenter=slug, removed=tuple(gone), kept=tuple(kept), searched=searched, left=tuple(left), **told,
    )  # fmt: skip


# ── what goes ─────────────────────────────────────────────────────────────────────────────────────


def to_forget(db: Database, artifacts: ArtifactStore, slug: str) -> Doomed:
    """Their own files, and what was made of them: but for finished cuts. Reads every result of the store: slow."""
    files: dict[str, Gone] = {}
    voices = set()
    for spec in copies(db, slug):
        for what, ref in files_of(spec):
            files.setdefault(ref.sha256, Gone(sha256=ref.sha256, size=ref.size, what=what))
        if spec.samples:
            voices.add(own_voice(spec.samples))
    for (document,) in db.execute("SELECT document FROM consents WHERE presenter = ?", [slug]).fetchall():
        for ref in _refs(json.loads(document)):
            files.setdefault(ref.sha256, Gone(sha256=ref.sha256, size=ref.size, what="consent"))
    for ref in _learnt_from(db, slug):
        files.setdefault(ref.sha256, Gone(sha256=ref.sha256, size=ref.size, what="picture to train with"))
    results = _spoken(db, voices) | _made_of(db, files)
    _follow(artifacts, files, results, slug, learnt=bool(voices))
    return Doomed(files=files, results=tuple(sorted(results)))


def copies(db: Database, slug: str) -> Iterator[PresenterSpec]:
    """Every version of a presenter, and every copy of one in an order."""
    rows = db.execute(
        """SELECT document FROM presenters WHERE slug = :slug UNION SELECT json_extract(document, '$.presenter') FROM briefs
           WHERE json_extract(document, '$.presenter.slug') = :slug""", {"slug": slug},
    ).fetchall()  # fmt: skip
    yield from (read_presenter(json.loads(row[0])) for row in rows)


def files_of(spec: PresenterSpec) -> Iterator[tuple[str, ArtifactRef]]:
    """(what, file) of everything that a presenter is made of."""
    groups: Mapping[str, Any] = {
        "portrait": [spec.look.get("portrait"), *(ref.model_dump() for ref in spec.portraits)],
        "sample": [ref.model_dump() for ref in spec.samples], "trained part": [part.file.model_dump() for part in spec.trained],
        "sample clip": [ref.model_dump() for ref in spec.clips],
        "consent": [spec.consent.document.model_dump() if spec.consent and spec.consent.document else None],
    }  # fmt: skip
    for what, values in groups.items():
        yield from ((what, ref) for value in values for ref in _refs(value))


def _spoken(db: Database, voices: Collection[str]) -> set[str]:
    """Keys of lines that were spoken in these voices, and of the speech that they were joined to."""
    if not voices:
        return set()
    marks = ", ".join("?" * len(voices))
    lines = f"SELECT key FROM work WHERE stage = 'line' AND json_extract(document, '$.voice') IN ({marks})"
    rows = db.execute(
        f"""WITH spoken AS ({lines}), used AS (SELECT key, stage, clip_id FROM nodes UNION SELECT key, stage, clip_id FROM takes)
            SELECT key FROM spoken UNION SELECT u.key FROM used u WHERE u.stage = 'speech'
            AND u.clip_id IN (SELECT clip_id FROM used WHERE key IN (SELECT key FROM spoken))""", list(voices),
    ).fetchall()  # fmt: skip
    return {row[0] for row in rows}


def _learnt_from(db: Database, slug: str) -> Iterator[ArtifactRef]:
    """The pictures of trainings that were ordered, by themselves or with a clip, whatever became of them."""
    rows = db.execute(
        """SELECT json_extract(payload, '$.options.pictures') FROM work
           WHERE stage = 'training' AND json_extract(payload, '$.options.presenter') = :slug
           UNION SELECT json_extract(document, '$.training.pictures') FROM briefs
           WHERE json_extract(document, '$.presenter.slug') = :slug""", {"slug": slug},
    ).fetchall()  # fmt: skip
    yield from _refs([json.loads(row[0]) for row in rows if row[0]])


def _made_of(db: Database, hashes: Iterable[str]) -> set[str]:
    """Keys of finished work that names one of these files, but for cuts."""
    found = set()
    for sha256 in hashes:
        rows = db.execute(
            "SELECT key FROM work WHERE stage <> 'finish' AND instr(document, ?) > 0", [sha256]
        ).fetchall()
        found |= {row[0] for row in rows}
    return found


def _follow(
    artifacts: ArtifactStore, files: dict[str, Gone], results: set[str], slug: str, *, learnt: bool
) -> None:  # fmt: skip
    """Add what names these files or is among these results, and the files of that, until nothing is added."""
    known = [(key, record.read()) for key, record in artifacts.all_results()]
    while True:
        before = len(files) + len(results)
        for key, document in known:
            if isinstance(document, Cut):
                continue
            named = set(HASH.findall(canonical_json(document.to_json())))
            anonymous = learnt and isinstance(document, VoiceLatents) and not document.samples
            trained = isinstance(document, TrainingCheckpoint | TrainedLora) and document.presenter == slug
            if key in results or anonymous or trained or named & files.keys():
                results.add(key)
                for ref in _refs(document.to_json()):
                    what = document.tag.partition("/")[0]
                    files.setdefault(ref.sha256, Gone(sha256=ref.sha256, size=ref.size, what=what))
        if before == len(files) + len(results):
            return


def _refs(value: Any) -> Iterator[ArtifactRef]:
    if isinstance(value, dict):
        if {"sha256", "media_type", "size"} <= value.keys():
            yield ArtifactRef(**{name: value[name] for name in ("sha256", "media_type", "size")})
        value = list(value.values())
    for item in value if isinstance(value, list | tuple) else ():
        yield from _refs(item)


# ── giving up: commands ───────────────────────────────────────────────────────────────────────────


def may_be_forgotten(db: Database, slug: str) -> None:
    """Raises UnknownName, or Refused. Somebody who was removed before, but whom clips still show, can be forgotten too."""
    if not any(True for _ in copies(db, slug)) and not consents(db, slug):
        newest(db, slug)
    if taken := [show.name for show in shows(db) if slug in (show.presenter, *show.rotation)]:
        raise Refused(f"{slug} presents {', '.join(taken)}.", "Give that show another presenter first.")
    learning = db.execute(
        """SELECT 1 FROM work WHERE stage = 'training' AND state IN ('queued', 'running')
           AND json_extract(payload, '$.options.presenter') = ?""", [slug],
    ).fetchone()  # fmt: skip
    if learning:
        raise Refused(f"{slug} is being learnt from their pictures.", "Stop that first, on their page or with Ctrl-C.")
    working = db.execute(
        """SELECT DISTINCT c.title FROM nodes n JOIN work w ON w.key = n.key JOIN clips c ON c.id = n.clip_id
           JOIN briefs b ON b.clip_id = c.id AND b.revision = c.revision
           WHERE w.state IN ('queued', 'running') AND json_extract(b.document, '$.presenter.slug') = ?""", [slug],
    ).fetchall()  # fmt: skip
    if working:
        raise Refused(f"A clip with {slug} is being made: “{working[0][0]}”.", "Cancel it first.")


def give_up(db: Database, slug: str, doomed: Doomed, user: str) -> dict[str, int]:
    """Forget them in the database, and write down which files are to be deleted. Returns counts for the report."""
    may_be_forgotten(db, slug)
    clips = db.execute(
        """SELECT count(DISTINCT b.clip_id), count(DISTINCT e.clip_id) FROM briefs b LEFT JOIN exports e ON e.clip_id = b.clip_id
           WHERE json_extract(b.document, '$.presenter.slug') = ?""", [slug],
    ).fetchone()  # fmt: skip
    versions = db.execute("DELETE FROM presenters WHERE slug = ?", [slug]).rowcount
    _blot_out(db, slug, user)
    for key in doomed.results:
        db.execute(
            """UPDATE work SET state = 'cancelled', document = NULL, content_hash = NULL, payload = NULL, error = NULL
               WHERE key = ?""", [key],
        )  # fmt: skip
    for sha256 in doomed.files:
        db.execute("UPDATE work SET payload = NULL WHERE instr(payload, ?) > 0", [sha256])
        db.execute("DELETE FROM uploads WHERE sha256 = ?", [sha256])
        db.execute("DELETE FROM requests WHERE instr(result, ?) > 0", [sha256])
    for kind, name in [("result", key) for key in doomed.results] + [("blob", sha256) for sha256 in doomed.files]:
        db.execute("INSERT INTO leftovers VALUES (?, ?) ON CONFLICT DO NOTHING", [kind, name])
    return {"versions": versions, "clips": int(clips[0]), "exported": int(clips[1])}


def _blot_out(db: Database, slug: str, user: str) -> None:
    """Old orders and consents keep their words, and lose their files."""
    moment = now()
    rows = db.execute(
        "SELECT clip_id, revision, document FROM briefs WHERE json_extract(document, '$.presenter.slug') = ?", [slug]
    ).fetchall()
    for clip_id, revision, document in rows:
        brief = json.loads(document)
        brief["presenter"] = blotted(read_presenter(brief["presenter"]), moment).to_json()
        del brief["presenter"]["tag"]
        brief.pop("training", None)
        values = [canonical_json(brief), clip_id, revision]
        db.execute("UPDATE briefs SET document = ? WHERE clip_id = ? AND revision = ?", values)
    db.execute(
        """UPDATE consents SET document = json_remove(document, '$.document'), why = ?,
               revoked_at = coalesce(revoked_at, ?), revoked_by = CASE WHEN revoked_at IS NULL THEN ? ELSE revoked_by END
           WHERE presenter = ?""", [FORGOTTEN, moment, user, slug],
    )  # fmt: skip


def blotted(spec: PresenterSpec, moment: str) -> PresenterSpec:
    """The presenter of an old order without their files. One who shows nobody real stays as they are."""
    if not uses_of(spec):
        return spec
    consent = spec.consent.model_copy(update={"document": None}) if spec.consent else None
    nothing: dict[str, Any] = {"portraits": (), "samples": (), "trained": (), "clips": ()}
    return spec.model_copy(update={**nothing, "look": {"forgotten": moment}, "consent": consent})


# ── the proof ─────────────────────────────────────────────────────────────────────────────────────


def _still_named(db: Database, doomed: Doomed) -> list[Kept]:
    named = speaking_of(db, doomed.files.keys())
    return [
        Kept(sha256=sha256, what=doomed.files[sha256].what, by=tuple(sorted(tables)))
        for sha256, tables in named.items()
    ]


def _naming(artifacts: ArtifactStore, hashes: set[str]) -> list[str]:
    """Keys of results that still speak of one of these files."""
    return [
        key for key, record in artifacts.all_results() if hashes & set(HASH.findall(canonical_json(record.document)))
    ]
