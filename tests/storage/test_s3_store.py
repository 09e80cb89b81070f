"""A store in a bucket: it rides out what passes, tells what does not, and keeps a bounded cache that it never trusts."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from config.errors import Corrupt, StoreUnreachable, StudioError, UsageError
from storage import s3
from storage.artifacts import StageRecord
from storage.cache import Cache
from storage.canonical import sha256_text
from storage.s3 import S3, Place, read_address
from storage.s3_store import MARKER, S3Store
from tests.support import bucket as double
from tests.support.briefs import make_script
from tests.support.buckets import place_of, store_in

KEY = sha256_text("some stage")


@pytest.fixture
def there() -> Iterator[double.Bucket]:
    with double.bucket() as there:
        yield there


@pytest.fixture
def store(there: double.Bucket, tmp_path: Path) -> S3Store:
    return store_in(there, tmp_path / "cache")


@pytest.fixture
def elsewhere(there: double.Bucket, tmp_path: Path) -> S3Store:
    """The same store, as another machine sees it."""
    return store_in(there, tmp_path / "another-cache")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "READ_S", 0.3)
    monkeypatch.setattr(s3, "FIRST_PAUSE_S", 0.05)


def record(text: str = "Hello.") -> StageRecord:
    return StageRecord.of(make_script(text), "writer", "1", 0.5)


def cached(folder: Path) -> list[Path]:
    return [path for path in (folder / "blobs").rglob("*") if path.is_file()]


# ── sharing ───────────────────────────────────────────────────────────────────────────────────────


def test_what_one_machine_made_another_one_has(store: S3Store, elsewhere: S3Store) -> None:
    ref = store.put_bytes(b"a picture", "image/png")
    store.commit(KEY, record())
    assert elsewhere.fetch(ref).read_bytes() == b"a picture"
    assert elsewhere.result(KEY) == record()
    assert store.id == elsewhere.id


def test_it_lies_in_the_bucket_as_in_a_folder(store: S3Store, there: double.Bucket) -> None:
    ref = store.put_bytes(b"a picture", "image/png")
    store.commit(KEY, record())
    assert set(there.objects) == {
        f"studio/{MARKER}", f"studio/blobs/{ref.sha256[:2]}/{ref.sha256}", f"studio/keys/{KEY[:2]}/{KEY}.json",
    }  # fmt: skip


def test_a_file_that_is_there_is_not_sent_again(store: S3Store, elsewhere: S3Store, there: double.Bucket) -> None:
    store.put_bytes(b"a picture", "image/png")
    there.requests.clear()
    elsewhere.put_bytes(b"a picture", "image/png")
    assert [method for method, _ in there.requests] == ["HEAD"]


# ── the cache ─────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_fetched_once(store: S3Store, elsewhere: S3Store, there: double.Bucket) -> None:
    ref = store.put_bytes(b"a picture", "image/png")
    elsewhere.fetch(ref)
    there.requests.clear()
    assert elsewhere.fetch(ref).read_bytes() == b"a picture"
    assert there.requests == []


def test_a_damaged_cache_is_noticed_and_the_file_fetched_again(store: S3Store, elsewhere: S3Store) -> None:
    ref = store.put_bytes(b"a picture", "image/png")
    path = elsewhere.fetch(ref)
    path.chmod(0o644)
    path.write_bytes(b"a pictura")
    assert elsewhere.fetch(ref).read_bytes() == b"a picture"


def test_the_cache_keeps_what_was_used_last_and_never_more_than_its_limit(
    there: double.Bucket, store: S3Store, tmp_path: Path
) -> None:
    moment = [1_000_000.0]
    cache = Cache(tmp_path / "small", limit=2_500, spare_s=10, clock=lambda: moment[0])
    small = S3Store(S3(place_of(there)), cache).open()
    refs = [store.put_bytes(os.urandom(1000), "image/png") for _ in range(4)]
    for turn in (0, 1, 0, 2, 3):  # the second was used longest ago, then the first
        moment[0] += 100
        small.fetch(refs[turn])
    assert {path.name for path in cached(tmp_path / "small")} == {refs[2].sha256, refs[3].sha256}


def test_a_file_in_use_is_not_dropped_however_small_the_cache(
    store: S3Store, there: double.Bucket, tmp_path: Path
) -> None:
    small = S3Store(S3(place_of(there)), Cache(tmp_path / "small", limit=10)).open()
    paths = [small.fetch(store.put_bytes(os.urandom(1000), "image/png")) for _ in range(3)]
    assert all(path.is_file() for path in paths)


# ── faults ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fault", [fault for fault in get_args(double.Fault) if fault not in ("", "lying", "cutting")])
def test_a_server_that_does_not_answer_is_told_and_it_goes_on_when_it_does(
    there: double.Bucket, tmp_path: Path, fault: double.Fault
) -> None:
    store = store_in(there, tmp_path / "cache", patience_s=0.1)
    ref = store.put_bytes(b"before", "image/png")
    there.fault = fault
    for attempt in (
        lambda: store.put_bytes(b"during", "image/png"),
        lambda: store.commit(KEY, record()),
        lambda: store.result(KEY),
        lambda: store.holds("a" * 64),
    ):
        with pytest.raises(StoreUnreachable) as caught:
            attempt()
        assert caught.value.cure
    assert store.fetch(ref).read_bytes() == b"before", "what lies here needs no server"
    assert not store.reachable()
    there.fault = ""
    store._asked = 0.0
    assert store.reachable()
    assert store.commit(KEY, record()) == record()
    assert store.put_bytes(b"during", "image/png")


def test_a_short_outage_is_ridden_out(store: S3Store, there: double.Bucket) -> None:
    there.failing = 3
    ref = store.put_bytes(b"a picture", "image/png")
    there.failing = 2
    assert store.commit(KEY, record()) == record()
    assert there.objects[f"studio/blobs/{ref.sha256[:2]}/{ref.sha256}"] == b"a picture"


def test_a_download_that_breaks_is_begun_again_and_never_half_kept(
    store: S3Store, elsewhere: S3Store, there: double.Bucket, tmp_path: Path
) -> None:
    ref = store.put_bytes(os.urandom(3_000_000), "video/mp4")
    there.fault = "cutting"
    with pytest.raises(StoreUnreachable):
        elsewhere.fetch(ref)
    assert cached(tmp_path / "another-cache") == []
    there.fault = ""
    assert elsewhere.fetch(ref).stat().st_size == ref.size


def test_damaged_bytes_are_never_handed_out(store: S3Store, elsewhere: S3Store, there: double.Bucket) -> None:
    ref = store.put_bytes(b"a picture", "image/png")
    store.commit(KEY, record())
    there.fault = "lying"
    with pytest.raises(Corrupt):
        elsewhere.fetch(ref)
    assert not elsewhere.copy(ref.sha256, Path(elsewhere._cache._folder.root / "copy"))
    there.fault = ""
    assert elsewhere.fetch(ref).read_bytes() == b"a picture"


def test_a_result_whose_first_answer_was_lost_is_still_ours(there: double.Bucket, tmp_path: Path) -> None:
    """The server took it and the connection broke: the second try finds it there."""
    store = store_in(there, tmp_path / "cache", patience_s=0.1)
    there.fault = "deaf"
    with pytest.raises(StoreUnreachable):
        store.commit(KEY, record("First."))
    there.fault = ""
    assert store.commit(KEY, record("Second.")) == record("First.")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"secret_key": "guessed it"}, "SignatureDoesNotMatch"),
        ({"bucket": "another"}, "NoSuchBucket"),
        ({"access_key": ""}, "DAILIES_STORE__ACCESS_KEY"),
        ({"address": "http://127.0.0.1:9"}, "does not answer"),
    ],
)
def test_a_wrong_setting_is_told_and_never_the_key(
    there: double.Bucket, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    place = Place(**{**vars(place_of(there)), **changes})
    with pytest.raises((StudioError, UsageError), match=said) as caught:
        S3Store(S3(place, patience_s=0.1), Cache(tmp_path / "cache", 1000)).open()
    assert "guessed it" not in str(caught.value)
    assert "guessed it" not in repr(place)


def test_a_server_that_lets_the_second_writer_win_is_refused(there: double.Bucket, tmp_path: Path) -> None:
    there.overwrites = True
    with pytest.raises(StudioError, match="If-None-Match"):
        store_in(there, tmp_path / "cache")


def test_a_store_of_another_layout_is_refused(there: double.Bucket, tmp_path: Path) -> None:
    there.objects[f"studio/{MARKER}"] = json.dumps({"format": 2, "id": "x"}).encode()
    with pytest.raises(StudioError, match="format 2, here 1"):
        store_in(there, tmp_path / "cache")


def test_a_bucket_that_is_gone_is_no_damaged_file(store: S3Store, there: double.Bucket) -> None:
    """Or everything that anybody looks at would be forgotten, and made again."""
    there.name = "renamed"
    from storage.documents import ArtifactRef

    with pytest.raises(StudioError, match="NoSuchBucket"):
        store.fetch(ArtifactRef(sha256="a" * 64, media_type="video/mp4", size=1))


@pytest.mark.parametrize("address", ["", "bucket", "https://bucket/x", "s3://", "s3://NO", "s3://user:pass@bucket/x"])
def test_only_a_buckets_address_is_one(address: str) -> None:
    with pytest.raises(UsageError, match="s3://bucket/prefix"):
        read_address(address)
    assert read_address("s3://clips/a/b/") == ("clips", "a/b")


def test_the_patience_is_kept(there: double.Bucket, tmp_path: Path) -> None:
    store, pauses = store_in(there, tmp_path / "cache"), list[float]()
    store._s3 = S3(place_of(there), patience_s=1.0, pause=lambda s: (pauses.append(s), time.sleep(s)))
    there.fault = "throttling"
    with pytest.raises(StoreUnreachable, match="SlowDown"):
        store.result(KEY)
    assert sum(pauses) <= 1.0
    assert len(pauses) >= 3
