"""`deploy/compose.yaml` and the image: what they say exists, and nobody has more power than they need.

No container was ever started from them here: that takes a Docker engine. What can be held against a schema, a linter, the
program's own settings and options, or a real redis-server, is.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from config.house import PROGRAM
from docs.tools import settings
from run import main

DEPLOY = PROGRAM.parent / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"].startswith("dailies:")}
ONCE = {name for name, one in SERVICES.items() if one.get("restart") == "no"}
"""They do something and end."""
AS_ROOT = {"permissions", "open-webui"}
"""One owns what it gives away; the other's image knows no other user. Both without root's powers."""
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()


def test_the_file_is_one_by_the_specification() -> None:
    schema = json.loads(Path(__file__).with_name("compose-spec.json").read_text())
    assert [str(error) for error in jsonschema_rs.validator_for(schema).iter_errors(COMPOSE)] == []
    assert list(jsonschema_rs.validator_for(schema).iter_errors({**COMPOSE, "services": {"a": {"imagine": "x"}}})), (
        "and the schema would say so"
    )


def test_a_studio_is_all_there() -> None:
    wanted = {"control", "worker", "redis", "store", "ollama", "open-webui", "prometheus", "grafana", "traefik"}
    assert wanted <= SERVICES.keys()


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_has_powers_or_goes_unwatched(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")
    assert name in AS_ROOT or re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"]), "somebody, and not root"
    assert name in ONCE or service["healthcheck"]["test"]
    assert service["image"].startswith("dailies:") or re.search(r":v?[\dR][\w.-]*$", service["image"]), "a version"
    assert not any("docker.sock" in volume for volume in service.get("volumes", ()))


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_names_is_there(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("secrets", ())) <= COMPOSE["secrets"].keys()
    assert {one["source"] for one in service.get("configs", ())} <= COMPOSE["configs"].keys()
    assert set(service.get("networks", ())) <= COMPOSE["networks"].keys()
    assert {volume.split(":")[0] for volume in service.get("volumes", ())} <= COMPOSE["volumes"].keys()
    for other, how in service.get("depends_on", {}).items():
        assert (how["condition"] == "service_completed_successfully") == (other in ONCE)
        assert other in ONCE or "healthcheck" in SERVICES[other]
    told = json.dumps(service)
    assert set(re.findall(r"/run/secrets/([\w.-]+)", told)) <= set(service.get("secrets", ())), "read, and not given"


@pytest.mark.parametrize("name", OURS)
def test_our_services_are_started_as_the_program_has_it(name: str) -> None:
    command, *arguments = OURS[name]["command"]
    main.commands[command].make_context(command, list(arguments))  # type: ignore[attr-defined]
    known = {setting.variable for setting in settings.settings()}
    assert {variable for variable in OURS[name]["environment"] if variable.startswith("DAILIES_")} <= known
    build = OURS[name]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"


def test_only_the_proxy_is_open_to_everybody() -> None:
    ports = {name: one["ports"] for name, one in SERVICES.items() if "ports" in one}
    assert ports.pop("traefik") == ["80:80", "443:443"]
    assert ports == {"redis": ["${STUDIO_ADDRESS:-127.0.0.1}:6379:6379"]}, "and Redis where somebody said so"
    redis = " ".join(SERVICES["redis"]["command"])
    assert "--port 0 --tls-port 6379" in redis
    assert "--aclfile" in redis


def test_files_that_are_handed_in_exist_or_are_made(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    made = subprocess.run([DEPLOY / "secrets.sh", "studio.example.org"], env={**os.environ, "SECRETS": str(tmp_path)}, check=True, capture_output=True, text=True)  # fmt: skip
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()} <= before.keys()
    assert "ca.key" not in before, "nobody can make another server that is trusted"
    assert not any(text.decode() in made.stdout for name, text in before.items() if name.startswith("redis-"))
    subprocess.run(
        [DEPLOY / "secrets.sh"], env={**os.environ, "SECRETS": str(tmp_path)}, check=True, capture_output=True
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before, "once made, it stays"
    for one in COMPOSE["configs"].values():
        assert "content" in one or (DEPLOY / one["file"]).is_file()


def test_configurations_inside_of_it_are_read_as_they_are_meant(tmp_path: Path) -> None:
    contents = {name: yaml.safe_load(one["content"]) for name, one in COMPOSE["configs"].items() if "content" in one}
    assert contents["prometheus"]["scrape_configs"][0]["job_name"] == "dailies"
    services = contents["routes"]["http"]["services"]
    for router in contents["routes"]["http"]["routers"].values():
        (server,) = services[router["service"]]["loadBalancer"]["servers"]
        host = re.match(r"http://([\w-]+):\d+$", server["url"])
        assert host
        assert host[1] in SERVICES
        assert {"front"} <= set(SERVICES[host[1]]["networks"]) & set(SERVICES["traefik"]["networks"])


@pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus' own tool is not installed")
def test_its_prometheus_starts(tmp_path: Path) -> None:
    text = COMPOSE["configs"]["prometheus"]["content"].replace("/run/secrets/metrics.token", "metrics.token")
    (tmp_path / "prometheus.yml").write_text(text)
    (tmp_path / "metrics.token").touch()
    shutil.copy(DEPLOY / "monitoring" / "alerts.yml", tmp_path)
    done = subprocess.run(["promtool", "check", "config", tmp_path / "prometheus.yml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# ── the image ─────────────────────────────────────────────────────────────────────────────────────


def test_the_linter_has_nothing_to_say_of_the_image() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        pytest.skip("hadolint is not installed: it comes with the extra dev on Linux")
    done = subprocess.run(
        [hadolint, "--failure-threshold", "style", DEPLOY / "Dockerfile"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    steps = re.findall(r"^([A-Z]+) (.+)$", DOCKERFILE, re.MULTILINE)
    last = [kind for kind, _ in steps][len(steps) - [kind for kind, _ in steps][::-1].index("FROM") - 1 :]
    assert {"USER", "HEALTHCHECK", "STOPSIGNAL", "VOLUME"} <= set(last)
    assert dict(steps)["USER"] == "10001:10001"
    assert not {"ADD"} & {kind for kind, _ in steps}
    assert all(":latest" not in rest and ":" in rest for kind, rest in steps if kind == "FROM")


def test_what_the_image_is_made_from_is_there_and_keys_stay_out() -> None:
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        assert all((PROGRAM.parent / source).exists() for source in sources.split())
    ignored = (PROGRAM.parent / ".dockerignore").read_text().splitlines()
    assert {".git", "data", "deploy/secrets"} <= set(ignored)
    assert "deploy/secrets/" in (PROGRAM.parent / ".gitignore").read_text().splitlines()


def test_its_health_check_tells_a_desk_that_answers_from_none(tmp_path: Path) -> None:
    from tests.support.server import free_port

    done = subprocess.run([sys.executable, DEPLOY / "healthy.py"], env={"DAILIES_WEB__PORT": str(free_port())}, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 1
    assert "does not answer" in done.stderr
