from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.errors import BadInput
from producer.render.presenter.motion import perform
from producer.render.presenter.stills import still
from producer.render.presenter.tracks import check, load, row_of, to_bytes
from tests.support.presenter import two_sentences


def test_equal_tracks_make_equal_bytes_and_come_back_equal(tmp_path: Path) -> None:
    tracks = perform(two_sentences(), 25, 1)
    data = to_bytes(tracks)
    assert to_bytes(dict(reversed(tracks.items()))) == data
    file = tmp_path / "tracks.npz"
    file.write_bytes(data)
    back = load(file)
    assert set(back) == set(tracks)
    assert all(np.array_equal(back[name], tracks[name]) for name in tracks)


def test_a_missing_or_misshapen_array_is_refused() -> None:
    tracks = still()
    del tracks["lids"]
    with pytest.raises(BadInput, match="lids"):
        check(tracks)
    with pytest.raises(BadInput, match="gaze"):
        check({**still(), "gaze": np.zeros(3, np.float32)})
    with pytest.raises(BadInput, match="lead"):
        check({**still(), "lead": np.array([9], np.float32)})


@given(st.integers(-5000, 5000), st.integers(0, 200), st.integers(1, 400))
def test_any_index_has_a_row_and_neighbours_are_neighbours(index: int, lead: int, speech: int) -> None:
    frames = speech + 2 * lead
    row, following = row_of(index, frames, lead), row_of(index + 1, frames, lead)
    assert 0 <= row < frames
    assert abs(following - row) <= 1
    if 0 <= index < speech:
        assert row == index + lead


@given(st.integers(-5000, 5000), st.integers(2, 200), st.integers(1, 400))
def test_silence_is_never_filled_with_speech(index: int, lead: int, speech: int) -> None:
    assume(not 0 <= index < speech)
    assert not lead <= row_of(index, speech + 2 * lead, lead) < lead + speech
