"""A recording that somebody brings along: read within limits, kept as plain WAV, and written down where it has no script."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from config.errors import UsageError
from producer.engines.line.ears import RATE as HEARING_RATE
from producer.engines.line.ears import Ears
from producer.speech.following import LONGEST_S
from producer.speech.intake import read_sound
from producer.speech.sound import resampled
from producer.speech.wav import MEDIA_TYPE, to_wav
from storage.artifacts import ArtifactStore
from storage.documents import ArtifactRef
from storage.uploads import find_upload
from web.ordering import ClipOrder

RATE = 48000
SHORTEST_S = 1.0
BYTES_PER_S = 2 * RATE
"""Of what is kept: mono, 16 bits."""


def with_upload(db: Database, order: ClipOrder, artifacts: ArtifactStore, ears: Ears) -> ClipOrder:
    """An order from outside, with the recording that it names. Raises UsageError, UnknownName or BadInput."""
    if order.recording is not None:
        raise UsageError(
            "A recording is named by its upload.", "POST it to /api/v1/uploads, and give its sha256 as upload."
        )
    if not order.upload:
        return order
    upload = find_upload(db, order.upload, "audio")
    taken = take_recording(artifacts.fetch(upload.ref), order.script, order.language, artifacts, ears)
    return order.model_copy(
        update={"recording": taken.recording, "script": taken.script, "language": taken.language, "upload": ""}
    )


@dataclass(frozen=True)
class Intake:
    """A recording in the store, and the words it says."""

    recording: ArtifactRef
    script: str
    language: str


def take_recording(path: Path, script: str, language: str, artifacts: ArtifactStore, ears: Ears) -> Intake:
    """Read a recording. Without a script it is listened to; `language` "" = found out by whoever listens.

    Raises BadInput for what cannot be heard, is longer than two and a half minutes or shorter than a second; UsageError
    without a script where nobody can write it down.
    """
    if not script.strip() and ears.problem:
        raise UsageError(
            "A recording needs its words.", f"Give them with --script, or let Whisper write them down. {ears.problem}."
        )
    sound = read_sound(path, RATE, LONGEST_S)
    if len(sound) < SHORTEST_S * RATE:
        raise UsageError("The recording is shorter than a second.", "Record the whole script.")
    if not script.strip():
        heard = ears.hear(resampled(sound, RATE, HEARING_RATE), language)
        script, language = heard.text, language or heard.language
    return Intake(artifacts.put_bytes(to_wav(sound, RATE), MEDIA_TYPE), script, language)
