"""Finding the jobs that nobody will finish, whatever the clocks on the wall say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from hypothesis import given
from hypothesis import strategies as st

from producer.queue.recovery import abandoned, whereabouts
from producer.queue.stillness import Stillness
from tests.support.jobs import Clock, begun, make_order

A = make_order("a")
LEASE_S = 8


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def leases(clock: Clock) -> Iterator[Stillness]:
    return Stillness(clock)


def test_a_job_whose_worker_renews_its_lease_is_running(
    queue_server: redis.Redis, leases: Stillness, clock: Clock
) -> None:
    for beat in range(10):
        one = begun(queue_server, A, beat)
        clock.time += LEASE_S - 1
        assert abandoned(queue_server, ["cpu.x"], leases, LEASE_S) == []
        assert whereabouts(queue_server, ["cpu.x"]).running == {one}


def test_a_job_whose_lease_nobody_renews_is_taken_off_the_server_once(
    queue_server: redis.Redis, leases: Stillness, clock: Clock
) -> None:
    one = begun(queue_server, A)
    assert abandoned(queue_server, ["cpu.x"], leases, LEASE_S) == []
    clock.time += LEASE_S
    assert abandoned(queue_server, ["cpu.x"], leases, LEASE_S) == [one]
    assert abandoned(queue_server, ["cpu.x"], leases, LEASE_S) == []
    assert one not in whereabouts(queue_server, ["cpu.x"])
    assert not queue_server.exists(f"rq:job:{one}"), "so that the same id may come again"


@given(jumps=st.lists(st.integers(-100_000, 100_000).filter(bool), min_size=1, max_size=8))
def test_a_lease_that_is_renewed_by_a_clock_that_jumps_is_alive(jumps: list[int]) -> None:
    clock = Clock()
    leases, mark = Stillness(clock), 0
    for jump in jumps:
        mark += jump
        clock.time += LEASE_S - 1
        assert leases.of({"job": mark})["job"] == 0
    clock.time += LEASE_S
    assert leases.of({"job": mark})["job"] == LEASE_S, (
        "and dead as soon as nobody renews it, however far ahead it reads"
    )


def test_what_came_back_is_looked_at_anew() -> None:
    clock = Clock()
    leases = Stillness(clock)
    leases.of({"job": 1})
    clock.time += LEASE_S
    assert leases.of({}) == {}
    assert leases.of({"job": 1}) == {"job": 0}
