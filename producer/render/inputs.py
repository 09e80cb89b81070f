"""Reading what other stages made: a scene, a picture, a voice, tracks."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from config.errors import BadInput
from producer.render.cards.picture import fill
from storage.artifacts import ArtifactStore
from storage.documents import ArtifactRef

Pixels = npt.NDArray[np.uint8]


def read_picture(path: Path) -> Pixels:
    """Opaque RGBA, upright. Raises BadInput when it is no picture."""
    try:
        decoded = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        decoded = None
    if decoded is None:
        raise BadInput("A picture cannot be read.", "Replace it with a PNG, JPEG or WebP file.")
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGBA), np.uint8)


def read_scene(path: Path, size: tuple[int, int]) -> Pixels:
    """A background of exactly `size` (width, height); one of another shape is cropped around its middle."""
    picture = read_picture(path)
    return picture if (picture.shape[1], picture.shape[0]) == size else fill(picture, size)


def read_voice(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """Mono samples -1..1 and their rate, from 16-bit PCM WAV. Raises BadInput."""
    try:
        with wave.open(str(path), "rb") as file:
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadInput("The speech is not a WAV file.", "Make the speech stage again.") from error
    if width != 2:
        raise BadInput(f"The speech has {8 * width}-bit samples.", "Make the speech stage again, with 16-bit samples.")
    samples = np.frombuffer(data, "<i2").astype(np.float32).reshape(-1, channels) / 32768
    return samples.mean(axis=1, dtype=np.float32), rate


def with_files(look: Mapping[str, Any], artifacts: ArtifactStore) -> dict[str, Any]:
    """A performance's look as its renderer gets it: the path of a local file in place of each artifact reference."""
    return {name: _path_of(value, artifacts) if _is_reference(value) else value for name, value in look.items()}


def _is_reference(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == set(ArtifactRef.model_fields)


def _path_of(value: Any, artifacts: ArtifactStore) -> Path:
    return artifacts.fetch(ArtifactRef.model_validate(value))


def read_tracks(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    """The arrays of a performance; what they mean, their renderer says."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name].astype(np.float32) for name in archive.files}
    except (ValueError, OSError, EOFError) as error:
        raise BadInput("The performance's tracks cannot be read.", "Make the video stage again.") from error
