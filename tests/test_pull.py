"""`run.py pull`, as a person types it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from producer.consent import FILE
from tests.support import programs

ROOT = Path(__file__).resolve().parent.parent


def pull(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run.py"), "--data", str(data), "pull", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "120"}, check=False)


def test_the_list_says_of_each_how_large_it_is_what_it_is_under_and_whether_it_is_here(tmp_path: Path) -> None:
    programs.weights(tmp_path / "weights", "photo")
    programs.weights(tmp_path / "weights", "sadtalker")
    lines = {line.split()[0]: line for line in pull(tmp_path, "--list").stdout.splitlines()}
    assert {"kokoro", "photo", "sadtalker", "omniavatar"} <= set(lines)
    assert "110.6 MB  not here  Apache-2.0" in lines["kokoro"]
    assert "7.8 MB  here      Apache-2.0" in lines["photo"]
    assert "in part   unclear" in lines["sadtalker"], "its weights are here, its environment is not"


def test_a_licence_that_was_not_accepted_stops_everything_before_it_begins(tmp_path: Path) -> None:
    refused = pull(tmp_path, "photo", "sadtalker")
    assert refused.returncode == 2
    assert "sadtalker is under a licence of the class unclear" in refused.stderr
    assert "--accept-licence" in refused.stderr
    assert not (tmp_path / "weights").exists()
    assert not (tmp_path / FILE).exists()


def test_what_is_here_is_not_made_again_and_the_licence_is_not_asked_for_twice(tmp_path: Path) -> None:
    programs.weights(tmp_path / "weights", "sadtalker")
    programs.environment(tmp_path / "environments", "sadtalker", programs.SADTALKER, 0.2)
    for arguments in (("sadtalker", "--accept-licence"), ("sadtalker",)):
        done = pull(tmp_path, *arguments)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == "sadtalker is ready."
    assert (tmp_path / FILE).exists()


def test_a_folder_that_holds_the_wrong_thing_is_told(tmp_path: Path) -> None:
    """An environment is made of a checkout in `code/`, whose patches have to fit."""
    (tmp_path / "stick" / "code" / "scripts").mkdir(parents=True)
    (tmp_path / "stick" / "code" / "scripts" / "inference.py").write_text("another program")
    done = pull(tmp_path / "data", "omniavatar", "--from", str(tmp_path / "stick"))
    assert done.returncode == 1
    assert "does not fit" in done.stderr or "GB free" in done.stderr
