"""Chatterbox as an engine: a double of its package, run by our own program in a Python of its own; everything else is real."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from config.errors import BadInput, Cancelled, EngineError, OutOfMemory, Unavailable
from producer.engines.base import Context
from producer.engines.line.chatterbox import LANGUAGES, Chatterbox
from producer.engines.registry import Registry
from producer.engines.requests import LineOptions, LineRequest
from producer.outside.environment import MADE
from producer.speech.wav import from_wav, to_wav
from producer.voices import list_voices
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef, SpokenLine
from tests.producer.outside.test_runner import gone
from tests.support import programs, voice_programs

TEXT = "Otters are back in the harbour. The town counted eleven animals this spring."


class Studio:
    """The engine as the registry makes it, with the double in the mood of the test."""

    def __init__(self, folder: Path, mood: str = "well") -> None:
        self.code = voice_programs.chatterbox(folder / "environments", mood).code
        programs.weights(folder / "weights", "chatterbox")
        self.engine = Registry(weights=folder / "weights").create("chatterbox")
        self.store, self._folder, self._runs = FolderStore(folder / "store"), folder, 0
        self.logged: list[str] = []

    def sample(self, seed: int = 0, seconds: float = 4.0) -> ArtifactRef:
        noise = np.random.default_rng(seed).normal(0, 0.1, round(seconds * 24000)).astype(np.float32)
        return self.store.put_bytes(to_wav(noise, 24000), "audio/wav")

    def context(self, **hooks: Any) -> Context:
        self._runs += 1
        workdir = self._folder / f"run-{self._runs}"
        workdir.mkdir()
        return Context(workdir, self.store, log=self.logged.append, **hooks)

    def say(self, text: str = TEXT, seed: int = 7, samples: tuple[ArtifactRef, ...] | None = None, hooks: Any = None, **options: Any) -> SpokenLine:  # fmt: skip
        given = (self.sample(),) if samples is None else samples
        request = LineRequest(LineOptions(text=text, samples=given, **options), seed)
        line: SpokenLine = self.engine.run(request, self.context(**(hooks or {})))  # type: ignore[assignment]
        return line

    def mood(self, mood: str) -> None:
        (self.code / "mood").write_text(mood)

    @property
    def asked(self) -> dict[str, Any]:
        return dict(json.loads((self.code / "asked.json").read_text()))

    @property
    def starts(self) -> int:
        return (self.code / "started").read_text().count("once")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path)
    yield made
    made.engine.unload()


class TestTheLine:
    def test_has_times_for_words_and_sounds(self, studio: Studio) -> None:
        told: list[float] = []
        studio.engine.load("cpu")
        line = studio.say(hooks={"progress": lambda fraction, _words: told.append(fraction)})
        assert line.voice.startswith("own-")
        assert line.sample_rate == 24000
        assert [word.text for word in line.words] == TEXT.split()
        assert line.phonemes[-1].end <= line.duration_s + 0.01
        assert told == sorted(told)
        assert told[0] == 0.0
        audio, rate = from_wav(studio.store.fetch(line.audio))
        assert len(audio) / rate == pytest.approx(line.duration_s, abs=0.01)

    def test_the_program_is_loaded_once_and_learns_a_voice_once(self, studio: Studio) -> None:
        studio.engine.load("cpu")
        first = studio.say()
        assert (studio.asked["spoken"], studio.asked["learnt"]) == (2, 1), "a line of two sentences"
        assert studio.say() == first
        assert (studio.asked["spoken"], studio.asked["learnt"]) == (4, 1)
        other = studio.say(samples=(studio.sample(1),))
        assert studio.asked["learnt"] == 2
        assert other.voice != first.voice
        assert other.audio != first.audio
        assert studio.starts == 1

    def test_is_asked_as_it_wants_to_be(self, studio: Studio) -> None:
        studio.engine.load("cpu")
        studio.say("Oterne er tilbake.", language="nb")
        assert studio.asked["language"] == "no", "its own name for Norwegian"
        assert (studio.asked["exaggeration"], studio.asked["cfg_weight"]) == (0.5, 0.5)
        assert studio.asked["home"] != str(Path.home()), "it sees nothing of the user's"

    def test_another_seed_is_another_take_and_a_faster_pace_is_shorter(self, studio: Studio) -> None:
        studio.engine.load("cpu")
        usual, other, fast = studio.say(), studio.say(seed=8), studio.say(rate=1.5)
        assert usual.audio != other.audio
        assert fast.duration_s < 0.8 * usual.duration_s

    def test_a_sentence_that_lasts_too_short_is_spoken_again(self, studio: Studio) -> None:
        studio.mood("leaves words out")
        studio.engine.load("cpu")
        studio.say("Otters are back in the harbour.")
        assert studio.asked["spoken"] == 2
        assert any("words missing or added" in line for line in studio.logged)

    def test_asks_for_samples_and_for_enough_of_them(self, studio: Studio) -> None:
        studio.engine.load("cpu")
        with pytest.raises(BadInput, match="gave no sample"):
            studio.say(samples=())
        with pytest.raises(BadInput, match="too short"):
            studio.say(samples=(studio.sample(0, 1.0),))
        with pytest.raises(BadInput, match="does not speak"):
            studio.say("水獺回來了。", language="zh")


class TestItStopsAndFails:
    def test_stops_in_the_middle_and_stays_loaded(self, studio: Studio) -> None:
        studio.engine.load("cpu")
        studio.say()
        studio.mood("slow")
        before = studio.asked["spoken"]
        with pytest.raises(Cancelled):
            studio.say(hooks={"cancelled": lambda: studio.asked["spoken"] > before})
        studio.mood("well")
        studio.say()
        assert studio.starts == 1

    def test_is_ended_when_it_hears_nothing_and_started_again_for_the_next_line(self, studio: Studio) -> None:
        studio.engine.load("cpu")
        studio.say()
        studio.mood("deaf")
        before, pid = studio.asked["spoken"], studio.asked["pid"]
        with pytest.raises(Cancelled):
            studio.say(hooks={"cancelled": lambda: studio.asked["spoken"] > before})
        assert gone(pid)
        studio.mood("well")
        assert studio.say().duration_s > 0
        assert studio.starts == 2

    @pytest.mark.parametrize(
        ("mood", "kind", "told"),
        [
            ("full", OutOfMemory, "ran out of the GPU's memory"), ("dies", EngineError, "about to die"),
            ("breaks", EngineError, "stack expects a non-empty TensorList"), ("no numbers", EngineError, "what is no sound"),
        ],
    )  # fmt: skip
    def test_says_why_it_failed(self, studio: Studio, mood: str, kind: type[EngineError], told: str) -> None:
        studio.engine.load("cpu")
        studio.mood(mood)
        with pytest.raises(kind) as failed:
            studio.say()
        assert told in failed.value.message
        studio.mood("well")
        assert studio.say().duration_s > 0, "the next line is none the worse for it"

    @pytest.mark.parametrize(("mood", "kind"), [("full while loading", OutOfMemory), ("lacks a package", Unavailable)])
    def test_says_why_it_cannot_be_loaded(self, studio: Studio, mood: str, kind: type[EngineError]) -> None:
        studio.mood(mood)
        with pytest.raises(kind):
            studio.engine.load("cpu")

    def test_is_gone_when_it_is_unloaded(self, studio: Studio) -> None:
        studio.engine.load("cpu")
        studio.say()
        room = Path(studio.asked["home"])
        assert room.is_dir()
        studio.engine.unload()
        assert gone(studio.asked["pid"])
        assert not room.exists()


class TestWhatItLacks:
    def test_an_environment_and_weights(self, tmp_path: Path) -> None:
        engine = Registry(weights=tmp_path / "weights").create("chatterbox")
        assert [problem.cure for problem in engine.check()] == ["run.py pull chatterbox"] * 2
        with pytest.raises(Unavailable):
            engine.load()

    def test_an_environment_that_was_made_of_something_else(self, studio: Studio) -> None:
        assert studio.engine.check() == []
        (studio.code.parent / MADE).write_text('{"digest": "old"}')
        (problem,) = studio.engine.check()
        assert "environment" in problem.message

    def test_its_voice_is_the_presenters(self, tmp_path: Path) -> None:
        voices = [voice for voice in list_voices(Registry(weights=tmp_path)) if voice.engine == "chatterbox"]
        assert {voice.language for voice in voices} == set(LANGUAGES)
        assert all(voice.borrowed and not voice.here for voice in voices)
        assert Chatterbox().info.needs == "samples"
