"""When hands rise, and where they are seen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.brushes import swapped
from producer.render.layout import Box, layout_for
from producer.render.presenter.arms import reach_of
from producer.render.presenter.desk import EDGE
from producer.render.presenter.framing import DESK, Placement, placement_for
from producer.render.presenter.gestures import (
    COLUMNS,
    FALL_S,
    FARTHEST,
    FIRST_S,
    MOST,
    RISE_S,
    SHAPES,
    gestures,
    plans,
)
from producer.render.presenter.hands import HANDS
from producer.render.presenter.looks import LOOKS
from producer.render.presenter.prosody import Sentence, Stress
from producer.render.presenter.renderer import DrawnRenderer
from producer.render.presenter.rig import HEAD
from producer.render.presenter.stills import still
from producer.render.presenter.tone import EXPRESSIONS, Tone
from storage.documents import Format
from tests.support.presenter import blank

FPS = 25
NEWS = [Sentence(n * 3.0, n * 3.0 + 2.6, "plain", Tone(e, 1.0)) for n, e in enumerate(EXPRESSIONS * 4)]
ACCENTS = [Stress(n * 0.75 + 0.3, 1.5) for n in range(80)]
TIME = np.arange(-6, 66, 1 / FPS)
RISE, OUT, TURN, SHAPE = range(len(COLUMNS))
UP: tuple[float, ...] = (1.0, 0.3, 20.0, 1.0)
RAISED, HIDDEN = 0.92, 0.15
"""From here on a hand counts as raised; up to there it is below the picture."""


def moved(seed: int) -> np.ndarray:
    return gestures(TIME, NEWS, ACCENTS, seed).reshape(len(TIME), 2, len(COLUMNS))


@pytest.mark.parametrize("seed", range(8))
def test_hands_speak_now_and_then(seed: int) -> None:
    raised = (moved(seed)[..., RISE] > 0.5).any(axis=1).mean()
    assert 0.1 < raised < 0.6


@given(st.integers(0, 2**32 - 1))
def test_hands_rest_while_the_name_is_shown_and_while_sorrow_is_told(seed: int) -> None:
    hands = moved(seed)[..., RISE].max(axis=1)
    assert not hands[FIRST_S - 0.1 > TIME].any()
    for sentence in NEWS:
        if sentence.tone.expression == "concerned":
            assert not hands[(sentence.start + FALL_S < TIME) & (sentence.end - RISE_S > TIME)].any()


@given(st.integers(0, 2**32 - 1))
def test_hands_move_smoothly_and_change_shape_only_out_of_sight(seed: int) -> None:
    hands = moved(seed)
    assert np.abs(np.diff(hands[..., RISE], axis=0)).max() < 0.22
    assert np.abs(np.diff(hands[..., TURN], axis=0)).max() < 9
    changed = np.diff(hands[..., SHAPE], axis=0) != 0
    assert np.maximum(hands[1:, :, RISE], hands[:-1, :, RISE])[changed].max(initial=0) < 0.05
    assert set(np.unique(hands[..., SHAPE])) <= set(range(len(SHAPES)))


@given(st.integers(0, 2**32 - 1))
def test_on_its_way_a_hand_passes_what_lies_below_in_a_quarter_of_a_second(seed: int) -> None:
    for hand in moved(seed)[..., RISE].T:
        passing = (hand > HIDDEN) & (hand < RAISED)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], passing, [False]]).astype(int)))
        assert (edges[1::2] - edges[::2] <= 0.28 * FPS).all()


def test_a_beat_falls_on_a_stressed_word() -> None:
    sentences = [Sentence(10.0, 13.0)]
    accents = [Stress(10.6, 1.5), Stress(11.6, 1.5)]
    seed = next(seed for seed in range(20) if plans(sentences, accents, seed))
    hands = gestures(TIME, sentences, accents, seed).reshape(len(TIME), 2, len(COLUMNS)).max(axis=1)
    beat, between = np.searchsorted(TIME, [11.62, 12.2])
    assert hands[beat, OUT] > hands[between, OUT] + 0.2


def test_every_shape_has_a_hand() -> None:
    assert set(SHAPES) == set(HANDS)


# ── pixels ────────────────────────────────────────────────────────────────────────────────────────


def painted(format: Format, mirrored: bool, look: dict[str, Any], hand: tuple[float, ...] = ()) -> np.ndarray:
    layout = layout_for(format, mirrored=mirrored)
    frame = blank(layout.width, layout.height)
    tracks = still(hands=(*hand, *hand)) if hand else still()
    DrawnRenderer(tracks, look, frame, placement_for(layout, look), layout.height).paint(0)
    return swapped(frame)[..., :3].astype(int)


def skin_of_hands(format: Format, mirrored: bool, look: dict[str, Any], hand: tuple[float, ...]) -> np.ndarray:
    """Which pixels a hand adds or covers, and are not of the sleeve: those of a skin that nothing else has."""
    with_hands = painted(format, mirrored, look, hand)
    changed = (with_hands != painted(format, mirrored, look)).any(axis=2)
    green = with_hands[..., 1] - np.maximum(with_hands[..., 0], with_hands[..., 2])
    return changed & (green > 12)


MARTIAN: dict[str, Any] = {"name": "theo", "skin": "#20d040", "outfit": "suit", "outfit_colour": "#303040"}


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("format", ["16:9", "9:16", "1:1", "4:5"])
@pytest.mark.parametrize("framing", ["full", "half", "close"])
def test_no_raised_hand_is_behind_captions_or_cards(format: Format, mirrored: bool, framing: str) -> None:
    layout = layout_for(format, mirrored=mirrored)
    for hand in (UP, (RAISED, 0.0, 0.0, 0.0), (1.0, FARTHEST, MOST, 0.0), (1.0, -FARTHEST, -MOST, 2.0)):
        rows, columns = np.nonzero(skin_of_hands(format, mirrored, {**MARTIAN, "framing": framing}, hand))
        assert not ((rows >= layout.captions.y) & (rows < layout.captions.bottom)).any()
        assert ((columns >= layout.stage.x) & (columns < layout.stage.right)).all()
        assert ((columns > 0) & (columns < layout.width - 1)).all(), "hands are whole"


def test_wide_and_square_pictures_have_room_for_hands() -> None:
    for format in ("16:9", "1:1"):
        assert skin_of_hands(format, False, MARTIAN, UP).sum() > 2000


def test_hands_are_left_out_where_captions_begin_at_the_chest_and_where_the_face_fills_the_picture() -> None:
    assert not skin_of_hands("9:16", False, MARTIAN, UP).any()
    assert not skin_of_hands("16:9", False, {**MARTIAN, "framing": "close"}, UP).any()


def test_there_is_never_a_second_forearm() -> None:
    place = Placement(320, 60, 160, hands=Box(0, 0, 640, 400))
    unit = place.head_height / HEAD
    elbows = place.head_top + place.head_height / 2 + 404 * unit
    assert reach_of(place, elbows).right > 0
    assert reach_of(place, elbows + 60 * unit).right == 0


def test_at_the_desk_hands_are_folded_on_it() -> None:
    look = {**MARTIAN, "framing": "full"}
    place = placement_for(layout_for("16:9"), look)
    frame = painted("16:9", False, look)
    assert place.desk is not None
    unit, x = place.head_height / HEAD, int(place.centre_x)
    lap = frame[int(place.desk - 40 * unit) : int(place.desk), x - int(30 * unit) : x + int(30 * unit)]
    assert (lap[..., 1] - lap[..., 0] > 12).mean() > 0.5


def test_the_desk_stands_where_the_framing_says() -> None:
    assert pytest.approx(DESK) == EDGE / HEAD + 0.5


@pytest.mark.parametrize("name", LOOKS)
def test_sleeves_follow_the_outfit(name: str) -> None:
    look = {"name": name, "outfit_colour": "#ff00ff"}
    frame = painted("16:9", False, look, UP)
    layout = layout_for("16:9")
    unit = layout.head_height / HEAD
    x, y = layout.presenter_x + 168 * unit, layout.face[1] + 320 * unit
    sleeve = frame[int(y) - 4 : int(y) + 4, int(x) - 4 : int(x) + 4].reshape(-1, 3).mean(axis=0)
    assert min(sleeve[0], sleeve[2]) > sleeve[1] + 60
