"""Mends what an inspection found: brings files back from a backup, or forgets what is damaged so that it is made again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from storage.artifacts import FolderStore
from storage.database import reading
from storage.events import ErrorFacts
from storage.inspection import Findings
from storage.references import needed
from storage.s3_store import S3Store
from storage.work import forget_result, forget_work
from storage.writer import Writer

WRONG = ErrorFacts(kind="corrupt", message="Its record was damaged.")


@dataclass(frozen=True)
class Mended:
    """What became of the damage."""

    brought_back: int
    """Files that a backup still had."""
    forgotten: int
    """Pieces of work that will be made again."""
    dropped: int
    """Files that nobody asked for."""
    lost: tuple[str, ...]
    """sha256 of files that no engine makes and no backup had."""


def mend(
    findings: Findings, writer: Writer, artifacts: FolderStore | S3Store, backup: FolderStore | None = None
) -> Mended:
    """Only while no studio runs: a worker might be about to ask for what is dropped here. Raises StudioError."""
    damaged = {*findings.missing, *findings.spoiled}
    if backup is not None:
        damaged -= {sha256 for sha256 in damaged if artifacts.adopt(backup.blob(sha256), sha256)}
    forgotten = {key for sha256 in damaged for key in writer.do(partial(forget_result, sha256=sha256))}
    for key in findings.records:
        writer.do(partial(forget_work, key=key, why=WRONG))
        forgotten.add(key)
    for key in forgotten.union(findings.results):
        artifacts.discard_result(key)
    with reading(writer.path) as db:
        lost = needed(db) & damaged
    for sha256 in damaged - lost:  # what only a person had stays as it is: part of it may be worth saving
        artifacts.discard(sha256)
    for place in findings.orphans:
        if place.suffix:
            artifacts.discard_result(place.stem)
        else:
            artifacts.discard(place.name)
    brought = len({*findings.missing, *findings.spoiled}) - len(damaged)
    return Mended(brought, len(forgotten), len(findings.orphans), tuple(sorted(lost)))
