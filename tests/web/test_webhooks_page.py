"""The page of webhooks: an admin adds a receiver, sees how messages go, sends one again, and turns it off."""

from __future__ import annotations

from playwright.sync_api import expect

from storage.webhooks import Attempt, Verdict, list_webhooks, record_attempt
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio


def test_a_receiver_from_adding_to_removing(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/system")
    page.get_by_role("link", name="Webhooks").click()
    page.get_by_role("button", name="Add a webhook").click()
    page.get_by_label("Address").fill("http://10.0.0.1/hook")
    page.get_by_role("button", name="Add it").click()
    says(page, "must speak HTTPS")
    page.get_by_role("button", name="Add a webhook").click()
    page.get_by_label("Address").fill("https://example.com/<b>hook")
    page.get_by_label("What is it for?").fill("The <i>feed</i>")
    page.get_by_role("checkbox", name="Clip failed").uncheck()
    page.get_by_role("button", name="Add it").click()
    secret = page.locator(".secret").inner_text()
    assert secret.startswith("whsec_")
    page.keyboard.press("Escape")
    row = page.locator("tr", has_text="The <i>feed</i>")
    expect(row.first).to_contain_text("Export made")
    expect(row.first).not_to_contain_text("Clip failed")
    row.first.get_by_role("button", name="Test").click()
    says(page, "on its way")
    expect(page.get_by_role("region", name="Deliveries")).to_contain_text("Waiting")
    attempt = Attempt(at="2026-11-20T07:00:00.000Z", status=500, said="Out of <order>", seconds=0.1)
    small.writer.do(lambda db: record_attempt(db, _newest(db), attempt, Verdict(state="failed")))
    expect(page.get_by_role("region", name="Deliveries")).to_contain_text("500 Out of <order>")
    page.get_by_role("button", name="Send again Test").first.click()
    says(page, "It is sent again.")
    row.first.get_by_role("button", name="New secret").click()
    page.get_by_role("radio", name="For another week").check()
    page.get_by_role("button", name="Make it").click()
    assert page.locator(".secret").inner_text() not in ("", secret)
    page.keyboard.press("Escape")
    expect(row.first).to_contain_text("Its old secret signs too until")
    row.first.get_by_role("button", name="Turn off").click()
    says(page, "told nothing")
    expect(row.first).to_contain_text("Turned off by hand.")
    row.first.get_by_role("button", name="Remove").click()
    says(page, "Removed")
    with small.studio.reading() as db:
        assert "The <i>feed</i>" not in {hook.note for hook in list_webhooks(db)}


def test_it_is_for_admins(enter: Enter) -> None:
    expect(enter("ana", "/webhooks").get_by_text("Webhooks are for an admin.")).to_be_visible()
    expect(enter("ana", "/system").get_by_role("link", name="Webhooks")).to_have_count(0)


def _newest(db: object) -> int:
    return int(db.execute("SELECT max(number) FROM webhook_deliveries").fetchone()[0])  # type: ignore[attr-defined]
