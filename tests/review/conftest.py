"""One small studio per test module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.studio import SmallStudio


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStudio]:
    small = SmallStudio(tmp_path_factory.mktemp("studio"))
    small.user("ana")
    small.user("bo")
    small.user("vera", "viewer")
    yield small
    small.stop()
