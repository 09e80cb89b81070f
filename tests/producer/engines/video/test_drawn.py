from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput, Cancelled
from producer.engines.base import Context
from producer.engines.registry import Registry
from producer.engines.requests import VideoOptions, VideoRequest
from producer.engines.video.drawn import Drawn
from producer.render.presenter.motion import LEAD_S
from producer.render.presenter.tracks import load
from producer.render.renderers import RENDERERS
from storage.artifacts import FolderStore
from storage.documents import Script, ScriptLine, Speech, SpokenSpan
from tests.support.presenter import phonemes

SOUNDS = phonemes("hˈəlO bˈɑb ")


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(workdir=tmp_path, artifacts=FolderStore(tmp_path / "store"))


@pytest.fixture
def speech(context: Context) -> Speech:
    length = SOUNDS[-1].end
    file = context.workdir / "speech.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes((8000 * np.sin(np.arange(int(length * 16000)) / 20)).astype("<i2").tobytes())
    return Speech(
        audio=context.artifacts.put(file, "audio/wav"),
        sample_rate=16000,
        duration_s=length,
        loudness_lufs=-16,
        lines=(SpokenSpan(start=0.2, end=length - 0.3),),
        phonemes=tuple(SOUNDS),
    )


def request(speech: Speech, look: dict[str, object] | None = None, seed: int = 0, fps: int = 25) -> VideoRequest:
    script = Script(title="Hello", lines=(ScriptLine(text="Hello Bob!"),))
    return VideoRequest(VideoOptions(look=look or {}, fps=fps), script, speech, seed)


def test_a_speech_becomes_a_performance_of_its_length(context: Context, speech: Speech) -> None:
    made = Drawn().run(request(speech, {"name": "theo"}, fps=30), context)
    assert (made.renderer, made.fps, made.duration_s, made.footage) == ("drawn/2", 30, speech.duration_s, None)
    assert made.renderer in RENDERERS
    assert made.look["name"] == "theo"
    assert made.tracks is not None
    tracks = load(context.artifacts.fetch(made.tracks))
    assert len(tracks["mouth"]) == int(np.ceil(speech.duration_s * 30)) + 2 * round(LEAD_S * 30)


def test_equal_requests_make_equal_documents(context: Context, speech: Speech) -> None:
    first, again = (Drawn().run(request(speech, seed=4), context) for _ in range(2))
    assert first.content_hash == again.content_hash
    assert Drawn().run(request(speech, seed=5), context).content_hash != first.content_hash


def test_free_parameters_reach_the_performance(context: Context, speech: Speech) -> None:
    made = Drawn().run(request(speech, {"name": "mei", "glasses": "round"}), context)
    assert made.look["glasses"] == "round"


def test_an_unknown_look_names_the_known_ones(context: Context, speech: Speech) -> None:
    with pytest.raises(BadInput) as refused:
        Drawn().run(request(speech, {"name": "nobody"}), context)
    assert "mara" in refused.value.cure


def test_it_stops_when_asked(context: Context, speech: Speech) -> None:
    stopped = Context(workdir=context.workdir, artifacts=context.artifacts, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        Drawn().run(request(speech), stopped)


def test_it_is_ready_everywhere_and_found_by_its_name() -> None:
    engine = Registry().create("drawn")
    assert engine.check() == []
    assert (engine.info.id, engine.info.stage, engine.info.lane) == ("drawn", "video", "cpu")


def test_moving_needs_no_drawing_library() -> None:
    code = (
        "import sys; from producer.engines.video.drawn import Drawn; import producer.render.presenter.motion, "
        "producer.render.presenter.looks; assert not {'skia', 'cv2', 'torch', 'onnxruntime'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
