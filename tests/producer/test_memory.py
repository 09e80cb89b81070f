"""A process that lives long gives back what it no longer uses."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from config.process import resident_mb
from producer.memory import give_back_spare


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone keeps so much")
def test_what_was_freed_below_something_that_is_kept_is_given_back() -> None:
    arrays = [np.ones(100_000, np.uint8) for _ in range(400)]  # too small for pages of their own: 40 MB of one heap
    kept = arrays[-1]
    del arrays
    before = resident_mb()
    give_back_spare()
    assert resident_mb() < before - 20
    assert kept.all()
