"""A portrait becomes a presenter and speaks, from the command line, with the real engines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.pulled import portrait_file, weights

ROOT = Path(__file__).resolve().parent.parent
AGREED = "NASA's pictures are in the public domain"
SCRIPT = "The crew is back on the ground. They spent nine days in orbit, and all of them are well."

pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studio")


def run(data: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), "--data", str(data), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=300, check=False)


def add(data: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(data, "presenters", "add", name, "--portrait", str(portrait_file(name)), "--consent", AGREED, *arguments)


def make(data: Path, presenter: str) -> dict[str, Any]:
    done = run(data, "make", "--presenter", presenter, "--script", "-", "--json", stdin=SCRIPT)
    return dict(json.loads(done.stdout))


@pytest.fixture
def models(data: Path) -> Path:
    """The face models, as `run.py pull photo` leaves them."""
    folder = data / "weights" / "photo"
    folder.parent.mkdir(exist_ok=True)
    if not folder.exists():
        folder.symlink_to(weights("photo"))
    return folder


def test_without_the_face_models_nothing_is_taken_and_it_is_said_how_to_get_them(data: Path) -> None:
    refused = add(data, "astronaut")
    assert refused.returncode == 1
    assert "run.py pull photo" in refused.stderr


def test_a_portrait_speaks(data: Path, models: Path) -> None:
    added = add(data, "astronaut", "--name", "Eileen Collins", "--voice", "en=heart")
    assert added.returncode == 0, added.stderr
    assert "Eileen Collins stands in the scene." in added.stdout
    clip = make(data, "astronaut")
    assert clip["state"] == "ready"
    assert {stage["engine"] for stage in clip["stages"] if stage["stage"] == "video"} == {"photo"}
    assert [name for name, check in clip["quality"].items() if not check["passed"]] == []


def test_a_clip_waits_for_the_models_and_is_drawn_by_nobody_else(data: Path, models: Path) -> None:
    models.unlink()
    clip = make(data, "astronaut")
    assert clip["video"] is None
    assert "run.py pull photo" in clip["waiting"]


def test_a_portrait_that_cannot_speak_is_refused_or_framed(data: Path, models: Path) -> None:
    refused = add(data, "thinker")
    assert refused.returncode == 1
    assert "turned away" in refused.stderr
    assert add(data, "thinker", "--framed").returncode == 0
    listed = json.loads(run(data, "presenters", "list", "--json").stdout)["presenters"]
    assert {spec["slug"]: spec["consent"]["statement"] for spec in listed if spec["consent"]} == {
        "astronaut": AGREED, "thinker": AGREED,
    }  # fmt: skip
    assert run(data, "presenters", "remove", "thinker").returncode == 0
