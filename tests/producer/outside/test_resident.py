"""A program that stays: loaded once, asked again and again, and gone when it has to go. Real processes, small ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.errors import BadInput, Cancelled, EngineError, OutOfMemory, Unavailable
from producer.outside import answer
from producer.outside.processes import marked
from producer.outside.resident import Resident
from producer.outside.runner import Limits, Program
from tests.producer.outside.test_runner import gone
from tests.support.waiting import until

WORK = """
import os, subprocess, sys, time

def load(arguments):
    print("this is for the log")
    {loading}
    times = []

    def do(order, look_up):
        times.append(1)
        {work}
        return {{"said": order["text"].upper(), "times": len(times), "pid": os.getpid()}}

    return {{"name": arguments["name"]}}, do
"""
Make = Callable[..., Resident]


@pytest.fixture
def resident(tmp_path: Path) -> Iterator[Make]:
    """Makes one, from the text of its work."""
    made: list[Resident] = []

    def make(work: str = "pass", loading: str = "pass", limits: Limits = Limits()) -> Resident:  # noqa: B008 - frozen
        file = tmp_path / "work.py"
        inside = textwrap.indent(textwrap.dedent(work).strip(), 8 * " ").strip()
        file.write_text(WORK.format(work=inside, loading=loading))
        command = [sys.executable, answer.__file__, str(file), '{"name": "Speaker"}']
        made.append(Resident(Program("Speaker", command, tmp_path / "room", limits, cure="run.py pull speaker")))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_is_loaded_once_and_answers_one_order_after_another(resident: Make) -> None:
    speaker, logged = resident("print(order['text'])"), list[str]()
    assert speaker.start(30, log=logged.append) == {"name": "Speaker"}
    answers = [speaker.ask({"text": text}, log=logged.append) for text in ("otters", "are back")]
    assert [(one["said"], one["times"]) for one in answers] == [("OTTERS", 1), ("ARE BACK", 2)]
    assert len({one["pid"] for one in answers}) == 1
    assert "this is for the log" in logged, "what it prints is no answer"
    assert speaker.running
    speaker.close()
    assert not speaker.running
    assert gone(answers[0]["pid"])


def test_is_started_again_after_it_was_closed(resident: Make) -> None:
    speaker = resident()
    pids = []
    for _ in range(2):
        speaker.start(30)
        pids.append(speaker.ask({"text": "x"})["pid"])
        speaker.close()
        speaker.close()
    assert len(set(pids)) == 2


class TestCancelling:
    LOOKS_UP = """
        for step in range(3000):
            look_up(step / 3000)
            time.sleep(0.02)
        """

    def test_keeps_its_network_when_it_stops_by_itself(self, resident: Make) -> None:
        speaker, asked = resident(f"if order['text'] == 'long':\n    {textwrap.indent(textwrap.dedent(self.LOOKS_UP), '    ').strip()}"), 0  # fmt: skip
        speaker.start(30)
        before = speaker.ask({"text": "short"})

        def cancelled() -> bool:
            nonlocal asked
            asked += 1
            return asked > 3

        with pytest.raises(Cancelled):
            speaker.ask({"text": "long"}, cancelled)
        after = speaker.ask({"text": "short"})
        assert (after["pid"], after["times"]) == (before["pid"], 3)

    def test_ends_it_with_all_that_it_started_when_it_does_not(self, resident: Make, tmp_path: Path) -> None:
        speaker = resident(
            f"""
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
            open({str(tmp_path / "pids")!r}, "w").write(f"{{os.getpid()}} {{child.pid}}")
            time.sleep(600)
            """
        )
        speaker.start(30)
        with pytest.raises(Cancelled):
            speaker.ask({"text": "x"}, lambda: (tmp_path / "pids").is_file() and bool((tmp_path / "pids").read_text()))
        assert all(gone(int(pid)) for pid in (tmp_path / "pids").read_text().split())
        assert not speaker.running
        speaker.start(30)
        assert speaker.running

    def test_while_it_loads(self, resident: Make) -> None:
        speaker = resident(loading="time.sleep(600)")
        with pytest.raises(Cancelled):
            speaker.start(600, cancelled=lambda: True)
        assert not speaker.running


class TestItsFailures:
    def failure(self, speaker: Resident, kind: type[EngineError]) -> EngineError:
        speaker.start(30)
        with pytest.raises(kind) as failed:
            speaker.ask({"text": "x"})
        return failed.value

    def test_memory(self, resident: Make) -> None:
        speaker = resident("raise MemoryError")
        self.failure(speaker, OutOfMemory)
        assert not speaker.running, "what it holds is given back"

    def test_an_order_that_it_cannot_carry_out(self, resident: Make) -> None:
        speaker = resident("if order['text'] == 'x': raise ValueError('no such language')")
        assert "no such language" in self.failure(speaker, BadInput).message
        assert speaker.ask({"text": "y"})["said"] == "Y", "the next one is none of that"

    def test_an_error_of_its_own(self, resident: Make) -> None:
        told = self.failure(resident("print('so far so good'); raise KeyError('pitch')"), EngineError)
        assert "so far so good" in told.message
        assert "KeyError" in told.message

    def test_its_end(self, resident: Make) -> None:
        told = self.failure(resident("print('about to die', flush=True); os._exit(7)"), EngineError)
        assert "with code 7" in told.message
        assert "about to die" in told.message

    def test_an_end_without_a_word(self, resident: Make) -> None:
        assert "ended while it was needed" in self.failure(resident("os._exit(0)"), EngineError).message

    def test_memory_when_linux_kills_it(self, resident: Make) -> None:
        self.failure(resident("import signal; os.kill(os.getpid(), signal.SIGKILL)"), OutOfMemory)

    def test_answers_that_are_none(self, resident: Make) -> None:
        work = """
            for pipe in range(3, 30):
                try:
                    os.write(pipe, b"nonsense\\n")
                except OSError:
                    pass
            """
        assert "an answer that is none" in self.failure(resident(work), EngineError).message

    def test_while_it_loads(self, resident: Make) -> None:
        with pytest.raises(Unavailable, match=r"lacks the package nowhere_to_be_found"):
            resident(loading="import nowhere_to_be_found").start(30)

    def test_not_in_time(self, resident: Make) -> None:
        with pytest.raises(EngineError, match="not ready in time"):
            resident(loading="time.sleep(600)").start(0.5)

    def test_silence(self, resident: Make) -> None:
        told = self.failure(resident("time.sleep(600)", limits=Limits(silence_s=1.0)), EngineError)
        assert "said nothing" in told.message

    def test_time(self, resident: Make) -> None:
        work = "while True:\n    look_up(0.5)\n    time.sleep(0.05)"
        assert "was not done" in self.failure(resident(work, limits=Limits(seconds=1.0)), EngineError).message

    @pytest.mark.skipif(sys.platform != "linux", reason="counted in /proc")
    def test_too_much_memory(self, resident: Make) -> None:
        work = "kept = bytearray(300_000_000)\nfor page in range(0, len(kept), 4096): kept[page] = 1\ntime.sleep(600)"
        self.failure(resident(work, limits=Limits(memory_mb=200)), OutOfMemory)

    def test_a_program_that_is_not_there(self, tmp_path: Path) -> None:
        missing = Resident(
            Program("Speaker", [str(tmp_path / "python")], tmp_path / "room", cure="run.py pull speaker")
        )
        with pytest.raises(EngineError):
            missing.start(30)

    def test_asked_before_it_was_started(self, resident: Make) -> None:
        with pytest.raises(EngineError, match="ended while"):
            resident().ask({"text": "x"})


@pytest.mark.skipif(sys.platform != "linux", reason="asked for by the kernel")
def test_it_does_not_outlive_its_worker(tmp_path: Path) -> None:
    work = tmp_path / "work.py"
    work.write_text(WORK.format(work="pass", loading="pass"))
    command: list[Any] = [sys.executable, answer.__file__, str(work), '{"name": "x"}']
    code = f"""
import time
from pathlib import Path
from producer.outside.resident import Resident
from producer.outside.runner import Program
speaker = Resident(Program("Speaker", {command!r}, Path({str(tmp_path / "room")!r})))
speaker.start(30)
print(speaker.ask({{"text": "x"}})["pid"], speaker._mark, flush=True)
time.sleep(600)
"""
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    pid, mark = worker.stdout.readline().split()
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    until(lambda: gone(int(pid)))
    until(lambda: marked(mark) == [])
