"""Measuring a finished file finds what a viewer would complain about."""

from pathlib import Path

import av
import numpy as np
import pytest

from producer.checks.media import Inspection, inspect, media_checks
from producer.render.encode import Encoder
from producer.render.encoders import SVT_AV1, X264, VideoEncoder
from producer.render.sound.master import at_loudness
from producer.render.sound.meter import RATE
from storage.documents import Check
from tests.support.sounding import at_once

SIZE = (192, 112)
FPS = 25


def film(
    path: Path,
    frames: list[np.ndarray],
    lufs: float = -16.0,
    seconds: float | None = None,
    encoder: VideoEncoder = X264,
) -> Path:
    length = round((seconds or len(frames) / FPS) * RATE)
    hum = np.repeat(np.sin(2 * np.pi * 330 * np.arange(length) / RATE)[:, None], 2, axis=1).astype(np.float32)
    with Encoder(path, SIZE, FPS, at_once(at_loudness(hum, lufs)), encoder) as file:
        for frame in frames:
            file.write(frame)
    return path


def moving(count: int, start: int = 0) -> list[np.ndarray]:
    frames = []
    for number in range(start, start + count):
        frame = np.full((SIZE[1], SIZE[0], 4), (60, 90, 120, 255), np.uint8)
        frame[30:80, (number * 3) % 150 : (number * 3) % 150 + 40, :3] = (220, 180, 60)
        frames.append(frame)
    return frames


def black(count: int) -> list[np.ndarray]:
    return [np.zeros((SIZE[1], SIZE[0], 4), np.uint8)] * count


def failed(checks: list[Check]) -> list[str]:
    return [check.name for check in checks if not check.passed]


def test_a_sound_film_passes_every_check(tmp_path: Path) -> None:
    seen = inspect(film(tmp_path / "a.mp4", moving(50)))
    assert failed(media_checks(seen, 50)) == []
    assert (seen.facts.width, seen.facts.height, seen.facts.fps) == (*SIZE, FPS)
    assert (seen.facts.video_codec, seen.facts.audio_codec) == ("h264", "aac")
    assert seen.facts.duration_s == pytest.approx(2.0, abs=0.03)
    assert seen.facts.loudness_lufs == pytest.approx(-16, abs=0.3)
    assert len(seen.peaks) == 200


def test_av1_is_measured_like_h264(tmp_path: Path) -> None:
    seen = inspect(film(tmp_path / "a.mp4", moving(30) + black(3) + moving(25), encoder=SVT_AV1))
    assert seen.facts.video_codec == "av1"
    assert failed(media_checks(seen, 58)) == ["black frames"]
    assert seen.black_at == pytest.approx(1.2)


def test_black_frames_are_found_with_their_time(tmp_path: Path) -> None:
    checks = media_checks(inspect(film(tmp_path / "a.mp4", moving(25) + black(3) + moving(25))), 53)
    assert failed(checks) == ["black frames"]
    assert next(check.at_s for check in checks if check.name == "black frames") == pytest.approx(1.0)


def test_a_frozen_picture_is_found_with_its_time(tmp_path: Path) -> None:
    still = moving(1, 25) * 20
    checks = media_checks(inspect(film(tmp_path / "a.mp4", moving(25) + still + moving(25, 26))), 70)
    assert failed(checks) == ["frozen picture"]
    assert next(check.at_s for check in checks if check.name == "frozen picture") == pytest.approx(1.0, abs=0.1)


def test_a_short_stop_is_no_freeze(tmp_path: Path) -> None:
    frames = moving(20) + moving(1, 20) * 8 + moving(20, 21)
    assert failed(media_checks(inspect(film(tmp_path / "a.mp4", frames)), 48)) == []


def torn(frame: np.ndarray, other: np.ndarray, rows: slice) -> np.ndarray:
    mixed = frame.copy()
    mixed[rows] = other[rows]
    return mixed


@pytest.mark.parametrize("rows", [slice(56, None), slice(30, 62), slice(None)], ids=["lower half", "strip", "all"])
def test_a_frame_with_a_part_of_another_moment_is_torn(tmp_path: Path, rows: slice) -> None:
    frames = moving(50)
    frames[30] = torn(frames[30], 255 - frames[30], rows)
    frames[30][..., 3] = 255
    checks = media_checks(inspect(film(tmp_path / "a.mp4", frames)), 50)
    assert failed(checks) == ["torn frames"]
    assert next(check.at_s for check in checks if check.name == "torn frames") == pytest.approx(30 / FPS)


def test_a_cut_to_another_picture_and_a_curtain_are_no_tears(tmp_path: Path) -> None:
    frames = moving(60)
    for number in range(20, 60):
        frames[number] = 255 - frames[number]
        frames[number][..., 3] = 255
    for number in range(40, 50):  # a dark curtain falls within ten frames
        frames[number][: (number - 39) * 11, :, :3] = (20, 40, 60)
    for number in range(50, 60):
        frames[number][:110, :, :3] = (20, 40, 60 + number)
    assert failed(media_checks(inspect(film(tmp_path / "a.mp4", frames)), 60)) == []


def test_frames_that_the_decoder_had_to_guess_count_as_torn(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    path = film(tmp_path / "a.mp4", [frame ^ rng.integers(0, 32, frame.shape, np.uint8) for frame in moving(50)])
    with av.open(str(path)) as container:
        packet = next(p for n, p in enumerate(container.demux(video=0)) if n == 30)
        start, size = packet.pos, packet.size
    data = bytearray(path.read_bytes())
    data[start + size // 2 : start + size] = rng.bytes(size - size // 2)
    path.write_bytes(data)
    assert "torn frames" in failed(media_checks(inspect(path), 50))


@pytest.mark.parametrize(("lufs", "wrong"), [(-20.0, ["loudness"]), (-16.0, []), (-0.5, ["loudness", "true peak"])])
def test_loudness_and_peaks_are_measured_from_the_decoded_sound(tmp_path: Path, lufs: float, wrong: list[str]) -> None:
    assert failed(media_checks(inspect(film(tmp_path / "a.mp4", moving(60), lufs)), 60)) == wrong


def test_sound_that_ends_too_late_is_found(tmp_path: Path) -> None:
    checks = media_checks(inspect(film(tmp_path / "a.mp4", moving(50), seconds=2.3)), 50)
    assert failed(checks) == ["sound and picture length"]


def test_missing_frames_are_found(tmp_path: Path) -> None:
    assert failed(media_checks(inspect(film(tmp_path / "a.mp4", moving(50))), 75)) == ["decodes"]


def test_a_damaged_file_does_not_pass(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", moving(100))
    data = bytearray(path.read_bytes())
    path.write_bytes(data[: len(data) // 3])
    with pytest.raises(av.FFmpegError):
        inspect(path)


def test_measuring_can_be_stopped(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def poll(fraction: float) -> None:
        assert 0 <= fraction <= 1
        raise Stop

    with pytest.raises(Stop):
        inspect(film(tmp_path / "a.mp4", moving(30)), poll)


def test_the_picture_lasts_as_long_as_its_frames(tmp_path: Path) -> None:
    seen: Inspection = inspect(film(tmp_path / "a.mp4", moving(50)))
    assert seen.picture_s == 2.0
