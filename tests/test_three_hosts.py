"""A studio on three hosts: one decides and keeps, two work. Cables are pulled and put back, one host dies; nothing is lost."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.folders import DataFolder
from config.house import PROGRAM, House
from storage.database import reading
from storage.documents import Cut
from storage.upcast import read_document
from tests.support.bucket import KEY, SECRET
from tests.support.hosts import Host, hosts
from tests.support.tls_redis import TlsRedis, tls_redis
from tests.support.waiting import until
from web.local_client import LocalClient

CLIPS = 8
LEASE_S = 6
CUT_S = 2.5 * LEASE_S
"""So long that the other side gives a host up before its cable is back."""
S3_PORT = "9000"


class ThreeHosts:
    """`control` has the data folder, a Redis behind TLS and a bucket; `one` and `two` have addresses and keys."""

    def __init__(self, net: dict[str, Host], root: Path, server: TlsRedis) -> None:
        self.net, self.root, self.server = net, root, server
        self.folder = DataFolder(root / "control").make()
        self.client = LocalClient(self.folder.socket)
        control = net["control"]
        control.start([sys.executable, "-m", "tests.support.bucket", control.address, S3_PORT], root / "bucket.log", PYTHONPATH=PROGRAM.parent)  # fmt: skip
        login = {
            "REDIS_URL": server.bare,
            "DAILIES_REDIS__USER": "studio",
            "DAILIES_REDIS__PASSWORD_FILE": server.folder / "redis-studio",
        }
        own = {"DAILIES_PRODUCTION__ENGINES": "stub", "DAILIES_AUTOPILOT__ENABLED": "false", "DAILIES_STORE__URL": "s3://clips/studio"}  # fmt: skip
        control.start(House(self.folder).command("control"), root / "control.log", **self.common, **login, **own)
        until(self.client.answers, "the control process", 90)
        for name in ("one", "two"):
            command = House(DataFolder(root / name)).command(
                "worker", "--name", name, "--redis", server.bare, "--store", "s3://clips/studio"
            )
            login = {"DAILIES_REDIS__USER": "worker", "DAILIES_REDIS__PASSWORD": server.password("worker")}
            net[name].start(command, root / f"{name}.log", **self.common, **login, STUB_SECONDS=0.4)

    @property
    def common(self) -> dict[str, Any]:
        return {
            "DAILIES_REDIS__CA": self.server.ca, "DAILIES_STORE__ENDPOINT": f"http://{self.server.host}:{S3_PORT}",
            "DAILIES_STORE__ACCESS_KEY": KEY, "DAILIES_STORE__SECRET_KEY": SECRET,
            "DAILIES_WORKERS__LEASE_S": LEASE_S, "DAILIES_WEB__PORT": "0",
        }  # fmt: skip

    def work(self) -> list[dict[str, Any]]:
        with reading(self.folder.database) as db:
            return list(db.query("SELECT * FROM work WHERE kind = 'stage'"))

    def done(self) -> int:
        return sum(row["state"] == "done" for row in self.work())

    def productions(self) -> list[str]:
        return [row["production"] for row in self.client.call("status")["clips"]]

    def made_by(self) -> set[str]:
        return {str(row["worker"]).split("-")[0] for row in self.work() if row["state"] == "done"}


@pytest.fixture
def three(tmp_path: Path) -> Iterator[ThreeHosts]:
    with (
        hosts("control", "one", "two") as net,
        tls_redis(tmp_path / "redis", net["control"].address, net["control"].inside) as server,
    ):
        yield ThreeHosts(net, tmp_path, server)


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_cut_cables_and_a_dead_host_cost_time_and_nothing_else(three: ThreeHosts) -> None:
    one, two = three.net["one"], three.net["two"]
    for number in range(CLIPS):
        three.client.call("make", topic=f"The harbour opens pier {number}. Ferries leave every {number + 2} minutes. It is free for all.")  # fmt: skip
    until(lambda: {"one", "two"} <= three.made_by(), "both workers to have made something", 120)

    for host in (one, two):
        before = three.done()
        host.cut()
        time.sleep(CUT_S)
        host.heal()
        until(lambda before=before: three.done() > before, "the other one to go on", 120)  # type: ignore[misc]

    two.kill()
    until(lambda: set(three.productions()) == {"ready"}, "every clip", 240)

    rows = three.work()
    assert len(three.productions()) == CLIPS
    assert {(row["state"], row["finishes"]) for row in rows} == {("done", 1)}, "each effect exactly once"
    cuts = [read_document(json.loads(row["document"])) for row in rows if row["stage"] == "finish"]
    assert len(cuts) == CLIPS
    assert sum(row["strikes"] for row in rows) <= 1, (
        "at most for what the dead host had in hand: cables are not to blame"
    )
    assert all(isinstance(cut, Cut) for cut in cuts)
    for name in ("one", "two"):
        assert not (three.root / name / "studio.db").exists()
        said = (three.root / f"{name}.log").read_text()
        assert three.server.password("worker") not in said
        assert "Traceback" not in said
