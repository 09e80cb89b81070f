"""`run.py presenters prepare`: pictures and recordings of a presenter become a set to train with."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from config.errors import Refused, StudioError, UsageError
from config.folders import DataFolder
from config.house import PROGRAM
from config.settings import Uploads
from storage.artifacts import ArtifactStore
from storage.consents import Use, renewal
from storage.datasets import Dataset
from storage.documents import ArtifactRef

MOST_FILES, LONGEST_S = 200, 1800.0
SOUNDS = frozenset({".wav", ".flac", ".ogg", ".mp3", ".m4a", ".opus"})


def files_of(given: Sequence[Path]) -> list[Path]:
    """The files, and those in folders, in order. Raises UsageError."""
    found = [
        file for path in given for file in (sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path])
    ]  # fmt: skip
    if not 0 < len(found) <= MOST_FILES:
        raise UsageError(f"{len(found)} files were given.", f"Give between 1 and {MOST_FILES}.")
    return found


def must_agree(slug: str, consents: Sequence[Mapping[str, Any]], files: Sequence[Path]) -> tuple[Use, ...]:
    """What they agreed to. Raises Refused unless a consent that holds today covers what the files are called: a face, a voice."""
    scopes = {one["consent"]["scope"] for one in consents if one["standing"] == "standing"}
    needed = {"voice" if file.suffix.lower() in SOUNDS else "face" for file in files}
    for use in sorted(needed):
        if not scopes & {use, "both"}:
            raise Refused(
                f"{slug} has not agreed to their {use} being used.",
                renewal(slug),
            )
    uses: tuple[Use, ...] = ("face", "voice")
    return tuple(use for use in uses if scopes & {use, "both"})


def prepare_apart(
    folder: DataFolder, limits: Uploads, slug: str, uses: Sequence[Use], files: Sequence[Path], token: str, side: int,
    portrait: Path | None = None,
) -> Dataset:  # fmt: skip
    """By a process of its own. `portrait`: whom pictures are to show; None = whoever most of them show. Raises StudioError."""
    order = {
        "presenter": slug, "token": token, "side": side, "root": str(folder.root), "weights": str(folder.weights),
        "files": [str(file.absolute()) for file in files], "limits": limits.model_dump(), "uses": list(uses),
        "portrait": str(portrait.absolute()) if portrait else None,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "order.json"
        path.write_text(json.dumps(order), "utf-8")
        command = [sys.executable, "-m", "producer.dataset.prepare", str(path)]
        try:
            done = subprocess.run(
                command, cwd=PROGRAM.parent, capture_output=True, text=True, timeout=LONGEST_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise StudioError("Looking at these files took too long.", "Give fewer, or smaller ones.") from error
    if done.returncode:
        raise StudioError("These files could not be prepared.", done.stderr.strip()[-300:])
    told = json.loads(done.stdout)
    if "fault" in told:
        raise StudioError(told["fault"], told["cure"])
    return Dataset.model_validate(told)


def portrait_of(versions: Sequence[Mapping[str, Any]], artifacts: ArtifactStore) -> Path | None:
    """The portrait of a presenter's version in force, the first; None = a drawn one. Raises Corrupt where it is damaged or gone."""
    found = versions[0]["presenter"]["look"].get("portrait") if versions else None
    return artifacts.fetch(ArtifactRef.model_validate(found)) if found else None


def show_dataset(made: Dataset, where: Path, console: Console) -> None:
    table = Table("File", "Verdict", "Why", box=None)
    for image in made.images:
        table.add_row(image.source, "kept", image.caption)
    for sound in made.sounds:
        table.add_row(sound.source, "kept", f"{sound.seconds:.1f} s, {sound.snr_db:.0f} dB over the noise")
    for one in made.left_out:
        table.add_row(one.source, one.code, f"{one.message} {one.cure}")
    console.print(table)
    console.print(f"Readiness: {made.readiness} of 100", highlight=False)
    for words in made.advice:
        console.print(words, highlight=False)
    console.print(f"Prepared in {where}", highlight=False, soft_wrap=True)
