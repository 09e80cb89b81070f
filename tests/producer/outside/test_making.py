"""The environment of somebody else's program: the pinned code, our patches, the pinned packages, all or nothing."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from config.errors import StudioError
from producer.outside.environment import MADE, Environment, EnvironmentLock, Patch, read_environments
from producer.outside.making import make_environment

SCRIPT = "import painters_friend\nprint(painters_friend.float())\n"
PATCH = Patch(name="a-number", why="it wants one", file="paint.py", find=".float()", replace=".NUMBER")


def wheel(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", text)
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(
            f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{name}-1.0.dist-info/RECORD", "")


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Painter", "-c", "user.email=painter@example.org")
    return subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """What a user without a network may have: the repository, with a later revision on top, and the packages."""
    code = tmp_path / "theirs" / "code"
    code.mkdir(parents=True)
    (code / "paint.py").write_text(SCRIPT)
    git(code, "init", "--quiet")
    git(code, "add", ".")
    git(code, "commit", "--quiet", "-m", "one")
    (tmp_path / "revision").write_text(git(code, "rev-parse", "HEAD"))
    (code / "paint.py").write_text("print('a later revision')")
    git(code, "commit", "--quiet", "-am", "two")
    wheel(tmp_path / "theirs" / "wheels", "painters_friend", "NUMBER = 7\n")
    return tmp_path / "theirs"


def lock(tmp_path: Path, **facts: object) -> EnvironmentLock:
    usual = {
        "title": "Painter", "repository": str(tmp_path / "theirs" / "code"), "licence": "MIT", "size": 1000,
        "revision": (tmp_path / "revision").read_text(), "script": "paint.py", "packages": ("painters-friend==1.0",),
        "patches": (PATCH,), "pythons": (f"{sys.version_info.major}.{sys.version_info.minor}",),
    }  # fmt: skip
    return EnvironmentLock.model_validate({**usual, **facts})


def make(tmp_path: Path, locked: EnvironmentLock, beside: Path | None) -> tuple[Environment, list[float]]:
    told: list[float] = []
    folder = tmp_path / "data" / "environments" / "painter"
    made = make_environment("painter", locked, folder, lambda share, _said: told.append(share), beside)
    return made, told


def test_it_holds_the_pinned_revision_patched_and_the_pinned_packages(tmp_path: Path, theirs: Path) -> None:
    locked = lock(tmp_path)
    made, told = make(tmp_path, locked, theirs)
    ran = subprocess.run([made.python, made.code / "paint.py"], capture_output=True, text=True, check=True)
    assert ran.stdout == "7\n"
    assert not (made.code / ".git").exists()
    assert made.made_of() == locked.digest
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert told == sorted(told)
    has = subprocess.run([made.python, "-c", "import numpy"], capture_output=True, check=False)
    assert has.returncode != 0, "it sees no packages of ours"
    (made.code / "paint.py").write_text("left alone")
    make(tmp_path, locked, theirs)
    assert (made.code / "paint.py").read_text() == "left alone", "what is whole is not made again"


def test_a_package_that_nobody_mends_is_patched_in_this_environment_alone(tmp_path: Path, theirs: Path) -> None:
    mended = Patch(
        name="eight", why="seven is wrong", where="packages", file="painters_friend.py", find="= 7", replace="= 8"
    )
    with zipfile.ZipFile(theirs / "wheels" / "painters_friend-1.0-py3-none-any.whl", "a") as archive:
        archive.writestr("imageio_ffmpeg/binaries/ffmpeg-linux-v9", "a program")
    made, _ = make(tmp_path, lock(tmp_path, patches=(PATCH, mended)), theirs)
    assert (made.python.parent / "ffmpeg").read_text() == "a program", "which a package brings"
    ran = subprocess.run([made.python, made.code / "paint.py"], capture_output=True, text=True, check=True)
    assert ran.stdout == "8\n"


def test_another_lock_makes_it_anew(tmp_path: Path, theirs: Path) -> None:
    make(tmp_path, lock(tmp_path), theirs)
    later = lock(tmp_path, revision=git(theirs / "code", "rev-parse", "HEAD"), patches=())
    made, _ = make(tmp_path, later, theirs)
    assert "later" in (made.code / "paint.py").read_text()
    assert made.made_of() == later.digest


def test_a_folder_of_files_will_do_when_the_patches_fit(tmp_path: Path, theirs: Path) -> None:
    locked = lock(tmp_path)
    (tmp_path / "plain" / "code").mkdir(parents=True)
    (tmp_path / "plain" / "code" / "paint.py").write_text(SCRIPT)
    (theirs / "wheels").rename(tmp_path / "plain" / "wheels")
    made, _ = make(tmp_path, locked, tmp_path / "plain")
    assert ".NUMBER" in (made.code / "paint.py").read_text()


class TestWhatGoesWrong:
    def test_a_patch_that_does_not_fit_names_itself(self, tmp_path: Path, theirs: Path) -> None:
        misfit = PATCH.model_copy(update={"find": "nobody wrote this"})
        with pytest.raises(StudioError, match=r"The patch a-number does not fit: paint\.py holds its text 0 times"):
            make(tmp_path, lock(tmp_path, patches=(misfit,)), theirs)
        assert Environment(tmp_path / "data/environments/painter").made_of() == ""

    def test_a_revision_that_is_not_there(self, tmp_path: Path, theirs: Path) -> None:
        with pytest.raises(StudioError, match="The code cannot be fetched from"):
            make(tmp_path, lock(tmp_path, revision="0" * 40), theirs)

    def test_a_package_that_is_not_there(self, tmp_path: Path, theirs: Path) -> None:
        with pytest.raises(StudioError, match=r"The packages cannot be installed:[\s\S]*easel"):
            make(tmp_path, lock(tmp_path, packages=("easel==2.0",)), theirs)

    def test_a_python_that_the_pins_have_no_wheels_for(self, tmp_path: Path, theirs: Path) -> None:
        with pytest.raises(StudioError, match=r"wants Python 3\.1"):
            make(tmp_path, lock(tmp_path, pythons=("3.1",)), theirs)

    def test_a_disk_that_is_too_small_is_told_before_anything_is_fetched(self, tmp_path: Path, theirs: Path) -> None:
        with pytest.raises(StudioError, match=r"The environment of painter takes 1000000000\.0 GB"):
            make(tmp_path, lock(tmp_path, size=10**18), theirs)
        assert not (tmp_path / "data").exists()

    def test_one_that_was_spoilt_on_the_way_is_not_whole(self, tmp_path: Path, theirs: Path) -> None:
        whole = Environment(tmp_path / "data" / "environments" / "painter")
        whole.folder.mkdir(parents=True)
        (whole.folder / MADE).write_text('{"digest": "an older lock"}')
        misfit = PATCH.model_copy(update={"find": "nobody wrote this"})
        with pytest.raises(StudioError):
            make(tmp_path, lock(tmp_path, patches=(misfit,)), theirs)
        assert not (whole.folder / MADE).exists()


def test_every_lock_pins_a_torch_that_knows_todays_gpus_and_nothing_twice() -> None:
    for name, locked in read_environments().items():
        pins = [package.split(";")[0].strip().split("==") for package in locked.packages]
        assert all(len(pin) == 2 for pin in pins), name
        (torch,) = [version for package, version in pins if package == "torch"]
        assert tuple(map(int, torch.split(".")[:2])) >= (2, 7)
        assert len({patch.name for patch in locked.patches}) == len(locked.patches)
        assert all(patch.why for patch in locked.patches)
        assert locked.repository.startswith("https://")
