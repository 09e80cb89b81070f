"""`run.py presenters consent`, `versions` and `forget`: what people agreed to, and what is left of them afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from config.errors import BadInput, UsageError
from producer.speech.intake import media_type, read_sound
from storage.artifacts import ArtifactStore
from storage.catalogue import PresenterVersion
from storage.clock import now
from storage.forgetting import Forgotten
from storage.orders import Consent, ConsentScope
from storage.presenter_changes import changes
from web.terminal.presenters import picture_type

LARGEST = 50_000_000
"""Bytes of a document."""
HEARD_AT, LONGEST_S = 16000, 600.0


def consent_of(
    statement: str, who: str, scope: ConsentScope, shows: tuple[str, ...], given: str, until: str, document: Path | None,
    artifacts: ArtifactStore,
) -> Consent:  # fmt: skip
    """The consent that somebody describes; its document is in the store when this returns. Raises UsageError, BadInput."""
    if not statement.strip():
        raise UsageError(
            "A consent needs its words.",
            'Say when and to what they agreed: --statement "Ana Ruiz agreed on 3 May 2026 to present our news".',
        )
    kept = artifacts.put(document, document_type(document)) if document else None
    return Consent(
        statement=statement.strip(), recorded_at=now(), who=who.strip(), scope=scope, shows=shows, given_on=_day(given),
        expires_on=_day(until), document=kept,
    )  # fmt: skip


def document_type(path: Path) -> str:
    """A PDF, a picture, or a recording that can be heard. Raises BadInput."""
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{path.name} is too large.", f"At most {LARGEST // 1_000_000} MB are kept.")
    with path.open("rb") as file:
        if file.read(5) == b"%PDF-":
            return "application/pdf"
    try:
        return picture_type(path)
    except BadInput:
        read_sound(path, HEARD_AT, LONGEST_S)
        return media_type(path)


def list_versions(found: Mapping[str, Any], console: Console) -> None:
    versions = [PresenterVersion.model_validate(one) for one in found["versions"]]
    for one, before in zip(versions, [*versions[1:], None], strict=True):
        what = "; ".join(changes(before.presenter, one.presenter)) if before else "the first"
        _say(console, f"version {one.version:<3} {one.at[:10]}  in {one.clips} clips  {what}")
    for consent in found["consents"]:
        given = consent["consent"]
        until = f", until {given['expires_on']}" if given["expires_on"] else ""
        where = f", only in {', '.join(given['shows'])}" if given["shows"] else ""
        taken = f", taken back on {consent['revoked_at'][:10]}" if consent["revoked_at"] else ""
        _say(console, f"{consent['standing']}: {given['scope']}{where}{until}{taken}: “{given['statement']}”")


def show_forgotten(told: Mapping[str, Any], console: Console) -> None:
    """What was deleted, by name; what was not, and why; what is out of reach."""
    found = Forgotten.model_validate(told)
    _say(console, f"{found.presenter} is forgotten. Versions: {found.versions}. Deleted files: {len(found.removed)}.")
    for file in found.removed:
        _say(console, f"  {file.sha256}  {file.size:>10}  {file.what}")
    for kept in found.kept:
        _say(console, f"  kept: {kept.sha256}  {kept.what}, which {', '.join(kept.by)} still need")
    if found.left:
        _say(console, f"STILL THERE: {', '.join(found.left)}")
    else:
        _say(
            console,
            f"{found.searched} files were searched afterwards: none of the deleted ones is left under any name.",
        )
    if found.clips:
        out = f" {found.exported} of them left the house before." if found.exported else ""
        _say(console, f"Clips that keep their finished videos, flagged, never exported again: {found.clips}.{out}")
        _say(console, "To delete those videos too, put the clips into the trash and empty it.")
    _say(console, found.note)


def _day(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat() if words else ""
    except ValueError as error:
        raise UsageError(f"“{words}” is no day.", "Write it as YEAR-MONTH-DAY, such as 2027-05-03.") from error


def _say(console: Console, words: str) -> None:
    console.print(words, markup=False, highlight=False, soft_wrap=True)
