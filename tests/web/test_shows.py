"""Shows: how their sources do, how their clips are made; an admin changes that, version by version."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest
from playwright.sync_api import expect
from sqlite_utils import Database

from scraper.feedback import Feedback, Tally
from scraper.recording import record_sources
from scraper.sources.registry import asks_of, kinds, terms_of
from storage.catalogue import put_show, record_topics, show
from storage.orders import Brand, ShowSpec, SourceSpec
from storage.runs import RunReport, Verdict, finish_run, paused_since, record_run
from storage.source_health import sources
from tests.support.browser import Enter, says
from tests.support.found import GAZETTE, SILENT, WIRE, report
from tests.support.studio import SmallStudio
from web.components.autopilot import weighing


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
    page.get_by_role("button", name="Add a source").click()
    page.get_by_label("Address").fill("ftp://old.example/feed")
    page.get_by_label("Name").fill("Sample Wire")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="begins with https://")).to_be_visible()
    page.get_by_label("Address").fill(GAZETTE.url)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="reads this source already")).to_be_visible()
    page.get_by_label("Address").fill(WIRE.url)
    page.get_by_role("button", name="Add", exact=True).click()
    says(page, "Saved as version")
    expect(page.locator("tr", has_text="Sample Wire")).to_contain_text("Quoted with credit")
    page.locator("tr", has_text="Silent Weekly").get_by_role("button", name="Remove").click()
    expect(page.locator("tr", has_text="Silent Weekly")).to_have_count(0)
    with small.studio.reading() as db:
        assert [source.url for source in show(db, "coast").sources] == [GAZETTE.url, WIRE.url]


def test_every_kind_of_source_can_be_added_with_the_fields_it_asks_for(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/shows/coast")
    page.get_by_role("button", name="Add a source").click()
    dialog = page.get_by_role("dialog")
    offered = dialog.get_by_label("Kind").locator("option")
    expect(offered).to_have_count(len(kinds()))
    assert {option.get_attribute("value") for option in offered.all()} == set(kinds())
    for kind in kinds():
        dialog.get_by_label("Kind").select_option(kind)
        for asked in asks_of(kind).model_fields.values():
            expect(dialog.get_by_label(re.compile(f"^{asked.title}"))).to_be_visible()
        expect(dialog.locator(".terms")).to_have_text(terms_of(kind))
    dialog.get_by_label("Kind").select_option("folder")
    dialog.get_by_label("Folder").fill("/nobody/allowed/this")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(dialog.get_by_role("alert").filter(has_text="An admin can allow its folder.")).to_be_visible()
    dialog.get_by_label("Kind").select_option("newsapi")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(dialog.get_by_role("alert").filter(has_text="Say what the articles are about")).to_be_visible()
    dialog.get_by_label("About").fill("ferry")
    dialog.get_by_role("button", name="Add", exact=True).click()
    says(page, "Saved as version")
    with small.studio.reading() as db:
        assert show(db, "coast").sources[-1].url == "https://newsapi.org/v2/everything?q=ferry&sortBy=publishedAt"


def test_a_subreddit_is_added_by_keys_alone(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/shows/coast")
    page.get_by_role("button", name="Add a source").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Kind").focus()
    page.keyboard.type("Subreddit")  # a native list goes to what is typed
    expect(page.get_by_label("Subreddit", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("r/harbour")
    page.keyboard.press("Tab")
    page.keyboard.type("Top")
    for _ in range(2):  # past the period to the name
        page.keyboard.press("Tab")
    page.keyboard.type("Sailors")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    says(page, "Saved as version")
    with small.studio.reading() as db:
        added = show(db, "coast").sources[-1]
    assert (added.kind, added.url, added.name) == ("reddit", "https://www.reddit.com/r/harbour/top?t=day", "Sailors")


def test_a_sources_health_is_told_over_time_and_it_can_be_asked_again(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/shows/coast")
    failing = page.locator("tr", has_text="Silent Weekly")
    expect(failing).to_contain_text(re.compile(r"\d failures? in a row"))
    expect(failing).to_contain_text("never well yet")
    expect(failing).to_contain_text("asked again after")
    expect(page.locator("tr", has_text="Harbour Gazette")).to_contain_text(re.compile(r"usually \d+ new a day"))
    failing.get_by_role("button", name="Ask again").click()
    says(page, "asked again at the next run")
    with small.studio.reading() as db:
        assert sources(db, "coast")[SILENT.url].health.failures == 0


def test_an_admin_pauses_everything_and_lets_it_go_on(enter: Enter, small: SmallStudio) -> None:
    page = enter("ada", "/shows")
    page.get_by_role("button", name="Pause all").click()
    expect(page.get_by_text("All paused since")).to_be_visible()
    with small.studio.reading() as db:
        assert paused_since(db)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Pause all")).to_be_visible()
    with small.studio.reading() as db:
        assert paused_since(db) is None
    expect(enter("ana", "/shows").get_by_role("button", name="Pause all")).to_have_count(0)


def test_what_a_service_asks_of_its_readers_stands_beside_the_rights(enter: Enter, small: SmallStudio) -> None:
    kinds = {"reddit": "https://www.reddit.com/r/harbour", "newsapi": "https://newsapi.org/v2/top-headlines?country=us",
             "hackernews": "https://news.ycombinator.com/", "feed": GAZETTE.url}  # fmt: skip
    sources = tuple(SourceSpec(kind=kind, url=url, name=kind) for kind, url in kinds.items())
    small.writer.do(partial(put_show, show=ShowSpec(slug="wide", name="Wide", sources=sources)))
    page = enter(path="/shows/wide")
    for kind in ("reddit", "newsapi", "hackernews"):
        rights = page.locator("tr", has_text=kinds[kind]).locator("td").nth(1)
        expect(rights).to_contain_text("Quoted with credit")
        expect(rights).to_contain_text(terms_of(kind))
    expect(page.locator("tr", has_text=GAZETTE.url).locator("td").nth(1)).to_have_text("Quoted with credit")


def test_the_last_runs_say_what_they_chose_and_why(enter: Enter, small: SmallStudio) -> None:
    chosen = Verdict(title="El último faro", language="es", score=0.7, why="Rank 1, score 0.70. Published 1 hour ago.")
    passed = Verdict(title="Otra <b>feria</b>", language="es", score=0.2, why="It is older than 72 hours.")
    told = RunReport(show="coast", found=12, new=5, known=4, merged=3, chosen=(chosen,), passed_over=(passed,), notes=("The language model rated 0 of 5 topics.",))  # fmt: skip

    def record(db: Database) -> None:
        record_run(db, "run-1", "coast", "autopilot", "2026-11-20T07:00:00.000Z")
        finish_run(db, "run-1", "done", report=told)
        record_run(db, "run-2", "coast", "autopilot", "2026-11-21T07:00:00.000Z", "missed", "The studio was off.")

    small.writer.do(record)
    page = enter(path="/shows/coast")
    newest, before = page.locator("details.run").all()
    expect(newest).to_contain_text("The studio was off.")
    before.locator("summary").click()
    expect(before).to_contain_text("1 clip of 12 entries")
    expect(before).to_contain_text("5 new, 4 known, 3 merged")
    expect(before.get_by_text("Rank 1, score 0.70.")).to_be_visible()
    expect(before.get_by_text("Otra <b>feria</b>")).to_be_visible()
    expect(before.get_by_text("rated 0 of 5 topics")).to_be_visible()


def test_what_counts_stands_beside_what_people_decided_and_can_be_changed(enter: Enter, small: SmallStudio) -> None:
    fared = Feedback(sources={GAZETTE.name: Tally(approved=3, rejected=1)}, words={})
    assert "3 approved, 1 rejected" in weighing(ShowSpec(slug="s", name="S", sources=(GAZETTE,)), fared)
    page = enter("ada", "/shows/coast")
    row = page.locator(".pair", has_text="How fresh it is")
    expect(row.locator("b")).to_have_text("3")
    expect(page.locator(".pair", has_text=GAZETTE.name)).to_contain_text("0.5 · no decision yet")
    page.get_by_role("button", name="Weigh anew").click()
    page.get_by_label("How fresh it is").select_option("5")
    page.get_by_label(f"Weight of {GAZETTE.name}").select_option("0.9")
    page.get_by_role("button", name="Save").click()
    says(page, "Saved as version")
    expect(row.locator("b")).to_have_text("5")
    with small.studio.reading() as db:
        changed = show(db, "coast")
    assert changed.topics.weights == {"freshness": 5.0}
    assert changed.sources[0].weight == 0.9


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
