"""In which order a worker looks at its queues: sticky, so that models are rarely changed, and bounded, so that none starves."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from producer.queue.fairness import LONG_S, PATIENCE_S, Line, order_queues

NAMES = ("a", "b", "c", "d")
LINES = st.dictionaries(
    st.sampled_from(NAMES), st.builds(Line, st.integers(1, 50), st.floats(0, 100)), max_size=len(NAMES)
)


@given(current=st.sampled_from(["", *NAMES]), run=st.integers(0, 40), batch=st.integers(1, 20), lines=LINES)
def test_every_queue_is_looked_at_once(current: str, run: int, batch: int, lines: dict[str, Line]) -> None:
    order = order_queues(NAMES, current, run, batch, lines)
    assert sorted(order) == sorted({*NAMES, current})


@given(run=st.integers(0, 15), lines=LINES)
def test_the_engine_in_memory_comes_first_within_its_batch(run: int, lines: dict[str, Line]) -> None:
    assert order_queues(NAMES, "b", run, 16, lines)[0] == "b"


@given(run=st.integers(16, 99), lines=LINES)
def test_after_its_batch_it_yields_to_who_waited_longer_than_a_change_costs(run: int, lines: dict[str, Line]) -> None:
    waiting = any(line.head_age_s > PATIENCE_S for name, line in lines.items() if name != "b")
    order = order_queues(NAMES, "b", run, 16, lines)
    assert (order[-1] if waiting else order[0]) == "b"


def test_the_next_engine_is_the_one_that_most_wait_for() -> None:
    lines = {"a": Line(3, 20), "c": Line(9, 10), "d": Line(3, 25)}
    assert order_queues(NAMES, "b", 0, 16, lines) == ["b", "c", "d", "a"]


def test_unless_somebody_has_waited_for_long() -> None:
    lines = {"a": Line(3, LONG_S + 1), "c": Line(9, 10), "d": Line(1, LONG_S + 5)}
    assert order_queues(NAMES, "b", 16, 16, lines) == ["d", "a", "c", "b"]


@dataclass
class Simulation:
    """One worker that takes jobs of one second from queues, as `StageWorker` does: it looks at who waits right after
    each take, and its next take follows that order."""

    batch: int
    now: int = 0
    queues: dict[str, deque[int]] = field(default_factory=lambda: {name: deque() for name in NAMES})
    """Name → when each job came that waits."""
    waiting: list[int] = field(default_factory=list)
    """How many waited in each second."""
    order: list[str] = field(default_factory=lambda: list(NAMES))
    current: str = ""
    run: int = 0
    done: str = ""

    def arrive(self, name: str) -> None:
        self.queues[name].append(self.now)

    def second(self) -> None:
        self.waiting.append(sum(map(len, self.queues.values())))
        taken = next((name for name in self.order if self.queues[name]), None)
        if taken is not None:
            self.run = self.run + 1 if taken == self.current else 1
            self.current = taken
            self.done += taken
            self.queues[taken].popleft()
            lines = {name: Line(len(jobs), self.now - jobs[0]) for name, jobs in self.queues.items() if jobs}
            self.order = order_queues(NAMES, self.current, self.run, self.batch, lines)
        for name, jobs in self.queues.items():
            patience = LONG_S + (self.waiting[jobs[0]] + 1) * (self.batch + 1) if jobs else 0
            assert not jobs or self.now - jobs[0] <= patience, f"{name} starves"
        self.now += 1


@given(
    batch=st.integers(1, 16),
    greedy=st.dictionaries(st.sampled_from(NAMES), st.integers(1, 30)),
    others=st.lists(st.tuples(st.integers(0, 200), st.sampled_from(NAMES)), max_size=25),
)
def test_nobody_starves(batch: int, greedy: dict[str, int], others: list[tuple[int, str]]) -> None:
    """Some queues never have fewer jobs than so many, however many are done. Every job waits for patience to end, and
    then at most for a batch for each that was there when it came."""
    studio = Simulation(batch)
    for second in range(300):
        for name, most in greedy.items():
            while len(studio.queues[name]) < most:
                studio.arrive(name)
        for at, name in others:
            if at == second:
                studio.arrive(name)
        studio.second()
    came = [name for _, name in others if name not in greedy]
    for name in NAMES:
        if name not in greedy:
            assert studio.done.count(name) + len(studio.queues[name]) == came.count(name)
    if greedy:
        assert len(studio.done) == 300, "and the worker is never idle"


def test_twenty_clips_cost_a_handful_of_changes() -> None:
    """Jobs of four engines in the order in which clips bring them, all at once."""
    studio = Simulation(batch=16)
    for _clip in range(20):
        for name in NAMES:
            studio.arrive(name)
    for _ in range(80):
        studio.second()
    assert sorted(studio.done) == sorted("abcd" * 20)
    assert sum(one != other for one, other in pairwise(studio.done)) <= 11
