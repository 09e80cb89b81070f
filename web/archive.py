"""Zip archives of bundles, written while they are sent, however many and large. Stored: videos do not shrink."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import RawIOBase
from pathlib import Path

from config.errors import StudioError
from review.released import bundle_folder, names_in
from storage.exports import ExportRecord

CHUNK = 1 << 18
MISSING = "MISSING.txt"
Filling = Callable[[zipfile.ZipFile], Iterator[None]]
"""Writes into an archive, and pauses after every piece so that it can be sent."""


def one_bundle(exports: Path, record: ExportRecord) -> Iterator[bytes]:
    """The archive of one bundle, whose files are checked before there is a first byte. Raises StudioError."""
    folder = bundle_folder(exports, record)
    return _sent(lambda archive: _add(archive, folder, record))


def many_bundles(exports: Path, records: Iterable[ExportRecord]) -> Iterator[bytes]:
    """The archive of many bundles, a folder each. Each is checked when its turn comes; one that is not what its record
    says is left out, and named in MISSING.txt at the end."""

    def fill(archive: zipfile.ZipFile) -> Iterator[None]:
        missing = []
        for record in records:
            try:
                folder = bundle_folder(exports, record)
            except StudioError as error:
                missing.append(f"{record.folder}: {error}\n")
            else:
                yield from _add(archive, folder, record)
        if missing:
            archive.writestr(MISSING, "".join(missing))

    return _sent(fill)


def _add(archive: zipfile.ZipFile, folder: Path, record: ExportRecord) -> Iterator[None]:
    for name in names_in(record):
        entry = zipfile.ZipInfo.from_file(
            folder / name, f"{folder.name}/{name}"
        )  # knows the size: beyond 4 GB it is zip64
        with (folder / name).open("rb") as source, archive.open(entry, "w") as target:
            while chunk := source.read(CHUNK):
                target.write(chunk)
                yield


def _sent(fill: Filling) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for _ in fill(archive):
            yield sink.take()
    yield sink.take()


class _Sink(RawIOBase):
    """Keeps what was written until it is taken. It cannot seek, so the archive describes sizes after the data."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces += piece
        return len(piece)

    def take(self) -> bytes:
        taken, self._pieces = bytes(self._pieces), bytearray()
        return taken
