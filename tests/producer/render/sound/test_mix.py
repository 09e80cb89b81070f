"""The sound of a cut: loud as promised, no peak too high, the voice in its place, the music out of its way."""

import numpy as np
import pytest
from scipy.signal import fftconvolve

from producer.render.sound.meter import RATE, envelope, loudness, true_peak_db, true_peaks
from producer.render.sound.mix import CEILING_DB, TARGET_LUFS, limited, mix
from producer.render.sound.music import MOODS, bed
from producer.render.sound.voice import polished, resampled, stereo
from tests.support.cutting import RATE as VOICE_RATE
from tests.support.cutting import babble


def tone(level_db: float, hertz: float = 997.0, seconds: float = 2.0) -> np.ndarray:
    t = np.arange(round(seconds * RATE)) / RATE
    return stereo((10 ** (level_db / 20) * np.sin(2 * np.pi * hertz * t)).astype(np.float32))


def level(sound: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(sound.astype(np.float64) ** 2)) + 1e-9))


@pytest.mark.parametrize("loud", [0.02, 0.3, 3.0])
def test_any_voice_ends_at_the_promised_loudness_and_peak(loud: float) -> None:
    sound = mix(babble(6) * loud, VOICE_RATE, 2.0, 11.0, seed=1)
    assert len(sound) == 11 * RATE
    assert loudness(sound) == pytest.approx(TARGET_LUFS, abs=0.5)
    assert true_peak_db(sound) <= CEILING_DB + 0.1


def test_the_voice_sounds_where_it_was_put() -> None:
    voice = babble(3)
    sound = mix(voice, VOICE_RATE, 2.2, 8.0, seed=1)[:, 0]
    reference = resampled(voice, VOICE_RATE)
    found = int(np.argmax(fftconvolve(sound, reference[::-1], "valid")))
    assert found / RATE == pytest.approx(2.2, abs=0.003)


def test_the_music_gives_way_to_the_voice() -> None:
    voice = np.concatenate([babble(4), np.zeros(4 * VOICE_RATE, np.float32)])
    before, after = 1.2, 9.5
    sound = mix(voice, VOICE_RATE, 2.0, 14.0, seed=1)
    speaking = sound[3 * RATE : 5 * RATE]
    alone = sound[round(before * RATE) : round((before + 0.6) * RATE)]
    again = sound[round(after * RATE) : round((after + 2) * RATE)]
    assert level(speaking) - level(alone) > 6
    assert level(speaking) - level(again) > 6
    assert level(again) > -60


def test_silence_stays_a_quiet_bed_and_does_not_fail() -> None:
    sound = mix(np.zeros(VOICE_RATE, np.float32), VOICE_RATE, 1.0, 4.0, seed=1)
    assert np.isfinite(sound).all()
    assert mix(np.zeros(0, np.float32), VOICE_RATE, 1.0, 2.0, seed=1).shape == (2 * RATE, 2)


def test_equal_seeds_make_equal_sound_and_others_do_not() -> None:
    first, again, other = (mix(babble(2), VOICE_RATE, 1.0, 5.0, seed) for seed in (4, 4, 5))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_mixing_can_be_stopped() -> None:
    class Stop(Exception):
        pass

    def poll() -> None:
        raise Stop

    with pytest.raises(Stop):
        mix(babble(1), VOICE_RATE, 1.0, 3.0, 1, poll)


def test_the_meter_reads_a_reference_tone() -> None:
    """EBU Tech 3341, case 1: a stereo sine of 1 kHz at -23 dBFS reads -23 LUFS."""
    assert loudness(tone(-23, 1000)) == pytest.approx(-23, abs=0.1)
    assert loudness(np.zeros((RATE, 2), np.float32)) == -70
    assert loudness(tone(-20)[:100]) < -20


def test_true_peak_sees_between_the_samples() -> None:
    """A sine at a quarter of the rate, sampled 45° beside its crests, peaks 3 dB over its samples."""
    t = np.arange(RATE)
    sine = stereo((0.5 * np.sin(np.pi / 2 * t + np.pi / 4)).astype(np.float32))
    assert 20 * np.log10(np.abs(sine[100:-100]).max()) == pytest.approx(-9.03, abs=0.05)
    assert true_peak_db(sine[100:-100]) == pytest.approx(-6.02, abs=0.3)


def test_only_loud_places_are_oversampled_and_the_result_is_the_same() -> None:
    sound = stereo(resampled(babble(2), VOICE_RATE))
    everywhere, above = true_peaks(sound), true_peaks(sound, float(np.abs(sound).max()))
    assert above.max() == everywhere.max()
    assert len(above) == len(sound)


def test_the_limiter_holds_the_ceiling_and_leaves_quiet_sound_alone() -> None:
    loud, quiet = tone(3), tone(-20)
    assert true_peak_db(limited(loud)) <= CEILING_DB + 0.1
    assert limited(quiet) is quiet


def test_polishing_takes_out_rumble_and_clicks_but_keeps_the_length() -> None:
    t = np.arange(2 * VOICE_RATE) / VOICE_RATE
    rumble = polished((0.3 * np.sin(2 * np.pi * 20 * t)).astype(np.float32), VOICE_RATE)
    assert level(rumble[RATE // 2 :]) < level(stereo((0.3 * np.sin(2 * np.pi * 20 * t)).astype(np.float32))) - 12
    step = polished(np.full(VOICE_RATE, 0.5, np.float32), VOICE_RATE)
    assert abs(float(step[0])) < 0.01
    assert len(step) == RATE


@pytest.mark.parametrize("seed", range(6))
def test_the_bed_fades_at_both_ends_and_never_clips(seed: int) -> None:
    music = bed(12.0, seed)
    assert music.shape == (12 * RATE, 2)
    assert np.abs(music).max() < 1
    assert np.abs(music[:50]).max() < 0.01
    assert np.abs(music[-50:]).max() < 0.01
    assert level(music[4 * RATE : 8 * RATE]) > -40


def test_the_bed_loops_without_a_seam() -> None:
    music = bed(70.0, 1)  # more than one loop of any mood
    jumps = np.abs(np.diff(music[RATE : -3 * RATE], axis=0)).max(axis=1)
    assert jumps.max() < 8 * np.percentile(jumps, 99)


def test_seeds_reach_every_mood() -> None:
    chosen = {str(np.random.default_rng(seed).choice(sorted(MOODS))) for seed in range(60)}
    assert chosen == set(MOODS)


def test_the_waveform_is_scaled_to_its_highest_peak() -> None:
    sound = np.zeros((1000, 2), np.float32)
    sound[250, 0], sound[900, 1] = 0.2, -0.4
    peaks = envelope(sound, 10)
    assert peaks[2] == 0.5
    assert peaks[9] == 1.0
    assert sum(peaks) == 1.5
    assert envelope(sound[:0], 4) == (0.0,) * 4
