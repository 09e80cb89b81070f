"""Somebody else's program: what it may use, how it is watched, and that it is gone when it has to go.

The programs are real ones, small, in the place of those that need a GPU.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import BadInput, Cancelled, EngineError, OutOfMemory, Unavailable
from producer.engines.base import Context
from producer.outside.processes import marked
from producer.outside.runner import LOGGED, Limits, Program, run
from storage.artifacts import FolderStore
from tests.support.waiting import until


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(tmp_path, FolderStore(tmp_path / "store"))


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Program]:
    """A program named Painter, from its Python text."""

    def made(text: str, limits: Limits = Limits()) -> Program:  # noqa: B008 - frozen
        script = tmp_path / "painter.py"
        script.write_text(textwrap.dedent(text))
        return Program("Painter", [sys.executable, str(script)], tmp_path / "room", limits, cure="run.py pull painter")

    return made


Make = Callable[..., Program]


def gone(pid: int) -> bool:
    """Whether a process has ended, or is only waiting for its parent to notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


class TestWhatItGets:
    def test_it_works_in_a_room_of_its_own_and_sees_no_secrets(
        self, program: Make, context: Context, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "secret")
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3")
        text = "import json, os; print(json.dumps([os.getcwd(), dict(os.environ)]))"
        (line,) = run(program(text), context)
        cwd, variables = json.loads(line)
        room = str(context.workdir / "room")
        assert cwd == room
        assert (variables["HOME"], variables["TMPDIR"]) == (room, f"{room}/tmp")
        assert variables["CUDA_VISIBLE_DEVICES"] == "3"
        assert variables["HF_HUB_OFFLINE"] == "1"
        assert not {"OPENAI_API_KEY", "HTTPS_PROXY", "USER", "PYTHONPATH"} & set(variables)

    def test_it_reads_nothing_from_the_keyboard(self, program: Make, context: Context) -> None:
        assert run(program("import sys; print(repr(sys.stdin.read()))"), context) == ("''",)


class TestWhatItSays:
    def test_is_heard_line_by_line_while_it_works(self, program: Make, context: Context) -> None:
        heard: list[str] = []
        text = """
            import sys
            print("loading")
            for i in range(4):
                print(f"\\rpainting: {25 * i}%|#| {i}/4 [00:00]", end="", file=sys.stderr)
            print("bye", end="")
            """
        tail = run(program(text), context, heard.append)
        assert heard[:2] == ["loading", "painting: 0%|#| 0/4 [00:00]"]
        assert len(heard) == 5
        assert tail[-1].endswith("bye")

    def test_a_huge_log_is_remembered_in_part(self, program: Make, tmp_path: Path) -> None:
        logged: list[str] = []
        context = Context(tmp_path, FolderStore(tmp_path / "store"), log=logged.append)
        tail = run(program("for i in range(300_000): print('chatter', i)"), context)
        assert tail[-1] == "chatter 299999"
        assert len(tail) == 200
        assert len(logged) == LOGGED + 1


class TestHowItFails:
    def test_the_error_carries_its_last_lines(self, program: Make, context: Context) -> None:
        with pytest.raises(EngineError, match="ended with code 1") as failed:
            run(program("print('reading'); raise ValueError('a bad bone')"), context)
        assert "ValueError: a bad bone" in failed.value.message
        assert type(failed.value) is EngineError

    @pytest.mark.parametrize(
        "said",
        [
            "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB",
            "torch.OutOfMemoryError: CUDA out of memory.",
            "RuntimeError: CUDA error: out of memory",
            "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        ],
    )
    def test_a_full_device_is_told_as_such(self, program: Make, context: Context, said: str) -> None:
        with pytest.raises(OutOfMemory, match="ran out of the GPU's memory"):
            run(program(f"raise SystemExit({said!r})"), context)

    def test_the_string_that_sadtalker_raises_means_no_face(self, program: Make, context: Context) -> None:
        with pytest.raises(BadInput, match="no face"):
            run(program("raise 'can not detect the landmark from source image'"), context)

    def test_a_missing_package_names_its_cure(self, program: Make, context: Context) -> None:
        with pytest.raises(Unavailable, match="lacks the package kornia_of_theirs") as failed:
            run(program("import kornia_of_theirs"), context)
        assert failed.value.cure == "run.py pull painter"

    def test_a_machine_without_a_driver_is_told_as_such(self, program: Make, context: Context) -> None:
        with pytest.raises(Unavailable, match="cannot use this machine's GPU"):
            run(program("raise RuntimeError('Found no NVIDIA driver on your system.')"), context)

    def test_a_crash_names_its_signal(self, program: Make, context: Context) -> None:
        with pytest.raises(EngineError, match="by signal 11"):
            run(program("import os; os.kill(os.getpid(), 11)"), context)

    def test_killed_by_the_system_counts_as_out_of_memory(self, program: Make, context: Context) -> None:
        with pytest.raises(OutOfMemory, match="killed from outside"):
            run(program("import os; os.kill(os.getpid(), 9)"), context)

    def test_one_that_is_not_installed_is_unavailable(self, tmp_path: Path, context: Context) -> None:
        with pytest.raises(EngineError):
            run(Program("Painter", [str(tmp_path / "nowhere" / "python")], tmp_path / "room"), context)


class TestItsLimits:
    def test_time(self, program: Make, context: Context) -> None:
        with pytest.raises(EngineError, match="was not done after"):
            run(program("while True: print('x')", Limits(seconds=0.4)), context)

    def test_silence(self, program: Make, context: Context) -> None:
        text = "import time; print('about to hang', flush=True); time.sleep(600)"
        with pytest.raises(EngineError, match="said nothing") as failed:
            run(program(text, Limits(silence_s=2.0)), context)
        assert "about to hang" in failed.value.message

    @pytest.mark.skipif(sys.platform != "linux", reason="counted in /proc")
    def test_memory_of_all_that_it_started_together(self, program: Make, context: Context) -> None:
        text = """
            import subprocess, sys, time
            hog = "import time; kept = bytearray(120_000_000); time.sleep(600)"
            for _ in range(2):
                subprocess.Popen([sys.executable, "-c", hog], start_new_session=True)
            time.sleep(600)
            """
        with pytest.raises(OutOfMemory, match=r"took 0\.\d GB of memory, more than the 0\.2 GB it may have"):
            run(program(text, Limits(memory_mb=200)), context)


@pytest.mark.skipif(sys.platform != "linux", reason="found in /proc")
class TestItIsGone:
    STUBBORN = """
        import os, signal, subprocess, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
        print(os.getpid(), child.pid, flush=True)
        time.sleep(600)
        """

    def test_within_a_second_of_a_cancellation_with_all_it_started(self, program: Make, tmp_path: Path) -> None:
        pids: list[int] = []

        def cancelled() -> bool:
            return bool(pids)

        context = Context(tmp_path, FolderStore(tmp_path / "store"), cancelled=cancelled)
        with pytest.raises(Cancelled):
            run(program(self.STUBBORN), context, lambda line: pids.extend(map(int, line.split())))
        assert len(pids) == 2
        assert all(gone(pid) for pid in pids), "when it is told, they are gone"

    def test_when_it_ends_well_and_leaves_somebody_behind(self, program: Make, context: Context) -> None:
        text = """
            import subprocess, sys
            print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True).pid)
            """
        (pid,) = run(program(text), context)
        assert gone(int(pid))

    def test_when_its_worker_is_killed(self, tmp_path: Path) -> None:
        script = tmp_path / "painter.py"
        script.write_text("import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)")
        code = f"""
from pathlib import Path
from producer.engines.base import Context
from producer.outside.runner import Program, run
from storage.artifacts import FolderStore
import sys
folder = Path({str(tmp_path)!r})
context = Context(folder, FolderStore(folder / "store"))
run(Program("Painter", [sys.executable, {str(script)!r}], folder / "room"), context, lambda line: print(line, flush=True))
"""
        worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        pid = int(worker.stdout.readline())
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        until(lambda: gone(pid))

    def test_nobody_carries_its_mark_afterwards(self, program: Make, context: Context) -> None:
        (mark,) = run(program("import os; print(os.environ['DAILIES_RUN'])"), context)
        assert marked(mark) == []
