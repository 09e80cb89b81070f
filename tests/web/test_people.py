"""Accounts and tokens: an admin lets people and programs in, changes what they may do, and shows them out."""

from __future__ import annotations

import httpx
from playwright.sync_api import Browser, Page, expect

from storage.people import find_person
from storage.tokens import list_tokens
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio


def account(page: Page, name: str) -> object:
    return page.locator("tr", has=page.locator(".nm", has_text=name))


def test_somebody_is_added_and_comes_in_by_their_link(enter: Enter, browser: Browser, small: SmallStudio) -> None:
    page = enter("ada", "/people")
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_label("Name").fill("Zoe")
    page.get_by_role("radio", name="Viewer: watches").check()
    page.get_by_role("button", name="Add", exact=True).click()
    link = page.locator(".secret").inner_text()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Role of zoe")).to_have_value("viewer")
    visitor = browser.new_page()
    visitor.goto(link)
    expect(visitor.get_by_title("zoe, viewer")).to_be_visible()
    visitor.close()


def test_a_role_is_changed_and_an_account_closed(enter: Enter, small: SmallStudio) -> None:
    small.user("pia", "viewer")
    page = enter("ada", "/people")
    page.get_by_label("Role of pia").select_option("reviewer")
    says(page, "pia is a reviewer now.")
    with small.studio.reading() as db:
        assert find_person(db, "pia").role == "reviewer"  # type: ignore[union-attr]
    page.get_by_role("button", name="Close account of pia").click()
    says(page, "The account of pia is closed")
    with small.studio.reading() as db:
        assert find_person(db, "pia") is None


def test_nobody_locks_themselves_out(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/people")
    expect(page.get_by_label("Role of ada")).to_have_count(0)
    page.locator("[data-deed=close]").first.evaluate("button => { button.dataset.of = 'ada'; button.click(); }")
    says(page, "This is your own account.")


def test_a_token_is_shown_once_works_and_is_revoked(enter: Enter, address: str, small: SmallStudio) -> None:
    page = enter("ada", "/people")
    page.get_by_role("button", name="New token").click()
    page.get_by_label("Name").fill("Podcast feed")
    page.get_by_role("checkbox", name="Export").check()
    page.get_by_role("button", name="Make it").click()
    secret = page.locator(".secret").inner_text()
    asking = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(f"{address}/api/v1/clips", headers=asking).status_code == 200
    small.writer.do(lambda _db: None)  # its use is written down beside the answer
    page.reload()
    row = page.locator("tr", has_text="Podcast feed")
    expect(row).to_contain_text("Export")
    expect(row).not_to_contain_text("never")
    expect(page.get_by_text(secret)).to_have_count(0)
    row.get_by_role("button", name="Revoke").click()
    says(page, "Revoked")
    assert httpx.get(f"{address}/api/v1/clips", headers=asking).status_code == 401
    with small.studio.reading() as db:
        assert "Podcast feed" not in {token.name for token in list_tokens(db)}


def test_it_is_for_admins_at_this_very_moment(enter: Enter, small: SmallStudio) -> None:
    expect(enter("ana", "/people").get_by_text("People are for an admin.")).to_be_visible()
    expect(enter("ana").locator(".rail").get_by_text("People")).to_have_count(0)
    small.user("adam", "admin")
    small.user("kit", "viewer")
    page = enter("adam", "/people")
    small.writer.do(lambda db: db.execute("UPDATE users SET role = 'reviewer' WHERE name = 'adam'"))
    page.get_by_label("Role of kit").select_option("admin")
    says(page, "This is for a admin; you are a reviewer.")
    with small.studio.reading() as db:
        assert find_person(db, "kit").role == "viewer"  # type: ignore[union-attr]
