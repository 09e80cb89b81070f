"""`deploy/setup.sh`, which `make` calls before everything else, on machines that lack something."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TOOLS = ("bash", "cat", "cksum", "dirname", "env")


class Machine:
    """A bare checkout, and a PATH with nothing on it but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.checkout, self.bin = folder / "checkout", folder / "bin"
        self.bin.mkdir()
        (self.checkout / "deploy").mkdir(parents=True)
        (self.checkout / "config").mkdir()
        for name in ("pyproject.toml", "constraints.txt", "config/weights.toml", "deploy/setup.sh"):
            shutil.copy(ROOT / name, self.checkout / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)

    def has(self, name: str, script: str) -> None:
        """Put a program on the PATH."""
        path = self.bin / name
        path.write_text(f"#!{self.bin / 'bash'}\n{script}\n")
        path.chmod(0o755)

    def set_up(self, level: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.bin / "bash", "deploy/setup.sh", level], cwd=self.checkout, capture_output=True, text=True, check=False,
            env={"PATH": str(self.bin), "HOME": os.environ.get("HOME", "/"), **environment},
        )  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


OLD_PYTHON = 'case "$1" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac'


def test_without_a_fitting_python_it_says_which_would_fit_and_how_to_name_one(machine: Machine) -> None:
    machine.has("python3", OLD_PYTHON)
    done = machine.set_up()
    assert done.returncode == 1
    assert "3.11, 3.12 or 3.13" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert "PYTHON=/path/to/python3.12" in done.stderr
    assert not (machine.checkout / ".venv").exists()


def test_an_older_python3_is_passed_over_for_a_fitting_one(machine: Machine) -> None:
    machine.has("python3", OLD_PYTHON)
    machine.has("python3.12", 'case "$*" in "-m venv"*) exit 7 ;; --version) echo Python 3.12.9 ;; esac')
    done = machine.set_up()
    assert "Making .venv with Python 3.12.9" in done.stdout
    assert done.returncode == 7


def test_a_python_that_is_named_is_the_only_one_that_counts(machine: Machine) -> None:
    machine.has("python3", 'echo "must not be asked"')
    done = machine.set_up(PYTHON="/nowhere/python3.12")
    assert done.returncode == 1
    assert "/nowhere/python3.12" in done.stderr


def test_a_missing_system_package_is_installed_or_named_in_one_line(machine: Machine) -> None:
    machine.has("python3", f'[[ "$*" == *ensurepip* ]] && exit 1; exec {sys.executable} "$@"')
    machine.has("apt-get", 'echo "$@" >>"$HOME/asked"; exit 1')
    done = machine.set_up(HOME=str(machine.checkout))
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert done.returncode == 1
    if os.geteuid() == 0:
        assert f"install -y -qq --no-install-recommends {package}" in (machine.checkout / "asked").read_text()
    else:
        assert f"sudo apt-get install -y {package}" in done.stderr


def test_where_there_is_no_apt_it_names_what_is_missing(machine: Machine) -> None:
    machine.has("python3", f'[[ "$*" == *ensurepip* ]] && exit 1; exec {sys.executable} "$@"')
    done = machine.set_up()
    assert done.returncode == 1
    assert "Install it the way your system does" in done.stderr


def test_a_second_call_does_nothing_until_something_changes(machine: Machine) -> None:
    machine.has("python3", OLD_PYTHON)
    venv, facts = machine.checkout / ".venv", machine.checkout
    venv.mkdir()
    files = "pyproject.toml constraints.txt config/weights.toml"
    sums = subprocess.run(f"cat {files} | cksum", shell=True, cwd=facts, capture_output=True, text=True, check=True)
    (venv / ".ready-run").write_text(f"{facts} {sums.stdout}")
    again = machine.set_up()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    with (facts / "constraints.txt").open("a") as constraints:
        constraints.write("# changed\n")
    assert machine.set_up().returncode == 1


def test_servers_that_only_tests_need_are_fetched_where_that_may_be_done_and_else_named(machine: Machine) -> None:
    """Debian's redis-tools has the server and starts no service, as redis-server's package would."""
    venv = machine.checkout / ".venv"
    (venv / "bin").mkdir(parents=True)
    machine.has("python", "exit 0")
    (venv / "bin" / "python").symlink_to(machine.bin / "python")
    files = "pyproject.toml constraints.txt config/weights.toml"
    sums = subprocess.run(
        f"cat {files} | cksum", shell=True, cwd=machine.checkout, capture_output=True, text=True, check=True
    )
    (venv / ".ready-dev").write_text(f"{machine.checkout} {sums.stdout}")
    machine.has("openssl", "exit 0")
    machine.has("ip", "exit 0")
    without_apt = machine.set_up("dev")
    assert without_apt.returncode == 0
    assert "Until there is redis-tools, the tests of workers on other machines are skipped" in without_apt.stdout
    machine.has("apt-get", 'echo "$@" >>"$HOME/asked"')
    assert machine.set_up("dev", HOME=str(machine.checkout)).returncode == 0
    if os.geteuid() == 0:
        asked = (machine.checkout / "asked").read_text()
        assert "install -y -qq --no-install-recommends redis-tools\n" in asked
    machine.has("redis-check-rdb", "exit 0")
    there = machine.set_up("dev")
    assert (there.returncode, there.stdout) == (0, "")


def test_an_unknown_level_is_refused(machine: Machine) -> None:
    assert machine.set_up("everything").returncode == 2
