"""Export: the only way out of the house. An approved clip becomes a folder of files, or nothing happens at all.

    <exports>/<clip id>-<title>/     (a later revision adds -r2, -r3 …)
        <title>-16x9.mp4  .srt  .vtt     one set per format
        poster.jpg  transcript.txt  clip.json

Files are copied into a hidden folder and hashed there; the folder takes its name in the same transaction
that checks the approval once more and records the export.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from config.errors import Corrupt, Refused, StudioError
from review.bundle import BundleFile, describe, slug, transcript
from review.decide import current_cuts
from review.licences import EngineFacts
from storage.artifacts import ArtifactStore
from storage.decisions import Decision, standing_decision
from storage.documents import ArtifactRef, Cut, Script
from storage.exports import ExportRecord, export_of_decision, record_export
from storage.ids import new_id
from storage.people import find_person
from storage.queries import ClipDetail, clip_detail
from storage.writer import Writer


class Exporter:
    """Makes bundles. `folder` is where they go; `engines` says by what right each engine is used."""

    def __init__(self, writer: Writer, artifacts: ArtifactStore, folder: Path, engines: dict[str, EngineFacts]) -> None:
        self._writer, self._artifacts, self._folder, self._engines = writer, artifacts, folder, engines

    def export(self, db: Database, clip_id: str, user: str) -> ExportRecord:
        """Release an approved clip. Doing it again returns the same export.

        Raises Refused when the newest decision is not an approval of exactly these files, Corrupt when a
        stored file is damaged, StudioError when the folder cannot be written, UnknownName.
        """
        detail = clip_detail(db, clip_id)
        approval = approval_of(detail, standing_decision(db, clip_id))
        done = export_of_decision(db, approval.id)
        if done is not None and intact(self._folder / done.folder, done.bundle):
            return done
        hidden = self._folder / f".{new_id()}"
        try:
            files = self._copy(detail, hidden)
            bundle = done.bundle if done else describe(detail, approval, files, self._engines, product_name()).to_json()
            _write(hidden / "clip.json", json.dumps(bundle, ensure_ascii=False, indent=2).encode())
            name = done.folder if done else folder_name(detail)
            return self._writer.do(
                partial(publish, approval=approval, bundle=bundle, hidden=hidden, final=self._folder / name, user=user)
            )
        except OSError as error:
            raise StudioError(
                f"The export cannot be written to {self._folder}: {error.strerror}.",
                "Check the folder, or free some space.",
            ) from error
        finally:
            shutil.rmtree(hidden, ignore_errors=True)

    def _copy(self, detail: ClipDetail, folder: Path) -> list[BundleFile]:
        folder.mkdir(parents=True)
        stem, files = slug(detail.row.title), list[BundleFile]()
        for cut in detail.cuts.values():
            frame = cut.format.replace(":", "x")
            for ref, ending in ((cut.video, "mp4"), (cut.srt, "srt"), (cut.vtt, "vtt")):
                name = f"{stem}-{frame}.{ending}"
                self._take(ref, folder / name)
                files.append(_file(folder / name, ref.media_type, cut.format, watched=ending == "mp4"))
        files.append(self._poster(next(iter(detail.cuts.values())), folder / "poster.jpg"))
        if isinstance(detail.script, Script):
            _write(folder / "transcript.txt", transcript(detail.script).encode())
            files.append(_file(folder / "transcript.txt", "text/plain"))
        return files

    def _take(self, ref: ArtifactRef, target: Path) -> None:
        """Copy a stored file, and make sure that the copy is what its hash says."""
        shutil.copyfile(self._artifacts.fetch(ref), target)
        if _sha256(target) != ref.sha256:
            raise Corrupt(ref.sha256)
        _settle(target)

    def _poster(self, cut: Cut, target: Path) -> BundleFile:
        if cut.poster.media_type == "image/jpeg":
            self._take(cut.poster, target)
        else:
            from PIL import Image

            with Image.open(self._artifacts.fetch(cut.poster)) as picture:
                picture.convert("RGB").save(target, quality=90)
            _settle(target)
        return _file(target, "image/jpeg")


def approval_of(detail: ClipDetail, standing: Decision | None) -> Decision:
    """The approval that lets these very cuts out. Raises Refused."""
    if standing is None or standing.kind != "approve" or standing.revision != detail.row.revision:
        raise Refused("This clip is not approved.", "Watch it in the inbox and approve it first.")
    if not detail.cuts:
        raise Refused("This clip is being made again.", "Wait until it is ready, then watch and approve it.")
    if standing.cuts != current_cuts(detail):
        raise Refused(
            "A file of this clip changed since it was approved.", "Watch it again and approve what it is now."
        )
    return standing


def publish(
    db: Database, approval: Decision, bundle: dict[str, Any], hidden: Path, final: Path, user: str
) -> ExportRecord:
    """Give the folder its name and record the export, if the approval still stands. A command."""
    person = find_person(db, user)
    if person is None or not person.may("reviewer"):
        raise Refused("Only reviewers export clips.", "Ask an admin for the reviewer role.")
    if standing_decision(db, approval.clip_id) != approval:
        raise Refused("The approval was taken back while the export was made.", "Nothing was released.")
    done = export_of_decision(db, approval.id)
    if done is None or not intact(final, done.bundle):
        shutil.rmtree(final, ignore_errors=True)
        hidden.rename(final)
    return done or record_export(db, approval.clip_id, approval.id, final.name, bundle, user)


def intact(folder: Path, bundle: dict[str, Any]) -> bool:
    """Whether a released folder still holds exactly what its record says."""
    return (folder / "clip.json").is_file() and all(
        (folder / file["name"]).is_file() and _sha256(folder / file["name"]) == file["sha256"]
        for file in bundle["files"]
    )


def folder_name(detail: ClipDetail) -> str:
    later = f"-r{detail.row.revision}" if detail.row.revision > 1 else ""
    return f"{detail.row.id}-{slug(detail.row.title)}{later}"


def product_name() -> str:
    return f"Dailies {version('dailies')}"


def _file(path: Path, media_type: str, frame: str = "", *, watched: bool = False) -> BundleFile:
    return BundleFile(
        name=path.name,
        media_type=media_type,
        size=path.stat().st_size,
        sha256=_sha256(path),
        format=frame,
        watched=watched,
    )


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    _settle(path)


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
