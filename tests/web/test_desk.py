"""The desk in a real browser: sign in, watch, decide, edit, export. Reads like a reviewer's day."""

from __future__ import annotations

import re
import zipfile
from functools import partial

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlite_utils import Database

from review.decide import decide
from storage.decisions import decisions_of, standing_decision
from storage.exports import Wanted, list_exports
from storage.history import revisions_of
from storage.people import close_sessions, set_role
from tests.support.browser import Enter, says
from tests.support.engines import BROKEN
from tests.support.studio import PASSWORD, SmallStudio
from tests.support.topics import TEXTS, topic
from web.open_clip import OpenClip


def watch(page: Page) -> None:
    """Let the cut that is shown play for a moment, by the keyboard."""
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 2")
    page.keyboard.press("Space")
    expect(page.locator("[data-watched], .bar-say").first).not_to_have_text("0 %")
    page.wait_for_function("document.querySelector('.screen video').currentTime > 0.5")
    page.keyboard.press("Space")


def row(page: Page, clip: str) -> Locator:
    return page.locator(f"#row-{clip}")


def order_on_screen(page: Page) -> list[str]:
    page.locator(".clip-list:not([aria-busy])").wait_for()
    return [str(i) for i in page.locator(".clip-row").evaluate_all("rows => rows.map(row => row.id.slice(4))")]


def test_from_the_login_page_to_an_exported_clip(browser: Browser, address: str, small: SmallStudio) -> None:
    clip = small.ready_clip(0)
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/clip/{clip}")
    assert page.url.startswith(f"{address}/login")
    page.get_by_label("Name").fill("ana")
    page.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/clip/{clip}")

    expect(page.get_by_role("heading", level=2)).to_have_text(TEXTS[0][1])
    watch(page)
    page.get_by_role("button", name="Approve").click()
    says(page, "Approved")
    with small.studio.reading() as db:
        decision = standing_decision(db, clip)
    assert decision is not None
    assert (decision.kind, decision.user) == ("approve", "ana")
    assert decision.cuts == {"16:9": small.detail(clip).cuts["16:9"].video.sha256}

    page.goto(f"{address}/clip/{clip}")
    page.get_by_role("button", name="Export").click()
    says(page, "Exported to")
    with small.studio.reading() as db:
        (export,) = list_exports(db, wanted=Wanted(clip=clip))
    folder = small.studio.folder.exports / export.folder
    expect(page.locator(".note.mint .path")).to_have_text(str(folder))
    assert (folder / "clip.json").is_file()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".zip")
    page.goto(f"{address}/exports")
    expect(page.get_by_role("link", name=TEXTS[0][1], exact=True)).to_be_visible()
    page.close()


def test_what_is_not_free_to_use_is_acknowledged_before_it_leaves(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(5).model_copy(update={"title": "A voice of somebody else"}), voice="cloned-voice")
    small.approve(clip, "ana")
    page = enter(path=f"/clip/{clip}")
    page.locator("[data-action=export]").click()
    expect(page.get_by_role("dialog")).to_contain_text("non-commercial use only")
    page.get_by_role("button", name="Cancel").click()
    with small.studio.reading() as db:
        assert list_exports(db, wanted=Wanted(clip=clip)) == []
    page.locator("[data-action=export]").click()
    page.get_by_role("button", name="I know, export it").click()
    says(page, "Exported to")
    with small.studio.reading() as db:
        (export,) = list_exports(db, wanted=Wanted(clip=clip))
    assert export.bundle["acknowledged"]["by"] == "ana"
    page.goto(page.url.partition("/clip/")[0] + "/exports")
    expect(page.locator("tr", has_text="A voice of somebody else")).to_contain_text("Not all free to use")


def test_exports_are_found_by_show_and_day_and_fetched_together(enter: Enter, small: SmallStudio) -> None:
    clips = [small.clip(topic(number)) for number in (1, 2)]
    for clip in clips:
        small.approve(clip, "ana")
        with small.studio.reading() as db:
            small.exporter().export(db, clip, "ana")
    page = enter(path="/exports")
    page.get_by_label("Show", exact=True).select_option("orbita")
    page.get_by_label("From").fill("2026-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/exports?show=orbita&since=2026-01-01&until=&consent=")
    expect(page.get_by_role("link", name=TEXTS[1][1], exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name=TEXTS[2][1], exact=True)).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all").click()
    assert download.value.suggested_filename == "exports-orbita-2026-01-01.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        assert any(name.endswith(".c2pa") for name in archive.namelist())
    page.get_by_label("From").fill("2999-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("None of them.")).to_be_visible()
    expect(page.get_by_role("link", name="Download all")).to_have_count(0)


def test_a_clip_is_not_approved_before_it_was_played(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(1)
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("a")
    says(page, "Play 16:9 first")
    with small.studio.reading() as db:
        assert standing_decision(db, clip) is None


def test_every_format_is_watched_before_approval(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(3, ("16:9", "9:16"))
    page = enter(path=f"/clip/{clip}")
    watch(page)
    page.keyboard.press("a")
    says(page, "Play 9:16 first")
    expect(page.get_by_role("radio", name="9:16")).to_be_checked()
    watch(page)
    page.keyboard.press("a")
    says(page, "Approved")
    with small.studio.reading() as db:
        decision = standing_decision(db, clip)
    assert decision is not None
    assert set(decision.cuts) == {"16:9", "9:16"}


def test_an_unsupported_claim_is_quoted_and_wants_a_reason(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(5, unsupported=True)
    page = enter(path=f"/clip/{clip}")
    expect(page.locator(".verdict").first).to_contain_text("1 unsupported")
    expect(page.locator(".line.is-unsupported .w.m")).to_have_text("120")
    expect(page.locator("#source .note")).to_contain_text("“120” appears nowhere")
    watch(page)
    page.keyboard.press("a")
    expect(page.get_by_role("dialog").get_by_text("biggest change in 120 years")).to_be_visible()
    page.keyboard.press("2")
    says(page, "Approved")
    with small.studio.reading() as db:
        assert standing_decision(db, clip).reason == "I checked it elsewhere"  # type: ignore[union-attr]


def test_the_line_that_plays_lights_up_its_source(enter: Enter, small: SmallStudio) -> None:
    page = enter(path=f"/clip/{small.ready_clip(9)}")
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 2")
    page.get_by_role("button", name="Play from line 2").click()
    expect(page.locator('mark[data-quote="2"]')).to_have_class("on")
    expect(page.locator(".line.on .line-n")).to_have_text("2")
    before = page.evaluate("document.querySelector('.screen video').currentTime")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"document.querySelector('.screen video').currentTime > {before + 0.05}")
    assert page.evaluate("document.querySelector('.screen video').currentTime") < before + 0.15
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".line.on .line-n")).to_have_text("3")
    page.keyboard.press("]")
    expect(page.get_by_role("radio", name="1.25×")).to_be_checked()


def test_a_day_by_keyboard_alone(enter: Enter, small: SmallStudio) -> None:
    """Reject, hold, undo, help: no mouse anywhere."""
    clips = [small.ready_clip(number) for number in (6, 7)]
    page = enter(path=f"/clip/{clips[1]}")
    expect(row(page, clips[1])).to_have_attribute("aria-selected", "true")
    page.keyboard.press("j")
    expect(row(page, clips[0])).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile(clips[0]))
    page.keyboard.press("k")
    expect(row(page, clips[1])).to_have_attribute("aria-selected", "true")
    page.keyboard.press("r")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("5")
    says(page, "Rejected")
    expect(row(page, clips[1])).to_contain_text("Rejected")
    expect(row(page, clips[0])).to_have_attribute("aria-selected", "true")
    page.keyboard.press("u")
    says(page, "Undone")
    expect(row(page, clips[1])).to_have_attribute("aria-selected", "true")
    expect(row(page, clips[1])).not_to_contain_text("Rejected")
    page.keyboard.press("h")
    says(page, "On hold")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Approve and next")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    with small.studio.reading() as db:
        assert [d.kind for d in decisions_of(db, clips[1])] == ["reject", "undo", "hold"]
        assert decisions_of(db, clips[1])[0].reason == "Duplicate"


def test_a_reason_in_ones_own_words(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(8)
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("c")
    page.get_by_label("Note").fill("Say 1935 sooner <b>please</b>")
    page.get_by_role("dialog").get_by_role("button", name="Request changes").click()
    says(page, "Changes asked for")
    page.goto(page.url.rsplit("/", 1)[0] + f"/{clip}")
    expect(page.locator("#history")).to_contain_text("Say 1935 sooner <b>please</b>")


def test_edit_a_line_see_what_it_costs_make_it_again_and_undo(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(5).model_copy(update={"title": "A battery to edit"}))
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("e")
    page.wait_for_url(f"**/clip/{clip}/edit")
    again = page.locator(".make-again")
    expect(again).to_be_disabled()
    page.get_by_label("Line 2", exact=True).fill("The battery breathes: it turns iron into rust.")
    changed = page.locator(".eline.changed")
    expect(changed).to_have_count(1)
    expect(changed.locator("del")).to_contain_text("rust and back again")
    expect(changed.locator(".outcome")).to_contain_text("Supported")
    expect(page.locator(".pstage.again")).to_have_count(4)
    stages = {
        stage.locator(".nm").inner_text().split(":")[0].strip(): "again" in (stage.get_attribute("class") or "")
        for stage in page.locator(".pstage").all()
    }
    assert stages == {
        "Script": False, "Scene": False, "Voice": True, "Speech": True, "Presenter": True, "Finish": True,
    }  # fmt: skip
    expect(page.locator(".pstage", has_text="Voice")).to_contain_text("line 2")
    before = small.detail(clip).cuts["16:9"].video.sha256
    again.click()
    page.wait_for_url(f"**/clip/{clip}?edited=2")
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 2")
    expect(page.locator(".transcript")).to_contain_text("it turns iron into rust.")
    assert small.script(clip).lines[1].text == "The battery breathes: it turns iron into rust."
    assert small.detail(clip).cuts["16:9"].video.sha256 != before

    page.get_by_role("button", name="Undo").click()
    says(page, "as it was before")
    expect(page.locator(".transcript")).to_contain_text("rust and back again.")
    assert small.detail(clip).row.revision == 3
    assert small.detail(clip).cuts["16:9"].video.sha256 == before
    with small.studio.reading() as db:
        assert [r.note for r in revisions_of(db, clip)] == ["", "Edited the script", "As in revision 1"]


def test_lines_are_added_removed_and_put_back(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(3).model_copy(update={"title": "Rooftops to edit"}))
    lines = [line.text for line in small.script(clip).lines]
    page = enter(path=f"/clip/{clip}/edit")
    page.get_by_role("button", name="Remove line 3").click()
    page.get_by_label("Line 2", exact=True).press("Enter")
    page.keyboard.type("Paint costs 7 euros.")
    expect(page.locator(".outcome.coral")).to_contain_text("Number not in the source")
    page.get_by_role("button", name="Put back").click()
    page.get_by_label("Line 3", exact=True).fill("")
    page.get_by_label("Line 3", exact=True).press("Backspace")
    expect(page.locator(".make-again")).to_be_disabled()
    page.get_by_label("Title").fill("Rooftops, edited")
    expect(page.locator(".make-again")).to_be_enabled()
    expect(page.locator(".pstage.again")).to_have_count(2)
    page.locator(".make-again").click()
    page.wait_for_url(f"**/clip/{clip}?edited=2")
    assert [line.text for line in small.script(clip).lines] == lines
    assert small.script(clip).title == "Rooftops, edited"


def test_a_script_that_cannot_be_spoken_is_not_made(enter: Enter, small: SmallStudio) -> None:
    page = enter(path=f"/clip/{small.ready_clip(0)}/edit")
    page.get_by_label("Line 1", exact=True).fill("x" * 401)
    expect(page.get_by_text("Line 1 has 401 characters.")).to_be_visible()
    expect(page.locator(".make-again")).to_be_disabled()


def test_of_two_who_edit_the_second_is_told(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(9).model_copy(update={"title": "Birds to edit"}))
    first, second = enter("ana", f"/clip/{clip}/edit"), enter("bo", f"/clip/{clip}/edit")
    for page, words in ((first, "First words."), (second, "Second words.")):
        page.get_by_label("Line 1", exact=True).fill(words)
        expect(page.locator(".make-again")).to_be_enabled()
    first.locator(".make-again").click()
    first.wait_for_url(f"**/clip/{clip}?edited=2")
    second.locator(".make-again").click()
    says(second, "Somebody changed this clip while you were editing")
    assert small.script(clip).lines[0].text == "First words."


def test_what_another_reviewer_decides_shows_without_touching_the_player(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(10)
    page = enter(path=f"/clip/{clip}")
    watch(page)
    page.evaluate("document.querySelector('.screen video').dataset.same = 'yes'")
    small.writer.do(partial(decide, clip_id=clip, kind="hold", user="bo", played={}, seen=None))
    expect(page.locator("#history")).to_contain_text("bo put this clip on hold")
    expect(page.get_by_role("button", name="Hold")).to_have_count(0)
    assert page.evaluate("document.querySelector('.screen video').dataset.same") == "yes"
    page.keyboard.press("a")
    says(page, "Approved")
    with small.studio.reading() as db:
        assert [(d.user, d.kind) for d in decisions_of(db, clip)] == [("bo", "hold"), ("ana", "approve")]


def test_the_list_never_shifts_and_new_clips_wait_behind_a_badge(enter: Enter, small: SmallStudio) -> None:
    small.ready_clip(0)
    page = enter()
    before = order_on_screen(page)
    new = small.ready_clip(7)
    expect(page.locator(".newbar")).to_contain_text("1 new clip")
    assert order_on_screen(page) == before
    page.keyboard.press("n")
    expect(row(page, new)).to_be_visible()
    expect(page.locator(".newbar")).to_have_count(0)
    assert order_on_screen(page)[0] == new


def test_a_clip_under_way_shows_its_stages_and_arrives_by_itself(enter: Enter, small: SmallStudio) -> None:
    clip = small.order(topic(1).model_copy(update={"title": "Under way", "text": "Uno. Dos. Tres."}))
    small.production.paused[clip] = []
    small.production.make_some(clip, ("script", "scene"))
    page = enter(path=f"/clip/{clip}")
    expect(page.locator(".stage-row.done")).to_have_count(2)
    expect(page.locator(".stage-row.running")).to_contain_text("Voice")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    del small.production.paused[clip]
    small.writer.do(lambda db: db.execute("UPDATE work SET state = 'cancelled' WHERE state = 'running'"))
    small.production.wake()
    expect(page.locator(".transcript")).to_contain_text("Tres.")
    expect(row(page, clip)).to_contain_text("Ready")


def test_what_happens_while_a_page_is_laid_out_is_shown_too(
    enter: Enter, small: SmallStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.ready_clip(0)  # lies on the table of the page before
    clip = small.order(topic(1).model_copy(update={"title": "Made in between", "text": "Cuatro. Cinco. Seis."}))
    read, due = OpenClip.read, [clip]

    def read_and_late(db: Database, clip_id: str) -> OpenClip:
        opened = read(db, clip_id)
        if clip_id in due:
            due.clear()
            small.production.make(clip_id)
            small.writer.do(lambda _db: None)  # the board has heard of it
        return opened

    monkeypatch.setattr(OpenClip, "read", read_and_late)
    page = enter(path=f"/clip/{clip}")
    expect(page.locator(".transcript")).to_contain_text("Seis.")
    assert due == []


def test_a_decision_takes_a_clip_from_under_a_heading_that_is_no_longer_true(enter: Enter, small: SmallStudio) -> None:
    clip = small.order(topic(1).model_copy(update={"title": "Just made", "text": "Uno. Dos. Tres."}))
    small.production.paused[clip] = []
    small.production.make_some(clip, ("script", "scene"))
    page = enter(path=f"/clip/{clip}")
    under = {name: page.get_by_role("group", name=name, exact=True) for name in ("Being made", "Approved", "On hold")}
    expect(under["Being made"].locator(f"#row-{clip}")).to_be_visible()
    del small.production.paused[clip]
    small.writer.do(lambda db: db.execute("UPDATE work SET state = 'cancelled' WHERE state = 'running'"))
    small.production.wake()
    expect(under["Being made"].locator(f"#row-{clip}")).to_contain_text("Ready")
    small.approve(clip, "bo")
    expect(under["Approved"].locator(f"#row-{clip}")).to_contain_text("Approved")
    expect(row(page, clip)).to_have_count(1)
    expect(row(page, clip)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("u")
    says(page, "Undone")
    expect(under["Being made"].locator(f"#row-{clip}")).to_contain_text("Ready")
    page.keyboard.press("h")
    says(page, "On hold")
    expect(under["On hold"].locator(f"#row-{clip}")).to_be_visible()


def test_a_failure_says_stage_reason_and_cure(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(0).model_copy(update={"title": BROKEN}))
    page = enter(path=f"/clip/{clip}")
    expect(page.locator(".making")).to_contain_text("Script failed")
    expect(page.locator(".making .note")).to_contain_text("The topic has no sentence that could be said.")
    expect(page.locator(".making .note")).to_contain_text("Write a few sentences about it.")
    page.keyboard.press("e")
    page.wait_for_url(f"**/clip/{clip}/edit")
    page.get_by_label("Line 1", exact=True).fill("Then I say it myself.")
    page.locator(".make-again").click()
    page.wait_for_url(f"**/clip/{clip}?edited=2")
    expect(page.locator(".transcript")).to_contain_text("Then I say it myself.")


def test_a_waiting_clip_says_what_it_waits_for(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(9).model_copy(update={"language": "hi"}))
    page = enter(path=f"/clip/{clip}")
    expect(page.locator(".making .note")).to_contain_text("run.py pull kokoro")


class TestWhoMayWhat:
    def test_a_viewer_watches_and_decides_nothing(self, enter: Enter, small: SmallStudio) -> None:
        clip = small.ready_clip(11)
        page = enter("vera", f"/clip/{clip}")
        watch(page)
        expect(page.locator(".bar")).to_contain_text("a reviewer decides")
        expect(page.locator(".bar button")).to_have_count(0)
        for key in "archux":
            page.keyboard.press(key)
        page.evaluate("emitEvent('desk', 'approve')")
        page.wait_for_timeout(300)
        with small.studio.reading() as db:
            assert decisions_of(db, clip) == []

    def test_a_role_taken_away_counts_on_open_pages_too(self, enter: Enter, small: SmallStudio) -> None:
        small.user("rob")
        clip = small.ready_clip(2)
        page = enter("rob", f"/clip/{clip}")
        watch(page)
        small.writer.do(lambda db: set_role(db, "rob", "viewer"))
        page.evaluate("emitEvent('desk', 'approve')")
        page.wait_for_timeout(300)
        with small.studio.reading() as db:
            assert decisions_of(db, clip) == []

    def test_an_open_page_closes_when_its_session_ends(self, enter: Enter, small: SmallStudio) -> None:
        small.user("sam")
        page = enter("sam")
        small.writer.do(lambda db: close_sessions(db, "sam"))
        page.wait_for_url("**/login*")

    def test_a_password_is_set_at_the_desk(self, enter: Enter, small: SmallStudio, address: str) -> None:
        small.user("kim")
        page = enter("kim")
        page.get_by_role("button", name="Your account").click()
        page.get_by_label("New password").fill("short")
        page.get_by_role("button", name="Set password").click()
        says(page, "Use at least 10")
        page.get_by_label("New password").fill("a new long password")
        page.get_by_role("button", name="Set password").click()
        says(page, "Password set")
        page.get_by_role("button", name="Your account").click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/login")
        page.get_by_label("Name").fill("kim")
        page.get_by_label("Password").fill("a new long password")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{address}/")


def test_words_from_outside_are_never_markup(enter: Enter, small: SmallStudio) -> None:
    bomb = "<img src=x onerror=\"document.title='owned'\"> ${1+1} {{7*7}} `x` </script><script>document.title='owned'</script>"
    about = topic(0).model_copy(update={"title": bomb, "text": f"{bomb}. Plain words follow it."})
    clip = small.clip(about)
    page = enter(path=f"/clip/{clip}")
    expect(page.get_by_role("heading", level=2)).to_have_text(bomb)
    expect(page.locator("#source")).to_contain_text("<img src=x")
    page.goto(page.url + "/edit")
    expect(page.get_by_role("heading", level=1)).to_have_text(bomb)
    assert page.locator("img[src=x]").count() == 0
    assert "owned" not in page.title()


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1440, 1920])
def test_nothing_runs_over_sideways(enter: Enter, small: SmallStudio, width: int) -> None:
    clip = small.ready_clip(8, ("16:9", "9:16"))
    page = enter(path=f"/clip/{clip}", width=width, height=800)
    for path in (f"/clip/{clip}", "/", f"/clip/{clip}/edit", "/exports", "/login"):
        page.goto(re.sub(r"(//[^/]+).*", rf"\1{path}", page.url))
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        wide = page.evaluate(
            "w => [...document.querySelectorAll('button, input, textarea, h1, h2, p')].filter(e => e.offsetParent && "
            "!e.closest('.unseen') && (e.getBoundingClientRect().right > w + 1 || e.getBoundingClientRect().left < -1)).map(e => e.outerHTML.slice(0, 90))",
            width,
        )
        assert wide == [], path


def test_on_a_phone_the_list_and_the_clip_take_turns(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(6)
    page = enter(width=390, height=844)
    expect(page.locator(".pane-stage")).to_be_hidden()
    page.locator(f"#row-{clip}").click()
    expect(page.locator(".pane-stage")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_be_in_viewport()
    expect(page.locator(".clip-list")).to_be_hidden()
    page.get_by_role("button", name="Back to the queue").click()
    expect(page.locator(".clip-list")).to_be_visible()


def test_light_and_dark_are_chosen_once(enter: Enter) -> None:
    page = enter()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("document.documentElement.lang") == "en-US"


def test_clips_are_found_by_title_and_flag(enter: Enter, small: SmallStudio) -> None:
    small.ready_clip(3, unsupported=True)
    page = enter()
    everything = len(order_on_screen(page))
    page.keyboard.press("/")
    page.keyboard.type("lisbon")
    expect(page.locator(".clip-row").first).to_contain_text("Lisbon")
    found = len(order_on_screen(page))
    assert 0 < found < everything
    page.keyboard.press("Escape")
    assert len(order_on_screen(page)) == everything
    page.get_by_role("button", name="Flagged").click()
    assert 0 < len(order_on_screen(page)) < everything


def test_an_unknown_clip_says_so(enter: Enter) -> None:
    for path in ("/clip/no-such-clip", "/clip/no-such-clip/edit"):
        expect(enter(path=path).get_by_text("There is no such clip.")).to_be_visible()
