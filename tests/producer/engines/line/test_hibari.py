"""The default English voice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import BadInput, Cancelled, Unavailable
from producer.engines.base import Context
from producer.engines.line.hibari import HibariVoice
from producer.engines.requests import LineOptions, LineRequest
from producer.speech.wav import from_wav
from storage.artifacts import FolderStore
from storage.documents import SpokenLine

Say = Callable[..., SpokenLine]


@pytest.fixture(scope="module")
def engine() -> HibariVoice:
    engine = HibariVoice()
    assert engine.check() == []
    engine.load()
    return engine


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FolderStore:
    return FolderStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def say(engine: HibariVoice, store: FolderStore, tmp_path_factory: pytest.TempPathFactory) -> Say:
    context = Context(tmp_path_factory.mktemp("work"), store)

    def say(text: str, seed: int = 0, **options: Any) -> SpokenLine:
        return engine.run(LineRequest(LineOptions(text=text, **options), seed), context)

    return say


TEXT = "On 5 March 2026, Dr. Smith’s team sorted 94% of 3,000 bottles 🎉 — for $3.2bn! It was, they say, “a first.”"


def test_every_word_of_the_text_has_its_time_in_order(say: Say) -> None:
    line = say(TEXT)
    assert " ".join(word.text for word in line.words) == TEXT
    times = [edge for word in line.words for edge in (word.start, word.end)]
    assert times == sorted(times)
    assert all(word.end - word.start > 0.04 for word in line.words)
    assert times[-1] <= line.duration_s


def test_sounds_fill_the_whole_line_and_know_silence_and_stress(say: Say) -> None:
    line = say(TEXT)
    assert all(a.end == b.start for a, b in pairwise(line.phonemes))
    assert line.phonemes[-1].end == pytest.approx(line.duration_s, abs=1e-3)
    assert {p.stress for p in line.phonemes} == {0, 1, 2}
    long_silences = [p for p in line.phonemes if p.symbol == "_" and p.end - p.start > 0.15]
    assert len(long_silences) >= 2  # after “2026,” and “$3.2bn!”


def test_the_recording_is_24_khz_mono_trimmed_and_without_clicks_at_its_ends(say: Say, store: FolderStore) -> None:
    line = say(TEXT)
    audio, rate = from_wav(store.fetch(line.audio))
    assert rate == line.sample_rate == 24000
    assert len(audio) / rate == pytest.approx(line.duration_s)
    assert audio[0] == audio[-1] == 0
    assert line.words[0].start < 0.15
    assert line.duration_s - line.words[-1].end < 0.15
    assert 0.1 < np.abs(audio).max() < 1


def test_equal_requests_give_equal_bytes_and_another_seed_others(say: Say) -> None:
    assert say(TEXT, seed=7) == say(TEXT, seed=7)
    assert say(TEXT, seed=7).audio != say(TEXT, seed=8).audio


def test_a_faster_rate_takes_less_time(say: Say) -> None:
    slow, fast = say(TEXT, rate=0.8), say(TEXT, rate=1.4)
    assert slow.duration_s > 1.4 * fast.duration_s


def test_a_hint_changes_what_is_heard_and_not_what_is_shown(say: Say) -> None:
    plain, hinted = say("Mrs. Nguyen’s idea."), say("Mrs. Nguyen’s idea.", hints={"nguyen": "win"})
    assert [w.text for w in plain.words] == [w.text for w in hinted.words]
    assert _sounds(plain) != _sounds(hinted)
    assert _sounds(hinted) == _sounds(say("Mrs. win’s idea."))


def test_a_very_long_sentence_is_spoken_whole(say: Say) -> None:
    text = "and so the river went on through the town, " * 30
    line = say(text)
    assert len(line.words) == len(text.split())
    assert line.duration_s > 60
    assert min(word.end - word.start for word in line.words) > 0.02


def test_words_that_english_cannot_read_are_shown_and_skipped(say: Say) -> None:
    line = say("The city of Київ is old.")
    assert [word.text for word in line.words] == ["The", "city", "of", "Київ", "is", "old."]
    assert _sounds(line) == _sounds(say("The city of is old."))


@pytest.mark.parametrize("text", ["🎉🎉", "…", " — ", "1️⃣"])
def test_a_line_without_words_is_refused_with_a_cure(say: Say, text: str) -> None:
    with pytest.raises(BadInput, match=r"no words to say\. Write"):
        say(text)


def test_a_line_in_another_language_is_refused_with_a_cure(say: Say) -> None:
    with pytest.raises(BadInput, match="does not speak “es”"):
        say("Hola a todos.", language="es")
    with pytest.raises(BadInput, match="its real language"):
        say("机器人很小。")


def test_an_unknown_voice_is_refused_and_the_known_ones_named(say: Say) -> None:
    with pytest.raises(BadInput, match=r"no voice “nobody”.*heart, emma"):
        say("Hello.", voice="nobody")


def test_a_voice_that_is_not_installed_says_how_to_get_it(
    say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    with pytest.raises(Unavailable, match=r"run\.py pull hibari"):
        say("Hello.", voice="emma")


def test_the_default_voice_is_named_on_the_line(say: Say) -> None:
    assert say("Hello.").voice == "heart"


def test_it_stops_between_sentences_when_asked(engine: HibariVoice, store: FolderStore, tmp_path: Path) -> None:
    context = Context(tmp_path, store, cancelled=lambda: True)
    with pytest.raises(Cancelled):
        engine.run(LineRequest(LineOptions(text="One. Two.")), context)


@settings(max_examples=25, deadline=None)
@given(text=st.text(alphabet="abcXYZ 0159.,!?%$€-—’“”()/@#🎉é中\n", min_size=1, max_size=40))
def test_any_line_is_spoken_or_refused(say: Say, text: str) -> None:
    try:
        line = say(text)
    except BadInput:
        return
    assert " ".join(word.text for word in line.words) == " ".join(text.split())
    assert all(0 <= word.start <= word.end <= line.duration_s + 1e-3 for word in line.words)


def test_looking_at_the_engine_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from producer.engines.line.hibari import HibariVoice\n"
        "engine = HibariVoice()\n"
        "assert engine.info.weights.startswith('hibari-tts 0.'), engine.info.weights\n"
        "engine.check()\n"
        "assert not {'torch', 'cv2', 'onnxruntime', 'onnx', 'hibari', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def _sounds(line: SpokenLine) -> list[str]:
    return [p.symbol for p in line.phonemes if p.symbol != "_"]
