"""What scraper tests share: a small web, a wire that leads to it, and a place for pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.artifacts import FolderStore
from tests.support.small_web import Web, Wire


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.close()


@pytest.fixture
def wire(web: Web) -> Wire:
    return Wire(web.port)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "artifacts")
