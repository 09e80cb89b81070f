"""Killed before and after everything that it does to Redis, to SQLite and to the store: the clip is made all the same, and
every effect happens once.

    CRASH_SEED=7 make proof ARGS=tests/test_crash_points.py                    # the points of an earlier run again
    CRASH_POINT=worker:117 make test ARGS=tests/test_crash_points.py           # one point alone; `bucket:20-60` some, of a bucket
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
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
PLACES = ("worker", "control", "bucket")
"""Who is killed; of a bucket, the worker whose files are there: then each request to it is a point too."""
FEW = 2
MANY = {"worker": 120, "control": 60, "bucket": 120}
"""Points tried: in every test run, and in the proofs. The soak tries all."""


@pytest.fixture
def studio_folder(quick_disk: Path) -> Iterator[DataFolder]:
    folder = DataFolder(quick_disk / "data").make()
    yield folder
    shutil.rmtree(folder.runtime, ignore_errors=True)


class Sweep:
    """Makes one clip again and again, and kills somebody at another point each time."""

    def __init__(
        self, root: Path, place: str, valkey: EmbeddedValkey, server: redis.Redis, there: Bucket | None
    ) -> None:
        self._root, self._place, self._valkey, self._server, self._there = root, place, valkey, server, there
        self._part: Part = "control" if place == "control" else "worker"

    def count(self) -> int:
        """How many points there are."""
        return self._trial(0)

    def over(self, points: Iterable[int]) -> int:
        """Try each. Returns how many that were."""
        return len([self._trial(fatal) for fatal in points])

    def _trial(self, fatal: int) -> int:
        """Make one clip, killing at the point `fatal` (0: never). Returns how many points were passed."""
        self._server.flushall()
        self._server.script_flush()  # or the second clip has fewer points than the first
        if self._there:
            self._there.objects.clear()
        folder = DataFolder(self._root / f"{self._place}-{fatal}").make()
        writer = Writer(folder.database).start()
        writer.do(partial(create_clip, brief=make_brief(), author="sweep"))
        writer.stop()

        def made() -> bool:
            with reading(folder.database) as db:
                return {row.production for row in list_clips(db)} == {"ready"}

        passed, killed = run(self._part, folder, self._valkey.url, fatal, made, self._there)
        with reading(folder.database) as db:
            rows = list(db.query("SELECT state, finishes, strikes FROM work"))
        where = f"{self._place}:{fatal}"
        assert killed == (fatal > 0), f"{where} was never reached"
        assert [(row["state"], row["finishes"]) for row in rows] == [("done", 1)] * STAGES, where
        again = killed and self._part == "worker"
        assert story(self._server).count("started") <= STAGES + again, f"{where}: only the work in hand is begun again"
        assert sum(row["strikes"] for row in rows) <= again, where
        assert left_in_redis(self._server) == [], where
        assert half_written(folder) == [], where
        store = store_in(self._there, folder.cache) if self._there else folder.artifacts
        assert not inspect(folder.database, store).damage, where
        shutil.rmtree(folder.root)
        return passed


@pytest.fixture
def sweep(
    request: pytest.FixtureRequest, quick_disk: Path, valkey: EmbeddedValkey, queue_server: redis.Redis
) -> Iterator[Sweep]:
    with bucket() if request.param == "bucket" else contextlib.nullcontext() as there:
        yield Sweep(quick_disk, request.param, valkey, queue_server, there)


each_place = pytest.mark.parametrize(
    ("place", "sweep"), [(place, place) for place in PLACES], indirect=["sweep"], ids=PLACES
)


def drawn(total: int, most: int, dice: random.Random) -> list[int]:
    """`most` of the points 1..total by lot, spread: one of each of as many stretches of the same length."""
    return [dice.randint(total * number // most + 1, total * (number + 1) // most) for number in range(most)]


@each_place
def test_a_few_points(place: str, sweep: Sweep) -> None:
    assert sweep.over(drawn(sweep.count(), FEW, random.Random(7))) == FEW


@pytest.mark.proof
@pytest.mark.timeout(900)
@each_place
def test_many_points(place: str, sweep: Sweep, tell: Callable[[str], None]) -> None:
    """Others each time."""
    seed = int(os.environ.get("CRASH_SEED") or random.randrange(1_000_000))
    points = drawn(total := sweep.count(), MANY[place], random.Random(seed))
    tell(f"{len(points)} of {total} points, drawn with CRASH_SEED={seed}")
    assert sweep.over(points) == MANY[place]


@pytest.mark.soak
@pytest.mark.timeout(7200)
@each_place
def test_every_point(place: str, sweep: Sweep, tell: Callable[[str], None]) -> None:
    tell(f"{sweep.over(range(1, sweep.count() + 1))} points, which is all")


@pytest.mark.timeout(7200)
@pytest.mark.skipif("CRASH_POINT" not in os.environ, reason="names no point")
@pytest.mark.parametrize("sweep", [os.environ.get("CRASH_POINT", "worker:").partition(":")[0]], indirect=True)
def test_the_points_that_are_named(sweep: Sweep) -> None:
    first, _, last = os.environ["CRASH_POINT"].partition(":")[2].partition("-")
    assert sweep.over(range(int(first), int(last or first) + 1))
