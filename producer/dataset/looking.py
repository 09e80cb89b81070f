"""The handler of appraisals: one file of a presenter's training set is looked at, in a worker.

What was made is in the artifact store before it is reported, so that whoever is killed in between has nothing to do again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from config.errors import BadInput, Cancelled
from producer.speech.wav import to_wav
from producer.stage import stored_result
from producer.work import Handler, Hands, Outcome
from storage.appraisals import Appraisal, HeardVoice, Reason, SeenFace
from storage.artifacts import ArtifactStore, StageRecord
from storage.training_sets import APPRAISE, MAKING, AppraisalOrder
from storage.work import WorkOrder

if TYPE_CHECKING:
    from producer.dataset.appraise import HeardSound, SeenPicture


class Looks(Protocol):
    """Looks at one file: `producer.dataset.appraise.Appraiser` does. Raises BadInput, Unavailable."""

    def picture(self, path: Path, side: int) -> SeenPicture: ...

    def sound(self, path: Path) -> HeardSound: ...


def appraisal_handler(artifacts: ArtifactStore, looking: Callable[[], Looks]) -> Handler:
    """`looking` is asked for each file: what it loads is let go of again, since such files come seldom."""

    def handle(order: WorkOrder, hands: Hands) -> Outcome:
        if (found := stored_result(artifacts, order.key)) is not None:
            return Outcome(found.document, found.content_hash)
        if hands.cancelled():
            raise Cancelled
        asked, started = AppraisalOrder.model_validate(order.payload), time.monotonic()
        made = appraise(asked, artifacts, looking())
        if hands.cancelled():
            raise Cancelled
        seconds = time.monotonic() - started
        won = artifacts.commit(order.key, StageRecord.of(made, APPRAISE, MAKING, seconds))
        return Outcome(won.document, won.content_hash, round(seconds, 3))

    return handle


def appraise(asked: AppraisalOrder, artifacts: ArtifactStore, looks: Looks) -> Appraisal:
    """A file that cannot be read has that for a verdict. Raises Unavailable, Corrupt."""
    told = partial(Appraisal, presenter=asked.presenter, source=asked.source)
    path = artifacts.fetch(asked.source)
    try:
        if asked.use == "voice":
            heard = looks.sound(path)
            file = artifacts.put_bytes(to_wav(heard.samples, heard.rate), "audio/wav")
            voice = HeardVoice(
                file=file, seconds=heard.seconds, transcript=heard.transcript, snr_db=heard.snr_db,
                loudness_lufs=heard.loudness_lufs, reverb_s=heard.reverb_s,
            )  # fmt: skip
            return told(refused=heard.refused, voice=voice)
        seen = looks.picture(path, asked.side)
    except BadInput as error:
        return told(refused=Reason(code="unreadable", message=error.message, cure=error.cure))
    small = artifacts.put_bytes(seen.small, "image/jpeg")
    if seen.face is None:
        return told(refused=seen.refused, small=small)
    face = SeenFace(
        square=artifacts.put_bytes(seen.face.square, "image/png"), view=seen.face.view, close=seen.face.close,
        fingerprint=_as_hex(seen.face.fingerprint.tolist()), vector=tuple(round(float(n), 5) for n in seen.face.vector),
    )  # fmt: skip
    return told(refused=seen.refused, small=small, face=face)


def _as_hex(bits: list[bool]) -> str:
    return f"{int(''.join(str(int(bit)) for bit in bits), 2):0{len(bits) // 4}x}"
