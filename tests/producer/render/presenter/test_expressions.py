"""That each expression shows in the tracks, and in the pixels of a face."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.brushes import swapped
from producer.render.presenter.expressions import BEARINGS, Bearing, bearings
from producer.render.presenter.framing import Placement
from producer.render.presenter.motion import LEAD_S, perform
from producer.render.presenter.prosody import Sentence
from producer.render.presenter.renderer import DrawnRenderer
from producer.render.presenter.stills import still
from producer.render.presenter.tone import EXPRESSIONS, Expression, Tone
from producer.render.presenter.tracks import Track
from tests.support.presenter import blank, two_sentences

FPS = 25
LEAD = round(LEAD_S * FPS)
PLACE = Placement(centre_x=320, head_top=30, head_height=300)
UNIT = PLACE.head_height / 200
FACE_Y = PLACE.head_top + PLACE.head_height / 2
BARE = {"name": "theo", "hair": "bald", "hair_colour": "#000000", "beard": "none", "brows": 1.0, "lips": 1.0}
"""A face on which brows and lips stand out."""
RAISED, SLANT, WIDEN, SMILE = (Bearing._fields.index(name) for name in ("raised", "slant", "widen", "smile"))


def told(expression: Expression) -> dict[str, Track]:
    """Two sentences of which the second has a tone."""
    spoken = two_sentences()
    first, second = spoken.sentences
    meant = (first, second._replace(mood="plain", tone=Tone(expression, 1.0)))
    return perform(replace(spoken, sentences=meant), FPS, seed=7)


def late_in_the_second_sentence(tracks: dict[str, Track], name: str) -> np.ndarray:
    sentence = two_sentences().sentences[1]
    return tracks[name][LEAD + int((sentence.start + 0.75 * (sentence.end - sentence.start)) * FPS)]


def face(expression: Expression) -> np.ndarray:
    frame = blank()
    DrawnRenderer(still(expression=expression, head=(0, 0, 0)), BARE, frame, PLACE, ground=360).paint(0)
    return swapped(frame)[..., :3].astype(int)


def part(frame: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    x, y = PLACE.centre_x, FACE_Y
    return frame[int(y + top * UNIT) : int(y + bottom * UNIT), int(x + left * UNIT) : int(x + right * UNIT)]


def brow_height(frame: np.ndarray, left: float, right: float) -> float:
    """Units above the eye of the dark pixels between two x."""
    dark = part(frame, left, -60, right, -9).max(axis=2) < 90
    return 60 - float(np.nonzero(dark)[0].mean()) / UNIT


def corner_height(frame: np.ndarray) -> float:
    """Units by which the corners of the lips lie above their middle."""
    mouth = part(frame, -36, 48, 36, 84)
    red = mouth[..., 0] - mouth[..., 1] > 75
    columns = np.flatnonzero(red.any(axis=0))
    ends = np.concatenate([columns[:4], columns[-4:]])
    middle = columns[len(columns) // 2 - 4 : len(columns) // 2 + 4]
    return float(np.nonzero(red[:, middle])[0].mean() - np.nonzero(red[:, ends])[0].mean()) / UNIT


def test_a_raised_brow_is_higher_and_a_knit_one_lower() -> None:
    heights = {name: brow_height(face(name), 14, 54) for name in EXPRESSIONS}
    assert heights["surprised"] > heights["glad"] + 2 > heights["neutral"] + 2
    assert heights["serious"] < heights["neutral"] - 1


def test_worry_lifts_the_inner_ends_of_the_brows() -> None:
    def slope(expression: Expression) -> float:
        frame = face(expression)
        return brow_height(frame, 14, 24) - brow_height(frame, 42, 54)

    assert slope("concerned") > slope("neutral") + 3 > slope("serious") + 3.5


def test_the_corners_of_the_mouth_rise_with_gladness_and_fall_with_worry() -> None:
    heights = {name: corner_height(face(name)) for name in EXPRESSIONS}
    assert heights["glad"] > heights["neutral"] + 1 > heights["serious"] + 1
    assert heights["concerned"] < heights["serious"] - 1 < 0


def test_surprise_opens_the_eyes() -> None:
    def white(expression: Expression) -> int:
        return int((part(face(expression), 14, -12, 54, 20).min(axis=2) > 225).sum())

    assert white("surprised") > 1.1 * white("neutral") > 1.2 * white("glad")


def test_every_expression_is_seen_and_none_is_grotesque() -> None:
    calm = part(face("neutral"), -60, -60, 60, 90)
    for expression in set(EXPRESSIONS) - {"neutral"}:
        change = np.abs(part(face(expression), -60, -60, 60, 90) - calm).max(axis=2)
        assert 0.01 < (change > 40).mean() < 0.25, expression


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_tone_reaches_the_face_while_its_sentence_is_spoken(expression: Expression) -> None:
    tracks, wanted = told(expression), BEARINGS[expression]
    assert late_in_the_second_sentence(tracks, "smile") == pytest.approx(wanted.smile, abs=0.3)
    assert late_in_the_second_sentence(tracks, "brows")[1] == pytest.approx(wanted.slant, abs=0.1)


def test_surprise_does_not_last() -> None:
    long = (Sentence(0.0, 6.0, "plain", Tone("surprised", 1.0)),)
    shown = bearings(np.arange(0, 6, 1 / FPS), long)
    assert shown[FPS // 2, RAISED] > 1.5 * shown[4 * FPS, RAISED] > BEARINGS["neutral"].raised


def test_after_a_death_nobody_beams() -> None:
    assert told("concerned")["smile"][-1] < told("neutral")["smile"][-1] < told("glad")["smile"][-1]


@given(st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=6), st.floats(0.2, 3), st.sampled_from([24, 25, 30]))
def test_a_face_never_jumps(expressions: list[Expression], each: float, fps: int) -> None:
    sentences = [Sentence(n * each, (n + 0.9) * each, "plain", Tone(e, 1.0)) for n, e in enumerate(expressions)]
    shown = bearings(np.arange(-2, len(sentences) * each + 2, 1 / fps), sentences)
    assert np.abs(np.diff(shown[:, [RAISED, SLANT, WIDEN, SMILE]], axis=0)).max() < 0.25
    assert np.isfinite(shown).all()


def test_a_presenter_who_says_nothing_is_calm() -> None:
    assert np.allclose(bearings(np.arange(0, 1, 0.04), ()), BEARINGS["neutral"])
