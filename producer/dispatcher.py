"""Hands orders to the queue, and finds out what became of them. Holds no truth: SQLite has it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import redis
from rq.command import send_stop_job_command
from rq.exceptions import DuplicateJobError, InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.utils import as_text

from config.process import is_alive, process_space
from producer.queue.claim import ClaimQueue
from producer.queue.jobs import WorkJob, job_id, make_job
from producer.queue.leases import Lease, read_leases, release
from producer.queue.recovery import abandoned, put_back_claims, whereabouts
from producer.queue.stillness import Stillness
from storage.work import PREVIEW, WorkOrder

PATIENCE = 3
"""Looks in a row in which a job is nowhere before it counts as lost."""


@dataclass(frozen=True)
class InFlight:
    """Work that SQLite believes to be queued or running."""

    key: str
    attempt: int
    queue: str

    @property
    def job_id(self) -> str:
        return job_id(self.key, self.attempt)


@dataclass(frozen=True)
class Losses:
    """What a look at the queues found missing. `died`: begun by a worker that fell silent."""

    died: tuple[InFlight, ...] = ()
    vanished: tuple[InFlight, ...] = ()


@dataclass
class Dispatcher:
    """The control process's hands on Redis."""

    connection: redis.Redis
    deadline_s: int
    lease_s: float = 8.0
    clock: Callable[[], float] = time.monotonic
    _missing: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._leases, self._claims, self._cards = (Stillness(self.clock) for _ in range(3))
        self._space = process_space()
        self._dropped: set[str] = set()
        """Jobs that were in the hands of workers of this machine whose processes are gone."""

    def enqueue(self, orders: Iterable[WorkOrder]) -> None:
        """Enqueue orders that were committed to SQLite before. Doing it twice does it once. Somebody sits and waits for
        a preview: it goes to the front. So does what had its turn before and lost its worker."""
        for order in orders:
            queue = ClaimQueue(order.queue, connection=self.connection, job_class=WorkJob, serializer=JSONSerializer)
            try:
                job = make_job(self.connection, order, self.deadline_s)
                queue.enqueue_job(job, at_front=order.kind == PREVIEW or order.attempt > 1, unique=True)
            except DuplicateJobError:
                continue

    def look(self, in_flight: Iterable[InFlight]) -> Losses:
        """Compare what should be under way with what Redis has. Repairs what is Redis's own."""
        expected = {item.job_id: item for item in in_flight}
        queues = {item.queue for item in expected.values()} | self._known_queues()
        put_back_claims(self.connection, queues, self._claims)
        lost = abandoned(self.connection, queues, self._leases, self.lease_s, self._dropped)
        self._dropped = set()
        died = [expected[one] for one in lost if one in expected]
        there = whereabouts(self.connection, queues)
        gone = {one for one in expected if one not in there and expected[one] not in died}
        self._missing = Counter({one: self._missing[one] + 1 for one in gone})
        vanished = [expected[one] for one, looks in self._missing.items() if looks >= PATIENCE]
        for item in vanished:
            del self._missing[item.job_id]
        return Losses(tuple(died), tuple(vanished))

    def staff(self) -> list[Lease]:
        """The workers that are alive. The card of one that is not is taken away, should Redis' clock have kept it. Of one of
        this machine, nobody waits for the lease to run out: its process is gone."""
        cards = read_leases(self.connection)
        killed = [card for card in cards if self._space and card.space == self._space and not is_alive(card.pid)]
        self._dropped |= {job_id(card.doing.key, card.doing.attempt) for card in killed if card.doing}
        still = self._cards.of({card.name: card.beats for card in cards})
        dead = {card.name for card in cards if card.beats and still[card.name] >= 2 * self.lease_s}
        dead |= {card.name for card in killed}
        for name in dead:
            release(self.connection, name)
        return [card for card in cards if card.name not in dead]

    def _known_queues(self) -> set[str]:
        """Every queue that Redis has heard of: a worker killed after its report leaves its job in one that is idle now."""
        keys = self.connection.smembers(ClaimQueue.redis_queues_keys)
        return {as_text(key).removeprefix(ClaimQueue.redis_queue_namespace_prefix) for key in keys}

    def stop(self, item: InFlight) -> bool:
        """Cancel a job. True: it waited and is gone. False: it runs, and will report when its engine looks up."""
        try:
            job = Job.fetch(item.job_id, connection=self.connection, serializer=JSONSerializer)
            if self.connection.lrem(f"rq:queue:{item.queue}", 1, item.job_id):
                job.delete(remove_from_queue=False)
                return True
            send_stop_job_command(self.connection, item.job_id, serializer=JSONSerializer)
        except (NoSuchJobError, InvalidJobOperation):
            return False
        return False
