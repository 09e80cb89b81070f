"""Export: the only way out of the house. An approved clip becomes a folder of files, or nothing happens at all.

    <exports>/<clip id>-<title>/     (a later revision adds -r2, -r3 …)
        <title>-16x9.mp4  .srt  .vtt  .c2pa     one set per format
        poster.jpg  transcript.txt  clip.json

Files are copied into a hidden folder and hashed there. A video is first held against the hash that the approval names,
then Content Credentials are signed into it: the bundle keeps both hashes. The folder takes its name in the same
transaction that checks the approval once more and records the export.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from config.errors import Corrupt, Refused, StudioError, Unacknowledged
from review.bundle import Acknowledgement, Bundle, BundleFile, SignedBy, describe, slug, transcript
from review.credentials.certificate import Identity
from review.credentials.manifest import manifest_of
from review.credentials.signing import SIDECAR_TYPE, sign
from review.decide import current_cuts
from review.licences import EngineFacts
from review.released import intact, is_whole, sha256_of
from storage.artifacts import ArtifactStore
from storage.clock import now
from storage.consents import lapse_of
from storage.decisions import Decision, endorsement_of, standing_decision
from storage.documents import ArtifactRef, Cut, Script
from storage.exports import ExportRecord, amend_export, export_of_decision, record_export
from storage.ids import new_id
from storage.orders import Brief
from storage.people import find_person
from storage.queries import ClipDetail, clip_detail, newest_brief
from storage.shipments import order_shipments
from storage.writer import Writer


class Exporter:
    """Makes bundles. `folder` is where they go; `engines` says by what right each engine is used; `identity` signs;
    `targets` names where each is carried afterwards."""

    def __init__(
        self, writer: Writer, artifacts: ArtifactStore, folder: Path, engines: dict[str, EngineFacts], identity: Identity,
        targets: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self._writer, self._artifacts, self._folder = writer, artifacts, folder
        self._engines, self._identity, self._targets = engines, identity, tuple(targets)

    def export(self, db: Database, clip_id: str, user: str, acknowledged: Sequence[str] = ()) -> ExportRecord:
        """Release an approved clip. Doing it again returns the same export, and restores what is missing of its files.

        `acknowledged`: what is not free to use in it, as `review.rights` says it and `user` has read it.

        Raises Unacknowledged when something else is not free to use either, Refused when the newest decision is not an
        approval of exactly these files or when somebody whom it shows does not agree now, Corrupt when a stored file is damaged, StudioError when the folder cannot be
        written or the videos cannot be signed, UnknownName.
        """
        must_review(db, user)
        detail = clip_detail(db, clip_id)
        must_agree(db, detail.brief)
        approval = approval_of(detail, standing_decision(db, clip_id))
        endorsed = endorsement_of(db, approval)
        done = export_of_decision(db, approval.id)
        if done is not None and intact(self._folder / done.folder, done.bundle):
            return done
        bundle = self._describe(detail, approval, endorsed, user, acknowledged, done)
        hidden = self._folder / f".{new_id()}"
        try:
            files = self._fill(hidden, detail, bundle, self._folder / done.folder if done else None, done)
            final = settled(bundle, files, done)
            _write(hidden / "clip.json", json.dumps(final, ensure_ascii=False, indent=2).encode())
            name = done.folder if done else folder_name(detail)
            release = partial(
                publish, approval=approval, bundle=final, hidden=hidden, final=self._folder / name, user=user,
                targets=self._targets,
            )  # fmt: skip
            return self._writer.do(release)
        except OSError as error:
            raise StudioError(
                f"The export cannot be written to {self._folder}: {error.strerror}.",
                "Check the folder, or free some space.",
            ) from error
        finally:
            shutil.rmtree(hidden, ignore_errors=True)

    def _describe(
        self, detail: ClipDetail, approval: Decision, endorsed: Decision | None, user: str, acknowledged: Sequence[str],
        done: ExportRecord | None,
    ) -> Bundle:  # fmt: skip
        """What will be signed. Raises Unacknowledged: but what left the house once is restored without asking again."""
        identity = self._identity
        bundle = describe(detail, approval, self._engines, product_name(), endorsed)
        if done is None and not set(bundle.restrictions) <= set(acknowledged):
            raise Unacknowledged(bundle.restrictions)
        signed_by = SignedBy(name=identity.name, algorithm=identity.algorithm, fingerprint=identity.fingerprint)
        taken = Acknowledgement(by=user, at=now()) if bundle.restrictions else None
        if done is not None and done.bundle.get("acknowledged"):
            taken = Acknowledgement.model_validate(done.bundle["acknowledged"])
        return bundle.model_copy(update={"signed_by": signed_by, "acknowledged": taken})

    def _fill(
        self, folder: Path, detail: ClipDetail, bundle: Bundle, old: Path | None, done: ExportRecord | None
    ) -> list[BundleFile]:
        """Make the bundle's files. Videos of an export before that are still whole are taken as they are."""
        folder.mkdir(parents=True)
        stem, files = slug(detail.row.title), list[BundleFile]()
        kept = {file["name"]: file for file in done.bundle["files"]} if done else {}
        for cut in detail.cuts.values():
            name = f"{stem}-{cut.format.replace(':', 'x')}"
            before = [kept.get(f"{name}.{ending}") for ending in ("mp4", "c2pa")]
            if old is not None and all(file and is_whole(old, file) for file in before):
                for file in before:
                    shutil.copyfile(old / file["name"], folder / file["name"])  # type: ignore[index]
                    _settle(folder / file["name"])  # type: ignore[index]
                    files.append(BundleFile.model_validate(file))
            else:
                files += self._signed(cut, folder / f"{name}.mp4", bundle, named=detail.brief.show.credit_reviewer)
            for ref, ending in ((cut.srt, "srt"), (cut.vtt, "vtt")):
                self._take(ref, folder / f"{name}.{ending}")
                files.append(_file(folder / f"{name}.{ending}", ref.media_type, cut.format))
        files.append(self._poster(next(iter(detail.cuts.values())), folder / "poster.jpg"))
        if isinstance(detail.script, Script):
            _write(folder / "transcript.txt", transcript(detail.script).encode())
            files.append(_file(folder / "transcript.txt", "text/plain"))
        return files

    def _signed(self, cut: Cut, target: Path, bundle: Bundle, *, named: bool) -> list[BundleFile]:
        """The video with credentials in it, and a copy of them beside it."""
        plain, sidecar = target.with_suffix(".plain.mp4"), target.with_suffix(".c2pa")
        self._take(cut.video, plain)
        manifest = manifest_of(bundle, cut.format, reviewer=named)
        _write(sidecar, sign(plain, target, manifest, self._identity))
        _settle(target)
        plain.unlink()
        video = _file(target, cut.video.media_type, cut.format)
        watched = video.model_copy(update={"watched": True, "approved_sha256": cut.video.sha256})
        return [watched, _file(sidecar, SIDECAR_TYPE, cut.format)]

    def _take(self, ref: ArtifactRef, target: Path) -> None:
        """Copy a stored file, and make sure that the copy is what its hash says."""
        shutil.copyfile(self._artifacts.fetch(ref), target)
        if sha256_of(target) != ref.sha256:
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


def settled(bundle: Bundle, files: Sequence[BundleFile], done: ExportRecord | None) -> dict[str, Any]:
    """The bundle's `clip.json`. An export that is restored to the very files it had keeps what it said; else it says
    when it was exported first, and what its files are now."""
    said = bundle.model_copy(update={"files": tuple(files)}).to_json()
    if done is None:
        return said
    if said["files"] == done.bundle["files"]:
        return done.bundle
    return said | {"exported_at": done.bundle["exported_at"]}


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


def must_review(db: Database, user: str) -> None:
    """Raises Refused unless this person is a reviewer now."""
    person = find_person(db, user)
    if person is None or not person.may("reviewer"):
        raise Refused("Only reviewers export clips.", "Ask an admin for the reviewer role.")


def must_agree(db: Database, brief: Brief) -> None:
    """Raises Refused when the person whose face or voice is in it does not agree to that now."""
    if (lapse := lapse_of(db, brief)) is not None:
        raise Refused(lapse.message, lapse.cure)


def publish(
    db: Database,
    approval: Decision,
    bundle: dict[str, Any],
    hidden: Path,
    final: Path,
    user: str,
    targets: Sequence[str] = (),
) -> ExportRecord:
    """Give the folder its name and record the export, if the approval still stands. A command."""
    must_review(db, user)
    must_agree(db, newest_brief(db, approval.clip_id))
    if standing_decision(db, approval.clip_id) != approval:
        raise Refused("The approval was taken back while the export was made.", "Nothing was released.")
    done = export_of_decision(db, approval.id)
    if done is not None and intact(final, done.bundle):
        return done
    shutil.rmtree(final, ignore_errors=True)
    hidden.rename(final)
    if done is None:
        record = record_export(db, approval.clip_id, approval.id, final.name, bundle, user)
        order_shipments(db, record.id, targets)
        return record
    return done if bundle == done.bundle else amend_export(db, done, bundle)


def folder_name(detail: ClipDetail) -> str:
    later = f"-r{detail.row.revision}" if detail.row.revision > 1 else ""
    return f"{detail.row.id}-{slug(detail.row.title)}{later}"


def product_name() -> str:
    return f"Dailies {version('dailies')}"


def _file(path: Path, media_type: str, frame: str = "") -> BundleFile:
    return BundleFile(
        name=path.name, media_type=media_type, size=path.stat().st_size, sha256=sha256_of(path), format=frame
    )


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    _settle(path)


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
