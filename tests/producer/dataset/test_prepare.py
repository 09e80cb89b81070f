"""A set made of real files: each that is unfit is left out with its reason, and the folder appears whole. On the real weights."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from config.errors import StudioError
from config.folders import DataFolder
from config.settings import Uploads
from producer.speech.wav import to_wav
from storage.consents import Use
from storage.datasets import MANIFEST, Dataset, dataset_folder, delete_dataset
from tests.support.pulled import FOLDER, portrait, portrait_file, weights
from web.terminal.dataset import prepare_apart

Pixels = npt.NDArray[np.uint8]
LIMITS = Uploads(image_mb=12, audio_mb=60, video_mb=200, megapixels=50, seconds=600)
BOTH: tuple[Use, ...] = ("face", "voice")
pytestmark = [pytest.mark.proof, pytest.mark.timeout(300)]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    data = DataFolder(tmp_path / "data").make()
    for name in ("photo", "identity"):
        weights(name)
    data.weights.symlink_to(FOLDER / "weights")
    return data


def test_what_is_unfit_is_left_out_and_the_rest_is_cut_square(folder: DataFolder, tmp_path: Path) -> None:
    astronaut = np.ascontiguousarray(portrait("astronaut")[..., :3])
    brought = tmp_path / "brought"
    brought.mkdir()
    write(brought / "1-first.png", astronaut)
    write(brought / "2-again.jpg", cv2.resize(astronaut, None, fx=0.9, fy=0.9))
    write(brought / "3-other-shot.png", np.ascontiguousarray(astronaut[:, ::-1]))
    write(brought / "4-blurred.png", cv2.GaussianBlur(astronaut, (0, 0), 4))
    write(brought / "5-tiny.png", cv2.resize(astronaut, (128, 128), interpolation=cv2.INTER_AREA))
    write(brought / "6-nobody.png", np.full((300, 300, 3), 90, np.uint8))
    write(brought / "7-somebody-else.png", portrait("beard")[..., :3])
    write(brought / "8-two.png", np.hstack([astronaut, astronaut]))
    (brought / "9-bomb.png").write_bytes(bomb())
    (brought / "a-page.html").write_text("<script>alert(1)</script>")
    (brought / "b-noise.wav").write_bytes(
        to_wav(np.random.default_rng(1).normal(0, 0.1, 48000).astype(np.float32), 16000)
    )
    (brought / "c-voice.wav").write_bytes(to_wav(voice(), 16000))

    made = prepare_apart(folder, LIMITS, "ana", BOTH, sorted(brought.iterdir()), "ana", 512)

    reasons = {one.source: one.code for one in made.left_out}
    assert reasons == {
        "2-again.jpg": "duplicate", "4-blurred.png": "blurred", "5-tiny.png": "tiny", "6-nobody.png": "no_face",
        "7-somebody-else.png": "other_person", "8-two.png": "several_faces", "9-bomb.png": "unreadable",
        "a-page.html": "unreadable", "b-noise.wav": "unreadable",
    }  # fmt: skip
    assert [image.source for image in made.images] == ["1-first.png", "3-other-shot.png"]
    here = dataset_folder(folder.root, "ana")
    assert Dataset.model_validate_json((here / MANIFEST).read_text("utf-8")) == made
    for image in made.images:
        square = cv2.imread(str(here / image.file))
        assert square is not None
        assert square.shape == (512, 512, 3)
        assert hashlib.sha256((here / image.file).read_bytes()).hexdigest() == image.sha256
        assert image.caption.startswith("a photo of ana person, facing the camera")
    assert [sound.source for sound in made.sounds] == ["c-voice.wav"]
    assert 5.5 < made.sounds[0].seconds < 6.5, "the silence at both ends is cut"
    assert 0 < made.readiness < 40
    assert "Add 8 front views." in made.advice

    disguised = (brought / "c-voice.wav").rename(brought / "d-picture.png")
    again = prepare_apart(folder, LIMITS, "ana", ["face"], [brought / "1-first.png", disguised], "ana", 512)
    assert len(again.images) == 1
    assert [one.message for one in again.left_out] == ["They have not agreed to their voice being used."]
    assert sorted(path.name for path in here.parent.iterdir()) == ["ana"]
    assert sorted(path.name for path in here.iterdir()) == ["001.png", MANIFEST]

    assert {gone.what for gone in delete_dataset(folder.root, "ana")} == {"data set"}
    assert not here.exists()


def test_the_portrait_says_who_is_meant_even_where_most_pictures_show_somebody_else(
    folder: DataFolder, tmp_path: Path
) -> None:
    beard = np.ascontiguousarray(portrait("beard")[..., :3])
    write(tmp_path / "1-ben.png", beard)
    write(tmp_path / "2-ben.png", np.ascontiguousarray(beard[:, ::-1]))
    write(tmp_path / "3-ana.png", np.ascontiguousarray(portrait("astronaut")[:, ::-1, :3]))
    files, own = sorted(tmp_path.glob("?-*.png")), portrait_file("astronaut")
    made = prepare_apart(folder, LIMITS, "ana", BOTH, files, "ana", 512, own)
    assert [image.source for image in made.images] == ["3-ana.png"]
    assert [(one.source, one.code) for one in made.left_out] == [
        ("1-ben.png", "other_person"),
        ("2-ben.png", "other_person"),
    ]
    assert all(one.message.startswith("It shows somebody else than their portrait (") for one in made.left_out)
    faceless = tmp_path / "faceless.png"
    write(faceless, np.full((300, 300, 3), 90, np.uint8))
    most = prepare_apart(folder, LIMITS, "ana", BOTH, files, "ana", 512, faceless)
    assert [image.source for image in most.images] == ["1-ben.png", "2-ben.png"], "where it shows no face, most decide"


def test_without_the_face_models_it_says_how_to_get_them(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data").make()
    write(tmp_path / "a.png", np.zeros((64, 64, 3), np.uint8))
    with pytest.raises(StudioError, match=r"run\.py pull photo"):
        prepare_apart(data, LIMITS, "ana", BOTH, [tmp_path / "a.png"], "ana", 512)
    assert not dataset_folder(data.root, "ana").exists()


def voice() -> npt.NDArray[np.float32]:
    """Six seconds of a buzz in syllables, with two seconds of silence before and after."""
    times = np.arange(10 * 16000) / 16000
    said = (times > 2) & (times < 8) & (times % 0.6 < 0.4)
    return np.asarray(0.4 * (2 * (times * 140 % 1) - 1) * said, np.float32)


def write(path: Path, picture: npt.NDArray[np.generic]) -> None:
    cv2.imwrite(str(path), cv2.cvtColor(np.asarray(picture, np.uint8), cv2.COLOR_RGB2BGR))


def bomb() -> bytes:
    """A PNG of 60000 × 60000 pixels in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")
    )
