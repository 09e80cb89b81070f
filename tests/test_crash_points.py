"""Killed before and after everything that it does to Redis, to SQLite and to the store: the clip is made all the same, and
every effect happens once. `CRASH_POINT=worker:117` in the environment tries one point alone."""

from __future__ import annotations

import os
import random
from functools import partial
from pathlib import Path

import pytest
import redis

from config.folders import DataFolder
from producer.queue.valkey import EmbeddedValkey
from storage.clips import create_clip
from storage.database import reading
from storage.inspection import inspect
from storage.queries import list_clips
from storage.writer import Writer
from tests.support.briefs import make_brief
from tests.support.bucket import Bucket, bucket
from tests.support.buckets import store_in
from tests.support.crashing import Part, half_written, left_in_redis, run
from tests.support.jobs import story

STAGES = 9
FEW, MANY = 2, 30
"""Points tried of each process: in every test run, and in the proofs. The long soak tries all."""
PARTS: tuple[Part, ...] = ("worker", "control")


def trial(
    root: Path, part: Part, fatal: int, valkey: EmbeddedValkey, server: redis.Redis, there: Bucket | None = None
) -> int:
    """Make one clip, killing `part` at its point `fatal` (0: never). Returns how many points it passed. `there`: where its
    files are kept, if not in a folder."""
    server.flushall()
    if there:
        there.objects.clear()
    folder = DataFolder(root / f"{part}-{fatal}").make()
    writer = Writer(folder.database).start()
    writer.do(partial(create_clip, brief=make_brief(), author="sweep"))
    writer.stop()

    def made() -> bool:
        with reading(folder.database) as db:
            return {row.production for row in list_clips(db)} == {"ready"}

    passed, killed = run(part, folder, valkey.url, fatal, made, there)
    with reading(folder.database) as db:
        rows = list(db.query("SELECT state, finishes, strikes FROM work"))
    where = f"{part}:{fatal}"
    assert killed == (fatal > 0), f"{where} was never reached"
    assert [(row["state"], row["finishes"]) for row in rows] == [("done", 1)] * STAGES, where
    again = killed and part == "worker"
    assert story(server).count("started") <= STAGES + again, f"{where}: only the work in hand is begun again"
    assert sum(row["strikes"] for row in rows) <= again, where
    assert left_in_redis(server) == [], where
    assert half_written(folder) == [], where
    store = store_in(there, folder.cache) if there else folder.artifacts
    assert not inspect(folder.database, store).damage, where
    return passed


def sweep(
    root: Path, part: Part, valkey: EmbeddedValkey, server: redis.Redis, most: int = 0, there: Bucket | None = None
) -> int:
    """Try `most` points drawn by lot, or all of them. Returns how many were tried."""
    points = list(range(1, trial(root, part, 0, valkey, server, there) + 1))
    if most:
        points = sorted(random.Random(7).sample(points, most))
    for fatal in points:
        trial(root, part, fatal, valkey, server, there)
    return len(points)


@pytest.mark.parametrize("part", PARTS)
def test_a_few_points(part: Part, tmp_path: Path, valkey: EmbeddedValkey, queue_server: redis.Redis) -> None:
    assert sweep(tmp_path, part, valkey, queue_server, FEW) == FEW


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", PARTS)
def test_many_points(part: Part, tmp_path: Path, valkey: EmbeddedValkey, queue_server: redis.Redis) -> None:
    assert sweep(tmp_path, part, valkey, queue_server, MANY) == MANY


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_many_points_of_a_worker_elsewhere(tmp_path: Path, valkey: EmbeddedValkey, queue_server: redis.Redis) -> None:
    """Its files are in a bucket: each request to that is a point too."""
    with bucket() as there:
        assert sweep(tmp_path, "worker", valkey, queue_server, MANY // 3, there) == MANY // 3


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_every_point_of_a_worker_elsewhere(tmp_path: Path, valkey: EmbeddedValkey, queue_server: redis.Redis) -> None:
    with bucket() as there:
        print(f"worker elsewhere: {sweep(tmp_path, 'worker', valkey, queue_server, there=there)} points")


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", PARTS)
def test_every_point(part: Part, tmp_path: Path, valkey: EmbeddedValkey, queue_server: redis.Redis) -> None:
    print(f"{part}: {sweep(tmp_path, part, valkey, queue_server)} points")


@pytest.mark.skipif("CRASH_POINT" not in os.environ, reason="names no point")
def test_the_point_that_is_named(tmp_path: Path, valkey: EmbeddedValkey, queue_server: redis.Redis) -> None:
    part, _, fatal = os.environ["CRASH_POINT"].partition(":")
    trial(tmp_path, part, int(fatal), valkey, queue_server)  # type: ignore[arg-type]
