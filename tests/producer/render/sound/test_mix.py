"""The sound of a cut: loud as promised, no peak too high, the voice in its place, the music out of its way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import fftconvolve

from producer.render.sound.ducking import DEPTH_DB, HOLD_S, RISE_S, SINK_S, ducking
from producer.render.sound.master import CEILING_DB, mastering
from producer.render.sound.meter import RATE, loudness, true_peak_db
from producer.render.sound.mix import Track, mix
from producer.render.sound.music import composed
from producer.render.sound.voice import resampled
from producer.render.timeline import Timeline, plan
from tests.support.cutting import RATE as VOICE_RATE
from tests.support.cutting import babble
from tests.support.hearing import level, steps, through_aac


def mixed(voice: np.ndarray, mood: str | None = "warm", lufs: float = -16.0, seed: int = 1) -> tuple[Track, Timeline]:
    times = plan(len(voice) / VOICE_RATE, 25)
    music = composed(mood, seed, times) if mood else None
    return mix(voice, VOICE_RATE, times.offset_s, times.duration_s, music, lufs), times


def plosive(seconds: float) -> np.ndarray:
    """A voice with sharp bursts well over its body."""
    voice = babble(seconds)
    rng = np.random.default_rng(1)
    for first in range(3000, len(voice) - 3000, 9000):
        voice[first : first + 400] += (rng.normal(0, 0.3, 400) * np.exp(-np.arange(400) / 90)).astype(np.float32)
    return voice


@pytest.mark.parametrize("lufs", [-16.0, -14.0])
@pytest.mark.parametrize("mood", ["calm", "pulse", None])
@pytest.mark.parametrize("voice", [babble(9) * 0.02, babble(9) * 3, plosive(9)], ids=["quiet", "loud", "plosive"])
def test_what_a_viewer_hears_is_as_loud_as_promised_and_peaks_stay_under_minus_one(
    voice: np.ndarray, mood: str | None, lufs: float, tmp_path
) -> None:
    track, times = mixed(voice, mood, lufs)
    assert len(track) == round(times.duration_s * RATE)
    heard = through_aac(track, tmp_path / "sound.m4a")
    assert loudness(heard) == pytest.approx(lufs, abs=0.5)
    assert true_peak_db(heard) <= -1.0
    assert true_peak_db(track[:]) <= CEILING_DB + 0.1


def test_the_voice_sounds_where_it_was_put() -> None:
    voice = babble(3)
    track, times = mixed(voice)
    reference = resampled(voice, VOICE_RATE)
    found = int(np.argmax(fftconvolve(track[:][:, 0], reference[::-1], "valid")))
    assert found / RATE == pytest.approx(times.offset_s, abs=0.003)


def test_sound_asked_for_in_any_parts_is_the_same() -> None:
    track, _ = mixed(babble(3))
    at_once = track[:]
    again = [track[first : first + 1024] for first in range(0, len(track), 1024)]
    assert np.array_equal(np.concatenate(again), at_once)
    assert np.array_equal(track[RATE - 7 : 2 * RATE + 5], at_once[RATE - 7 : 2 * RATE + 5])
    assert len(track[len(track) : len(track) + 10]) == 0


def test_the_music_sinks_under_speech_and_comes_back() -> None:
    """The bed by itself: with a voice that talks from 2.2 s to 6.2 s and from 14.2 s on, against one that is silent."""
    talk = np.concatenate([babble(4), np.zeros(8 * VOICE_RATE, np.float32), babble(4)])
    times = plan(len(talk) / VOICE_RATE, 25)
    with_music, without = (
        mix(talk, VOICE_RATE, times.offset_s, times.duration_s, music, -16.0)[:]
        for music in (composed("warm", 1, times), None)
    )
    bed = with_music - without * np.float32(np.vdot(with_music, without) / np.vdot(without, without))

    def at(start: float, stop: float) -> float:
        return level(bed[round(start * RATE) : round(stop * RATE)])

    alone = at(8.5, 13.5)
    assert alone - at(2.4, 6.0) == pytest.approx(-DEPTH_DB, abs=3)
    assert alone - at(14.4, 18.0) == pytest.approx(-DEPTH_DB, abs=3)
    assert level(with_music[round(2.4 * RATE) : round(6 * RATE)]) - at(2.4, 6.0) > 16
    assert -45 < alone < -20


@settings(max_examples=40, deadline=None)
@given(
    speech=st.lists(st.tuples(st.booleans(), st.integers(1, 400)), min_size=1, max_size=12),
)
def test_the_music_is_down_wherever_somebody_speaks_and_moves_gently(speech: list[tuple[bool, int]]) -> None:
    speaking = np.concatenate([np.full(count, on) for on, count in speech])
    gains = 20 * np.log10(ducking(speaking * 0.1))
    assert gains[speaking] == pytest.approx(DEPTH_DB)
    assert gains.min() >= DEPTH_DB - 1e-6
    assert gains.max() <= 1e-6
    assert np.abs(np.diff(gains)).max(initial=0) < 0.3  # dB in 5 ms
    if not speaking.any():
        assert gains == pytest.approx(0.0)


def test_the_music_is_all_there_long_before_and_after_a_word() -> None:
    speaking = np.zeros(1000, bool)
    speaking[400:500] = True
    gains = 20 * np.log10(ducking(speaking * 0.1))
    before, after = 400 - round(SINK_S / 0.005), 500 + round((HOLD_S + RISE_S) / 0.005)
    assert gains[: before + 1] == pytest.approx(0.0)
    assert gains[after:] == pytest.approx(0.0)
    assert (np.diff(gains[before:401]) <= 0).all()
    assert (np.diff(gains[500:after]) >= 0).all()


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 99),
    spikes=st.integers(0, 40),
    height=st.floats(0.1, 8.0),
    target=st.sampled_from([-16.0, -14.0]),
)
def test_mastering_holds_the_ceiling_whatever_comes(seed: int, spikes: int, height: float, target: float) -> None:
    rng = np.random.default_rng(seed)
    peaks = (0.2 + 0.2 * rng.random(10_000)).astype(np.float32)
    peaks[rng.integers(0, 10_000, spikes)] *= height
    energies = np.full(1000, 0.02) * rng.random(1000)
    gains = mastering(energies, peaks, target)
    ceiling = 10 ** (CEILING_DB / 20) + 1e-6
    assert len(gains) == len(peaks) + 1
    assert (peaks * gains[:-1]).max() <= ceiling
    assert (peaks * gains[1:]).max() <= ceiling
    assert np.diff(20 * np.log10(gains)).max() <= 0.1  # comes back slowly


def test_gains_never_make_a_click() -> None:
    """Mastering bends no more than the voice itself does: no step between samples grows by more than its gain."""
    voice = plosive(6)
    track, _ = mixed(voice, None, -14.0)
    loudest = steps(resampled(voice, VOICE_RATE)) / np.abs(resampled(voice, VOICE_RATE)).max()
    sound = track[:]
    assert steps(sound) / np.abs(sound).max() < 2 * loudest


def test_the_cut_begins_and_ends_without_a_click() -> None:
    for mood in ("bright", "grave", None):
        sound = mixed(babble(3), mood)[0][:]
        assert np.abs(sound[:20]).max() < 0.01
        assert np.abs(sound[-1200:]).max() < 0.002


def test_without_music_the_pauses_are_silent() -> None:
    track, times = mixed(babble(2), None)
    assert not track[: round(times.offset_s * RATE) - 1].any()
    assert not track[round((times.offset_s + 2.01) * RATE) :].any()


def test_silence_and_nothing_are_no_trouble() -> None:
    for voice in (np.zeros(VOICE_RATE, np.float32), np.zeros(0, np.float32)):
        assert not mixed(voice, None)[0][:].any()
        sound = mixed(voice, "calm")[0][:]
        assert np.isfinite(sound).all()
        assert true_peak_db(sound) <= CEILING_DB + 0.1


def test_equal_seeds_make_equal_sound_and_others_do_not() -> None:
    first, again, other = (mixed(babble(2), "warm", seed=seed)[0][:] for seed in (4, 4, 5))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_mixing_can_be_stopped() -> None:
    class Stop(Exception):
        pass

    def poll() -> None:
        raise Stop

    with pytest.raises(Stop):
        mix(babble(1), VOICE_RATE, 1.0, 3.0, None, -16.0, poll)
