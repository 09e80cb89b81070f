from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput
from producer.render.presenter.articulation import RATE
from producer.render.presenter.prosody import loudness_of, sentences, stresses
from storage.documents import ArtifactRef, Script, ScriptLine, Speech, SpokenSpan, Word
from tests.support.presenter import phonemes

SOUND = ArtifactRef(sha256="0" * 64, media_type="audio/wav", size=1)
SCRIPT = Script(title="Rain", lines=(ScriptLine(text="It rains. Will it stop?"), ScriptLine(text="Hooray!")))


def speech(words: str = "") -> Speech:
    timed = tuple(
        Word(text=word, start=n * 0.5, end=n * 0.5 + 0.4, line=int(word == "Hooray!"))
        for n, word in enumerate(words.split())
    )
    spans = (SpokenSpan(start=0, end=2.4), SpokenSpan(start=2.5, end=2.9))
    return Speech(audio=SOUND, sample_rate=24000, duration_s=3, loudness_lufs=-16, lines=spans, words=timed)


def record(path: Path, samples: np.ndarray, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def test_sentences_end_where_the_words_say_so() -> None:
    found = sentences(SCRIPT, speech("It rains. Will it stop? Hooray!"))
    assert [(s.start, s.mood) for s in found] == [(0, "plain"), (1.0, "question"), (2.5, "exclamation")]


def test_words_without_punctuation_take_their_line_s() -> None:
    script = Script(title="Rain", lines=(ScriptLine(text="Will it stop?"),))
    assert [s.mood for s in sentences(script, speech("Will it stop"))] == ["question"]


def test_a_closing_quote_does_not_hide_the_mark() -> None:
    script = Script(title="Rain", lines=(ScriptLine(text="“Really?”"),))
    assert sentences(script, speech("“Really?”"))[0].mood == "question"


def test_an_abbreviation_ends_no_sentence() -> None:
    script = Script(title="Rain", lines=(ScriptLine(text="Dr. Lee came to St. Ives."),))
    assert len(sentences(script, speech("Dr. Lee came to St. Ives."))) == 1


def test_a_sentence_knows_how_it_is_meant() -> None:
    script = Script(title="Storm", lines=(ScriptLine(text="Two people died. The rest were rescued!"),))
    found = sentences(script, speech("Two people died. The rest were rescued!"))
    assert [s.tone.expression for s in found] == ["concerned", "glad"]


def test_without_words_each_line_is_a_sentence() -> None:
    assert [(s.start, s.mood) for s in sentences(SCRIPT, speech())] == [(0, "question"), (2.5, "exclamation")]


def test_the_loud_stressed_vowels_stand_out() -> None:
    sounds = phonemes("tˈɑt tˈɑt tˈɑt tˈɑt ")
    third = sounds[9]
    loudness = np.full(int(sounds[-1].end * RATE) + 1, 0.5)
    loudness[int(third.start * RATE) : int(third.end * RATE)] = 1.5
    found = stresses(sounds, loudness)
    assert max(found, key=lambda stress: stress.strength).time == pytest.approx(third.start, abs=0.06)


def test_loudness_is_one_where_the_voice_is_usual_and_none_in_silence(tmp_path: Path) -> None:
    tone = 0.3 * np.sin(np.arange(8000) * 0.5)
    loudness = loudness_of(record(tmp_path / "a.wav", np.concatenate([tone, np.zeros(8000)])), 2.0)
    assert len(loudness) == 2 * RATE + 1
    assert loudness[30:170] == pytest.approx(1, abs=0.05)
    assert loudness[230:].max() < 0.01


def test_digital_silence_has_a_loudness(tmp_path: Path) -> None:
    assert np.isfinite(loudness_of(record(tmp_path / "a.wav", np.zeros(800)), 1.0)).all()


def test_what_is_not_mono_wav_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="mono"):
        loudness_of(record(tmp_path / "stereo.wav", np.zeros(800), channels=2), 0.1)
    (tmp_path / "text.wav").write_text("not sound")
    with pytest.raises(BadInput, match="WAV"):
        loudness_of(tmp_path / "text.wav", 0.1)
