"""The score tells a mouth that says what is heard from one that does not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.checks.lip_sync import (
    WELL_HEARD,
    WELL_SEEN,
    MouthTrack,
    agreement,
    closed_share,
    lip_sync,
    luck,
    smooth,
    spans,
    without_swell,
)
from producer.checks.lips import TOO_SHORT, face_check, unseen
from producer.checks.openness import RATE, closures, expected_opening
from storage.documents import Phoneme

FPS = 25
VOWELS, CONSONANTS = "aiueoæɔ", "pbmtdksnlfr"


def speech(seed: int, seconds: float = 12.0) -> list[Phoneme]:
    """Syllables of a made-up language, with pauses."""
    rng = np.random.default_rng(seed)
    found, at = [], 0.5
    while at < seconds:
        for letter, length in ((rng.choice(list(CONSONANTS)), 0.07), (rng.choice(list(VOWELS)), 0.13)):
            long = length * rng.uniform(0.7, 1.5)
            found.append(Phoneme(symbol=str(letter), start=at, end=at + long))
            at += long
        if rng.random() < 0.12:
            at += 0.4
    return found


def mouth(sounds: list[Phoneme], late: float = 0.0, noise: float = 0.1, seed: int = 0) -> MouthTrack:
    """A mouth that follows the sounds and shuts for p, b and m, filmed, with some noise of measurement."""
    length = sounds[-1].end + 1
    curve = expected_opening(sounds, length)
    for shut in closures(sounds):
        curve[int((shut.start - 0.01) * RATE) : int((shut.end + 0.02) * RATE)] = 0
    times = np.arange(0, length, 1 / FPS)
    opening = np.interp(times - late, np.arange(len(curve)) / RATE, curve)
    return MouthTrack(
        times, 0.02 + 0.2 * opening + noise * 0.2 * np.random.default_rng(seed).normal(size=len(times)) / 3
    )


def sound(sounds: list[Phoneme], late: float = 0.0) -> np.ndarray:
    curve = np.roll(expected_opening(sounds, sounds[-1].end + 2), round(late * RATE))
    return without_swell(np.sqrt(smooth(curve, 0.1)))


def score(track: MouthTrack, sounds: list[Phoneme], heard: np.ndarray) -> float:
    found = lip_sync(track, sounds, heard)
    assert found is not None
    return found.score


@given(seed=st.integers(0, 10_000))
@settings(max_examples=8, deadline=None)
def test_lips_that_follow_score_high_and_everything_else_low(seed: int) -> None:
    sounds, others = speech(seed), speech(seed + 1)
    track, heard = mouth(sounds, seed=seed), sound(sounds)
    assert score(track, sounds, heard) >= 0.9
    for late in (-0.3, 0.3):
        assert score(mouth(sounds, late), sounds, heard) <= 0.1
        assert score(track, sounds, sound(sounds, late)) <= 0.1
    assert score(mouth(others), sounds, heard) <= 0.1
    assert score(track, sounds, sound(others)) <= 0.1


@pytest.mark.parametrize("late", [-0.12, -0.04, 0.0, 0.05, 0.16])
def test_the_lag_is_how_much_later_the_lips_are_than_the_sound(late: float) -> None:
    sounds = speech(3)
    found = lip_sync(mouth(sounds, late), sounds, sound(sounds))
    assert found is not None
    assert found.lag_ms == pytest.approx(1000 * late, abs=15)
    delayed = lip_sync(mouth(sounds), sounds, sound(sounds, late))
    assert delayed is not None
    assert delayed.lag_ms == pytest.approx(-1000 * late, abs=15)


def test_a_lag_that_nobody_notices_costs_nothing_and_a_longer_one_costs_more() -> None:
    sounds = speech(4)
    scores = [score(mouth(sounds, late), sounds, sound(sounds)) for late in (0.0, 0.04, 0.1, 0.2)]
    assert scores[1] == pytest.approx(scores[0], abs=0.06)
    assert scores[1] - 0.1 > scores[2] > scores[3] + 0.1


def test_missed_closures_cost_some_of_the_score() -> None:
    sounds = speech(5)
    track = mouth(sounds, noise=0)
    lifted = track.opening.copy()
    for closed in closures(sounds):
        during = (track.times > closed.start - 0.1) & (track.times < closed.end + 0.1)
        lifted[during] = np.maximum(lifted[during], 0.12)
    assert closed_share(track, sounds) == 1
    assert closed_share(MouthTrack(track.times, lifted), sounds) < 0.5
    assert score(MouthTrack(track.times, lifted), sounds, sound(sounds)) < score(track, sounds, sound(sounds))


def test_the_less_was_seen_the_more_may_be_luck() -> None:
    assert luck(0.85, 30) < luck(0.85, 8) < luck(0.85, 4) < WELL_HEARD
    assert luck(1.2, 0.5) < WELL_SEEN
    track = mouth(speech(6))
    assert track.seconds == pytest.approx(track.times[-1], abs=0.1)


def test_a_still_face_scores_nothing_and_too_little_seen_tells_nothing() -> None:
    sounds = speech(6)
    track = mouth(sounds)
    still = MouthTrack(track.times, np.full_like(track.times, 0.1))
    assert score(still, sounds, sound(sounds)) == 0
    hidden = MouthTrack(track.times, np.where(np.arange(len(track.times)) < 30, track.opening, np.nan))
    assert lip_sync(hidden, sounds, sound(sounds)) is None
    assert hidden.share_seen == pytest.approx(30 / len(track.times))


def test_agreement_needs_no_script() -> None:
    sounds, others = speech(7), speech(8)
    assert agreement(mouth(sounds), sound(sounds)) > 0.5
    assert abs(agreement(mouth(sounds), sound(others))) < 0.35
    assert abs(agreement(mouth(sounds), sound(sounds, 0.3))) < 0.35


@given(length=st.floats(0.5, 300), wanted=st.floats(1, 30))
def test_spans_lie_in_the_speech_apart_and_are_as_long_as_wanted(length: float, wanted: float) -> None:
    found = spans(2.0, 2.0 + length, wanted, 4.0)
    assert found[0][0] == pytest.approx(2.0)
    assert found[-1][1] == pytest.approx(2.0 + length) or len(found) == 1
    assert sum(end - start for start, end in found) == pytest.approx(min(length, wanted))
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("openings", "cut_at", "value"),
    [
        ([0.1] * 40, None, "whole"),
        ([0.1] * 38 + [np.nan] * 2, None, "whole"),
        ([0.1] * 40, 1.2345, "cut off"),
        ([0.1] * 20 + [np.nan] * 20, None, "seen 50% of the time"),
        ([np.nan] * 40, None, "seen 0% of the time"),
        ([], None, "seen 0% of the time"),
    ],
)
def test_a_face_must_be_there_and_whole(openings: list[float], cut_at: float | None, value: str) -> None:
    check = face_check(MouthTrack(np.arange(len(openings)) / 25, np.array(openings), cut_at))
    assert check.value == value
    assert check.passed == (value == "whole")
    assert check.at_s == (1.23 if cut_at else None)


def test_a_clip_of_a_few_words_is_no_fault_of_its_lips() -> None:
    times = np.arange(20) / 25
    assert unseen(MouthTrack(times, np.full(20, 0.1))).value == TOO_SHORT
    assert unseen(MouthTrack(times, np.full(20, np.nan))).value == "no face was seen"
