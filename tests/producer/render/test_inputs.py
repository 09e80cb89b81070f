"""Reading what other stages made, and saying plainly what is wrong with it."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from config.errors import BadInput
from producer.render.inputs import read_picture, read_scene, read_tracks, read_voice
from tests.support.cutting import babble, wav


def test_pictures_come_as_opaque_rgba(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    cv2.imwrite(str(path), np.full((4, 6, 3), (10, 20, 200), np.uint8))
    picture = read_picture(path)
    assert picture.shape == (4, 6, 4)
    assert tuple(picture[0, 0]) == (200, 20, 10, 255)


@pytest.mark.parametrize("size", [(6, 4), (60, 20), (3, 9)])
def test_scenes_come_in_the_wanted_size(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "a.png"
    cv2.imwrite(str(path), np.full((4, 6, 3), 90, np.uint8))
    assert read_scene(path, size).shape == (size[1], size[0], 4)


def test_a_voice_comes_as_mono_samples(tmp_path: Path) -> None:
    voice = babble(0.2)
    (tmp_path / "a.wav").write_bytes(wav(voice, 24_000))
    samples, rate = read_voice(tmp_path / "a.wav")
    assert rate == 24_000
    assert np.abs(samples - voice).max() < 1e-3


@pytest.mark.parametrize(
    ("read", "message"),
    [(read_picture, "picture cannot be read"), (read_voice, "not a WAV"), (read_tracks, "tracks cannot be read")],
)
@pytest.mark.parametrize("content", [b"", b"nonsense"])
def test_what_cannot_be_read_is_bad_input_with_a_cure(
    tmp_path: Path, read: object, message: str, content: bytes
) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)
    assert callable(read)
    with pytest.raises(BadInput, match=message) as raised:
        read(path)
    assert raised.value.cure
