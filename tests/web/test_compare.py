"""Two takes of a clip side by side, in a real browser."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from storage.clips import revise_clip
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio
from tests.support.topics import topic
from tests.web.conftest import Login


def test_two_takes_play_in_step_and_tell_what_changed(enter: Enter, small: SmallStudio) -> None:
    clip = small.two_takes(5, "Rust and back")
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("d")
    page.wait_for_url(f"**/clip/{clip}/compare")
    expect(page.locator(".cmp-script ins").filter(has_text="Honestly,")).to_have_count(1)
    expect(page.locator(".cmp-script tr").last.locator("td").last).to_have_class("none")
    expect(page.locator(".cmp-title")).to_contain_text("Rust and back, again")
    page.wait_for_function("[...document.querySelectorAll('.cmp video')].every((v) => v.readyState >= 2)")
    assert page.evaluate("[...document.querySelectorAll('.cmp video')].map((v) => v.muted)") == [False, True]
    page.keyboard.press("Space")
    page.wait_for_function("[...document.querySelectorAll('.cmp video')].every((v) => v.currentTime > 0.5)")
    page.keyboard.press("v")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Hear B")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    first, second = page.evaluate("[...document.querySelectorAll('.cmp video')].map((v) => v.currentTime)")
    assert abs(first - second) < 0.01
    assert page.evaluate("[...document.querySelectorAll('.cmp video')].every((v) => v.paused)")
    page.get_by_label("A", exact=True).select_option("2")
    page.wait_for_url("**/compare?a=2&b=2")
    expect(page.locator(".cmp-script del, .cmp-script ins")).to_have_count(0)


def test_one_take_has_nothing_to_be_compared_with(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(7)
    page = enter(path=f"/clip/{clip}")
    page.keyboard.press("d")
    says(page, "only one take")
    base = page.url.split("/clip/")[0]
    page.goto(f"{base}/clip/{clip}/compare")
    expect(page.get_by_text("There is only one take.")).to_be_visible()
    page.goto(f"{base}/clip/{small.two_takes(5, 'Rusty')}/compare?a=7&b=9")
    expect(page.get_by_text("There is no such clip or take.")).to_be_visible()


def test_an_earlier_takes_video_is_its_clips_and_no_other_clips(small: SmallStudio, login: Login) -> None:
    clip = small.clip(topic(5).model_copy(update={"title": "Whose video"}))
    video = small.detail(clip).cuts["16:9"].video.sha256
    brief = small.detail(clip).brief
    shorter = brief.model_copy(update={"options": brief.options.model_copy(update={"guidance": "Shorter"})})
    small.writer.do(lambda db: revise_clip(db, clip, shorter, "bo", 1))
    small.production.make(clip)
    assert small.detail(clip).cuts["16:9"].video.sha256 != video
    client: httpx.Client = login("vera")
    assert client.get(f"/media/{clip}/{video}").status_code == 200
    assert client.get(f"/media/{small.ready_clip(9)}/{video}").status_code == 404
