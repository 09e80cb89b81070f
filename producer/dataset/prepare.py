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

import cv2
import numpy as np
import numpy.typing as npt
from pydantic import Field

from config.errors import BadInput, DailiesError
from config.settings import Uploads
from producer.dataset import judging
from producer.intake import inspect
from producer.likeness import alike
from producer.nets.identity import encoder as identity
from producer.render.inputs import read_picture
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.gate import NOBODY, Refusal
from producer.render.photo.study import Observer
from producer.speech.intake import read_sound
from producer.speech.loudness import gain_to
from producer.speech.reference import best_part
from producer.speech.sound import Samples, spoken_part
from producer.speech.wav import to_wav
from storage.artifacts import hash_file
from storage.consents import Use, renewal
from storage.datasets import MANIFEST, Dataset, LeftOut, PreparedImage, PreparedSound, dataset_folder
from storage.documents import Frozen

Pixels = npt.NDArray[np.uint8]

ROOM, ABOVE = 3.0, 1.1
"""A square is at most so many heads wide; the middle of the head lies that many heads below its upper edge."""
RATE, HEARD_AT, LONGEST_S, LEAST_S, LUFS = 24_000, 16_000, 600.0, 1.0, -23.0


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


class Seen(Frozen):
    """A picture that is fit by itself. Where its square is, which view, and whether the head fills it."""

    source: Path
    square: tuple[int, int, int]
    view: str
    close: bool


def prepare(order: Order) -> Dataset:
    """Raises Unavailable without the face models."""
    observer, encoder = Observer(order.weights / "photo"), identity.FaceEncoder(order.weights / identity.ID)
    left: list[LeftOut] = []
    seen: list[Seen] = []
    bits, vectors = [], []
    half = dataset_folder(order.root, order.presenter).with_name(f".{order.presenter}.{os.getpid()}")
    half.mkdir(parents=True)
    try:
        sounds: list[PreparedSound] = []
        for path in order.files:
            try:
                sound = inspect(path, order.limits).kind == "audio"
                _must_be_agreed("voice" if sound else "face", order)
                if sound:
                    sounds.append(_sound(path, half, len(sounds) + 1, order.weights))
                    continue
                picture = np.ascontiguousarray(read_picture(path)[..., :3])
                study = observer.study(picture)
                if (found := judging.fault(study.measures)) or study.anatomy is None:
                    left.append(_left(path, found or NOBODY))
                    continue
                square, close = square_around(study.anatomy, picture.shape[1], picture.shape[0])
                if square[2] < order.side // 2:
                    tiny = Refusal(
                        code="tiny", message=f"Only {square[2]} pixels around the face.", cure="Bring a larger one."
                    )
                    left.append(_left(path, tiny))
                    continue
                seen.append(Seen(source=path, square=square, view=judging.view(study.measures), close=close))
                bits.append(fingerprint(picture))
                vectors.append(_vector(picture, study.anatomy, encoder))
            except BadInput as error:
                left.append(LeftOut(source=path.name, code="unreadable", message=error.message, cure=error.cure))
        portrait = _portrait(order, observer, encoder) if vectors else None
        strangers = judging.others(vectors, identity.SAME, portrait)
        judge = "the other pictures" if portrait is None else "their portrait"
        own = [number for number in range(len(seen)) if number not in strangers]
        again = judging.duplicates([bits[number] for number in own])
        for number, like in strangers.items():
            left.append(_left(seen[number].source, judging.OTHER, judge, like))
        for later, first in again.items():
            left.append(_left(seen[own[later]].source, judging.DUPLICATE, seen[own[first]].source.name))
        kept = [seen[number] for place, number in enumerate(own) if place not in again]
        images = [_image(one, half, number, order) for number, one in enumerate(kept, 1)]
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


def _portrait(order: Order, observer: Observer, encoder: identity.FaceEncoder) -> identity.Vector | None:
    """Whose face the portrait shows; None where there is none, or no face is found in it."""
    if order.portrait is None:
        return None
    picture = np.ascontiguousarray(read_picture(order.portrait)[..., :3])
    anatomy = observer.study(picture).anatomy
    return None if anatomy is None else _vector(picture, anatomy, encoder)


def _vector(picture: Pixels, face: Anatomy, encoder: identity.FaceEncoder) -> identity.Vector:
    return encoder.encode(identity.align(picture, identity.five_points(face.points)))


def _must_be_agreed(use: Use, order: Order) -> None:
    if use not in order.uses:
        raise BadInput(f"They have not agreed to their {use} being used.", renewal(order.presenter))


def square_around(face: Anatomy, width: int, height: int) -> tuple[tuple[int, int, int], bool]:
    """(left, top, side) of the head with some room, inside of the picture; and whether the head fills most of it."""
    head, middle = face.head_height, (face.crown + face.chin) / 2
    side = int(min(width, height, ROOM * head))
    left = int(np.clip(middle[0] - side / 2, 0, width - side))
    top = int(np.clip(middle[1] - min(ABOVE * head, side / 2), 0, height - side))
    return (left, top, side), bool(head > side / 2)


def fingerprint(picture: Pixels) -> npt.NDArray[np.bool_]:
    """64 bits that stay through another size and compression: where it gets brighter from left to right."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA).astype(int)
    return np.asarray((small[:, 1:] > small[:, :-1]).ravel())


def _image(one: Seen, folder: Path, number: int, order: Order) -> PreparedImage:
    left, top, side = one.square
    part = read_picture(one.source)[top : top + side, left : left + side, :3]
    flags = cv2.INTER_AREA if side > order.side else cv2.INTER_CUBIC
    square = cv2.resize(part, (order.side, order.side), interpolation=flags)
    path = folder / f"{number:03d}.png"
    path.write_bytes(cv2.imencode(".png", cv2.cvtColor(square, cv2.COLOR_RGB2BGR))[1].tobytes())
    words = judging.caption(order.token, one.view, close=one.close)
    return PreparedImage(
        file=path.name, caption=words, sha256=hash_file(path)[0], source=one.source.name, view=one.view, close=one.close
    )


def _sound(path: Path, folder: Path, number: int, weights: Path) -> PreparedSound:
    """Without the silence at its ends, at one loudness. Raises BadInput with what is wrong with it."""
    sound = _trimmed(read_sound(path, RATE, LONGEST_S), RATE)
    heard = _trimmed(read_sound(path, HEARD_AT, LONGEST_S), HEARD_AT)
    if len(heard) < LEAST_S * HEARD_AT:
        raise BadInput("Hardly anything is said in it.", "Record a few sentences.")
    told = best_part(heard, HEARD_AT, seconds=len(heard) / HEARD_AT, alike=alike(weights))
    if told.faults:
        raise BadInput(f"It is no good: {told.faults[0]}.", "Record it again.")
    target = folder / f"voice-{number:02d}.wav"
    target.write_bytes(to_wav(sound * np.float32(gain_to(LUFS, sound, RATE)), RATE))
    return PreparedSound(
        file=target.name, sha256=hash_file(target)[0], source=path.name, seconds=round(len(sound) / RATE, 2),
        transcript=_transcript(heard, weights), snr_db=round(told.snr_db, 1), loudness_lufs=round(told.loudness_lufs, 1),
    )  # fmt: skip


def _trimmed(sound: Samples, rate: int) -> Samples:
    first, last = spoken_part(sound, rate)
    return sound[first:last]


def _transcript(sound: Samples, weights: Path) -> str:
    from producer.engines.line.ears import Ears

    ears = Ears(weights)
    return "" if ears.problem else ears.hear(sound).text


def _left(path: Path, reason: Refusal, *values: object) -> LeftOut:
    return LeftOut(source=path.name, code=reason.code, message=reason.message.format(*values), cure=reason.cure)


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
