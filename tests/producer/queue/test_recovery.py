"""Finding the jobs that nobody will finish."""

from __future__ import annotations

import redis

from producer.queue.recovery import abandoned, whereabouts
from tests.support.jobs import begun, make_order

A = make_order("a")


def test_a_job_whose_worker_renews_its_lease_is_running(queue_server: redis.Redis) -> None:
    one = begun(queue_server, A, 5)
    assert abandoned(queue_server, ["cpu.x"]) == []
    assert whereabouts(queue_server, ["cpu.x"]).running == {one}


def test_a_job_whose_lease_ran_out_is_taken_off_the_server_once(queue_server: redis.Redis) -> None:
    one = begun(queue_server, A, -1)
    assert abandoned(queue_server, ["cpu.y"]) == []
    assert abandoned(queue_server, ["cpu.x"]) == [one]
    assert abandoned(queue_server, ["cpu.x"]) == []
    assert one not in whereabouts(queue_server, ["cpu.x"])
    assert not queue_server.exists(f"rq:job:{one}"), "so that the same id may come again"
