"""eSpeak as a program beside this one: what it is given, what comes back, and how it is stopped.

A double takes its place: it heeds the very arguments that the real one has (espeak-ng 1.51). Where the real one is
installed, it is heard too.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from config.errors import BadInput, Cancelled, Unavailable
from producer.engines.base import Context
from producer.engines.line import espeak
from producer.engines.line.espeak import PROGRAM, Espeak
from producer.engines.requests import LineOptions, LineRequest
from storage.artifacts import FolderStore
from storage.documents import SpokenLine
from tests.support.waiting import until

DOUBLE = """\
import math, struct, sys, wave
arguments, text = sys.argv[1:], sys.stdin.buffer.read().decode("utf-8")
assert arguments[-1] == "--stdin" and arguments[:2] == ["-b", "1"], arguments
if "--ipa" in arguments:
    print("_".join("\\u02c8" + letter if letter in "aeiou" else letter for letter in text.lower() if letter.isalpha()))
else:
    with wave.open(arguments[arguments.index("-w") + 1], "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        for word in text.split():
            samples = [int(9000 * math.sin(i / 9)) for i in range(1500 * len(word))] + [0] * 2500
            file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
"""


def program(folder: Path, body: str) -> str:
    path = folder / "espeak-double"
    path.write_text(f"#!{sys.executable}\n{body}")
    path.chmod(0o755)
    return str(path)


def spoken(engine: Espeak, folder: Path, text: str, language: str, voice: str = "", **hooks: object) -> SpokenLine:
    workdir = folder / "work"
    workdir.mkdir(exist_ok=True)
    context = Context(workdir, FolderStore(folder / "store"), **hooks)  # type: ignore[arg-type]
    return engine.run(LineRequest(LineOptions(text=text, language=language, voice=voice)), context)


def test_speaks_with_times_from_its_own_sounds(tmp_path: Path) -> None:
    line = spoken(Espeak(program(tmp_path, DOUBLE)), tmp_path, "Guten Morgen, Otter!", "de")
    assert [word.text for word in line.words] == ["Guten", "Morgen,", "Otter!"]
    assert (line.voice, line.sample_rate) == ("espeak-de", 22050)
    assert all(a.end <= b.start + 0.2 for a, b in zip(line.words, line.words[1:], strict=False))
    assert [p.symbol for p in line.phonemes if p.symbol != "_"][:5] == list("guten")
    assert line.phonemes[-1].end == pytest.approx(line.duration_s, abs=0.01)


def test_text_never_becomes_an_argument(tmp_path: Path) -> None:
    line = spoken(Espeak(program(tmp_path, DOUBLE)), tmp_path, "--path=/etc -w /tmp/x $(id) Otter", "de")
    assert line.text == "--path=/etc -w /tmp/x $(id) Otter"
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["line.wav"]


def test_a_voice_it_does_not_know_is_its_own_for_the_language(tmp_path: Path) -> None:
    assert spoken(Espeak(program(tmp_path, DOUBLE)), tmp_path, "Guten Tag", "de", "../../x").voice == "espeak-de"


def test_failing_and_writing_nothing_are_told_in_one_line(tmp_path: Path) -> None:
    failing = program(tmp_path, "import sys; print('Error: no voice', file=sys.stderr); sys.exit(1)")
    with pytest.raises(Unavailable, match="no voice"):
        spoken(Espeak(failing), tmp_path, "Guten Tag", "de")
    with pytest.raises(Unavailable, match="wrote no sound"):
        spoken(Espeak(program(tmp_path, "import sys; sys.stdin.read()")), tmp_path, "Guten Tag", "de")
    with pytest.raises(Unavailable, match="not installed"):
        Espeak("no-such-program-here").load()


SLEEPER = """\
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"])
open("pids.new", "w").write(f"{os.getpid()} {child.pid}")
os.rename("pids.new", "pids")
time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("why", ["cancelled", "too long"])
def test_is_stopped_with_its_children_even_if_it_will_not_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    started = tmp_path / "work" / "pids"

    def wanted() -> bool:
        if started.is_file() and why == "too long":
            monkeypatch.setattr(espeak, "LIMIT_S", 0.0)
        return started.is_file() and why == "cancelled"

    with pytest.raises(Unavailable if why == "too long" else Cancelled):
        spoken(Espeak(program(tmp_path, SLEEPER)), tmp_path, "Guten Tag", "de", cancelled=wanted)
    pids = [int(pid) for pid in started.read_text().split()]
    until(lambda: not any(map(alive, pids)))


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="espeak-ng is not installed")
class TestTheRealOne:
    @pytest.mark.parametrize(
        ("language", "text"), [("de", "Die Otter sind zurück."), ("ru", "Выдры вернулись."), ("pl", "Wydry wróciły.")]
    )
    def test_speaks_many_languages(self, tmp_path: Path, language: str, text: str) -> None:
        line = spoken(Espeak(), tmp_path, text, language)
        assert 0.5 < line.duration_s < 4
        assert " ".join(word.text for word in line.words) == text
        assert len({p.symbol for p in line.phonemes}) > 5

    def test_reads_nothing_of_marks(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput):
            spoken(Espeak(), tmp_path, "…", "de")

    def test_has_every_voice_that_it_lists(self, tmp_path: Path) -> None:
        for voice in espeak.VOICES.values():
            assert os.system(f"echo a | {PROGRAM} -q -v {voice} --stdin 2>{os.devnull}") == 0
