"""A small file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.writing import write_whole


def test_the_new_one_takes_the_place_of_the_old_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    for text in ("old", "nové"):
        write_whole(tmp_path / "note", text)
        assert (tmp_path / "note").read_text("utf-8") == text
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_on_a_full_disk_the_old_one_stays(small_disk: Path) -> None:
    write_whole(small_disk / "note", "old")
    with pytest.raises(OSError, match="No space"):
        write_whole(small_disk / "note", "x" * 2_000_000)
    assert (small_disk / "note").read_text() == "old"
