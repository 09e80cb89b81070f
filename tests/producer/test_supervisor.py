"""Real child processes, kept alive, restarted with back-off, killed when they hang, and all gone in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from loguru import logger

from producer.queue.leases import Doing, Lease
from producer.supervisor import ALARM_AFTER, BACKOFF_S, HEALTHY_S, Supervisor, end_left_over
from tests.support.waiting import gone, until

SLEEPER = """
import os, pathlib, time
pathlib.Path(os.environ["UP"], str(os.getpid())).touch()
time.sleep(600)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + SLEEPER
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {DEAF!r}])" + SLEEPER


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """`UP`: the folder where a process leaves its number when it has started."""
    return {**os.environ, "UP": str(tmp_path)}


@pytest.fixture
def supervisor(clock: Clock, environment: dict[str, str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(environment, clock=clock)
    yield supervisor
    for child in supervisor.children:
        if child.process and child.process.poll() is None:
            child.process.kill()
            child.process.wait()


@pytest.fixture
def alarms() -> Iterator[list[str]]:
    heard: list[str] = []
    sink = logger.add(lambda message: heard.append(message.record["level"].name), level="WARNING")
    yield heard
    logger.remove(sink)


def run(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def process_of(supervisor: Supervisor, number: int = 0) -> subprocess.Popen[bytes]:
    process = supervisor.children[number].process
    assert process
    return process


def family(supervisor: Supervisor) -> list[psutil.Process]:
    """All children and grandchildren, once they have started."""

    def started() -> list[psutil.Process] | None:
        found = [p for c in supervisor.children if c.process for p in _with_children(c.process.pid)]
        return found if all(Path(supervisor.environment["UP"], str(one.pid)).exists() for one in found) else None

    if any("Popen" in child.command[-1] for child in supervisor.children):
        until(lambda: psutil.Process(process_of(supervisor).pid).children())
    return until(started)


def _with_children(pid: int) -> list[psutil.Process]:
    return [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]


def die(supervisor: Supervisor) -> None:
    process = process_of(supervisor)
    process.kill()
    process.wait()


class TestRestarting:
    def test_the_first_time_is_at_once(self, supervisor: Supervisor) -> None:
        supervisor.add("sleeper", run(SLEEPER))
        supervisor.check()
        first = process_of(supervisor)
        supervisor.check()
        assert process_of(supervisor) is first, "who lives is left alone"
        die(supervisor)
        supervisor.check()
        supervisor.check()
        assert process_of(supervisor).pid != first.pid
        assert supervisor.children[0].alive

    def test_again_and_again_waits_longer_and_raises_an_alarm(
        self, supervisor: Supervisor, clock: Clock, alarms: list[str]
    ) -> None:
        supervisor.add("sleeper", run(SLEEPER))
        supervisor.check()
        for wait in (*BACKOFF_S, BACKOFF_S[-1]):
            die(supervisor)
            before = process_of(supervisor)
            supervisor.check()
            if wait:
                clock.now += wait - 0.01
                supervisor.check()
                assert process_of(supervisor) is before, f"it waits {wait} s"
                clock.now += 0.02
            supervisor.check()
            assert process_of(supervisor) is not before
        quiet, loud = ALARM_AFTER - 1, len(BACKOFF_S) + 1 - (ALARM_AFTER - 1)
        assert alarms == ["WARNING"] * quiet + ["ERROR"] * loud

    def test_after_a_healthy_life_starts_over(self, supervisor: Supervisor, clock: Clock) -> None:
        supervisor.add("sleeper", run(SLEEPER))
        supervisor.check()
        for _ in range(3):
            die(supervisor)
            clock.now += BACKOFF_S[-1]
            supervisor.check()
            clock.now += BACKOFF_S[-1]
            supervisor.check()
        clock.now += HEALTHY_S + 1
        die(supervisor)
        supervisor.check()
        supervisor.check()
        assert supervisor.children[0].alive
        assert supervisor.children[0].restarts == 1

    def test_of_one_leaves_the_others_alone(self, supervisor: Supervisor) -> None:
        for name in ("a", "b"):
            supervisor.add(name, run(SLEEPER))
        supervisor.check()
        other = process_of(supervisor, 1)
        die(supervisor)
        supervisor.check()
        supervisor.check()
        assert process_of(supervisor, 1) is other

    def test_takes_what_the_dead_one_left_running(self, supervisor: Supervisor) -> None:
        """A worker that was killed must not leave its model's process on the GPU."""
        supervisor.add("parent", run(PARENT))
        supervisor.check()
        _, grandchild = family(supervisor)
        die(supervisor)
        supervisor.check()
        until(lambda: gone(grandchild))


class TestAHungWorker:
    def lease(self, supervisor: Supervisor, since: float, **changes: object) -> Lease:
        doing = Doing(kind="stage", key="a" * 64, attempt=1, engine="x", since=time.time(), seconds=since)
        facts = {"name": "w", "pid": process_of(supervisor).pid, "host": HOST, "lanes": ("cpu",), "doing": doing}
        return Lease(capabilities=(), **{**facts, **changes})  # type: ignore[arg-type]

    @pytest.fixture
    def deaf(self, supervisor: Supervisor) -> Supervisor:
        supervisor.add("deaf", run(DEAF))
        supervisor.check()
        return supervisor

    def test_is_killed_past_the_deadline(self, deaf: Supervisor) -> None:
        deaf.kill_hung([self.lease(deaf, since=100)], deadline_s=60)
        assert process_of(deaf).returncode == -signal.SIGKILL

    @pytest.mark.parametrize(
        ("since", "changes"),
        [
            (50, {}),
            (61, {}),
            (100, {"doing": None}),
            (100, {"pid": os.getpid()}),
            (100, {"host": "another-computer"}),
        ],
        ids=["within the deadline", "just past it, being interrupted", "idle", "another process", "another computer"],
    )
    def test_is_only_who_really_hangs(self, deaf: Supervisor, since: float, changes: dict[str, object]) -> None:
        """A job past its deadline is interrupted by its own worker first, whose card tells so a moment later."""
        deaf.kill_hung([self.lease(deaf, since, **changes)], deadline_s=60)
        assert deaf.children[0].alive


class TestStopping:
    @pytest.mark.parametrize("code", [SLEEPER, DEAF, PARENT], ids=["willing", "deaf", "a parent of the deaf"])
    def test_leaves_nothing_running(self, environment: dict[str, str], code: str) -> None:
        supervisor = Supervisor(environment)
        supervisor.add("first", run(code))
        supervisor.add("second", run(SLEEPER))
        supervisor.check()
        everybody = family(supervisor)
        assert len(everybody) == (3 if code is PARENT else 2)
        supervisor.stop()
        until(lambda: all(gone(one) for one in everybody))

    def test_before_anything_was_started_is_fine(self, supervisor: Supervisor) -> None:
        supervisor.add("sleeper", run(SLEEPER))
        supervisor.stop()

    def test_after_a_death_is_fine(self, supervisor: Supervisor) -> None:
        supervisor.add("sleeper", run(SLEEPER))
        supervisor.check()
        die(supervisor)
        supervisor.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_children_are_asked_to_stop_when_their_supervisor_is_killed(environment: dict[str, str]) -> None:
    code = f"""
        import os, sys, time
        from producer.supervisor import Supervisor

        supervisor = Supervisor(dict(os.environ))
        supervisor.add("sleeper", [sys.executable, "-c", {SLEEPER!r}])
        supervisor.check()
        print(supervisor.children[0].process.pid, flush=True)
        time.sleep(600)
    """
    with subprocess.Popen(run(textwrap.dedent(code)), stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    until(lambda: gone(child))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows a process's environment")
def test_what_a_killed_supervisor_left_is_ended_by_the_next_start(environment: dict[str, str], tmp_path: Path) -> None:
    """A child that hangs in C does not hear that it should stop. Only this studio's are meant."""
    code = f"""
        import os, sys, time
        from producer.supervisor import STUDIO, Supervisor

        supervisor = Supervisor(dict(os.environ) | {{STUDIO: sys.argv[1]}})
        supervisor.add("deaf", [sys.executable, "-c", {DEAF!r}])
        supervisor.check()
        print(supervisor.children[0].process.pid, flush=True)
        time.sleep(600)
    """
    left = []
    for studio in ("ours", "theirs"):
        with subprocess.Popen([*run(textwrap.dedent(code)), studio], stdout=subprocess.PIPE, env=environment) as parent:
            assert parent.stdout
            left.append(psutil.Process(int(parent.stdout.readline())))
            until(lambda: (tmp_path / str(left[-1].pid)).exists())
            parent.kill()
    ours, theirs = left
    assert not gone(ours)
    assert end_left_over("ours") == 1
    until(lambda: gone(ours))
    assert not gone(theirs)
    assert end_left_over("theirs") == 1
    assert end_left_over("ours") == 0


HOST = os.uname().nodename


class TestAWorkerThatFellSilent:
    """It hangs in C with Python's lock in its hands: its process lives, and nothing is heard of it."""

    def card(self, supervisor: Supervisor) -> Lease:
        return Lease(name="w", pid=process_of(supervisor).pid, host=HOST, lanes=("cpu",), capabilities=())

    @pytest.fixture
    def deaf(self, supervisor: Supervisor) -> Supervisor:
        supervisor.add("deaf", run(DEAF))
        supervisor.check()
        return supervisor

    def test_is_killed_once_its_card_is_gone_for_long(self, deaf: Supervisor, clock: Clock) -> None:
        deaf.kill_hung([self.card(deaf)], 60, silence_s=24)
        clock.now += 23
        deaf.kill_hung([], 60, silence_s=24)
        assert deaf.children[0].alive
        clock.now += 2
        deaf.kill_hung([], 60, silence_s=24)
        assert process_of(deaf).returncode == -signal.SIGKILL

    def test_is_not_one_that_has_yet_to_say_its_first_word(self, deaf: Supervisor, clock: Clock) -> None:
        clock.now += 1000
        deaf.kill_hung([], 60, silence_s=24)
        assert deaf.children[0].alive

    def test_is_excused_while_nobody_could_be_heard(self, deaf: Supervisor, clock: Clock) -> None:
        deaf.kill_hung([self.card(deaf)], 60, silence_s=24)
        clock.now += 100
        deaf.excuse_silence()
        deaf.kill_hung([], 60, silence_s=24)
        assert deaf.children[0].alive

    def test_tells_its_successor_how_often_that_was(self, supervisor: Supervisor, tmp_path: Path) -> None:
        told = "import os, pathlib, time; pathlib.Path(os.environ['UP'], 'told').write_text(os.environ['DAILIES_RESTARTS']); time.sleep(600)"
        supervisor.add("told", run(told))
        for times in ("0", "1"):
            supervisor.check()
            supervisor.check()
            until(lambda times=times: (tmp_path / "told").exists() and (tmp_path / "told").read_text() == times)  # type: ignore[misc]
            die(supervisor)
