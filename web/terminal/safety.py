"""`run.py backup`, `restore` and `check`: what a person is told of them. Each returns the command's exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from config.errors import StudioError
from config.folders import DataFolder
from review.released import intact
from storage.artifacts import FolderStore
from storage.backup import BackupReport, read_manifest
from storage.database import compact, reading
from storage.exports import all_exports
from storage.inspection import Findings, inspect
from storage.mending import Mended, mend
from storage.restore import RestoreReport
from storage.s3_store import S3Store
from storage.writer import Writer
from web.words import several

Say = Callable[[str], None]


def tell_backup(report: BackupReport, say: Say) -> int:
    say(
        f"The backup holds {several(report.files, 'file')} ({report.copied} new) and {several(report.exports, 'export')}."
    )
    if report.missing:
        say(
            f"{several(len(report.missing), 'file')} could not be had: damaged or gone. "
            "Look closer with: python run.py check"
        )
    return 1 if report.missing else 0


def tell_restore(report: RestoreReport, say: Say) -> int:
    say(f"{several(report.files, 'file')} brought back. Start the studio with: python run.py up")
    if report.aside:
        say(f"What was there before lies in {report.aside}: delete it when you are sure.")
    return _tell_mended(report.mended, say)


def check_studio(
    folder: DataFolder, say: Say, *, repair: bool = False, backup: Path | None = None, as_json: bool = False,
    bucket: S3Store | None = None,
) -> int:  # fmt: skip
    """`bucket`: where the artifacts lie, if not in the folder. Raises StudioError when the database itself is damaged, or when a studio runs and is to be repaired."""
    if folder.restoring.exists():
        folder.make()
    findings = inspect(folder.database, bucket or folder.artifacts)
    exports = damaged_exports(folder)
    if as_json:
        told = {name: [str(one) for one in value] for name, value in vars(findings).items() if name != "files"}
        say(json.dumps({"files": findings.files, **told, "exports": exports}))
    else:
        _tell_findings(findings, exports, say)
    if not repair:
        return int(findings.damage or bool(exports))
    store = FolderStore(backup / "artifacts") if backup and read_manifest(backup) else None
    with folder.lock(), folder.lock("control"):
        writer = Writer(folder.database).start()
        try:
            mended = mend(findings, writer, bucket or FolderStore(folder.artifacts), store)
        finally:
            writer.stop()
        compact(folder.database)
    return _tell_mended(mended, say) or int(bool(exports))


def damaged_exports(folder: DataFolder) -> list[str]:
    """Names of released folders that are no longer what their record says. Exporting the clip again makes them whole."""
    with reading(folder.database) as db:
        records = all_exports(db)
    return [record.folder for record in records if not intact(folder.exports / record.folder, record.bundle)]


def _tell_findings(findings: Findings, exports: list[str], say: Say) -> None:
    say(f"{several(findings.files, 'stored file')} read; the database is sound.")
    for found, words in (
        (findings.missing, "missing"),
        (findings.spoiled, "damaged"),
        (findings.results, "a damaged result"),
        (findings.records, "a damaged record"),
    ):
        for name in found:
            say(f"  {name[:12]}  {words}")
    for name in exports:
        say(f"  exports/{name}  is not what was released: export the clip again")
    if findings.orphans:
        say(f"{several(len(findings.orphans), 'file')} that nobody asks for any more: --repair drops them.")
    if findings.damage:
        say("Stop the studio and run: python run.py check --repair (with --from BACKUP if you have one)")
    elif not exports:
        say("Nothing is missing or damaged.")


def _tell_mended(mended: Mended, say: Say) -> int:
    if mended.brought_back:
        say(f"{several(mended.brought_back, 'file')} came back from the backup.")
    if mended.forgotten:
        say(f"{several(mended.forgotten, 'piece')} of work will be made again when the studio runs.")
    if mended.dropped:
        say(f"{several(mended.dropped, 'file')} dropped that nobody asked for.")
    if mended.lost:
        names = ", ".join(sha256[:12] for sha256 in mended.lost)
        raise StudioError(
            f"No engine can make these again: {names}.",
            "They were brought by a person. Name a backup with --repair --from BACKUP, or bring them anew.",
        )
    return 0
