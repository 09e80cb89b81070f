"""`/metrics`, `/readyz`, and what stands on them: the alert rules and the dashboard in deploy/monitoring."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
from prometheus_client.parser import text_string_to_metric_families

from producer.queue.leases import Doing, Lease, Vitals
from storage.clock import now
from storage.database import DatabaseError
from storage.events import ErrorFacts, Event
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer, Login
from web.meters import Meters
from web.metrics import StudioCollector, readiness

MONITORING = Path(__file__).parents[2] / "deploy" / "monitoring"
NAME = re.compile(r"\bdailies_[a-z_]+")

Samples = dict[tuple[str, frozenset[str]], float]


@pytest.fixture
def staff(small: SmallStudio) -> Iterator[None]:
    doing = Doing(kind="stage", key="k", attempt=1, engine="x", since=time.time())
    vitals = Vitals(swaps=3, memory_mb=812.5, restarts=2)
    card = {"pid": 1, "host": "here", "lanes": ("gpu",), "capabilities": ()}
    small.production.staff = [
        Lease(name="gpu-0123456789ab", doing=doing, vitals=vitals, **card), Lease(name="cpu-ba9876543210", **card),
    ]  # fmt: skip
    yield
    small.production.staff = []


def read(text: str) -> Samples:
    families = text_string_to_metric_families(text)
    return {(one.name, frozenset(one.labels.values())): one.value for family in families for one in family.samples}


@pytest.fixture
def samples(small: SmallStudio, staff: None, bearer: Bearer) -> Samples:
    clip = small.ready_clip(0)
    with small.studio.reading() as db:
        if not db.execute("SELECT 1 FROM decisions WHERE clip_id = ?", [clip]).fetchone():
            small.approve(clip, "ana")
    answer = bearer("read").get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return read(answer.text)


def labels(*values: str) -> frozenset[str]:
    return frozenset(values)


class TestMetrics:
    def test_tell_what_there_is(self, samples: Samples) -> None:
        assert samples["dailies_clips", labels("ready")] >= 1
        assert samples["dailies_work", labels("done")] >= 9
        assert samples["dailies_decisions_total", labels("approve")] >= 1
        assert samples["dailies_disk_free_bytes", labels()] > 0
        assert samples["dailies_database_bytes", labels()] > 4096
        assert samples["dailies_queue_reachable", labels()] == 1

    def test_tell_of_each_worker_by_a_name_that_lasts(self, samples: Samples) -> None:
        assert samples["dailies_workers", labels()] == 2
        assert samples["dailies_worker_busy", labels("gpu")] == 1
        assert samples["dailies_worker_busy", labels("cpu")] == 0
        assert samples["dailies_worker_swaps_total", labels("gpu")] == 3
        assert samples["dailies_process_memory_bytes", labels("gpu")] == 812.5e6
        assert samples["dailies_process_restarts_total", labels("gpu")] == 2
        assert samples["dailies_process_memory_bytes", labels("control")] > 1e7

    @pytest.mark.parametrize("path", ["/metrics"])
    def test_are_not_for_strangers(self, stranger: httpx.Client, bearer: Bearer, login: Login, path: str) -> None:
        assert stranger.get(path).status_code == 401
        assert stranger.get(path, headers={"Authorization": "Bearer dly_made_up"}).status_code == 401
        assert bearer("produce").get(path).status_code == 403
        assert login("vera").get(path).status_code == 200

    def test_count_what_happens(self, small: SmallStudio) -> None:
        small.ready_clip(0)
        with small.studio.reading() as db:
            key, engine = db.execute("SELECT key, engine FROM work WHERE stage = 'finish'").fetchone()
        meters = Meters(small.studio.database)

        def event(type: Any, **facts: Any) -> Event:
            return Event(kind="stage", key=key, attempt=1, type=type, worker="w", at=now(), **facts)

        failed = event("failed", error=ErrorFacts(kind="bad_input", message="No."))
        meters.hear([event("started"), event("finished", seconds=3.0), event("finished", seconds=0.0), failed])
        value = meters.registry.get_sample_value
        where = {"stage": "finish", "engine": engine}
        assert value("dailies_stage_seconds_sum", where) == 3.0
        assert value("dailies_stage_reused_total", where) == 1
        assert value("dailies_stage_failures_total", {**where, "kind": "bad_input"}) == 1
        assert value("dailies_event_lag_seconds_count") == 3

    def test_outlive_a_queue_that_is_out_of_reach(self, small: SmallStudio, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone() -> list[Lease]:
            raise redis.ConnectionError("Gone.")

        monkeypatch.setattr(small.production, "workers", gone)
        found = {metric.name: metric for metric in StudioCollector(small.studio).collect()}
        assert found["dailies_queue_reachable"].samples[0].value == 0
        assert readiness(small.studio) == {"database": True, "store": True, "queue": False, "workers": False}


class TestReadiness:
    def test_is_said_to_anybody_and_says_what_is_missing(
        self, stranger: httpx.Client, small: SmallStudio, staff: None
    ) -> None:
        answer = stranger.get("/readyz")
        assert (answer.status_code, answer.json()["ready"]) == (200, True)
        small.production.staff = []
        answer = stranger.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"ready": False, "database": True, "store": True, "queue": True, "workers": False}

    def test_is_denied_when_the_database_cannot_be_read(
        self, small: SmallStudio, monkeypatch: pytest.MonkeyPatch, staff: None
    ) -> None:
        def broken(_studio: object) -> object:
            raise DatabaseError("database disk image is malformed")

        monkeypatch.setattr("web.studio.Studio.reading", broken)
        assert readiness(small.studio)["database"] is False


def expressions() -> list[str]:
    dashboard = json.loads((MONITORING / "dashboard.json").read_text("utf-8"))
    panels = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    rules = re.findall(r"^\s+expr: (.+)$", (MONITORING / "alerts.yml").read_text("utf-8"), re.MULTILINE)
    assert len(panels) > 15
    assert len(rules) > 8
    return panels + rules


def test_alerts_and_dashboard_ask_only_for_what_is_told(samples: Samples, small: SmallStudio) -> None:
    meters = Meters(small.studio.database)
    told = {name for name, _ in samples}
    for family in meters.registry.collect():
        ending = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("_total",)}.get(family.type, ("",))
        told |= {family.name + end for end in ending}
    told |= {f"dailies_queue_{name}" for name in ("jobs", "running", "oldest_seconds")}  # while something waits
    asked = {name for expression in expressions() for name in NAME.findall(expression)}
    assert asked <= told


@pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus' own tool is not installed")
class TestPrometheusItself:
    def test_accepts_the_configuration_and_the_rules(self, tmp_path: Path) -> None:
        folder = shutil.copytree(MONITORING, tmp_path / "monitoring")
        (folder / "dailies.token").write_text("dly_x")
        done = subprocess.run(
            ["promtool", "check", "config", folder / "prometheus.yml"], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def test_accepts_what_the_dashboard_asks(self, tmp_path: Path) -> None:
        rules = [{"record": f"panel:{number}", "expr": text} for number, text in enumerate(expressions())]
        path = tmp_path / "rules.json"
        path.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))  # JSON is YAML
        done = subprocess.run(["promtool", "check", "rules", path], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def test_finds_nothing_to_mend_in_the_metrics(self, bearer: Bearer, small: SmallStudio, staff: None) -> None:
        text = bearer("read").get("/metrics").text
        done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
