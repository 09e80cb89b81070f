"""Makes files into a data set: python -m producer.dataset.prepare ORDER.json, which it prints as JSON.

They come from outside, and what reads them is large: a process of its own. A file that cannot be read is left out with
its reason; the folder appears whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import Field

from config.errors import BadInput, DailiesError
from config.settings import Uploads
from producer.dataset import judging
from producer.dataset.appraise import RATE, Appraiser, Face, HeardSound
from producer.intake import inspect
from producer.quality.whose_face import SAME
from producer.speech.wav import to_wav
from storage.appraisals import Reason
from storage.artifacts import hash_file
from storage.consents import Use, renewal
from storage.datasets import MANIFEST, Dataset, LeftOut, PreparedImage, PreparedSound, dataset_folder
from storage.documents import Frozen


class Order(Frozen):
    """What is to be prepared. `weights`: the folder of all weights. `root`: the data folder. `portrait`: the presenter's, if
    they have one."""

    presenter: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    token: str
    side: int = Field(ge=256, le=1024)
    root: Path
    weights: Path
    files: tuple[Path, ...]
    portrait: Path | None = None
    limits: Uploads
    uses: tuple[Use, ...] = Field(
        description="what the person agreed to: whatever a file is called, it is held to this"
    )


def prepare(order: Order) -> Dataset:
    """Raises Unavailable without the face models."""
    appraiser = Appraiser(order.weights)
    left: list[LeftOut] = []
    seen: list[tuple[Path, Face]] = []
    half = dataset_folder(order.root, order.presenter).with_name(f".{order.presenter}.{os.getpid()}")
    half.mkdir(parents=True)
    try:
        sounds: list[PreparedSound] = []
        for path in order.files:
            try:
                sound = inspect(path, order.limits).kind == "audio"
                _must_be_agreed("voice" if sound else "face", order)
                if sound:
                    heard = appraiser.sound(path)
                    if heard.refused:
                        left.append(_left(path, heard.refused))
                    else:
                        sounds.append(_sound(path, heard, half, len(sounds) + 1))
                    continue
                picture = appraiser.picture(path, order.side)
                if picture.refused is not None or picture.face is None:
                    left.append(_left(path, picture.refused or judging.NO_FACE))
                    continue
                seen.append((path, picture.face))
            except BadInput as error:
                left.append(LeftOut(source=path.name, code="unreadable", message=error.message, cure=error.cure))
        portrait = appraiser.whose(order.portrait) if seen and order.portrait is not None else None
        strangers = judging.others([face.vector for _, face in seen], SAME, portrait)
        judge = "the other pictures" if portrait is None else "their portrait"
        own = [number for number in range(len(seen)) if number not in strangers]
        again = judging.duplicates([seen[number][1].fingerprint for number in own])
        for number, like in strangers.items():
            left.append(_left(seen[number][0], judging.stranger(like, judge)))
        for later, first in again.items():
            left.append(_left(seen[own[later]][0], judging.duplicate(seen[own[first]][0].name)))
        kept = [seen[number] for place, number in enumerate(own) if place not in again]
        images = [_image(path, face, half, number, order.token) for number, (path, face) in enumerate(kept, 1)]
        score, advice = judging.readiness(images, sounds)
        made = Dataset(
            presenter=order.presenter, token=order.token, side=order.side, images=tuple(images), sounds=tuple(sounds),
            left_out=tuple(left), readiness=score, advice=advice,
        )  # fmt: skip
        (half / MANIFEST).write_text(made.model_dump_json(indent=2), "utf-8")
        _put_into_place(half, dataset_folder(order.root, order.presenter))
        return made
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _must_be_agreed(use: Use, order: Order) -> None:
    if use not in order.uses:
        raise BadInput(f"They have not agreed to their {use} being used.", renewal(order.presenter))


def _image(source: Path, face: Face, folder: Path, number: int, token: str) -> PreparedImage:
    path = folder / f"{number:03d}.png"
    path.write_bytes(face.square)
    words = judging.caption(token, face.view, close=face.close)
    return PreparedImage(
        file=path.name, caption=words, sha256=hash_file(path)[0], source=source.name, view=face.view, close=face.close
    )


def _sound(source: Path, heard: HeardSound, folder: Path, number: int) -> PreparedSound:
    target = folder / f"voice-{number:02d}.wav"
    target.write_bytes(to_wav(np.asarray(heard.samples, np.float32), RATE))
    return PreparedSound(
        file=target.name, sha256=hash_file(target)[0], source=source.name, seconds=heard.seconds,
        transcript=heard.transcript, snr_db=heard.snr_db, loudness_lufs=heard.loudness_lufs,
        reverb_s=heard.reverb_s,
    )  # fmt: skip


def _left(path: Path, reason: Reason) -> LeftOut:
    return LeftOut(source=path.name, **reason.model_dump())


def _put_into_place(made: Path, folder: Path) -> None:
    before = made.with_name(f"{made.name}.before")
    if folder.exists():
        folder.rename(before)
    made.rename(folder)
    shutil.rmtree(before, ignore_errors=True)


def main(arguments: Sequence[str]) -> str:
    order = Order.model_validate_json(Path(arguments[0]).read_text("utf-8"))
    try:
        return prepare(order).model_dump_json()
    except DailiesError as error:
        return Fault(fault=error.message, cure=error.cure).model_dump_json()


class Fault(Frozen):
    fault: str
    cure: str


if __name__ == "__main__":
    print(main(sys.argv[1:]))
