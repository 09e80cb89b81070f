"""Several hosts on one machine: network namespaces, each with a link of its own to a switch, that can be cut and healed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

NET = "10.77.0"


@dataclass
class Host:
    """One namespace. What it runs is killed with it."""

    name: str
    address: str
    switch: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def inside(self) -> tuple[str, ...]:
        """What to put before a command that is to run there."""
        return ("ip", "netns", "exec", self.name)

    def start(self, command: Sequence[str], said: Path, **environment: object) -> subprocess.Popen[bytes]:
        variables: Mapping[str, str] = {**os.environ, **{name: str(value) for name, value in environment.items()}}
        with said.open("ab") as file:
            process = subprocess.Popen([*self.inside, *command], env=variables, stdout=file, stderr=file)
        self.processes.append(process)
        return process

    def cut(self) -> None:
        """Its cable is pulled: nothing is refused, nothing arrives."""
        run("ip", "-n", self.switch, "link", "set", f"to-{self.address.rpartition('.')[2]}", "down")

    def heal(self) -> None:
        run("ip", "-n", self.switch, "link", "set", f"to-{self.address.rpartition('.')[2]}", "up")

    def kill(self) -> None:
        """The power goes."""
        for process in self.processes:
            process.kill()
            process.wait()
        self.cut()


@contextmanager
def hosts(*names: str) -> Iterator[dict[str, Host]]:
    """By name. Skips the test where this user may not make namespaces."""
    unique = f"dailies-{os.getpid()}"
    switch = f"{unique}-switch"
    made = {name: Host(f"{unique}-{name}", f"{NET}.{number}", switch) for number, name in enumerate(names, 1)}
    if shutil.which("ip") is None:
        pytest.skip("iproute2 is not installed")
    if subprocess.run(["ip", "netns", "add", switch], capture_output=True).returncode:
        pytest.skip("this user may not make network namespaces")
    try:
        run("ip", "-n", switch, "link", "add", "bridge", "type", "bridge")
        run("ip", "-n", switch, "link", "set", "bridge", "up")
        for number, host in enumerate(made.values(), 1):
            _connect(host, number)
        yield made
    finally:
        for host in made.values():
            for process in host.processes:
                process.kill()
                process.wait()
        for name in (*(host.name for host in made.values()), switch):
            with contextlib.suppress(subprocess.CalledProcessError):
                run("ip", "netns", "delete", name)


def _connect(host: Host, number: int) -> None:
    port = f"to-{number}"
    run("ip", "netns", "add", host.name)
    run("ip", "-n", host.switch, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", host.name)
    run("ip", "-n", host.switch, "link", "set", port, "master", "bridge", "up")
    run("ip", "-n", host.name, "address", "add", f"{host.address}/24", "dev", "eth0")
    for link in ("lo", "eth0"):
        run("ip", "-n", host.name, "link", "set", link, "up")


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
