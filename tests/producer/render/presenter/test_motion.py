from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.presenter.glances import blink
from producer.render.presenter.motion import LEAD_S, perform
from producer.render.presenter.tracks import Track, check
from producer.render.presenter.visemes import MOUTH
from tests.support.presenter import two_sentences

FPS = 25
LEAD = round(LEAD_S * FPS)
SPOKEN = two_sentences()
OPEN, PRESS = MOUTH.index("open"), MOUTH.index("press")


@pytest.fixture(scope="module")
def tracks() -> dict[str, Track]:
    return perform(SPOKEN, FPS, seed=7)


def at(tracks: dict[str, Track], name: str, second: float) -> np.ndarray:
    return tracks[name][LEAD + int(second * FPS)]


def test_tracks_cover_the_speech_and_a_lead_on_both_sides(tracks: dict[str, Track]) -> None:
    check(tracks)
    assert len(tracks["mouth"]) == int(np.ceil(SPOKEN.duration_s * FPS)) + 2 * LEAD


def test_equal_inputs_move_equally_and_another_seed_moves_otherwise(tracks: dict[str, Track]) -> None:
    again, other = perform(SPOKEN, FPS, seed=7), perform(SPOKEN, FPS, seed=8)
    assert all(np.array_equal(tracks[name], again[name]) for name in tracks)
    assert not np.array_equal(tracks["head"], other["head"])
    assert np.array_equal(tracks["mouth"], other["mouth"]), "what is said does not depend on the seed"


def test_the_lips_are_closed_before_and_after_speech(tracks: dict[str, Track]) -> None:
    assert tracks["mouth"][: LEAD - 2, OPEN].max() < 0.02
    assert tracks["mouth"][-LEAD + 8 :, OPEN].max() < 0.02


def test_every_p_b_and_m_is_seen(tracks: dict[str, Track]) -> None:
    for sound in SPOKEN.phonemes:
        if sound.symbol in "pbm":
            seen = tracks["mouth"][LEAD + int((sound.start - 0.03) * FPS) : LEAD + int(sound.end * FPS) + 1]
            assert seen[:, PRESS].max() > 0.9


@given(st.integers(0, 2**32 - 1))
def test_nobody_turns_their_head_away_or_jumps(seed: int) -> None:
    moved = perform(SPOKEN, FPS, seed)
    assert np.abs(moved["head"]).max() < 16
    assert np.abs(np.diff(moved["head"], axis=0)).max() < 2.5, "degrees in one frame"
    assert np.abs(np.diff(moved["lean"])).max() < 0.1
    assert np.abs(np.diff(moved["breath"])).max() < 0.1


@given(st.integers(0, 2**32 - 1))
def test_eyes_blink_at_least_every_six_seconds(seed: int) -> None:
    lids = perform(SPOKEN, FPS, seed)["lids"]
    shut = np.flatnonzero(lids > 0.9)
    edges = np.concatenate([[0], shut, [len(lids)]])
    assert np.diff(edges).max() <= 6 * FPS


@pytest.mark.parametrize("fps", [24, 25, 30])
def test_a_blink_is_always_caught_by_a_frame(fps: int) -> None:
    for offset in np.linspace(0, 1 / fps, 9):
        assert blink(np.arange(-fps, fps) / fps + offset).max() > 0.9


def test_the_eyes_keep_the_viewer_when_the_head_turns(tracks: dict[str, Track]) -> None:
    yaw, right = tracks["head"][:, 0], tracks["gaze"][:, 0]
    assert np.corrcoef(yaw, right)[0, 1] < -0.5


def test_a_question_raises_the_brows() -> None:
    question = SPOKEN.sentences[1]
    plain = perform(replace(SPOKEN, sentences=(SPOKEN.sentences[0], question._replace(mood="plain"))), FPS, 7)
    asked = perform(SPOKEN, FPS, 7)
    late = (question.start + 2 * question.end) / 3
    assert at(asked, "brows", late)[0] > at(plain, "brows", late)[0] + 0.2


def test_the_goodbye_is_the_broadest_smile(tracks: dict[str, Track]) -> None:
    assert tracks["smile"][-1] > tracks["smile"][: -2 * LEAD].max()


def test_speech_without_timed_sounds_still_moves_the_mouth() -> None:
    mouth = perform(replace(SPOKEN, phonemes=()), FPS, 7)["mouth"]
    assert mouth[LEAD:-LEAD, OPEN].max() > 0.3
    assert mouth[: LEAD - 2, OPEN].max() == 0


def test_an_empty_speech_is_a_quiet_presenter() -> None:
    silent = replace(SPOKEN, phonemes=(), sentences=(), duration_s=0.0, loudness=np.ones(1))
    tracks = perform(silent, FPS, 7)
    check(tracks)
    assert len(tracks["mouth"]) == 2 * LEAD
