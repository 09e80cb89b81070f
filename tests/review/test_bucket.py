"""Exports are carried to a bucket: whole, in the right order, again after whatever went wrong, and never by hand."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.errors import StudioError, UnknownName
from config.settings import S3
from review.bucket import PART, Bucket
from review.carrier import Carrier
from review.export import Exporter
from storage.exports import ExportRecord
from storage.shipments import Shipment, hurry, send_again, shipments_of
from tests.support import bucket as double
from tests.support.engines import FACTS
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.support.waiting import until


@pytest.fixture
def there() -> Iterator[double.Bucket]:
    with double.bucket() as there:
        yield there


def settings(there: double.Bucket, **changes: object) -> S3:
    own = S3(
        endpoint=there.address, bucket=there.name, prefix="desk", region="", access_key=double.KEY,
        secret_key=SecretStr(double.SECRET),
    )  # fmt: skip
    return own.model_copy(update=changes)


@pytest.fixture
def record(small: SmallStudio, request: pytest.FixtureRequest) -> ExportRecord:
    """An export that is to be carried."""
    clip = small.clip(topic(0).model_copy(update={"title": request.node.name}))
    small.approve(clip, "ana")
    studio = small.studio
    exporter = Exporter(small.writer, small.artifacts, studio.folder.exports, FACTS, studio.signer(), ("s3",))
    with studio.reading() as db:
        return exporter.export(db, clip, "ana")


def carrier(small: SmallStudio, own: S3) -> Carrier:
    folder = small.studio.folder
    return Carrier(small.writer, folder.database, folder.exports, Bucket(own))


def shipment(small: SmallStudio, record: ExportRecord) -> Shipment:
    with small.studio.reading() as db:
        (found,) = shipments_of(db, [record.id])[record.id]
    return found


def later(minutes: float = 0) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def nothing_waits(small: SmallStudio) -> None:
    small.writer.do(lambda db: db.execute("DELETE FROM shipments"))


def test_every_file_arrives_as_it_was_released_and_clip_json_last(
    small: SmallStudio, there: double.Bucket, record: ExportRecord
) -> None:
    assert carrier(small, settings(there)).carry_due(later()) == 1
    folder = small.studio.folder.exports / record.folder
    assert there.objects == {f"desk/{record.folder}/{path.name}": path.read_bytes() for path in folder.iterdir()}
    assert list(there.objects)[-1].endswith("/clip.json")
    for file in record.bundle["files"]:
        name = f"desk/{record.folder}/{file['name']}"
        assert (there.kinds[name], there.hashes[name]) == (file["media_type"], file["sha256"])
    assert shipment(small, record).state == "done"
    assert carrier(small, settings(there)).carry_due(later()) == 0


def test_a_server_that_is_down_or_slow_is_asked_again_ever_less_often(
    small: SmallStudio, there: double.Bucket, record: ExportRecord
) -> None:
    there.failing = 1000
    waits, moment = [], later()
    for _ in range(14):
        carrier(small, settings(there)).carry_due(moment)
        found = shipment(small, record)
        waits.append((datetime.fromisoformat(found.next_at) - moment).total_seconds())
        moment = datetime.fromisoformat(found.next_at)
    assert waits[:3] == pytest.approx([30, 60, 120], abs=0.01)
    assert waits[-1] == pytest.approx(6 * 3600, abs=0.01)
    assert "SlowDown" in found.error or "503" in found.error
    there.failing = 0
    assert carrier(small, settings(there)).carry_due(moment) == 1
    assert shipment(small, record).error == ""


def test_what_failed_or_arrived_is_sent_again_at_once_when_somebody_says_so(
    small: SmallStudio, there: double.Bucket, record: ExportRecord
) -> None:
    again = partial(send_again, export_id=record.id, target="s3")
    there.failing = 1000
    carrier(small, settings(there)).carry_due(later())
    there.failing = 0
    assert carrier(small, settings(there)).carry_due(later()) == 0
    small.writer.do(again)
    assert (shipment(small, record).error, shipment(small, record).attempts) == ("", 0)
    assert carrier(small, settings(there)).carry_due(later()) == 1
    there.objects.clear()  # somebody emptied the bucket
    small.writer.do(again)
    assert carrier(small, settings(there)).carry_due(later()) == 1
    assert there.objects
    with pytest.raises(UnknownName, match="Known: s3"):
        small.writer.do(partial(send_again, export_id=record.id, target="moon"))


def test_a_wrong_key_or_no_such_bucket_is_told_and_never_the_key(
    small: SmallStudio, there: double.Bucket, record: ExportRecord
) -> None:
    for wrong, said in (
        (settings(there, secret_key=SecretStr("guessed it")), "SignatureDoesNotMatch"),
        (settings(there, bucket="another"), "NoSuchBucket"),
        (settings(there, endpoint="http://127.0.0.1:9"), "Connection refused"),
        (settings(there, bucket="NO"), "bucket"),
    ):
        small.writer.do(partial(hurry, target="s3"))
        assert carrier(small, wrong).carry_due(later()) == 0
        error = shipment(small, record).error
        assert said in error
        assert "guessed it" not in error
        assert "[s3]" in error
    assert there.objects == {}


def test_a_bundle_that_was_changed_since_is_not_carried(
    small: SmallStudio, there: double.Bucket, record: ExportRecord
) -> None:
    (small.studio.folder.exports / record.folder / "poster.jpg").write_bytes(b"another picture")
    assert carrier(small, settings(there)).carry_due(later()) == 0
    assert "changed since the export" in shipment(small, record).error
    assert there.objects == {}


def test_a_long_video_goes_in_parts(small: SmallStudio, there: double.Bucket, tmp_path: Path) -> None:
    data = bytes(range(256)) * (PART // 256) + b"the rest"
    folder = tmp_path / "long"
    folder.mkdir()
    (folder / "long.mp4").write_bytes(data)
    (folder / "clip.json").write_text("{}")
    file = {"name": "long.mp4", "media_type": "video/mp4", "sha256": hashlib.sha256(data).hexdigest()}
    record = ExportRecord(
        id="1",
        clip_id="c",
        decision_id="d",
        folder="long",
        bundle={"files": [file]},
        made_by="ana",
        made_at="2026-11-20",
    )
    Bucket(settings(there)).carry(tmp_path, record)
    assert there.objects["desk/long/long.mp4"] == data
    assert there.hashes["desk/long/long.mp4"] == file["sha256"]


def test_an_export_goes_nowhere_unless_a_target_is_set(small: SmallStudio) -> None:
    clip = small.ready_clip(1)
    small.approve(clip, "ana")
    with small.studio.reading() as db:
        record = small.exporter().export(db, clip, "ana")
        assert shipments_of(db, [record.id]) == {}
    assert small.studio.targets == ()


def test_without_its_client_it_says_how_to_get_it(
    there: double.Bucket, record: ExportRecord, small: SmallStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "minio", None)
    with pytest.raises(StudioError, match="pip install minio"):
        Bucket(settings(there)).carry(small.studio.folder.exports, record)


def test_it_works_by_itself_and_what_waits_goes_at_once_after_a_start(
    small: SmallStudio, there: double.Bucket, record: ExportRecord
) -> None:
    there.failing = 1000
    carrier(small, settings(there)).carry_due(later())
    there.failing = 0
    working = carrier(small, settings(there))
    working.start()
    try:
        until(lambda: shipment(small, record).state == "done", "the shipment")
    finally:
        working.stop()
