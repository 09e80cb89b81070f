"""One worker, performing jobs in this process: each is begun, reported and ended, whatever happens around it."""

from __future__ import annotations

from importlib.metadata import version
from itertools import pairwise
from typing import Any

import pytest
import redis
from rq import Queue
from rq.job import Job
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer, PickleSerializer
from rq.webhook import Webhook

from config.errors import Cancelled, Unavailable
from producer.dispatcher import Dispatcher, Losses
from producer.plan.freeze import Capability
from producer.queue import worker as worker_module
from producer.queue.jobs import WorkJob, job_id, make_job
from producer.queue.leases import Lease, capabilities, read_leases, renew
from producer.queue.worker import StageWorker
from producer.work import Hands, Outcome
from storage.events import Event
from storage.stream import publish
from storage.work import WorkOrder
from tests.support.jobs import burst, events, in_flight, make_order, story
from tests.support.waiting import until

A, B = make_order("a"), make_order("b")


@pytest.fixture
def dispatcher(queue_server: redis.Redis) -> Dispatcher:
    return Dispatcher(queue_server, 60)


def test_a_job_is_performed_and_reported(dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
    dispatcher.enqueue([make_order("a", payload=1)])
    burst(queue_server, lambda order, _hands: Outcome({"seen": order.payload}, "hash", 1.5))
    started, finished = events(queue_server)
    assert (started.type, finished.type) == ("started", "finished")
    assert (finished.document, finished.content_hash, finished.seconds) == ({"seen": {"payload": 1}}, "hash", 1.5)


def test_one_after_another_whatever_each_does(dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
    def handler(order: WorkOrder, _hands: Hands) -> Outcome:
        if order == A:
            raise Unavailable("No server.", "Start it.")
        if order == B:
            raise ZeroDivisionError
        return Outcome({}, "hash")

    dispatcher.enqueue([A, B, make_order("c")])
    burst(queue_server, handler)
    assert story(queue_server) == ["started", "unavailable", "started", "failed", "started", "finished"]
    assert dispatcher.look([in_flight(A), in_flight(B)]) == Losses(), "all three are off the server"
    assert not StartedJobRegistry("cpu.x", connection=queue_server).get_job_ids(cleanup=False)


@pytest.mark.parametrize("serializer", [JSONSerializer, PickleSerializer])
def test_a_job_that_names_code_of_its_own_runs_none(
    queue_server: redis.Redis, tmp_path: Any, serializer: type, dispatcher: Dispatcher
) -> None:
    """Whoever can write to Redis must not be able to choose what runs."""
    trace = tmp_path / "trace"
    hostile = Job.create(
        "os.mkdir", args=(str(trace),), connection=queue_server, origin="cpu.x", serializer=serializer, id="hostile"
    )
    Queue("cpu.x", connection=queue_server, serializer=serializer).enqueue_job(hostile)
    dispatcher.enqueue([A])
    burst(queue_server)
    assert not trace.exists()
    assert story(queue_server) == ["started", "finished"], "and it does not hold up the others"


def test_a_server_wiped_between_taking_and_performing_loses_neither_the_work_nor_the_worker(
    dispatcher: Dispatcher, queue_server: redis.Redis
) -> None:
    class Unlucky(StageWorker):
        def prepare_execution(self, job: Job) -> Any:
            execution = super().prepare_execution(job)
            self.connection.flushall()
            return execution

    dispatcher.enqueue([A])
    burst(queue_server, worker_class=Unlucky)
    assert story(queue_server) == ["started", "finished"]


def test_progress_that_cannot_be_told_does_not_fail_the_work(
    dispatcher: Dispatcher, queue_server: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(server: redis.Redis, event: Event) -> None:
        if event.type == "progressed":
            raise redis.ConnectionError("gone")
        publish(server, event)

    def handler(_order: WorkOrder, hands: Hands) -> Outcome:
        hands.progress(0.5, "half")
        return Outcome({}, "hash")

    monkeypatch.setattr(worker_module, "publish", broken)
    dispatcher.enqueue([A])
    burst(queue_server, handler)
    assert story(queue_server) == ["started", "finished"]


class Beating(StageWorker):
    """Serves with its lease renewed by a thread, as in life, and stops when nothing waits any more."""

    serving = False

    def work(self, **options: Any) -> bool:  # type: ignore[override]
        if self.serving:
            return super().work(**{**options, "burst": True})
        self.serving = True
        return self.serve()


class TestTheLease:
    def test_is_renewed_while_a_job_runs_and_then_no_more(
        self, dispatcher: Dispatcher, queue_server: redis.Redis
    ) -> None:
        """A job may take far longer than the lease: card and execution say something new again and again."""
        registry = StartedJobRegistry(A.queue, connection=queue_server)

        def cards(order: WorkOrder) -> set[int]:
            return {one.beats for one in read_leases(queue_server) if one.doing and one.doing.key == order.key}

        def handler(order: WorkOrder, _hands: Hands) -> Outcome:
            beats, marks = set[int](), set[float]()

            def renewed() -> bool:
                beats.update(cards(order))
                marks.update(score for _, score in queue_server.zrange(registry.key, 0, -1, withscores=True))  # type: ignore[union-attr, misc]
                return len(beats) >= 3 and len(marks) >= 2

            until(renewed, "the lease to be renewed")
            assert dispatcher.look([in_flight(order)]) == Losses()
            return Outcome({}, "hash")

        dispatcher.enqueue([A])
        burst(queue_server, handler, worker_class=Beating, lease_s=2)
        assert story(queue_server) == ["started", "finished"]
        assert read_leases(queue_server) == []
        assert queue_server.zcard(registry.key) == 0

    def test_ends_by_itself_when_its_worker_falls_silent(self, queue_server: redis.Redis) -> None:
        renew(queue_server, lease("a"), 60)
        assert [one.name for one in read_leases(queue_server)] == ["a"]
        queue_server.pexpire("dailies:worker:a", 1)
        until(lambda: read_leases(queue_server) == [])

    def test_tells_what_the_workers_can_do_together(self) -> None:
        ready, broken = can("line"), can("line", problem="No weights.")
        assert capabilities([lease("a", broken), lease("b", ready, can("scene"))]) == {
            "line": ready, "scene": can("scene"),
        }  # fmt: skip
        assert capabilities([lease("b", ready), lease("a", broken)]) == {"line": ready}
        assert capabilities([]) == {}


def lease(name: str, *able: Capability) -> Lease:
    return Lease(name=name, pid=1, host="here", lanes=("cpu",), capabilities=able)


def can(engine: str, problem: str = "") -> Capability:
    return Capability(engine=engine, stage=engine, version="1", problem=problem)


class TestWhatComesNext:
    def test_stays_with_the_engine_in_memory(self, dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
        """Twenty jobs of two engines, arriving in turn, cost two loads."""
        orders = [make_order(f"{number}", "x" if number % 2 else "y") for number in range(20)]
        dispatcher.enqueue(orders)
        burst(queue_server, queues=("cpu.x", "cpu.y"))
        keys = [event.key for event in events(queue_server) if event.type == "finished"]
        engines = [next(order.engine for order in orders if order.key == key) for key in keys]
        assert sum(one != other for one, other in pairwise(engines)) == 1

    def test_changes_over_when_the_batch_is_done_and_others_have_waited(
        self, dispatcher: Dispatcher, queue_server: redis.Redis, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("producer.queue.fairness.PATIENCE_S", -1.0)
        orders = [make_order(f"{number}", "x" if number < 6 else "y") for number in range(12)]
        dispatcher.enqueue(orders)
        burst(queue_server, queues=("cpu.x", "cpu.y"), batch=3)
        keys = [event.key for event in events(queue_server) if event.type == "finished"]
        engines = "".join(next(order.engine for order in orders if order.key == key) for key in keys)
        assert engines == "xxxyyyxxxyyy"


def test_a_cancelled_job_is_reported_as_such(dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
    def handler(order: WorkOrder, hands: Hands) -> Outcome:
        assert dispatcher.stop(in_flight(order)) is False, "it runs already"
        until(hands.cancelled)
        raise Cancelled

    dispatcher.enqueue([A])
    burst(queue_server, handler)
    assert story(queue_server) == ["started", "cancelled"]


def test_nor_does_one_that_names_code_for_its_end(
    queue_server: redis.Redis, dispatcher: Dispatcher, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RQ imports what a stored job names there, which alone runs a module's code."""
    (tmp_path / "hostile_module.py").write_text(f"open({str(tmp_path / 'trace')!r}, 'w').close()")
    monkeypatch.syspath_prepend(str(tmp_path))
    dispatcher.enqueue([A])
    queue_server.hset(f"rq:job:{job_id(A.key, 1)}", "success_callback_name", "hostile_module.anything")
    burst(queue_server)
    assert not (tmp_path / "trace").exists()
    assert story(queue_server) == ["started", "finished"]


def test_a_job_makes_no_requests_of_its_choice(queue_server: redis.Redis, dispatcher: Dispatcher) -> None:
    job = make_job(queue_server, A, 60)
    job.webhooks = [Webhook("http://127.0.0.1:9/internal", status) for status in ("finished", "failed")]
    stored = job.to_dict()
    assert stored["webhooks"]
    dispatcher.enqueue([A])
    queue_server.hset(job.key, "webhooks", stored["webhooks"])
    assert WorkJob.fetch(job.id, connection=queue_server, serializer=JSONSerializer).webhooks == []
    burst(queue_server)
    assert story(queue_server) == ["started", "finished"]


def test_an_order_for_another_queue_is_not_taken(queue_server: redis.Redis, dispatcher: Dispatcher) -> None:
    """A worker that speaks is not made to write by putting the order where it listens."""
    dispatcher.enqueue([make_order("a", engine="y")])
    queue_server.rename("rq:queue:cpu.y", "rq:queue:cpu.x")
    burst(queue_server)
    assert story(queue_server) == []


def test_work_of_a_kind_that_nobody_knows_is_refused_by_name(queue_server: redis.Redis, dispatcher: Dispatcher) -> None:
    dispatcher.enqueue([A.model_copy(update={"kind": "shell"})])
    burst(queue_server)
    _, failed = events(queue_server)
    assert failed.error
    assert (failed.error.kind, failed.error.message) == ("bad_input", "No worker of this kind does a shell.")


def test_nothing_is_taken_while_it_could_not_be_done_anyway(queue_server: redis.Redis, dispatcher: Dispatcher) -> None:
    looks = []

    def ready() -> bool:
        looks.append(len(events(queue_server)))
        return len(looks) > 2

    dispatcher.enqueue([A])
    burst(queue_server, ready=ready)
    assert looks[:3] == [0, 0, 0]
    assert story(queue_server) == ["started", "finished"]


def test_a_card_of_another_release_neither_counts_nor_harms(queue_server: redis.Redis) -> None:
    """Or one worker that was upgraded too early would stop the whole studio."""
    can = Capability(engine="x", stage="script", version="1")
    mine = Lease(name="mine", pid=1, host="h", lanes=("cpu",), capabilities=(can,), release=version("dailies"))
    newer = mine.model_copy(update={"name": "newer", "release": "9.9", "capabilities": (can.model_copy(update={"engine": "y"}),)})  # fmt: skip
    for lease in (mine, newer):
        renew(queue_server, lease, 60)
    queue_server.set("dailies:worker:future", '{"name": "future", "moon": "full"}')
    queue_server.set("dailies:worker:noise", b"\xff\x00")
    leases = read_leases(queue_server)
    assert {lease.name for lease in leases} == {"mine", "newer"}
    assert set(capabilities(leases)) == {"x"}


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "", "a/b", "a\0b", ".hidden", "a" * 200])
def test_a_key_is_never_a_path(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        WorkOrder(key=key, kind="stage", queue="cpu.x", payload={})
