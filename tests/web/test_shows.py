"""Shows: how their sources do, how their clips are made; an admin changes that, version by version."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import httpx
import pytest
from playwright.sync_api import expect

from scraper.recording import record_sources
from storage.catalogue import put_show, record_topics, show
from storage.orders import Brand, ShowSpec
from tests.support.browser import Enter, says
from tests.support.found import GAZETTE, SILENT, WIRE, report
from tests.support.studio import SmallStudio


@pytest.fixture(autouse=True)
def coast(small: SmallStudio) -> None:
    spec = ShowSpec(
        slug="coast", name="Costa Norte", languages=("es",), sources=(GAZETTE, SILENT), brand=Brand(accent="#ffd166")
    )
    small.writer.do(partial(put_show, show=spec))
    small.writer.do(partial(record_topics, report=report("coast")))
    small.writer.do(partial(record_sources, report=report("coast"), moment=datetime.now(UTC)))


def test_the_list_says_which_show_needs_care(enter: Enter) -> None:
    page = enter(path="/shows")
    card = page.locator(".show-card", has_text="Costa Norte")
    expect(card).to_contain_text("1 source failing")
    expect(card).to_contain_text("9 topics")
    card.click()
    page.wait_for_url("**/shows/coast")
    expect(page.locator("tr", has_text="Silent Weekly")).to_contain_text("did not answer within 15 s")
    expect(page.locator("tr", has_text="Harbour Gazette")).to_contain_text("5 new of 12")
    expect(page.get_by_text("#ffd166")).to_be_visible()
    expect(page.get_by_role("button", name="Change")).to_have_count(0)


def test_an_admin_changes_how_clips_are_made(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/shows/coast")
    page.get_by_role("button", name="Change").click()
    page.get_by_label("New clips per run").select_option("5")
    page.get_by_label("Music").select_option("grave")
    page.get_by_role("checkbox", name="9:16 tall").check()
    page.get_by_role("button", name="Save").click()
    says(page, "Saved as version")
    expect(page.locator(".pair", has_text="Formats")).to_contain_text("16:9, 9:16")
    with small.studio.reading() as db:
        changed = show(db, "coast")
    assert (changed.clips_per_run, changed.music, changed.brand.accent) == (5, "grave", "#ffd166")


def test_sources_come_and_go(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/shows/coast")
    for address, told in (("ftp://old.example/feed", "begins with https://"), (WIRE.url, "Saved as version")):
        page.get_by_role("button", name="Add a source").click()
        page.get_by_label("Address").fill(address)
        page.get_by_label("Name").fill("Sample Wire")
        page.get_by_role("button", name="Add", exact=True).click()
        says(page, told)
    expect(page.locator("tr", has_text="Sample Wire")).to_contain_text("Quoted with credit")
    page.locator("tr", has_text="Silent Weekly").get_by_role("button", name="Remove").click()
    expect(page.locator("tr", has_text="Silent Weekly")).to_have_count(0)
    with small.studio.reading() as db:
        assert [source.url for source in show(db, "coast").sources] == [GAZETTE.url, WIRE.url]


def test_an_unknown_show_is_said_to_be_one(enter: Enter) -> None:
    expect(enter(path="/shows/nowhere").get_by_text("There is no such show.")).to_be_visible()


def test_its_exports_can_be_followed_at_an_address(enter: Enter, stranger: httpx.Client) -> None:
    page = enter("ada", "/shows/coast")
    page.get_by_role("button", name="Make an address").click()
    address = page.locator(".secret").inner_text()
    assert stranger.get(address).status_code == 200
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Made by ada")).to_be_visible()
    page.get_by_role("button", name="Close it").click()
    says(page, "The feed is closed")
    assert stranger.get(address).status_code == 404
