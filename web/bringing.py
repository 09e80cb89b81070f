"""A file that stands in for what an engine made of a clip: looked at as every upload, and made what its stage takes."""

from __future__ import annotations

from sqlite_utils import Database

from config.errors import UsageError
from producer.engines.line.ears import Ears
from review.wanted import NAMES, TAKES, Part
from storage.artifacts import ArtifactStore
from storage.clock import now
from storage.documents import ArtifactRef, Script
from storage.orders import Consent
from storage.queries import clip_nodes, clip_script, newest_brief
from storage.uploads import Upload, find_upload
from web.recording import take_recording


def replacements(
    db: Database, clip_id: str, wanted: dict[Part, str], artifacts: ArtifactStore
) -> dict[Part, ArtifactRef | None]:
    """Part → the file of that upload; "" = drop what was brought. Raises UnknownName, UsageError, BadInput."""
    found: dict[Part, ArtifactRef | None] = {}
    for part, sha256 in wanted.items():
        if not sha256:
            found[part] = None
            continue
        upload = find_upload(db, sha256, TAKES[part])
        script = clip_script(newest_brief(db, clip_id), clip_nodes(db, clip_id))
        found[part] = replacement(part, upload, script, artifacts)
    return found


def replacement(part: Part, upload: Upload, script: Script | None, artifacts: ArtifactStore) -> ArtifactRef:
    """What the brief will name: of a recording, plain sound that is long enough to say the script."""
    if part != "speech":
        return upload.ref
    if script is None:
        raise UsageError("There is no script yet that a recording could say.", "Write one first.")
    words = "\n".join(line.text for line in script.lines)
    language = script.lines[0].language
    return take_recording(artifacts.fetch(upload.ref), words, language, artifacts, Ears(None)).recording


def agreed(statement: str) -> Consent | None:
    """Somebody's consent in the words of whoever writes it down; "" = nobody said anything."""
    words = " ".join(statement.split())
    return Consent(statement=words, recorded_at=now()) if words else None


def said_of(part: Part, upload: Upload) -> str:
    """For people: which file it is, and what it will be."""
    facts = upload.facts
    size = f"{facts.width} × {facts.height}" if facts.width else ""
    length = f"{facts.duration_s:.1f} s" if facts.duration_s else ""
    return f"{', '.join(filter(None, (upload.name or f'The {NAMES[part]}', size, length)))}."
