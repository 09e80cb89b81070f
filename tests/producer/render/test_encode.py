"""The file: plays before it is loaded, says its colours truly, and is the same every time."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from producer.render.brushes import swapped
from producer.render.encode import Encoder
from producer.render.sound.aac import Coded, coded
from producer.render.sound.meter import RATE
from tests.support.sounding import at_once

SIZE = (320, 180)
FPS = 25


def picture(number: int, colour: tuple[int, int, int] = (40, 90, 160)) -> np.ndarray:
    pixels = np.full((SIZE[1], SIZE[0], 4), (*colour, 255), np.uint8)
    cv2.circle(pixels, (40 + 3 * number, 90), 30, (230, 60, 40, 255), -1)
    return pixels


def encode(path: Path, frames: int = 40) -> Path:
    t = np.arange(frames * RATE // FPS) / RATE
    sound = np.repeat(0.2 * np.sin(2 * np.pi * 440 * t)[:, None], 2, axis=1).astype(np.float32)
    with Encoder(path, SIZE, FPS, at_once(sound)) as encoder:
        for number in range(frames):
            encoder.write(swapped(picture(number)))
    return path


def test_every_frame_and_all_of_the_sound_can_be_decoded(tmp_path: Path) -> None:
    with av.open(str(encode(tmp_path / "a.mp4"))) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        assert (video.width, video.height, video.average_rate) == (*SIZE, FPS)
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert video.codec_context.pix_fmt == "yuv420p"
        assert (audio.rate, audio.codec_context.layout.name) == (RATE, "stereo")
        kinds = [type(frame) for frame in file.decode(video, audio)]
    assert kinds.count(av.VideoFrame) == 40
    with av.open(str(tmp_path / "a.mp4")) as file:
        heard = sum(frame.samples for frame in file.decode(audio=0)) / RATE
    assert heard == pytest.approx(40 / FPS, abs=0.04)


def test_a_player_finds_the_index_before_the_data(tmp_path: Path) -> None:
    data = encode(tmp_path / "a.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_a_player_can_jump_every_two_seconds(tmp_path: Path) -> None:
    with av.open(str(encode(tmp_path / "a.mp4", frames=130))) as file:
        keys = [float(p.pts * p.time_base) for p in file.demux(video=0) if p.is_keyframe and p.pts is not None]
    assert keys[0] == 0
    assert max(b - a for a, b in zip(keys, [*keys[1:], 5.2], strict=True)) <= 2.0


def test_equal_frames_make_equal_files(tmp_path: Path) -> None:
    assert encode(tmp_path / "a.mp4").read_bytes() == encode(tmp_path / "b.mp4").read_bytes()


def test_colours_come_back_as_they_were_drawn(tmp_path: Path) -> None:
    with av.open(str(encode(tmp_path / "a.mp4", frames=3))) as file:
        frame = next(file.decode(video=0))
        context = file.streams.video[0].codec_context
        tags = (context.colorspace, context.color_primaries, context.color_trc, context.color_range)
        shown = frame.to_ndarray(format="rgb24")
    assert tags == (6, 1, 1, 1)  # BT.601 matrix, BT.709 primaries and transfer, limited range (ITU-T H.273)
    assert np.abs(shown[20, 280].astype(int) - (40, 90, 160)).max() <= 4
    assert np.abs(shown[90, 40].astype(int) - (230, 60, 40)).max() <= 6


def test_leaving_early_raises_what_happened_and_stops_the_thread(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def leave() -> None:
        with Encoder(tmp_path / "a.mp4", SIZE, FPS, at_once(np.zeros((RATE, 2), np.float32))) as encoder:
            encoder.write(picture(0))
            raise Stop

    with pytest.raises(Stop):
        leave()


def test_pictures_wait_for_sound_that_is_still_being_mixed(tmp_path: Path) -> None:
    late: Future[Sequence[Coded]] = Future()
    with Encoder(tmp_path / "a.mp4", SIZE, FPS, late) as encoder:
        for number in range(40):
            encoder.write(swapped(picture(number)))
        late.set_result(coded(np.full((40 * RATE // FPS, 2), 0.1, np.float32)))
    with av.open(str(tmp_path / "a.mp4")) as file:
        kinds = [type(frame) for frame in file.decode(file.streams.video[0], file.streams.audio[0])]
    assert kinds.count(av.VideoFrame) == 40
    assert kinds.count(av.AudioFrame) >= 75


def test_sound_that_comes_late_makes_the_same_file(tmp_path: Path) -> None:
    """Beyond 10 s the container's writer no longer waits to put sound between the pictures."""
    frames = 12 * FPS
    sound = coded(np.zeros((frames * RATE // FPS, 2), np.float32))
    written = list[bytes]()
    for late in (False, True):
        coming: Future[Sequence[Coded]] = Future()
        path = tmp_path / f"{late}.mp4"
        with Encoder(path, SIZE, FPS, coming) as encoder:
            for number in range(frames):
                if number == (frames - 1 if late else 0):
                    coming.set_result(sound)
                encoder.write(swapped(picture(number)))
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_what_goes_wrong_with_the_sound_is_raised(tmp_path: Path) -> None:
    broken: Future[Sequence[Coded]] = Future()
    broken.set_exception(ValueError("no such voice"))
    with pytest.raises(ValueError, match="no such voice"), Encoder(tmp_path / "a.mp4", SIZE, FPS, broken) as encoder:
        encoder.write(swapped(picture(0)))


def test_a_full_disk_is_an_error() -> None:
    with pytest.raises(OSError, match="No space left"):
        encode(Path("/dev/full"))


@pytest.mark.parametrize("size", [(64, 90), (72, 90), (64, 96)], ids=str)
def test_colours_stay_in_their_place_whatever_the_height(tmp_path: Path, size: tuple[int, int]) -> None:
    """A chroma plane of 45 rows, as 1080 × 1350 has one of 675, once began too early."""
    width, height = size
    frame = np.full((height, width, 4), (40, 90, 160, 255), np.uint8)
    frame[height // 2 :, :, :3] = (200, 60, 40)
    with Encoder(tmp_path / "a.mp4", size, FPS, at_once(np.zeros((RATE // FPS, 2), np.float32))) as encoder:
        encoder.write(swapped(frame))
    with av.open(str(tmp_path / "a.mp4")) as file:
        shown = next(file.decode(video=0)).to_ndarray(format="rgb24").astype(int)
    assert shown.shape[:2] == (height, width)
    assert np.abs(shown[: height // 2 - 4] - (40, 90, 160)).max() <= 6
    assert np.abs(shown[height // 2 + 4 :] - (200, 60, 40)).max() <= 6
