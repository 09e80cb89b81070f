"""Taking a job off its queues: in one step, so that no job is ever only in a worker's memory."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from rq.exceptions import DequeueTimeout
from rq.serializers import JSONSerializer

from producer.dispatcher import Dispatcher
from producer.queue.claim import CLAIMS, ClaimQueue
from producer.queue.jobs import WorkJob, job_id
from producer.queue.recovery import GRACE_S, put_back_claims, whereabouts
from producer.queue.stillness import Stillness
from storage.work import WorkOrder
from tests.support.jobs import Clock, burst, make_order, story

Take = Callable[..., WorkOrder | None]


@pytest.fixture
def take(queue_server: redis.Redis) -> Take:
    """Claims the next job of these queues and returns its order."""

    def take(*names: str, timeout: int | None = None) -> WorkOrder | None:
        queues = [
            ClaimQueue(name, connection=queue_server, job_class=WorkJob, serializer=JSONSerializer) for name in names
        ]
        taken = ClaimQueue.dequeue_any(queues, timeout, queue_server, WorkJob, JSONSerializer)
        if taken is None:
            return None
        job, queue = taken
        assert isinstance(job, WorkJob)
        assert job.order.queue == queue.name
        return job.order

    return take


@pytest.fixture
def put(queue_server: redis.Redis) -> Callable[..., None]:
    return lambda *orders: Dispatcher(queue_server, 60).enqueue(orders)


A, B, C = make_order("a", "x"), make_order("b", "y"), make_order("c", "x")


def test_the_first_queue_that_has_any_is_served_first_and_each_in_its_order(
    put: Callable[..., None], take: Take
) -> None:
    put(B, A, C)
    assert [take("cpu.x", "cpu.y") for _ in range(4)] == [A, C, B, None]


def test_a_claimed_job_is_somewhere_at_every_moment(
    put: Callable[..., None], take: Take, queue_server: redis.Redis
) -> None:
    put(A)
    assert job_id(A.key, 1) in whereabouts(queue_server, ["cpu.x"]).waiting
    take("cpu.x")
    assert queue_server.llen("rq:queue:cpu.x") == 0
    assert job_id(A.key, 1) in whereabouts(queue_server, ["cpu.x"])


def test_a_job_that_was_deleted_meanwhile_is_passed_over(
    put: Callable[..., None], take: Take, queue_server: redis.Redis
) -> None:
    put(A, C)
    queue_server.delete(f"rq:job:{job_id(A.key, 1)}")
    assert take("cpu.x") == C
    assert job_id(A.key, 1) not in whereabouts(queue_server, ["cpu.x"])
    assert set(queue_server.hkeys(CLAIMS)) == {job_id(C.key, 1).encode()}  # type: ignore[arg-type]


def test_silence_ends_the_wait(take: Take) -> None:
    with pytest.raises(DequeueTimeout):
        take("cpu.x", timeout=0)


def test_what_was_claimed_and_never_begun_goes_back_to_the_front(
    put: Callable[..., None], take: Take, queue_server: redis.Redis
) -> None:
    clock = Clock()
    claims = Stillness(clock)
    put(A, C)
    take("cpu.x")
    assert put_back_claims(queue_server, ["cpu.x"], claims) == 0, "it gets a moment to begin"
    clock.time += GRACE_S
    assert put_back_claims(queue_server, ["cpu.x"], claims) == 1
    assert put_back_claims(queue_server, ["cpu.x"], claims) == 0
    assert [take("cpu.x"), take("cpu.x")] == [A, C]


def test_a_claim_without_a_stamp_goes_back_too(queue_server: redis.Redis) -> None:
    """The server was killed and lost its last second."""
    clock = Clock()
    claims = Stillness(clock)
    queue_server.rpush("rq:queue:cpu.x:intermediate", "some-job")
    put_back_claims(queue_server, ["cpu.x"], claims)
    clock.time += GRACE_S
    assert put_back_claims(queue_server, ["cpu.x"], claims) == 1
    assert queue_server.lrange("rq:queue:cpu.x", 0, -1) == [b"some-job"]


def test_what_has_begun_is_no_claim_any_more(put: Callable[..., None], queue_server: redis.Redis) -> None:
    put(A)
    burst(queue_server)
    assert story(queue_server) == ["started", "finished"]
    assert queue_server.hlen(CLAIMS) == queue_server.llen("rq:queue:cpu.x:intermediate") == 0


def test_many_takers_never_take_the_same(put: Callable[..., None], take: Take) -> None:
    orders = [make_order(str(number), "x" if number % 3 else "y") for number in range(60)]
    put(*orders)
    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(lambda _: take("cpu.x", "cpu.y"), range(64)))
    found = [order for order in taken if order]
    assert len(found) == 60
    assert {order.key for order in found} == {order.key for order in orders}
