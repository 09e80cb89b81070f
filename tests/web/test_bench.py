"""A full inbox stays small: in memory, and on the wire while clips are made. How fast it is, `run.py bench desk` says."""

from __future__ import annotations

import pytest

from tests.support.browser import find_browser
from web.bench_desk import measure

pytestmark = pytest.mark.proof


def test_five_hundred_clips_are_light() -> None:
    if find_browser() is None:
        pytest.skip("No browser: install one with `apt install chromium`.")
    figures = measure(clips=500, seconds=6.0, updates=5.0, runs=1)
    assert figures["clips"] == 500
    assert 0 < figures["live_bytes_per_s"] <= 5000
    assert figures["idle_bytes_per_s"] <= 100
    assert figures["memory_mb"] < 200
    assert figures["first_paint_ms"] > 0
