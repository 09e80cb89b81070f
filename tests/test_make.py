"""`run.py make`, as a person types it: one clip on stub engines, and every way to ask for nonsense."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOPIC = "A ferry returns\nThe night ferry sails again. It leaves at ten. Tickets cost 35 pounds."


def run(data: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DAILIES_PRODUCTION__ENGINES": "stub"}
    command = [sys.executable, str(ROOT / "run.py"), "--data", str(data), *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, timeout=120, check=False
    )


def test_a_topic_becomes_a_clip_that_waits_for_review(tmp_path):
    done = run(tmp_path, "make", TOPIC, "--json")
    assert done.returncode == 0, done.stderr
    clip = json.loads(done.stdout)
    assert clip["state"] == "ready"
    assert Path(clip["video"]).is_file()
    assert clip["duration_s"] > 0
    assert {stage["stage"] for stage in clip["stages"]} == {"script", "scene", "line", "speech", "video", "finish"}
    assert all(stage["engine"] and stage["seconds"] is not None for stage in clip["stages"])


def test_direct_mode_speaks_the_very_words_and_runs_no_writer(tmp_path):
    done = run(tmp_path, "make", "--script", "-", "--json", stdin="Good morning.\n\nThis is my own script.\n")
    assert done.returncode == 0, done.stderr
    clip = json.loads(done.stdout)
    assert "script" not in {stage["stage"] for stage in clip["stages"]}


def test_several_formats_share_one_voice(tmp_path):
    done = run(tmp_path, "make", TOPIC, "--json", "--format", "16:9", "--format", "9:16", "--format", "1:1")
    clip = json.loads(done.stdout)
    assert set(clip["videos"]) == {"16:9", "9:16", "1:1"}
    assert sum(stage["stage"] == "speech" for stage in clip["stages"]) == 1


def test_the_same_order_twice_makes_nothing_twice(tmp_path):
    first, second = (json.loads(run(tmp_path, "make", TOPIC, "--json").stdout) for _ in range(2))
    assert first["clip"] != second["clip"]
    assert first["video"] == second["video"]


def test_a_right_to_left_topic_is_a_topic_like_any_other(tmp_path):
    done = run(
        tmp_path, "make", "عودة العبارة الليلية\nعادت العبارة الليلية بعد تسع سنوات. تغادر في العاشرة مساء.", "--json"
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "says", "cure"),
    [
        ([""], "nothing to make a clip from", "topic or a script"),
        (["   \n  "], "nothing to make a clip from", "topic or a script"),
        (["🎉🎊✨"], "no words", "one sentence"),
        (["word " * 4001], "20,005 characters", "Shorten"),
        ([TOPIC, "--show", "nope"], "no show “nope”", "the-morning-desk"),
        ([TOPIC, "--language", "tlh"], "no language “tlh”", "en"),
        ([TOPIC, "--format", "4:3"], "no format “4:3”", "16:9"),
        ([TOPIC, "--length", "5"], "15", "90"),
        ([TOPIC, "--script", "/no/such/file"], "No such file", ""),
    ],
    ids=["empty", "blank", "emoji", "too long", "show", "language", "format", "length", "script file"],
)
def test_nonsense_is_refused_with_its_cure_and_exit_code_2(tmp_path, arguments, says, cure):
    done = run(tmp_path, "make", *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr
    assert cure in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unwritable_data_folder_is_one_clear_line(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    blocked.chmod(stat.S_IRUSR)
    done = run(blocked / "data", "make", TOPIC)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "--data" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_that_does_not_exist_is_named(tmp_path):
    (tmp_path / "dailies.toml").write_text("[web]\nprot = 1\n")
    done = run(tmp_path, "make", TOPIC)
    assert done.returncode == 2
    assert "web.prot" in done.stderr


def test_a_damaged_video_is_noticed_by_its_hash_and_made_again(tmp_path):
    video = Path(json.loads(run(tmp_path, "make", TOPIC, "--json").stdout)["video"])
    whole = video.read_bytes()
    video.chmod(0o644)
    video.write_bytes(whole[:-1] + b"?")
    again = json.loads(run(tmp_path, "make", TOPIC, "--json").stdout)
    assert Path(again["video"]).read_bytes() == whole


def test_a_damaged_part_is_made_again_when_it_is_needed(tmp_path):
    """The scene's picture is gone; a longer title needs only a new cut, yet the scene comes back by itself."""
    run(tmp_path, "make", TOPIC)
    for blob in (tmp_path / "artifacts" / "blobs").glob("*/*"):
        blob.unlink()
    again = run(tmp_path, "make", TOPIC, "--json")
    assert again.returncode == 0, again.stderr
    assert Path(json.loads(again.stdout)["video"]).is_file()
