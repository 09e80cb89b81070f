"""Beds and stings: eight moods that sound different, go round without a seam, and are made of chords that agree."""

from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from producer.render.presenter.tone import Told
from producer.render.sound.instruments import STRUCK, struck
from producer.render.sound.meter import RATE, loudness, true_peak_db
from producer.render.sound.moods import MOODS, mood_for
from producer.render.sound.music import composed, looped
from producer.render.sound.score import BED_LUFS, chord, plucked, score
from producer.render.timeline import Timeline, plan
from storage.orders import Music as MusicOption
from tests.support.hearing import level, spectrum, steps, tone

EACH_MOOD = pytest.mark.parametrize("mood", sorted(MOODS))


def test_every_mood_can_be_ordered() -> None:
    assert set(get_args(MusicOption)) == {"auto", "off", *MOODS}
    assert len(MOODS) >= 6


@EACH_MOOD
def test_chords_are_major_or_minor_and_nothing_in_them_rubs(mood: str) -> None:
    """Every chord has its fifth, no two notes lie a semitone apart, and the last chord leads back to the first."""
    made = MOODS[mood]
    for step in made.chords:
        notes = chord(made, step)
        root = made.root + made.scale[step % 7]
        assert {(note - root) % 12 for note in notes} >= {0, 7}
        assert all(b - a >= 2 for a, b in pairwise(notes))
        assert notes[-1] - notes[0] < 12
    assert made.chords[0] == 0 != made.chords[-1]


@EACH_MOOD
def test_what_is_plucked_belongs_to_the_chord_and_lies_above_it(mood: str) -> None:
    made = MOODS[mood]
    for step in made.chords:
        notes = chord(made, step)
        for figure in made.figures:
            assert len(figure) == 8
            for number in (n for n in figure if n is not None):
                note = plucked(made, step, number)
                assert note % 12 in {n % 12 for n in notes}
                assert notes[0] + 12 <= note <= 95


@EACH_MOOD
def test_a_bed_goes_round_without_a_seam(mood: str) -> None:
    bed = score(mood, 1).bed
    around = np.abs(np.diff(np.concatenate([bed[:, -200:], bed[:, :200]], axis=1)))
    assert around.max() <= steps(bed.T)
    bends = np.abs(np.diff(bed, 2, axis=1))
    assert np.abs(np.diff(np.concatenate([bed[:, -50:], bed[:, :50]], axis=1), 2)).max() <= bends.max()
    assert loudness(bed.T) == pytest.approx(BED_LUFS, abs=0.05)
    assert true_peak_db(bed.T) < -10


@EACH_MOOD
def test_stings_begin_and_end_in_silence_and_ring_between(mood: str) -> None:
    for sting in (score(mood, 1).intro, score(mood, 1).outro):
        assert np.abs(sting[:, :20]).max() < 0.02
        assert np.abs(sting[:, -500:]).max() < 0.01
        assert level(sting[:, RATE // 4 : 2 * RATE]) > -35
        assert true_peak_db(sting.T) < -6


def test_a_sting_is_in_the_key_of_its_bed() -> None:
    """Almost all that sounds in it are notes of the root's chord and their harmonics."""
    for mood in MOODS:
        sting, bed = score(mood, 2).outro[0, : 3 * RATE], score(mood, 2).bed[0, : 3 * RATE]
        found = [chroma(sound) for sound in (sting, bed)]
        assert np.corrcoef(*found)[0, 1] > 0.5, mood


def chroma(sound: np.ndarray) -> np.ndarray:
    """How much of each of the twelve notes there is, 120 … 1500 Hz."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    inside = (hertz > 120) & (hertz < 1500)
    notes = np.round(12 * np.log2(hertz[inside] / 440)).astype(int) % 12
    return np.bincount(notes, np.sqrt(power[inside]), 12)


def test_moods_differ_in_their_spectrum_more_than_seeds_do() -> None:
    spectra = {mood: [spectrum(score(mood, seed).bed.T) for seed in (1, 2)] for mood in MOODS}
    names = sorted(MOODS)
    apart = [float(np.abs(spectra[a][0] - spectra[b][0]).mean()) for n, a in enumerate(names) for b in names[:n]]
    assert min(apart) > 1.0
    assert np.mean(apart) > 1.5 * np.mean([np.abs(one - other).mean() for one, other in spectra.values()])


def test_equal_seeds_make_equal_music_and_others_do_not() -> None:
    first = score("warm", 7).bed.copy()
    score.cache_clear()
    assert np.array_equal(score("warm", 7).bed, first)
    other = score("warm", 8).bed
    assert other.shape != first.shape or not np.array_equal(other, first)


def test_tones_fade_to_nothing() -> None:
    for instrument in STRUCK:
        made = struck(instrument, 72)
        assert abs(made[0]) < 0.01
        assert abs(made[-1]) < 0.001
        assert np.abs(made).max() == pytest.approx(1)


def cut(speech_s: float = 60.0) -> Timeline:
    return plan(speech_s, 25)


def whole(music: object, seconds: float) -> np.ndarray:
    """The bed with its stings, read in seconds as a mixture does."""
    parts = []
    for start in range(0, round(seconds * RATE), RATE):
        part = music.bed(start, min(start + RATE, round(seconds * RATE)))
        music.add_stings(part, start)
        parts.append(part)
    return np.concatenate(parts, axis=1)


def test_the_last_chord_resolves_to_the_roots_just_when_the_outro_begins() -> None:
    times = cut()
    music = composed("bright", 3, times)
    outro = round(times.outro / times.fps * RATE)
    assert np.array_equal(music.bed(outro, outro + RATE), score("bright", 3).bed[:, :RATE])
    assert {first for first, _ in music.stings} == {0, outro}


def test_music_read_in_seconds_is_music_read_at_once() -> None:
    music = composed("calm", 3, cut())
    samples = round(cut().duration_s * RATE)
    at_once = music.bed(0, samples)
    music.add_stings(at_once, 0)
    assert np.array_equal(whole(music, cut().duration_s), at_once)


def test_the_opening_sting_is_over_before_the_voice_has_said_much_and_the_closing_one_with_the_cut() -> None:
    times = cut(5)
    (first, intro), (last, outro) = composed("warm", 1, times).stings
    assert first + intro.shape[1] <= (times.offset_s + 0.31) * RATE
    assert last + outro.shape[1] == round(times.duration_s * RATE)
    assert np.abs(intro[:, -10:]).max() < 1e-4
    assert np.abs(outro[:, -10:]).max() < 1e-4


def test_a_cut_without_intro_and_outro_has_a_bed_and_no_stings() -> None:
    times = Timeline(25, 0, 10, 100, 110, 110)
    music = composed("warm", 1, times)
    assert music.stings == ()
    assert dict(music.fades)[0.0] == 0.0


def test_short_music_flows_from_its_end_into_its_beginning() -> None:
    sound = tone(-20, 441.3, 5.0).T
    music = looped(sound, 21.0)
    made = music.bed(0, 21 * RATE)
    assert steps(made.T) <= 1.5 * steps(sound.T)
    for second in range(21):
        assert level(made[:, second * RATE : (second + 1) * RATE]) == pytest.approx(level(sound), abs=3.5)
    assert np.array_equal(made[:, : 3 * RATE], sound[:, : 3 * RATE])


def test_long_music_is_played_as_it_is() -> None:
    sound = tone(-20, 441.3, 5.0).T
    assert np.array_equal(looped(sound, 4.0).bed(0, 4 * RATE), sound[:, : 4 * RATE])


@pytest.mark.parametrize(
    ("text", "topic", "fitting"),
    [
        ("A rocket reached the moon.", "A new rocket and its telescope", {"wide"}),
        ("The council voted on the budget.", "council budget", {"steady"}),
        ("Two people died in the flood.", "flood", {"grave", "calm"}),
        ("Twelve people were killed in the war.", "war victims", {"grave"}),
        ("We won the cup! What a wonderful day!", "the team and its festival", {"bright"}),
        ("The kitchen opens at noon.", "coffee and bread", {"warm"}),
        ("新的机器人芯片。", "机器人 芯片", {"pulse"}),
        ("El tren llega.", "tecnología y datos", {"pulse"}),
    ],
)
def test_the_mood_fits_what_is_told(text: str, topic: str, fitting: set[str]) -> None:
    language = "zh" if "机" in text else "es" if "El" in text else "en"
    assert {mood_for([Told(text, language)], topic, seed) for seed in range(8)} <= fitting


def test_a_concerned_story_is_never_accompanied_gladly_and_seeds_choose_among_the_rest() -> None:
    concerned = {mood_for([Told("Three people died."), Told("Hooray! We won!")], "festival", s) for s in range(30)}
    assert concerned <= {"grave", "calm"}
    assert len({mood_for([Told("A thing happened.")], "", seed) for seed in range(60)}) >= 5
