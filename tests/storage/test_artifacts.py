"""The artifact store: the first of two results wins, nobody ever reads half a file, and damage is noticed.

The contract holds for a folder and for a bucket; what follows it is about folders alone.
"""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from config.errors import Corrupt, StudioError
from storage.artifacts import ArtifactStore, FolderStore, StageRecord, blobs_of
from storage.canonical import sha256_text
from storage.documents import ArtifactRef, Document
from storage.ids import new_id
from tests.support.briefs import make_script
from tests.support.bucket import Bucket, bucket
from tests.support.buckets import store_in
from tests.support.documents import ANY_DOCUMENT

KEY = sha256_text("some stage")


@pytest.fixture(scope="module")
def there() -> Iterator[Bucket]:
    with bucket() as there:
        yield there


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, there: Bucket) -> Any:
    if request.param == "bucket":
        return store_in(there, tmp_path / "cache", prefix=new_id())
    return FolderStore(tmp_path / "store")


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def record(text: str = "Hello.") -> StageRecord:
    return StageRecord.of(make_script(text), "writer", "1", 0.5)


class TestEveryStore:
    @pytest.mark.parametrize("data", [b"", b"x", os.urandom(3_000_000)], ids=["empty", "a byte", "3 MB"])
    def test_gives_back_what_it_was_given(self, store: ArtifactStore, tmp_path: Path, data: bytes) -> None:
        made = tmp_path / "made.bin"
        made.write_bytes(data)
        by_path, by_bytes = store.put(made, "video/mp4"), store.put_bytes(data, "video/mp4")
        assert by_path == by_bytes == ArtifactRef(
            sha256=hashlib.sha256(data).hexdigest(), media_type="video/mp4", size=len(data)
        )  # fmt: skip
        assert store.fetch(by_path).read_bytes() == data
        assert store.holds(by_path.sha256)

    def test_does_not_know_what_it_was_never_given(self, store: ArtifactStore) -> None:
        unknown = ArtifactRef(sha256="a" * 64, media_type="video/mp4", size=1)
        assert not store.holds(unknown.sha256)
        with pytest.raises(Corrupt):
            store.fetch(unknown)
        assert store.result(KEY) is None

    def test_keeps_the_first_of_two_results(self, store: ArtifactStore) -> None:
        first, second = record("First."), record("Second.")
        assert store.commit(KEY, first) == first
        assert store.commit(KEY, second) == first
        assert store.result(KEY) == first

    def test_lists_every_result(self, store: ArtifactStore) -> None:
        other = KEY[::-1]
        results = {KEY: record("First."), other: record("Second.")}
        for key, result in results.items():
            store.commit(key, result)
        assert dict(store.all_results()) == results

    def test_lets_a_discarded_result_be_made_again(self, store: ArtifactStore) -> None:
        store.commit(KEY, record("First."))
        store.discard_result(KEY)
        store.discard_result(KEY)
        assert store.result(KEY) is None
        assert store.commit(KEY, record("Second.")) == record("Second.")

    def test_lets_a_discarded_file_be_made_again(self, store: ArtifactStore) -> None:
        ref = store.put_bytes(b"picture", "image/png")
        store.discard(ref.sha256)
        store.discard(ref.sha256)
        assert not store.holds(ref.sha256)
        assert store.fetch(store.put_bytes(b"picture", "image/png")).read_bytes() == b"picture"

    def test_copies_a_file_out(self, store: ArtifactStore, tmp_path: Path) -> None:
        ref = store.put_bytes(b"picture", "image/png")
        assert store.copy(ref.sha256, tmp_path / "copy")
        assert (tmp_path / "copy").read_bytes() == b"picture"
        assert not store.copy("a" * 64, tmp_path / "none")
        assert not (tmp_path / "none").exists()
        assert store.reachable()

    def test_takes_the_same_file_from_many_threads_at_once(self, store: ArtifactStore, tmp_path: Path) -> None:
        data = os.urandom(400_000)
        made = tmp_path / "made.bin"
        made.write_bytes(data)
        with ThreadPoolExecutor(8) as pool:
            refs = set(pool.map(lambda _: store.put(made, "video/mp4"), range(24)))
        assert len(refs) == 1
        assert store.fetch(refs.pop()).read_bytes() == data

    def test_tells_all_of_many_threads_the_same_winner(self, store: ArtifactStore) -> None:
        with ThreadPoolExecutor(8) as pool:
            winners = list(pool.map(lambda n: store.commit(KEY, record(f"Number {n}.")), range(24)))
        assert winners == [store.result(KEY)] * 24

    @given(document=ANY_DOCUMENT)
    def test_remembers_any_document_word_for_word(
        self, tmp_path_factory: pytest.TempPathFactory, there: Bucket, document: Document
    ) -> None:
        folder = tmp_path_factory.mktemp("store")
        for store in (FolderStore(folder / "here"), store_in(there, folder / "cache", prefix=new_id())):
            won = store.commit(KEY, StageRecord.of(document, "writer", "1", 0.5))
            assert won.read() == document


class TestDamage:
    @pytest.mark.parametrize(
        "damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:-1] + bytes([data[-1] ^ 1])],
        ids=["cut short", "emptied", "one bit flipped"],
    )  # fmt: skip
    def test_of_a_file_is_noticed(self, folder: FolderStore, damage: Callable[[bytes], bytes]) -> None:
        ref = folder.put_bytes(b"a picture", "image/png")
        overwrite(folder.fetch(ref), damage(b"a picture"))
        with pytest.raises(Corrupt) as caught:
            folder.fetch(ref)
        assert caught.value.sha256 == ref.sha256
        assert folder.holds(ref.sha256), "whoever noticed decides what becomes of it"

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: data[: len(data) // 2],
            lambda data: b"",
            lambda data: b"\xff\xfe" + data,
            lambda data: b"{}",
            lambda data: data.replace(b"Hello.", b"Hullo."),
            lambda data: data.replace(b'"tag":"script/1"', b'"tag":"script/2"'),
        ],
        ids=["cut short", "emptied", "not text", "another object", "another word", "another tag"],
    )
    def test_of_a_result_makes_it_absent(self, folder: FolderStore, damage: Callable[[bytes], bytes]) -> None:
        folder.commit(KEY, record("Hello."))
        path = next((folder.root / "keys").rglob("*.json"))
        overwrite(path, damage(path.read_bytes()))
        assert folder.result(KEY) is None
        assert folder.commit(KEY, record("Again.")) == record("Again.")

    def test_of_a_result_does_not_stand_in_the_way_of_its_successor(self, folder: FolderStore) -> None:
        folder.commit(KEY, record("Hello."))
        overwrite(next((folder.root / "keys").rglob("*.json")), b"{")
        assert folder.commit(KEY, record("Again.")) == record("Again.")


class TestOtherProcesses:
    WRITER = """
        import os, sys
        from pathlib import Path
        from storage.artifacts import FolderStore, StageRecord
        from tests.support.briefs import make_script

        store, number = FolderStore(Path(sys.argv[1])), int(sys.argv[2])
        print("ready", flush=True)
        for key in range(number, 10_000):
            sys.stdin.readline()
            store.put_bytes(os.urandom(300_000), "video/mp4")
            won = store.commit(f"{key:064x}", StageRecord.of(make_script(f"By {os.getpid()}."), "writer", "1", 0.5))
            print(won.content_hash, flush=True)
    """

    def start(self, folder: Path, first: int = 0, **pipes: Any) -> subprocess.Popen[str]:
        code = textwrap.dedent(self.WRITER)
        return subprocess.Popen(
            [sys.executable, "-c", code, str(folder), str(first)], stdout=subprocess.PIPE, text=True, **pipes
        )

    def test_all_hear_the_same_winner(self, folder: FolderStore) -> None:
        writers = [self.start(folder.root, stdin=subprocess.PIPE) for _ in range(3)]
        assert {line(writer) for writer in writers} == {"ready"}
        for key in range(5):
            for writer in writers:
                assert writer.stdin
                print("go", file=writer.stdin, flush=True)
            heard = {line(writer) for writer in writers}
            assert (winner := folder.result(f"{key:064x}"))
            assert heard == {winner.content_hash}
        for writer in writers:
            writer.kill()
            writer.communicate()

    def test_a_killed_one_leaves_no_half_file_and_its_scraps_are_swept(self, tmp_path: Path) -> None:
        for number, patience in enumerate((0.002, 0.01, 0.03, 0.05)):
            with self.start(tmp_path, 1000 * number, stdin=subprocess.DEVNULL) as writer:
                assert line(writer) == "ready"
                time.sleep(patience)
                writer.kill()
        for blob in (path for path in (tmp_path / "blobs").rglob("*") if path.is_file()):
            assert hashlib.sha256(blob.read_bytes()).hexdigest() == blob.name
        store = FolderStore(tmp_path)
        for path in (tmp_path / "keys").rglob("*.json"):
            assert store.result(path.stem) is not None
        assert list((tmp_path / "tmp").iterdir()) == []

    def test_sweeping_spares_what_others_are_writing_now(
        self, folder: FolderStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A worker that starts must not pull a file from under the hands of one that works."""
        with subprocess.Popen(["sleep", "60"]) as another, monkeypatch.context() as halfway:
            fsync = os.fsync

            def another_store_opens(descriptor: int) -> None:
                (ours,) = (folder.root / "tmp").iterdir()
                theirs = ours.with_name(ours.name.replace(f".{os.getpid()}.", f".{another.pid}."))
                elsewhere = ours.with_name(f"another-computer.{another.pid}.x")
                for path in (theirs, elsewhere):
                    path.write_bytes(b"half a vid")
                FolderStore(folder.root)
                assert set((folder.root / "tmp").iterdir()) == {ours, theirs, elsewhere}
                another.kill()
                another.wait()
                FolderStore(folder.root)
                assert set((folder.root / "tmp").iterdir()) == {ours, elsewhere}, "who runs elsewhere cannot be told"
                halfway.setattr(os, "fsync", fsync)

            halfway.setattr(os, "fsync", another_store_opens)
            assert folder.fetch(folder.put_bytes(b"a video", "video/mp4"))


class TestAFullDisk:
    def test_is_told_plainly_and_loses_nothing(self, small_disk: Path) -> None:
        store = FolderStore(small_disk / "store")
        kept = store.put_bytes(os.urandom(100_000), "video/mp4")
        store.commit(KEY, record("Kept."))
        made = small_disk.parent / "made.mp4"
        made.write_bytes(os.urandom(1_000_000))
        for attempt in (lambda: store.put(made, "video/mp4"), lambda: store.put_bytes(made.read_bytes(), "video/mp4")):
            with pytest.raises(StudioError) as caught:
                attempt()
            assert "full" in caught.value.message
            assert "space" in caught.value.cure
        assert store.fetch(kept)
        assert store.result(KEY) == record("Kept.")
        assert list((store.root / "tmp").iterdir()) == []
        store.discard(kept.sha256)
        assert store.fetch(store.put_bytes(os.urandom(100_000), "video/mp4"))

    @pytest.mark.parametrize("step", ["fsync", "link", "chmod"])
    @pytest.mark.parametrize(
        ("number", "word"), [(errno.ENOSPC, "full"), (errno.EACCES, "denied"), (errno.EIO, "error")]
    )
    def test_at_any_step_leaves_the_store_as_it_was(
        self, folder: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, word: str
    ) -> None:
        made = tmp_path / "made.mp4"
        made.write_bytes(b"a video")

        def refuse(*_: Any, **__: Any) -> None:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as broken:
            broken.setattr(os, step, refuse)
            for attempt in (
                lambda: folder.put(made, "video/mp4"),
                lambda: folder.put_bytes(b"a video", "video/mp4"),
                lambda: folder.commit(KEY, record()),
            ):
                with pytest.raises(StudioError, match=word) as caught:
                    attempt()
                assert caught.value.cure
        assert [path for path in folder.root.rglob("*") if path.is_file()] == []
        assert folder.commit(KEY, record()) == record()
        assert folder.fetch(folder.put(made, "video/mp4"))

    def test_a_folder_that_cannot_be_made_is_told_plainly(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("I am no folder")
        with pytest.raises(StudioError, match="file") as caught:
            FolderStore(tmp_path / "file" / "store")
        assert caught.value.cure


@given(ANY_DOCUMENT)
def test_all_files_of_a_document_are_found_in_its_json(document: Document) -> None:
    assert blobs_of(document.to_json()).keys() == set(_refs_in(dict(document)))


def _refs_in(value: Any) -> list[str]:
    if isinstance(value, ArtifactRef):
        return [value.sha256]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return [sha256 for part in inner for sha256 in _refs_in(part)]


def line(process: subprocess.Popen[str]) -> str:
    """The next line that a process says."""
    assert process.stdout
    return process.stdout.readline().strip()


def overwrite(path: Path, data: bytes) -> None:
    """What a failing disk does: stored files are read-only to everybody else."""
    path.chmod(0o644)
    path.write_bytes(data)
