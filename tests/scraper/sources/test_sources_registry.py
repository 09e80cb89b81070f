"""Every kind of source that the table names can be made and keeps the contract."""

from __future__ import annotations

import pytest

from config.errors import UnknownName
from scraper.sources.registry import create, kinds


@pytest.mark.parametrize("kind", kinds())
def test_every_source_keeps_the_contract(kind: str) -> None:
    source = create(kind)
    assert source.kind == kind
    assert callable(source.fetch)
    assert type(source).__doc__


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"no kind of source “telepathy”.*Known: .*feed"):
        create("telepathy")
