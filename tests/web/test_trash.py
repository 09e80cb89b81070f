"""Discarding at the desk, and the way back."""

from __future__ import annotations

from functools import partial

from playwright.sync_api import expect

from review.decide import decide
from storage.queries import clip_row
from storage.trash import discard_clip
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio
from tests.support.topics import topic


def rejected(small: SmallStudio, title: str) -> str:
    clip = small.clip(topic(3).model_copy(update={"title": title}))
    small.writer.do(partial(decide, clip_id=clip, kind="reject", user="bo", played={}, seen=None, reason="Duplicate"))
    return clip


def test_a_rejected_clip_is_discarded_by_key_and_brought_back(enter: Enter, small: SmallStudio) -> None:
    clip, waiting = rejected(small, "Nobody wants me"), small.ready_clip(2)
    page = enter(path=f"/clip/{waiting}")
    page.keyboard.press("Delete")
    page.locator(f"#row-{clip}").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Nobody wants me")
    page.keyboard.press("Delete")
    says(page, "In the trash")
    expect(page.locator(f"#row-{clip}")).to_have_count(0)
    expect(page.locator(f"#row-{waiting}")).to_be_visible()
    expect(page.locator('.clip-row[aria-selected="true"]')).to_have_count(1)
    page.get_by_role("button", name="Undo").last.click()
    says(page, "Restored")
    expect(page.locator(f"#row-{clip}")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Discard").click()
    says(page, "In the trash")

    page.goto(page.url.split("/clip/")[0] + "/trash")
    line = page.get_by_role("row", name="Nobody wants me")
    expect(line).to_contain_text("Rejected")
    expect(line).to_contain_text("ana")
    expect(page.get_by_text("Emptied by itself after 30 days.")).to_be_visible()
    expect(page.get_by_role("button", name="Empty the trash")).to_have_count(0)
    line.get_by_role("button", name="Restore").click()
    says(page, "Restored")
    expect(page.get_by_role("row", name="Nobody wants me")).to_have_count(0)
    with small.studio.reading() as db:
        assert not clip_row(db, clip).trashed


def test_an_admin_empties_it_and_is_told_what_that_frees(enter: Enter, small: SmallStudio) -> None:
    clip = rejected(small, "Gone for good")
    small.writer.do(partial(discard_clip, clip_id=clip, user="ana"))
    video = small.detail(clip).cuts["16:9"].video.sha256
    page = enter("ada", f"/clip/{clip}")
    expect(page.locator(".bar").get_by_role("button", name="Restore")).to_be_visible()
    expect(page.locator(".bar").get_by_role("button", name="Approve")).to_have_count(0)
    page.goto(page.url.split("/clip/")[0] + "/trash")
    page.get_by_role("button", name="Empty the trash").click()
    expect(page.get_by_role("dialog")).to_contain_text("kB of files")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    says(page, "freed")
    expect(page.get_by_text("The trash is empty.")).to_be_visible()
    assert not small.artifacts.holds(video)
