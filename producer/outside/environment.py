"""The environments of engines that are programs of their own: which code, at which revision, with which packages.

<data>/environments/sadtalker/
    code/       their repository at the pinned revision, with our named patches
    venv/       a Python with the pinned packages, and nothing of ours
    made.json   what it was made of; written last, so that a half-made one never counts
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from storage.documents import Frozen

LOCK = Path(__file__).parent.parent.parent / "config" / "environments.toml"
MADE = "made.json"


class Patch(Frozen):
    """One named change to one of their files, or to one of a package that nobody mends any more. It must fit exactly `times` times, or the code is another one."""

    name: str
    why: str
    where: Literal["code", "packages"] = "code"
    file: str = Field(description="below code/, or below the packages of its Python")
    find: str = Field(min_length=1)
    replace: str
    times: int = Field(default=1, ge=1)


class EnvironmentLock(Frozen):
    """What an environment is made of."""

    title: str
    repository: str
    revision: str = Field(pattern=r"^[0-9a-f]{40}$")
    licence: str
    script: str = Field(description="the program that is run, below code/; tells a checkout from something else")
    size: int = Field(gt=0, description="bytes that it takes, about: for the look at the disk")
    pythons: tuple[str, ...] = Field(default=("3.11", "3.12", "3.13"), description="whose wheels the pins have")
    packages: tuple[str, ...] = Field(min_length=1, description="each pinned: name==version")
    patches: tuple[Patch, ...] = ()

    @property
    def digest(self) -> str:
        """Another revision, pin or patch makes another environment."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


@dataclass(frozen=True)
class Environment:
    """Where one lies."""

    folder: Path

    @property
    def code(self) -> Path:
        return self.folder / "code"

    @property
    def python(self) -> Path:
        return self.folder / "venv" / "bin" / "python"

    @property
    def packages(self) -> Path:
        """Where its Python has them; a folder that is not there when there is no Python."""
        lib = self.folder / "venv" / "lib"
        return next(lib.glob("python*/site-packages"), lib / "site-packages")

    def made_of(self) -> str:
        """The digest of the lock it was made of; "" when it is not there, or not whole."""
        try:
            return str(json.loads((self.folder / MADE).read_text("utf-8"))["digest"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def read_environments(path: Path = LOCK) -> dict[str, EnvironmentLock]:
    """What environments can be made, by name."""
    with path.open("rb") as file:
        return {name: EnvironmentLock.model_validate(entry) for name, entry in tomllib.load(file).items()}
