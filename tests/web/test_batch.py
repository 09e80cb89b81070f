"""Several clips at once, and finding them in a long list."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from storage.decisions import decisions_of, standing_decision
from tests.support.browser import Enter
from tests.support.engines import BROKEN
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.web.test_desk import order_on_screen, row, watch


def test_each_clip_of_a_batch_says_what_became_of_it(enter: Enter, small: SmallStudio) -> None:
    """One was watched, one was not, one claims what its source does not say."""
    watched, unwatched, claiming = small.ready_clip(0), small.ready_clip(6), small.ready_clip(10, unsupported=True)
    page = enter(path=f"/clip/{claiming}")
    watch(page)
    row(page, watched).click()
    expect(page.get_by_role("heading", level=2)).to_have_text(small.detail(watched).row.title)
    watch(page)
    page.keyboard.press("b")
    for clip in (unwatched, claiming):
        row(page, clip).click()
    expect(page.locator(".q-batch")).to_contain_text("3 chosen")
    expect(row(page, claiming)).to_have_attribute("aria-selected", "true")
    page.locator(".q-batch").get_by_role("button", name="Approve").click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("1 of 3 clips done")
    tiles = {
        clip: sheet.locator(".oc", has=page.locator(f'a[href="/clip/{clip}"]'))
        for clip in (watched, unwatched, claiming)
    }
    expect(tiles[watched]).to_contain_text("Approved")
    expect(tiles[unwatched]).to_contain_text("You have not played 16:9 yet.")
    expect(tiles[claiming]).to_contain_text("what the source does not support")
    sheet.get_by_role("button", name="Close").click()
    expect(page.locator(".q-batch")).to_have_count(0)
    expect(row(page, watched)).to_contain_text("Approved")
    with small.studio.reading() as db:
        assert [bool(standing_decision(db, clip)) for clip in (watched, unwatched, claiming)] == [True, False, False]


def test_a_batch_is_rejected_with_one_reason_by_keyboard(enter: Enter, small: SmallStudio) -> None:
    clips = [small.ready_clip(number) for number in (2, 7)]
    page = enter(path=f"/clip/{clips[1]}")
    expect(row(page, clips[1])).to_have_attribute("aria-selected", "true")
    page.keyboard.press("b")
    page.keyboard.press("j")
    page.keyboard.press("b")
    chosen = page.locator('.clip-row[aria-selected="true"]')
    expect(chosen).to_have_count(2)
    page.locator(".q-batch").get_by_role("button", name="Reject").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Why not?")
    page.keyboard.press("3")
    expect(page.get_by_role("dialog").locator(".oc", has_text="Rejected")).to_have_count(2)
    with small.studio.reading() as db:
        assert [d.reason for d in decisions_of(db, clips[1])] == ["Not interesting"]


def test_what_failed_is_made_again_and_what_did_not_says_so(enter: Enter, small: SmallStudio) -> None:
    failed = small.clip(topic(0).model_copy(update={"title": BROKEN}))
    ready = small.ready_clip(8)
    page = enter(path=f"/clip/{failed}")
    page.keyboard.press("b")
    row(page, ready).click()
    page.locator(".q-batch").get_by_role("button", name="Make again").click()
    expect(page.get_by_role("dialog")).to_contain_text("Tried again")
    expect(page.get_by_role("dialog")).to_contain_text("Nobody said what should change.")


def test_a_viewer_chooses_nothing(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(11)
    page = enter("vera", f"/clip/{clip}")
    page.keyboard.press("b")
    expect(page.get_by_role("button", name="Choose several")).to_have_count(0)
    page.evaluate(f"dailies.queue.$emit('batch', {{act: 'hold', ids: ['{clip}']}})")
    page.wait_for_timeout(300)
    with small.studio.reading() as db:
        assert standing_decision(db, clip) is None


@pytest.mark.parametrize(("label", "choice"), [("Show", "今夜星空"), ("Language", "中文"), ("State", "To review")])
def test_the_list_is_narrowed(enter: Enter, small: SmallStudio, label: str, choice: str) -> None:
    for number in (0, 1, 2, 4):
        small.ready_clip(number)
    page = enter()
    everything = len(order_on_screen(page))
    page.get_by_role("button", name="Narrow and sort").click()
    page.get_by_label(label, exact=True).select_option(label=choice)
    shown = page.locator(".clip-row")
    expect(shown.first).to_be_visible()
    if label == "State":
        expect(page.locator(".q-group")).to_have_count(1)
        expect(page.locator(".q-group")).to_contain_text("To review")
    else:
        assert 0 < shown.count() < everything
        assert set(page.locator(".row-show").all_inner_texts()) - {""} == {"今夜星空"}  # hidden ones have none


def test_a_search_finds_what_is_no_longer_in_the_list(
    enter: Enter, small: SmallStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as short:
        short.setattr("web.cards.LONGEST", 1)
        old = small.clip(topic(3).model_copy(update={"title": "The lighthouse of long ago"}))
        new = small.clip(topic(4).model_copy(update={"title": "A lighthouse of today"}))
        page = enter()
        expect(page.locator(".clip-row")).to_have_count(1)
        page.keyboard.press("/")
        page.get_by_role("searchbox").fill("lighthouse")
        expect(page.get_by_role("group", name="Earlier").locator(".clip-row")).to_have_count(1)
        assert order_on_screen(page) == [new, old]
        row(page, old).click()
        expect(page.get_by_role("heading", level=2)).to_have_text("The lighthouse of long ago")
        page.get_by_role("searchbox").fill("lighthouse of tomorrow")
        expect(page.locator(".q-none")).to_contain_text("No clip fits.")
        page.get_by_role("searchbox").fill("")
        expect(page.locator(".clip-row")).to_have_count(1)
    small.ready_clip(5)  # a commit: the next page has the whole list again


def test_the_list_is_sorted(enter: Enter, small: SmallStudio) -> None:
    small.ready_clip(3)
    page = enter()
    newest = order_on_screen(page)
    page.get_by_role("button", name="Narrow and sort").click()
    page.get_by_label("State", exact=True).select_option(label="To review")
    waiting = order_on_screen(page)
    page.get_by_label("Sort", exact=True).select_option(label="Oldest first")
    assert order_on_screen(page) == waiting[::-1]
    page.get_by_label("Sort", exact=True).select_option(label="By title")
    titles = [title for title in page.locator(".row-title").all_inner_texts() if title]  # hidden ones have none
    assert titles == page.evaluate("titles => [...titles].sort((a, b) => a.localeCompare(b))", titles)
    page.get_by_label("State", exact=True).select_option("")
    page.get_by_label("Sort", exact=True).select_option(label="Newest first")
    assert order_on_screen(page) == newest
