"""Makes the environment of an engine that is a program of its own: their code, our patches, the pinned packages.

What is made of something else is made anew; what is half made does not count, and is made anew, too. pip installs the
pinned wheels only, so that nothing is built and nobody's set-up script runs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from config.errors import StudioError
from config.writing import write_whole
from producer.disk import need_room
from producer.outside.environment import MADE, Environment, EnvironmentLock, Patch

Progress = Callable[[float, str], None]

CODE, PATCHED, MADE_PYTHON = 0.1, 0.12, 0.15
"""Fractions that are done when the code is here, is patched, and when there is a Python."""
SHOWN = 8
GIT = ("git", "-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")


def make_environment(
    name: str, lock: EnvironmentLock, folder: Path, progress: Progress, beside: Path | None = None
) -> Environment:
    """The environment in `folder`; nothing happens when it is there and whole.

    `beside`: a folder of the user's own. Of it are taken a checkout in `code/` (a git repository with the pinned
    revision, or just files), and the packages in `wheels/`, in which case the network is left alone.

    Raises StudioError, with what was missing and what to do.
    """
    made = Environment(folder)
    if made.made_of() == lock.digest:
        return made
    need_room(folder, lock.size, f"The environment of {name}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MADE).unlink(missing_ok=True)
        progress(0.0, "fetching the code")
        _code(lock, made, beside / "code" if beside and (beside / "code").is_dir() else None)
        _patch(lock, made, "code")
        progress(PATCHED, "making a Python")
        _python(lock, made)
        progress(MADE_PYTHON, "installing packages")
        _packages(lock, made, progress, beside / "wheels" if beside and (beside / "wheels").is_dir() else None)
        _patch(lock, made, "packages")
        _bring_ffmpeg(made)
        write_whole(folder / MADE, json.dumps({"digest": lock.digest, "revision": lock.revision}))
    except OSError as error:
        raise StudioError(
            f"The environment of {name} cannot be made: {error.strerror or error}.",
            f"Make room or give leave to write in {folder}, and pull again.",
        ) from error
    progress(1.0, "done")
    return made


def _patch(lock: EnvironmentLock, made: Environment, where: str) -> None:
    for patch in lock.patches:
        if patch.where == where:
            apply(patch, made.code if where == "code" else made.packages)


def apply(patch: Patch, folder: Path) -> None:
    """Raises StudioError when it does not fit exactly: the code is not the one that it was written for."""
    path = folder / patch.file
    text = path.read_text("utf-8") if path.is_file() else ""
    found = text.count(patch.find)
    if found != patch.times:
        raise StudioError(
            f"The patch {patch.name} does not fit: {patch.file} holds its text {found} times instead of {patch.times}.",
            "Pull again with the code at the pinned revision (config/environments.toml).",
        )
    path.write_text(text.replace(patch.find, patch.replace), "utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()  # pip compiled it a moment ago: of the same second and length, it would count as fresh


def _code(lock: EnvironmentLock, made: Environment, local: Path | None) -> None:
    """At the pinned revision, without its history."""
    shutil.rmtree(made.code, ignore_errors=True)
    if local is not None and not (local / ".git").exists() and not (local / "HEAD").exists():
        shutil.copytree(local, made.code, symlinks=True)  # just files: that the patches fit has to do
    else:
        made.code.mkdir()
        source = str(local.absolute()) if local else lock.repository
        for step in (
            ("init", "--quiet", "--template="),
            ("fetch", "--quiet", "--depth=1", source, lock.revision),
            ("checkout", "--quiet", "FETCH_HEAD"),
        ):
            _git(step, made.code, source)
        shutil.rmtree(made.code / ".git")
    if not (made.code / lock.script).is_file():
        raise StudioError(f"{local or lock.repository} holds no {lock.script}.", "Name a folder whose code/ does.")


def _git(step: Sequence[str], folder: Path, source: str) -> None:
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1"}
    try:
        done = subprocess.run(
            [*GIT, *step], cwd=folder, capture_output=True, text=True, check=False, env=environment, stdin=subprocess.DEVNULL
        )  # fmt: skip
    except FileNotFoundError as error:
        raise StudioError("git is not installed.", "Install it: apt install git") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise StudioError(
            f"The code cannot be fetched from {source} ({last}).",
            "Check the connection and pull again, or name a folder that has it in code/ with --from DIR.",
        )


def _python(lock: EnvironmentLock, made: Environment) -> None:
    """Without pip: ours installs into it."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if version not in lock.pythons:
        wanted = " or ".join(lock.pythons)
        raise StudioError(f"This environment wants Python {wanted}; the studio runs on {version}.", f"Use {wanted}.")
    venv = made.python.parent.parent
    shutil.rmtree(venv, ignore_errors=True)
    _told([sys.executable, "-m", "venv", "--without-pip", str(venv)], "A Python of its own cannot be made")


def _packages(lock: EnvironmentLock, made: Environment, progress: Progress, wheels: Path | None) -> None:
    pins = made.folder / "packages.txt"
    pins.write_text("\n".join([*lock.packages, ""]), "utf-8")
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)} if wheels else {}
    command = [sys.executable, "-m", "pip", "--python", str(made.python), "--disable-pip-version-check", "install"]
    command += ["--no-deps", "--only-binary", ":all:", "--progress-bar", "off", "--requirement", str(pins)]
    seen = 0
    for line in _lines(command, "The packages cannot be installed", offline):
        if package := re.match(r"(?:Collecting|Processing) (\S+)", line):
            seen += 1
            share = min(1.0, seen / len(lock.packages))
            progress(MADE_PYTHON + (0.98 - MADE_PYTHON) * share, f"fetching {Path(package[1]).name.split('==')[0]}")


def _lines(command: Sequence[str], what: str, variables: Mapping[str, str] | None = None) -> Iterator[str]:
    """What a tool of Python's prints, while it works. Raises StudioError with its last lines when it fails."""
    last: list[str] = []
    with subprocess.Popen(
        list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        env={**os.environ, **(variables or {})},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            last = [*last[1 - SHOWN :], line.rstrip()]
            yield line.rstrip()
    if process.returncode:
        raise StudioError(f"{what}:\n  | " + "\n  | ".join(last), "Check the connection and the disk, and pull again.")


def _told(command: Sequence[str], what: str) -> None:
    for _line in _lines(command, what):
        pass


def _bring_ffmpeg(made: Environment) -> None:
    """The programs call `ffmpeg`; imageio-ffmpeg, where it is pinned, brings one."""
    brought = next((made.packages / "imageio_ffmpeg" / "binaries").glob("ffmpeg-*"), None)
    if brought is not None:
        (made.python.parent / "ffmpeg").symlink_to(brought)
