"""The dispatcher: orders go to the server once, and what became of them is found out without a doubt."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import redis

from config.process import process_space
from config.settings import load
from producer.control import LOOK_S
from producer.dispatcher import Dispatcher, Losses
from producer.queue.jobs import job_id
from producer.queue.leases import Doing, Lease, read_leases, renew
from producer.queue.recovery import whereabouts
from storage.work import PREVIEW, WorkOrder
from tests.support.jobs import Clock, begun, burst, events, in_flight, make_order, story

A, B = make_order("a"), make_order("b")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dispatcher(queue_server: redis.Redis, clock: Clock) -> Dispatcher:
    return Dispatcher(queue_server, 60, clock=clock)


def test_a_job_enqueued_twice_runs_once(dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
    dispatcher.enqueue([A])
    dispatcher.enqueue([A, A])
    burst(queue_server)
    assert story(queue_server) == ["started", "finished"]
    dispatcher.enqueue([A])
    burst(queue_server)
    assert story(queue_server) == ["started", "finished"], "not even after its end"


def test_what_a_person_waits_for_goes_first(dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
    dispatcher.enqueue([A, B.model_copy(update={"kind": PREVIEW})])
    burst(queue_server)
    assert [event.key for event in events(queue_server) if event.type == "started"] == [B.key, A.key]


def test_what_had_its_turn_before_is_next(dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
    dispatcher.enqueue([A, make_order("b", attempt=2)])
    burst(queue_server)
    assert [event.key for event in events(queue_server) if event.type == "started"] == [B.key, A.key]


class TestALook:
    def test_finds_nothing_missing_while_jobs_wait_or_run(
        self, dispatcher: Dispatcher, queue_server: redis.Redis
    ) -> None:
        dispatcher.enqueue([B])
        begun(queue_server, A)
        for _ in range(5):
            assert dispatcher.look([in_flight(A), in_flight(B)]) == Losses()

    def test_tells_a_dead_worker_from_a_lost_job(
        self, dispatcher: Dispatcher, queue_server: redis.Redis, clock: Clock
    ) -> None:
        begun(queue_server, A)
        dispatcher.look([in_flight(A)])
        clock.time += dispatcher.lease_s
        assert dispatcher.look([in_flight(A), in_flight(B)]) == Losses(died=(in_flight(A),))
        assert dispatcher.look([in_flight(B)]) == Losses()
        assert dispatcher.look([in_flight(B)]) == Losses(vanished=(in_flight(B),))

    def test_has_patience_with_what_cannot_be_seen_for_a_moment(
        self, dispatcher: Dispatcher, queue_server: redis.Redis
    ) -> None:
        """Between a job's end on the server and its event in the database it is nowhere."""
        looks = [dispatcher.look([in_flight(A)]) for _ in range(2)]
        dispatcher.enqueue([A])
        looks.append(dispatcher.look([in_flight(A)]))
        queue_server.flushall()
        looks += [dispatcher.look([in_flight(A)]) for _ in range(2)]
        assert looks == [Losses()] * 5
        assert dispatcher.look([in_flight(A)]) == Losses(vanished=(in_flight(A),))
        assert dispatcher.look([in_flight(A)]) == Losses(), "and it is told once"

    def test_after_an_end_sees_nothing_of_the_job(self, dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
        dispatcher.enqueue([A])
        burst(queue_server)
        assert job_id(A.key, 1) not in whereabouts(queue_server, ["cpu.x"])
        assert dispatcher.look([]) == Losses()

    def test_ignores_what_nobody_expects(self, dispatcher: Dispatcher, queue_server: redis.Redis, clock: Clock) -> None:
        """An older attempt, or the work of a studio whose data folder was replaced."""
        begun(queue_server, A)
        dispatcher.look([in_flight(make_order("a", attempt=2))])
        clock.time += dispatcher.lease_s
        assert dispatcher.look([in_flight(make_order("a", attempt=2))]) == Losses()


class TestTheStaff:
    def test_is_who_writes_cards_whatever_the_servers_clock_does(
        self, dispatcher: Dispatcher, queue_server: redis.Redis, clock: Clock
    ) -> None:
        """Set back by an hour, the server keeps the card of a dead worker for as long."""

        def names(**beats: int) -> list[str]:
            for name, beat in beats.items():
                card = Lease(name=name, pid=1, host="here", lanes=("cpu",), capabilities=(), beats=beat)
                renew(queue_server, card, 3600)
            return sorted(card.name for card in dispatcher.staff())

        assert names(alive=1, dead=1) == ["alive", "dead"]
        clock.time += 2 * dispatcher.lease_s - 1
        assert names(alive=2) == ["alive", "dead"]
        clock.time += 1
        assert names(alive=3) == ["alive"]
        assert [card.name for card in read_leases(queue_server)] == ["alive"], "and the desk shows it no more"


class TestAWorkerOfThisMachine:
    """Its process is gone: nobody has to wait until its lease runs out."""

    @pytest.fixture
    def dead(self) -> int:
        """The number of a process that is no more."""
        with subprocess.Popen(["true"]) as process:
            process.wait()
        return process.pid

    def card(self, order: WorkOrder, pid: int, space: str) -> Lease:
        doing = Doing(kind="stage", key=order.key, attempt=order.attempt, engine="x", since=0)
        return Lease(
            name=f"w-{order.engine}", pid=pid, host="here", lanes=("cpu",), capabilities=(), doing=doing, space=space
        )

    def test_hands_its_job_back_at_the_next_look(
        self, dispatcher: Dispatcher, queue_server: redis.Redis, dead: int
    ) -> None:
        begun(queue_server, A)
        renew(queue_server, self.card(A, dead, process_space()), 60)
        assert dispatcher.staff() == []
        assert read_leases(queue_server) == [], "or it would seem to have come back, and its strike be forgiven"
        assert dispatcher.look([in_flight(A)]) == Losses(died=(in_flight(A),))
        assert dispatcher.look([in_flight(A)]) == Losses()

    def test_is_not_one_that_lives_or_whose_number_means_something_elsewhere(
        self, dispatcher: Dispatcher, queue_server: redis.Redis, dead: int
    ) -> None:
        for order, pid, space in ((A, os.getpid(), process_space()), (make_order("b", "y"), dead, "another/container")):
            begun(queue_server, order)
            renew(queue_server, self.card(order, pid, space), 60)
        assert len(dispatcher.staff()) == 2
        assert dispatcher.look([in_flight(A), in_flight(make_order("b", "y"))]) == Losses()

    def test_that_had_ended_its_job_gives_nothing_back(
        self, dispatcher: Dispatcher, queue_server: redis.Redis, dead: int
    ) -> None:
        """A card is written every few seconds: it may name what is done since."""
        dispatcher.enqueue([A])
        burst(queue_server)
        renew(queue_server, self.card(A, dead, process_space()), 60)
        dispatcher.staff()
        assert dispatcher.look([]) == Losses()


def test_a_worker_that_was_killed_anywhere_is_missed_within_fifteen_seconds(
    queue_server: redis.Redis, clock: Clock, tmp_path: Path
) -> None:
    """As the settings come, and looked at as often as the control loop looks."""
    dispatcher = Dispatcher(queue_server, 60, load(tmp_path).workers.lease_s, clock)
    begun(queue_server, A)
    killed = clock.time
    clock.time += LOOK_S  # it died just after a look
    while dispatcher.look([in_flight(A)]) == Losses():
        clock.time += LOOK_S
        assert clock.time - killed <= 15


class TestCancellingWhatWaits:
    def test_takes_it_off_its_queue(self, dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
        dispatcher.enqueue([A, B])
        assert dispatcher.stop(in_flight(A)) is True
        assert dispatcher.stop(in_flight(A)) is False
        burst(queue_server)
        assert {event.key for event in events(queue_server)} == {B.key}

    def test_lets_a_later_attempt_run(self, dispatcher: Dispatcher, queue_server: redis.Redis) -> None:
        dispatcher.enqueue([A])
        dispatcher.stop(in_flight(A))
        dispatcher.enqueue([make_order("a", attempt=2)])
        burst(queue_server)
        assert [(event.attempt, event.type) for event in events(queue_server)] == [(2, "started"), (2, "finished")]

    def test_of_what_was_never_there_is_no(self, dispatcher: Dispatcher) -> None:
        assert dispatcher.stop(in_flight(A)) is False
