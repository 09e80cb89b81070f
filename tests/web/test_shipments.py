"""An export that did not arrive at its target is sent again when somebody says so, at the desk or by the API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from playwright.sync_api import expect

from storage.exports import ExportRecord
from storage.shipments import Shipment, note_failed, order_shipments, shipments_of
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio
from tests.web.conftest import Bearer
from tests.web.test_api import is_problem


@pytest.fixture
def failed(small: SmallStudio) -> Iterator[ExportRecord]:
    """An export that a bucket did not take."""
    clip = small.ready_clip(9)
    small.approve(clip, "ana")
    with small.studio.reading() as db:
        record = small.exporter().export(db, clip, "ana")
    small.writer.do(partial(order_shipments, export_id=record.id, targets=["s3"]))
    small.writer.do(partial(note_failed, export_id=record.id, target="s3", error="The bucket said: <b>NoSuchBucket</b>.", moment=datetime.now(UTC)))  # fmt: skip
    yield record
    small.writer.do(lambda db: db.execute("DELETE FROM shipments WHERE export_id = ?", [record.id]))


def shipment(small: SmallStudio, record: ExportRecord) -> Shipment:
    with small.studio.reading() as db:
        (found,) = shipments_of(db, [record.id])[record.id]
    return found


def test_at_the_desk(enter: Enter, small: SmallStudio, failed: ExportRecord) -> None:
    row = enter("vera", "/exports").locator("tr", has_text=failed.folder)
    expect(row).to_contain_text("<b>NoSuchBucket</b>")
    expect(row.get_by_role("button", name="Send again")).to_have_count(0)
    page = enter("ana", "/exports")
    page.locator("tr", has_text=failed.folder).get_by_role("button", name="Send again").click()
    says(page, "on its way to S3 again")
    assert (shipment(small, failed).error, shipment(small, failed).state) == ("", "due")


def test_by_the_api(bearer: Bearer, small: SmallStudio, failed: ExportRecord) -> None:
    client, address = bearer("read", "export"), f"/api/v1/exports/{failed.id}/shipments"
    (told,) = client.get(address).json()["shipments"]
    assert (told["target"], told["state"], "NoSuchBucket" in told["error"]) == ("s3", "due", True)
    answer = client.post(f"{address}/s3/again", headers={"Idempotency-Key": "again"})
    assert (answer.status_code, answer.json()["shipments"][0]["error"]) == (202, "")
    is_problem(client.post(f"{address}/moon/again"), 404)
    is_problem(client.post("/api/v1/exports/none/shipments/s3/again"), 404)
    is_problem(bearer("read").post(f"{address}/s3/again"), 403)
