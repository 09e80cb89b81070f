"""Archives are sent while they are written: however much they hold, little of it is in memory."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
import zipfile
from pathlib import Path

from storage.exports import ExportRecord
from web.archive import many_bundles


def test_many_bundles_take_little_memory_and_start_at_once(tmp_path: Path) -> None:
    records = [bundle(tmp_path, number) for number in range(6)]
    tracemalloc.start()
    try:
        pieces = many_bundles(tmp_path, iter(records))
        sizes = [len(piece) for piece in pieces]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(sizes) > 48_000_000
    assert max(sizes) < 1_000_000
    assert peak < 4_000_000
    whole = zipfile.ZipFile(io.BytesIO(b"".join(many_bundles(tmp_path, records))))
    assert whole.testzip() is None
    assert len(whole.namelist()) == 12


def bundle(exports: Path, number: int) -> ExportRecord:
    """An export of eight megabytes."""
    folder = exports / f"clip-{number}"
    folder.mkdir()
    (folder / "clip.mp4").write_bytes(bytes([number]) * 8_000_000)
    (folder / "clip.json").write_text("{}")
    files = [{"name": "clip.mp4", "sha256": hashlib.sha256((folder / "clip.mp4").read_bytes()).hexdigest()}]
    return ExportRecord(
        id=str(number), clip_id=f"c{number}", decision_id="d", folder=folder.name, bundle={"files": files},
        made_by="ana", made_at="2026-11-20T08:00:00Z",
    )  # fmt: skip
