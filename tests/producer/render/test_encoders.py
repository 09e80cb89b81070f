"""What may make the video of a cut: encoders that are here make a good file, the others say why they cannot."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import av
import cv2
import numpy as np
import pytest

from config.errors import Unavailable
from config.settings import Production
from producer.render.brushes import swapped
from producer.render.encode import Encoder
from producer.render.encoders import ENCODERS, KEYFRAME_S, X264, VideoEncoder
from producer.render.sound.meter import RATE
from producer.render.trial import problem_with, verdict_of
from review.draft import copy_draft
from run import main
from storage.orders import EncoderName
from tests.support.sounding import at_once

SIZE = (640, 360)
FPS = 25
FRAMES = 60
WITH_HARDWARE = {name for name, encoder in ENCODERS.items() if encoder.driver}
CODECS = {"x264": "h264", "nvenc": "h264", "vaapi": "h264", "svt-av1": "av1"}


def picture(number: int) -> np.ndarray:
    """A disc that moves over a ground with a slope, in RGBA."""
    slope = np.linspace(0, 60, SIZE[0], dtype=np.uint8)
    pixels = np.full((SIZE[1], SIZE[0], 4), (40, 90, 160, 255), np.uint8)
    pixels[..., 1] += slope
    cv2.circle(pixels, (60 + 8 * number, 180), 50, (230, 60, 40, 255), -1)
    return pixels


def encode(path: Path, encoder: VideoEncoder, frames: int = FRAMES) -> Path:
    sound = np.full((frames * RATE // FPS, 2), 0.1, np.float32)
    with Encoder(path, SIZE, FPS, at_once(sound), encoder) as file:
        for number in range(frames):
            file.write(swapped(picture(number)))
    return path


@pytest.fixture(scope="module", params=list(ENCODERS))
def name(request: pytest.FixtureRequest) -> EncoderName:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def film(name: EncoderName, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video by an encoder that works on this machine."""
    if problem := problem_with(name):
        pytest.skip(problem)
    return encode(tmp_path_factory.mktemp(name) / "film.mp4", ENCODERS[name])


class TestAnEncoderThatIsHere:
    def test_writes_every_frame_as_it_was_drawn(self, name: EncoderName, film: Path) -> None:
        with av.open(str(film)) as file:
            video = file.streams.video[0]
            assert video.codec_context.codec.canonical_name == CODECS[name]
            assert (video.width, video.height, video.average_rate) == (*SIZE, FPS)
            shown = [frame.to_ndarray(format="rgb24") for frame in file.decode(video)]
        assert len(shown) == FRAMES
        for number, pixels in enumerate(shown):
            off = np.abs(pixels.astype(int) - picture(number)[..., :3])
            assert off.mean() < 3, f"frame {number}"

    def test_says_its_colours_truly(self, film: Path) -> None:
        with av.open(str(film)) as file:
            frame = next(file.decode(video=0))
        assert (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range) == (6, 1, 1, 1)

    def test_lets_a_player_start_at_once_and_jump(self, film: Path) -> None:
        data = film.read_bytes()
        assert 0 < data.index(b"moov") < data.index(b"mdat")
        with av.open(str(film)) as file:
            keys = [float(p.pts * p.time_base) for p in file.demux(video=0) if p.is_keyframe and p.pts is not None]
        assert keys[0] == 0
        assert max(b - a for a, b in zip(keys, [*keys[1:], FRAMES / FPS], strict=True)) <= KEYFRAME_S

    def test_can_be_copied_as_a_draft(self, name: EncoderName, film: Path, tmp_path: Path) -> None:
        with av.open(str(copy_draft(film, tmp_path / "look.mp4"))) as file:
            assert file.streams.video[0].codec_context.codec.canonical_name == CODECS[name]
            assert sum(1 for _ in file.decode(video=0)) == FRAMES


@pytest.mark.parametrize("name", [name for name in ENCODERS if name not in WITH_HARDWARE])
def test_on_the_processor_equal_frames_make_equal_files(name: EncoderName, tmp_path: Path) -> None:
    first, second = (encode(tmp_path / f"{n}.mp4", ENCODERS[name], 30) for n in "ab")
    assert first.read_bytes() == second.read_bytes()


class TestAnEncoderThatIsNotHere:
    @pytest.fixture(params=sorted(WITH_HARDWARE))
    def absent(self, request: pytest.FixtureRequest) -> EncoderName:
        if not problem_with(request.param):
            pytest.skip(f"{request.param} works here")
        return request.param  # type: ignore[no-any-return]

    def test_says_what_is_missing(self, absent: EncoderName) -> None:
        assert problem_with(absent).startswith(ENCODERS[absent].title)
        assert problem_with(absent).endswith(".")

    def test_is_unavailable_and_names_the_cure(self, absent: EncoderName, tmp_path: Path) -> None:
        with pytest.raises(Unavailable, match=ENCODERS[absent].title) as raised:
            encode(tmp_path / "film.mp4", ENCODERS[absent])
        assert raised.value.cure == ENCODERS[absent].cure


def test_those_that_come_with_pyav_work_everywhere() -> None:
    assert [problem_with("x264"), problem_with("svt-av1")] == ["", ""]


def test_one_that_fails_in_the_middle_lets_the_planner_take_another(tmp_path: Path) -> None:
    """FFmpeg opens an encoder with the first frame, while others are already being drawn."""
    broken = replace(X264, options=lambda _fps: {"preset": "as fast as you can"})
    with pytest.raises(Unavailable, match="x264 does not work here"):
        encode(tmp_path / "film.mp4", broken)


class TestTheTrial:
    """A driver may do anything to the process that calls it."""

    def test_survives_a_crash(self) -> None:
        assert verdict_of([sys.executable, "-c", "import os; os.abort()"], "NVENC") == "NVENC crashes (signal 6)."

    def test_gives_up_on_one_that_hangs(self) -> None:
        command = [sys.executable, "-c", "import time; time.sleep(60)"]
        assert verdict_of(command, "NVENC", 0.5) == "NVENC hangs: no video within 0.5 seconds."

    def test_repeats_what_was_said_last(self) -> None:
        command = [sys.executable, "-c", "print('loading'); print('No card.'); raise SystemExit(1)"]
        assert verdict_of(command, "NVENC") == "No card."
        assert verdict_of([sys.executable, "-c", "raise SystemExit(3)"], "NVENC") == "NVENC ends with 3."


def test_the_same_encoders_can_be_set_ordered_and_measured() -> None:
    names = list(get_args(EncoderName))
    assert list(ENCODERS) == names
    assert list(get_args(Production.model_fields["encoder"].annotation)) == names
    for command in (main.commands["make"], main.commands["bench"].commands["render"]):  # type: ignore[attr-defined]
        assert [list(p.type.choices) for p in command.params if p.name == "encoder"] == [names]
