"""The API does what its own document says, whatever it is sent: schemathesis makes requests of all kinds out of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from scraper.recording import record_sources
from storage.catalogue import put_show, record_topics, topics
from storage.orders import ShowSpec
from tests.producer.test_intake import huge_png
from tests.support.found import GAZETTE, SILENT, report
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer

pytestmark = [pytest.mark.proof, pytest.mark.timeout(900)]
EXAMPLES = 6
"""Requests of each kind to each operation."""
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
SPARED = {
    "GET /api/v1/voices/{engine}/{voice_id}/sample.wav", "GET /api/v1/clips/{clip_id}/events",
    "DELETE /api/v1/webhooks/{webhook_id}",
}  # fmt: skip
"""A voice takes seconds to speak, a clip that is being made is followed to its end, and others need the webhook."""
MODES = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE


@pytest.fixture
def real(small: SmallStudio, bearer: Bearer) -> dict[str, Any]:
    """Names of what really is there, so that requests get beyond “no such thing”."""
    clip = small.ready_clip(9)
    small.approve(clip, "ana")
    with small.studio.reading() as db:
        record = small.exporter().export(db, clip, "ana")
    small.writer.do(lambda db: put_show(db, ShowSpec(slug="schema", name="Schema", sources=(GAZETTE, SILENT))))
    small.writer.do(lambda db: record_topics(db, report("schema")))
    small.writer.do(lambda db: record_sources(db, report("schema"), datetime.now(UTC)))
    client = bearer("admin")
    hook = client.post("/api/v1/webhooks", json={"url": "https://example.com/", "events": ["clip.ready"]}).json()
    sent = client.post(f"/api/v1/webhooks/{hook['webhook']['id']}/test").json()
    upload = client.post("/api/v1/uploads", content=huge_png(32)).json()
    with small.studio.reading() as db:
        topic = topics(db, "schema")[0].id
    return {
        "clip_id": clip, "export_id": record.id, "slug": "schema", "topic_id": topic, "webhook_id": sent["webhook_id"],
        "number": sent["number"], "sha256": upload["sha256"],
    }  # fmt: skip


def test_no_request_breaks_it_or_its_word(address: str, bearer: Bearer, real: dict[str, Any]) -> None:
    schema = schemathesis.openapi.from_dict(bearer("read").get("/api/v1/openapi.json").json())
    found = dict[str, str]()
    for result in schema.get_all_operations():
        operation = result.ok()
        known = {one.name: real[one.name] for one in operation.path_parameters if one.name in real}
        asked = [(sense, {}) for sense in MODES]
        if known and operation.label not in SPARED:
            asked.append((MODES[0], known))
        for mode, named in asked:
            secret = bearer("admin").headers["authorization"]
            if fault := first_fault(operation, mode, named, address, secret):
                found[f"{operation.label} ({mode.value}, {'real' if named else 'made-up'} names)"] = fault
    assert found == {}, "\n\n".join(f"{label}\n{fault}" for label, fault in found.items())


def first_fault(operation: Any, mode: Any, named: dict[str, Any], address: str, secret: str) -> str:
    """What the first request that the API answers wrongly shows; "" when there is none."""

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=named or None))
    def ask(case: Any) -> None:
        answer = case.call(base_url=address, headers={"Authorization": secret}, timeout=60)
        case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except (FailureGroup, AssertionError) as error:
        return "\n".join(str(one) for one in getattr(error, "exceptions", [error]))[:1500]
    except Exception as error:  # noqa: BLE001 - such as a connection that broke: all operations are to be asked
        return f"{type(error).__name__}: {error}"[:1500]
    return ""
