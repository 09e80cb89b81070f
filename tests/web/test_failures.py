"""A clip that failed shows the stage, the reason in plain words, the log, and what may be done about it."""

from __future__ import annotations

import re
from functools import partial

from playwright.sync_api import expect

from storage.clips import cancel_clip
from storage.history import revisions_of
from tests.support.browser import Enter, says
from tests.support.engines import BROKEN, CRASHING
from tests.support.studio import SmallStudio
from tests.support.topics import topic


def failed(small: SmallStudio, title: str) -> str:
    return small.clip(topic(5).model_copy(update={"title": title}))


def test_the_stage_the_reason_the_cure_and_what_to_do(enter: Enter, small: SmallStudio) -> None:
    page = enter(path=f"/clip/{failed(small, BROKEN)}")
    stage = page.locator(".making")
    expect(stage.locator(".making-screen")).to_contain_text("Script failed")
    expect(stage.locator(".making-screen")).to_contain_text("with Extractive writer")
    expect(stage.locator(".note")).to_contain_text("The topic has no sentence that could be said.")
    expect(stage.locator(".note")).to_contain_text("Write a few sentences about it.")
    expect(stage.locator(".stage-row.failed")).to_contain_text("Script")
    expect(stage.locator(".log")).to_have_count(0)
    for name in ("Try again", "Edit", "Discard"):
        expect(page.locator(".bar").get_by_role("button", name=name)).to_be_visible()


def test_the_log_and_another_engine(enter: Enter, small: SmallStudio) -> None:
    clip = failed(small, CRASHING)
    page = enter(path=f"/clip/{clip}")
    expect(page.locator(".making .note")).to_contain_text("The engine broke on this in a way that nobody foresaw.")
    page.locator(".log summary").click()
    expect(page.locator(".log pre")).to_contain_text("ValueError: there is no sentence number 7")
    page.get_by_role("button", name="Try Patient writer").click()
    says(page, "Trying Patient writer")
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 2")
    assert {n.engine for n in small.detail(clip).nodes if n.stage == "script"} == {"retelling"}
    with small.studio.reading() as db:
        assert [r.note for r in revisions_of(db, clip)] == ["", "Tried with Patient writer"]


def test_who_only_watches_is_offered_no_cure(enter: Enter, small: SmallStudio) -> None:
    page = enter("vera", path=f"/clip/{failed(small, BROKEN)}")
    expect(page.locator(".cures")).to_have_count(0)


def took(small: SmallStudio, seconds: float) -> None:
    """The test's figure is drawn in no time at all: say how long it took."""
    small.writer.do(
        lambda db: db.execute("UPDATE work SET seconds = ? WHERE engine = 'figure' AND state = 'done'", [seconds])
    )


def test_what_is_being_made_says_how_much_longer_it_takes(enter: Enter, small: SmallStudio) -> None:
    small.ready_clip(5)  # so that every engine ran before
    took(small, 40)
    clip = small.order(topic(5).model_copy(update={"title": "Still being made"}))
    small.production.paused[clip] = []
    small.production.make_some(clip, ("script", "scene", "line"))
    try:
        page = enter(path=f"/clip/{clip}")
        expect(page.locator(".making-screen")).to_contain_text(re.compile(r"about 4\d s left"))
    finally:
        took(small, 0)
        del small.production.paused[clip]
        small.writer.do(partial(cancel_clip, clip_id=clip))
