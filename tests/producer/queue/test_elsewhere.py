"""A worker on another machine: it has the address of a Redis and of a bucket, and makes clips with no more than that."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from config.errors import StudioError
from config.folders import DataFolder
from config.house import House
from producer.queue.leases import read_leases
from producer.queue.serve import need_worker_here
from producer.queue.valkey import EmbeddedValkey
from storage.documents import ArtifactRef, Cut
from storage.upcast import read_document
from tests.support.briefs import make_brief
from tests.support.bucket import Bucket, bucket
from tests.support.buckets import store_in
from tests.support.production import Production, said_by
from tests.support.waiting import until

FAULTS = ("broken", "silent", "throttling")
"""The proofs try two of them, the long soak all."""


@pytest.fixture
def there() -> Iterator[Bucket]:
    with bucket() as there:
        yield there


@pytest.fixture
def production(studio_folder: DataFolder, valkey: EmbeddedValkey, there: Bucket) -> Iterator[Production]:
    production = Production(studio_folder, valkey, artifacts=store_in(there, studio_folder.cache))
    yield production
    production.stop()


def video_of(production: Production) -> ArtifactRef:
    documents = [json.loads(row["document"]) for row in production.work_rows() if row["stage"] == "finish"]
    (cut,) = [read_document(document) for document in documents]
    assert isinstance(cut, Cut)
    return cut.video


def test_a_clip_is_made_elsewhere_from_end_to_end(production: Production, there: Bucket, tmp_path: Path) -> None:
    worker = production.start_worker_elsewhere(tmp_path / "other", there)
    clip = production.order(make_brief())
    production.until(clip, "ready", 90)
    assert {(row["state"], row["finishes"], row["strikes"]) for row in production.work_rows()} == {("done", 1, 0)}
    assert production.artifacts.fetch(video_of(production)).stat().st_size > 0
    kept = {path.name for path in (tmp_path / "other").iterdir()}
    assert kept <= {"logs", "work", "cache", "stderr"}, "no database, and what it made lies in the bucket"
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    with pytest.raises(StudioError, match="No worker of this machine"):
        need_worker_here(House(DataFolder(tmp_path / "other"), redis=production.url))


@pytest.mark.proof
def test_each_machine_does_the_stages_that_it_was_started_for(
    production: Production, there: Bucket, tmp_path: Path, queue_server: redis.Redis
) -> None:
    for name, stages in (("one", "script,speech,video"), ("two", "scene,finish")):
        production.start_worker_elsewhere(tmp_path / name, there, "--name", name, "--stages", stages)
    until(lambda: len(read_leases(queue_server)) == 2, "both workers", 60)
    clip = production.order(make_brief())
    production.until(clip, "ready", 90)
    made = {row["stage"]: row["worker"].split("-")[0] for row in production.work_rows()}
    assert made == {"script": "one", "line": "one", "speech": "one", "video": "one", "scene": "two", "finish": "two"}
    stages = {lease.name.split("-")[0]: lease.stages for lease in read_leases(queue_server)}
    alive = House(DataFolder(tmp_path / "one")).command("worker", "--redis", production.url, "--alive")
    assert subprocess.run(alive).returncode == 0
    assert stages == {"one": ("line", "script", "speech", "video"), "two": ("finish", "scene")}


@pytest.mark.proof
def test_a_worker_that_means_another_store_is_refused(production: Production, there: Bucket, tmp_path: Path) -> None:
    until(lambda: production.server.get("dailies:store"), "the studio to say where its artifacts are")
    worker = production.start_worker()
    assert worker.wait(60) == 1
    other = production.start_worker_elsewhere(tmp_path / "other", there, "--store", f"s3://{there.name}/another")
    assert other.wait(60) == 1
    told = said_by(tmp_path / "other")
    assert "The studio keeps its artifacts in the store" in told
    assert "--store" in told


@pytest.mark.parametrize(
    "fault", [pytest.param(one, marks=pytest.mark.soak if one == "throttling" else pytest.mark.proof) for one in FAULTS]
)
def test_an_outage_of_the_bucket_costs_time_and_nothing_else(
    production: Production, there: Bucket, tmp_path: Path, fault: str
) -> None:
    worker = production.start_worker_elsewhere(tmp_path / "other", there, STUB_SECONDS=0.3)
    clip = production.order(make_brief())
    until(lambda: production.states().get("done"), "some work to be done", 60)
    there.fault = fault  # type: ignore[assignment]
    until(lambda: max(row["attempt"] for row in production.work_rows()) > 1, "the work in hand to be given back", 90)
    before = max(row["attempt"] for row in production.work_rows())
    until(lambda: production.states().keys() <= {"done", "queued"}, "all work in hand to be given back", 60)
    assert production.row(clip).production == "making"
    there.fault = ""
    production.until(clip, "ready", 90)
    assert worker.poll() is None
    assert {(row["state"], row["finishes"], row["strikes"]) for row in production.work_rows()} == {("done", 1, 0)}
    assert max(row["attempt"] for row in production.work_rows()) <= before + 2, "it did not try again and again"
