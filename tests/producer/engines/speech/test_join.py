"""Lines joined into one recording."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import BadInput, Cancelled
from producer.engines.base import Context
from producer.engines.requests import SpeechOptions, SpeechRequest
from producer.engines.speech.join import Join
from producer.speech.loudness import SILENT, gain_to, integrated_loudness
from producer.speech.wav import from_wav, to_wav
from storage.artifacts import FolderStore
from storage.documents import Phoneme, Speech, SpokenLine, Word

RATE = 24000


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(tmp_path, FolderStore(tmp_path / "store"))


def a_line(
    context: Context,
    seconds: float = 1.0,
    volume: float = 0.2,
    rate: int = RATE,
    voice: str = "heart",
    pitch: float = 300,
) -> SpokenLine:
    """A line of two words whose sound is a tone, loud in its middle."""
    time = np.arange(round(seconds * rate)) / rate
    tone = volume * np.sin(2 * np.pi * pitch * time) * np.hanning(len(time))
    return SpokenLine(
        text="two words",
        language="en",
        voice=voice,
        audio=context.artifacts.put_bytes(to_wav(tone.astype(np.float32), rate), "audio/wav"),
        sample_rate=rate,
        duration_s=seconds,
        words=(Word(text="two", start=0.1, end=0.4), Word(text="words", start=0.4, end=0.9)),
        phonemes=(
            Phoneme(symbol="_", start=0, end=0.1),
            Phoneme(symbol="t", start=0.1, end=0.2),
            Phoneme(symbol="u", start=0.2, end=seconds, stress=2),
        ),
    )


def join(context: Context, *lines: SpokenLine, pause_s: float = 0.5) -> Speech:
    return Join().run(SpeechRequest(SpeechOptions(pause_s=pause_s), lines), context)


def test_lines_follow_each_other_with_a_pause_between_and_none_around(context: Context) -> None:
    speech = join(context, a_line(context, 1.0), a_line(context, 2.0), pause_s=0.5)
    assert [(span.start, span.end) for span in speech.lines] == [(0.0, 1.0), (1.5, 3.5)]
    assert speech.duration_s == 3.5
    audio, rate = from_wav(context.artifacts.fetch(speech.audio))
    assert len(audio) == 3.5 * rate
    assert not audio[round(1.01 * rate) : round(1.49 * rate)].any()


def test_words_and_sounds_move_with_their_lines(context: Context) -> None:
    speech = join(context, a_line(context), a_line(context))
    assert [(w.text, w.start, w.line) for w in speech.words] == [
        ("two", 0.1, 0), ("words", 0.4, 0), ("two", 1.6, 1), ("words", 1.9, 1),
    ]  # fmt: skip
    assert all(a.end == b.start for a, b in pairwise(speech.phonemes))
    assert [p.stress for p in speech.phonemes if p.symbol == "u"] == [2, 2]
    assert speech.phonemes[3].symbol == "_"


def test_speech_is_levelled_to_minus_20_lufs(context: Context) -> None:
    for volume in (0.02, 0.9):
        speech = join(context, a_line(context, 3, volume), a_line(context, 2, volume))
        assert speech.loudness_lufs == pytest.approx(-20, abs=0.5)


def test_two_voices_match_and_one_voice_keeps_its_dynamics(context: Context) -> None:
    quiet, loud, other = a_line(context, 3, 0.05), a_line(context, 3, 0.2), a_line(context, 3, 0.5, voice="emma")
    speech = join(context, quiet, loud, other, pause_s=0)
    audio, rate = from_wav(context.artifacts.fetch(speech.audio))
    first, second, third = (integrated_loudness(part, rate) for part in np.split(audio, 3))
    assert second - first == pytest.approx(12, abs=0.3)
    assert integrated_loudness(audio[: 6 * rate], rate) == pytest.approx(third, abs=0.5)


def test_a_lower_sample_rate_is_raised_and_keeps_its_pitch_and_length(context: Context) -> None:
    speech = join(context, a_line(context, 1, rate=16000, pitch=440), a_line(context, 1), pause_s=0)
    assert speech.sample_rate == RATE
    assert speech.duration_s == pytest.approx(2)
    audio, rate = from_wav(context.artifacts.fetch(speech.audio))
    spectrum = np.abs(np.fft.rfft(audio[:rate]))
    assert spectrum.argmax() == pytest.approx(440, abs=2)


def test_a_peak_is_never_pushed_into_the_ceiling() -> None:
    spiky = np.zeros(RATE, np.float32)
    spiky[::4000] = 1.0
    assert np.abs(spiky).max() * gain_to(-6, spiky, RATE) <= 10 ** (-1 / 20) + 1e-6


def test_very_short_and_silent_lines_are_no_trouble(context: Context) -> None:
    short = np.sin(np.arange(RATE // 20) / 5).astype(np.float32)
    assert SILENT < integrated_loudness(short, RATE) < 0
    speech = join(context, a_line(context, 0.2, volume=0), a_line(context, 0.2, volume=0))
    assert speech.loudness_lufs == SILENT


def test_nothing_to_join_is_refused(context: Context) -> None:
    with pytest.raises(BadInput, match="at least one line"):
        join(context)


def test_it_stops_when_asked(tmp_path: Path, context: Context) -> None:
    line = a_line(context)
    with pytest.raises(Cancelled):
        join(Context(tmp_path, context.artifacts, cancelled=lambda: True), line)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lengths=st.lists(st.floats(0.3, 2), min_size=1, max_size=5),
    pause_s=st.floats(0, 3),
)
def test_every_time_lies_inside_the_recording_and_in_order(
    context: Context, lengths: list[float], pause_s: float
) -> None:
    speech = join(context, *(a_line(context, seconds) for seconds in lengths), pause_s=pause_s)
    edges = [edge for p in speech.phonemes for edge in (p.start, p.end)]
    assert edges == sorted(edges)
    assert edges[-1] == pytest.approx(speech.duration_s, abs=1e-3)
    assert speech.duration_s == pytest.approx(sum(lengths) + pause_s * (len(lengths) - 1), abs=1e-3 * len(lengths))
