"""Finding the jobs that nobody will finish."""

from __future__ import annotations

import time

import redis
from rq.registry import StartedJobRegistry

from producer.dispatcher import Dispatcher, Losses
from producer.queue.jobs import job_id
from producer.queue.recovery import abandoned, whereabouts
from tests.support.jobs import burst, in_flight, make_order

A, B = make_order("a"), make_order("b")


def begun(server: redis.Redis, lease_s: int) -> str:
    """A job in the hands of a worker whose lease runs for so long."""
    one = job_id(A.key, 1)
    registry = StartedJobRegistry("cpu.x", connection=server)
    server.zadd(registry.key, {f"{one}:execution": time.time() + lease_s})
    server.hset(f"rq:job:{one}", "status", "started")
    return one


def test_a_job_whose_worker_renews_its_lease_is_running(queue_server: redis.Redis) -> None:
    one = begun(queue_server, 5)
    assert abandoned(queue_server, ["cpu.x"]) == []
    assert whereabouts(queue_server, ["cpu.x"]).running == {one}


def test_a_job_whose_lease_ran_out_is_taken_off_the_server_once(queue_server: redis.Redis) -> None:
    one = begun(queue_server, -1)
    assert abandoned(queue_server, ["cpu.y"]) == []
    assert abandoned(queue_server, ["cpu.x"]) == [one]
    assert abandoned(queue_server, ["cpu.x"]) == []
    assert one not in whereabouts(queue_server, ["cpu.x"])
    assert not queue_server.exists(f"rq:job:{one}"), "so that the same id may come again"


class TestALook:
    def test_finds_nothing_missing_while_jobs_wait_or_run(self, queue_server: redis.Redis) -> None:
        dispatcher = Dispatcher(queue_server, 60)
        dispatcher.enqueue([B])
        begun(queue_server, 5)
        for _ in range(5):
            assert dispatcher.look([in_flight(A), in_flight(B)]) == Losses()

    def test_tells_a_dead_worker_from_a_lost_job(self, queue_server: redis.Redis) -> None:
        dispatcher = Dispatcher(queue_server, 60)
        begun(queue_server, -1)
        assert dispatcher.look([in_flight(A), in_flight(B)]) == Losses(died=(in_flight(A),))
        assert dispatcher.look([in_flight(B)]) == Losses()
        assert dispatcher.look([in_flight(B)]) == Losses(vanished=(in_flight(B),))

    def test_has_patience_with_what_cannot_be_seen_for_a_moment(self, queue_server: redis.Redis) -> None:
        """Between a job's end on the server and its event in the database it is nowhere."""
        dispatcher = Dispatcher(queue_server, 60)
        looks = [dispatcher.look([in_flight(A)]) for _ in range(2)]
        dispatcher.enqueue([A])
        looks.append(dispatcher.look([in_flight(A)]))
        queue_server.flushall()
        looks += [dispatcher.look([in_flight(A)]) for _ in range(2)]
        assert looks == [Losses()] * 5
        assert dispatcher.look([in_flight(A)]) == Losses(vanished=(in_flight(A),))
        assert dispatcher.look([in_flight(A)]) == Losses(), "and it is told once"

    def test_after_an_end_sees_nothing_of_the_job(self, queue_server: redis.Redis) -> None:
        dispatcher = Dispatcher(queue_server, 60)
        dispatcher.enqueue([A])
        burst(queue_server)
        assert job_id(A.key, 1) not in whereabouts(queue_server, ["cpu.x"])
        assert dispatcher.look([]) == Losses()

    def test_ignores_what_nobody_expects(self, queue_server: redis.Redis) -> None:
        """An older attempt, or the work of a studio whose data folder was replaced."""
        begun(queue_server, -1)
        assert Dispatcher(queue_server, 60).look([in_flight(make_order("a", attempt=2))]) == Losses()
