"""A reviewer asks for changes, and the writer hears of it."""

from __future__ import annotations

from playwright.sync_api import expect

from storage.history import revisions_of
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.web.conftest import Bearer


def test_what_is_asked_for_is_what_the_writer_is_told(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(2).model_copy(update={"title": "Too long for its own good"}))
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("c")
    page.get_by_label("Note").fill("Two facts <b>are</b> enough")
    page.keyboard.press("Tab")
    page.get_by_role("dialog").get_by_role("button", name="Shorter").click()
    says(page, "Changes asked for")
    page.locator(f"#row-{clip}").click()
    expect(page.locator("#asked")).to_contain_text("ana asks for changes")
    page.keyboard.press("g")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Shorter. Two facts <b>are</b> enough")
    expect(dialog.locator(".pstage", has_text="Script")).to_contain_text("written anew")
    dialog.get_by_role("button", name="Write it again").click()
    expect(page.locator("#asked")).to_contain_text("The writer was told")
    expect(page.locator("#asked")).to_contain_text("Shorter. Two facts <b>are</b> enough")
    expect(page.locator("#history")).to_contain_text("Written again: Shorter.")
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 2")
    assert len(small.script(clip).lines) == 3

    page.get_by_role("button", name="Undo").click()
    says(page, "as it was before")
    expect(page.locator("#asked")).to_have_count(0)


def test_asked_for_and_written_at_once(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(4).model_copy(update={"title": "Write me again at once"}))
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("c")
    page.get_by_role("radio", name="Write it again at once").check()
    page.get_by_role("dialog").get_by_role("button", name="Shorter").click()
    says(page, "The writer is told")
    with small.studio.reading() as db:
        assert [r.note for r in revisions_of(db, clip)] == ["", "Written again: Shorter"]


def test_lines_edited_by_hand_carry_what_was_asked(enter: Enter, small: SmallStudio) -> None:
    clip = small.clip(topic(6).model_copy(update={"title": "Mended by hand"}))
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("c")
    page.get_by_role("dialog").get_by_role("button", name="Simpler words").click()
    says(page, "Changes asked for")
    page.goto(page.url.split("/clip/")[0] + f"/clip/{clip}/edit")
    expect(page.locator("#asked")).to_contain_text("Simpler words")
    page.get_by_label("Line 1", exact=True).fill("Hello.")
    page.locator(".make-again:not([disabled])").click()
    page.wait_for_url(f"**/clip/{clip}?edited=2")
    expect(page.locator("#asked")).to_contain_text("A reviewer had asked")
    assert small.detail(clip).brief.options.guidance == "Simpler words"


def test_a_program_asks_for_changes_and_has_them_made(bearer: Bearer, small: SmallStudio) -> None:
    clip = small.clip(topic(8).model_copy(update={"title": "Asked by a program"}))
    api = bearer("read", "review", user="ana")
    wish = {"kind": "request_changes", "reason": "Shorter", "note": "please"}
    asked = api.post(f"/api/v1/clips/{clip}/decisions", json=wish)
    assert asked.status_code == 201
    again = api.post(f"/api/v1/clips/{clip}/rewrite")
    assert (again.status_code, again.json()["revision"], again.json()["guidance"]) == (202, 2, "Shorter. please")
    assert api.post(f"/api/v1/clips/{clip}/rewrite").status_code == 409

    other = small.clip(topic(9).model_copy(update={"title": "Both at once"}))
    api.post(f"/api/v1/clips/{other}/decisions", json={**wish, "again": True})
    assert api.get(f"/api/v1/clips/{other}").json()["revision"] == 2
