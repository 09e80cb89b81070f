"""`run.py train`, as a person types it: a prepared folder becomes a part of a presenter, whatever stops it on the way."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from tests.support.tiny_training import picture

pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]
for _needed in ("torch", "diffusers", "transformers", "peft"):
    pytest.importorskip(_needed)

ROOT = Path(__file__).resolve().parent.parent
SHORT = ("--steps", "8", "--sample-every", "8", "--prior", "0", "--preset", "8gb")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio whose owner has a tiny Stable Diffusion, and a drawn presenter."""
    from tests.support.tiny_painters import save_sd15

    data = tmp_path_factory.mktemp("studio")
    save_sd15(data / "weights" / "sd15")
    assert run(data, "presenters", "add", "ana", "--look", "mara").returncode == 0
    return data


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, images = tmp_path_factory.mktemp("prepared"), []
    for number in range(5):
        cv2.imwrite(str(folder / f"{number:03}.png"), picture(number))
        images.append({"file": f"{number:03}.png", "caption": f"ana person {number}"})
    (folder / "manifest.json").write_text(json.dumps({"token": "ana", "images": images}))
    return folder


def command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "run.py"), "--data", str(data), *arguments]


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, *arguments), capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip


def test_is_learnt_after_consent_after_ctrl_c_and_after_kill_9_and_then_painted_with(
    data: Path, prepared: Path
) -> None:
    train = ("train", "ana", "--data", str(prepared), *SHORT, "--json")
    refused = run(data, *train)
    assert refused.returncode == 1
    assert "has not agreed to their face being learnt" in refused.stderr
    assert run(data, "presenters", "consent", "ana", "--statement", "Ana agreed.").returncode == 0

    stopped = interrupted(data, train, signal.SIGINT)
    assert (stopped.returncode, json.loads(stopped.stdout)["state"]) == (1, "cancelled")
    assert interrupted(data, train, signal.SIGKILL).returncode == -signal.SIGKILL, "it was killed before it ended"
    done = run(data, *train)
    assert done.returncode == 0, done.stderr
    learnt = json.loads(done.stdout)["learnt"]
    assert (learnt["engine"], learnt["steps"], learnt["calls"]) == ("sd15", 8, "ana person")
    assert [mark["step"] for mark in learnt["marks"]] == [8]

    versions = json.loads(run(data, "presenters", "versions", "ana", "--json").stdout)["versions"]
    assert [len(one["presenter"]["trained"]) for one in versions] == [1, 0]
    assert versions[0]["presenter"]["trained"][0]["file"] == learnt["lora"]
    again = run(data, *train)
    assert (again.returncode, json.loads(again.stdout)["learnt"]) == (0, learnt), "it is known"

    told = json.loads(run(data, "presenters", "forget", "ana", "--yes", "--json").stdout)
    assert told["left"] == []
    assert learnt["lora"]["sha256"] in {file["sha256"] for file in told["removed"]}
    assert not list((data / "artifacts").rglob(learnt["lora"]["sha256"]))


def interrupted(data: Path, arguments: tuple[str, ...], number: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Stopped by a signal as soon as it takes steps."""
    with subprocess.Popen(
        command(data, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert process.stdout is not None
        for line in process.stderr:
            if re.search(r"step \d", line):  # whichever it goes on from
                break
        process.send_signal(number)
        said, errors = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, said, errors)
