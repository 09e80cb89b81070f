"""What work writes into its room is watched: too much is told once, and in time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from producer.queue import disk_watch
from producer.queue.disk_watch import DiskWatch, used_mb
from tests.support.waiting import until


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_watch, "LOOK_S", 0.01)


def watched(room: Path, limit_mb: float, write: Callable[[], object]) -> list[tuple[float, float]]:
    """What was told once it looked, from beginning to end, at what was written."""
    told: list[tuple[float, float]] = []
    looks: list[Path] = []
    watch = DiskWatch(room, limit_mb, lambda used, limit: told.append((used, limit)))

    def look(folder: Path) -> float:
        looks.append(folder)
        return used_mb(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk_watch, "used_mb", look)
        watch.start()
        write()
        enough = len(looks) + 3  # one may have begun before all was written
        until(lambda: told or len(looks) >= enough)
        watch.stop()
    return told


def test_all_files_of_the_room_count_also_those_of_programs_that_it_started(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("one", "a/two", "a/b/three"):
        (tmp_path / name).write_bytes(b"x" * 1_000_000)
    assert used_mb(tmp_path) == pytest.approx(3.0, abs=0.05)
    assert used_mb(tmp_path / "gone") == 0


def test_more_than_the_limit_is_told_once(tmp_path: Path) -> None:
    ((used, limit),) = watched(tmp_path, 1.0, lambda: (tmp_path / "sea").write_bytes(b"x" * 2_000_000))
    assert used > limit == 1.0


def test_less_is_not(tmp_path: Path) -> None:
    assert watched(tmp_path, 5.0, lambda: (tmp_path / "pond").write_bytes(b"x" * 2_000_000)) == []


def test_without_a_limit_it_may_hold_what_is_left_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched(tmp_path, 0, lambda: None) == [], "an empty room is never too full"
    monkeypatch.setattr(disk_watch, "free_mb", lambda _folder: 1.5)
    ((used, limit),) = watched(tmp_path, 0, lambda: (tmp_path / "sea").write_bytes(b"x" * 2_000_000))
    assert used > limit == 1.5


def test_a_room_on_a_full_disk_is_noticed_there(small_disk: Path) -> None:
    """Half of a disk of a megabyte, whatever else lies on it."""
    told = watched(small_disk, 0, lambda: (small_disk / "sea").write_bytes(b"x" * 700_000))
    assert until(lambda: told)
