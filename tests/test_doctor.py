"""`run.py doctor`, as a person types it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from producer.doctor.report import Report
from producer.engines.registry import BUILT_IN
from tests.support import programs
from tests.support.model_server import model_card, model_server
from tests.support.writing import always, reply

ROOT = Path(__file__).resolve().parent.parent
NOBODY = "http://127.0.0.1:9"


def doctor(data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "COLUMNS": "120", "DAILIES_OLLAMA__URL": NOBODY, "REDIS_URL": "", **environment}
    command = [sys.executable, str(ROOT / "run.py"), "--data", str(data), "doctor", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=variables, timeout=60, check=False)


def report(data: Path, **environment: str) -> dict[str, Any]:
    done = doctor(data, "--json", **environment)
    assert done.returncode == 0, done.stderr
    return Report.model_validate_json(done.stdout).model_dump()


def part(told: dict[str, Any], name: str) -> dict[str, Any]:
    return next(part for part in told["software"] if part["name"] == name)


def test_a_bare_machine_makes_clips_and_is_told_what_would_make_them_better(tmp_path: Path) -> None:
    told = report(tmp_path / "studio")
    assert (told["variant"], told["preset"], told["waiting"]) == ("presenter", "bare", "")
    assert {choice["stage"]: choice["engine"] for choice in told["choices"]} == {
        "script": "extractive", "scene": "procedural", "line": "hibari", "speech": "join", "video": "drawn",
        "finish": "compositor",
        "quality": "gate",
    }  # fmt: skip
    assert {engine["engine"] for engine in told["engines"]} >= {
        name for name in BUILT_IN if not name.startswith("stub-")
    }
    assert all(engine["cure"] for engine in told["engines"] if engine["problem"])
    assert part(told, "Ollama") | {"detail": ""} == {
        "name": "Ollama", "state": "optional", "version": "", "detail": "", "cure": "ollama serve",
    }  # fmt: skip
    assert part(told, "PyAV")["state"] == "ok"
    assert "libx264" in part(told, "PyAV")["detail"]
    assert part(told, "Valkey")["state"] == "ok"
    assert [reach["id"] for reach in told["presets"] if reach["reached"]] == ["bare"]
    assert told["machine"]["cores"] >= 1
    assert not (tmp_path / "studio").exists(), "to look changes nothing"


def test_with_a_language_model_it_is_fast(tmp_path: Path) -> None:
    with model_server(always(reply()), models=[model_card("qwen3:8b"), model_card("tiny:1b", "1B")]) as world:
        world.loaded.add("qwen3:8b")
        told = report(tmp_path, DAILIES_OLLAMA__URL=world.url)
    assert told["preset"] == "fast"
    ollama = part(told, "Ollama")
    assert (ollama["state"], ollama["version"]) == ("ok", "0.30.1")
    assert "qwen3:8b (5.2 GB)" in ollama["detail"]
    assert "loaded: qwen3:8b" in ollama["detail"]
    (engine,) = (engine for engine in told["engines"] if engine["engine"] == "ollama")
    assert engine["weights"].startswith("qwen3:8b@")


def test_it_reads_well_in_a_narrow_terminal_and_in_a_wide_one(tmp_path: Path) -> None:
    for columns in ("72", "160"):
        done = doctor(tmp_path, COLUMNS=columns)
        assert done.returncode == 0, done.stderr
        lines = done.stdout.splitlines()
        assert max(map(len, lines)) <= int(columns)
        assert [line for line in lines if line and line[0] != " "] == [
            "Machine", "Software", "Engines", "A clip made now", "How far it gets",
        ]  # fmt: skip
        assert "→ ollama serve" in done.stdout
        assert "stub" not in done.stdout


def test_a_redis_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    done = doctor(tmp_path, REDIS_URL="redis://user:secret@127.0.0.1:9/0")
    assert done.returncode == 1
    assert "Redis" in done.stderr
    assert "secret" not in done.stdout + done.stderr


def test_torch_is_told_from_its_files_and_never_imported(tmp_path: Path) -> None:
    package = tmp_path / "site" / "torch"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('torch was imported')\n")
    (package / "version.py").write_text(
        "from typing import Optional\n__version__ = '2.13.0+cu130'\ndebug = False\ncuda: Optional[str] = '13.0'\nhip: Optional[str] = None\n"
    )
    told = report(tmp_path / "studio", PYTHONPATH=str(package.parent))
    torch = part(told, "torch")
    assert (torch["state"], torch["version"], torch["detail"]) == ("ok", "2.13.0+cu130", "CUDA 13.0")


@pytest.mark.parametrize("engines", ["stub", "default"])
def test_it_speaks_of_the_engines_that_are_in_use(tmp_path: Path, engines: str) -> None:
    told = report(tmp_path, DAILIES_PRODUCTION__ENGINES=engines)
    assert all(choice["engine"].startswith("stub-") == (engines == "stub") for choice in told["choices"])


def test_a_world_without_models_asks_for_one(tmp_path: Path) -> None:
    with model_server(always(reply()), models=[]) as world:
        told = report(tmp_path, DAILIES_OLLAMA__URL=world.url)
    (engine,) = (engine for engine in told["engines"] if engine["engine"] == "ollama")
    assert engine["cure"] == "ollama pull qwen3:8b"


def test_an_engine_whose_licence_was_allowed_is_ready(tmp_path: Path) -> None:
    """SadTalker with its environment and weights, as `run.py pull` leaves them."""
    data = tmp_path / "studio"
    for name in ("sadtalker", "photo"):
        programs.weights(data / "weights", name)
    programs.environment(data / "environments", "sadtalker", programs.SADTALKER, 0.2)
    for allowed, problem in (
        ('["osi"]', "SadTalker is under a licence of the class unclear."),
        ('["osi", "unclear"]', ""),
    ):
        told = report(data, DAILIES_PRODUCTION__LICENCES=allowed)
        assert [e["problem"] for e in told["engines"] if e["engine"] == "sadtalker"] == [problem]
