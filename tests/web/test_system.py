"""The system page: who does what, what waits, what was set aside, and how full the disk is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from playwright.sync_api import expect

from scraper.recording import record_sources
from storage.catalogue import put_show
from tests.support.browser import Enter, says
from tests.support.found import GAZETTE, SILENT, WIRE, report
from tests.support.house import at_work, killer
from tests.support.studio import SmallStudio
from tests.support.topics import SHOWS


@pytest.fixture
def clips(small: SmallStudio) -> Iterator[tuple[str, str]]:
    clips = at_work(small)
    yield clips
    small.production.staff = []
    for clip in clips:
        small.production.paused.pop(clip, None)
        small.writer.do(
            lambda db, clip=clip: db.execute(
                "UPDATE clips SET cancelled_at = 'now', settled = revision WHERE id = ?", [clip]
            )
        )  # type: ignore[misc]
    small.writer.do(
        lambda db: db.execute("UPDATE work SET state = 'cancelled' WHERE state IN ('running', 'set_aside')")
    )


def test_it_shows_the_house_at_work(enter: Enter, clips: tuple[str, str]) -> None:
    page = enter(path="/system")
    first = page.locator(".wk").first
    expect(first).to_contain_text("gpu-1")
    expect(first.locator(f'a[href="/clip/{clips[0]}"]')).to_be_visible()
    expect(first).to_contain_text("Line joiner, Drawn presenter")
    expect(page.locator(".wk", has_text="cpu-3")).to_contain_text("Waiting for work")
    expect(page.locator("section[aria-label=Workers]")).to_contain_text("2 busy, 1 idle")
    expect(page.locator("section[aria-label=Queues]")).to_contain_text("Line joiner")
    expect(page.locator("section[aria-label=Disk]")).to_contain_text("Made files")
    assert page.locator("section[aria-label=Doctor]").count() == 0


def test_work_that_killed_its_workers_is_tried_again_or_discarded(
    enter: Enter, small: SmallStudio, clips: tuple[str, str]
) -> None:
    page = enter(path="/system")
    job = page.locator(".aside", has_text="killed")
    expect(job).to_contain_text("killed 3 workers")
    expect(job).to_contain_text("out of memory")
    job.get_by_role("button", name="Discard").click()
    says(page, "Discarded")
    expect(job).to_have_count(0)
    assert small.detail(clips[1]).row.production == "failed"


def test_a_second_chance_goes_to_the_clip(enter: Enter, small: SmallStudio) -> None:
    clip = killer(small)
    page = enter(path="/system")
    page.get_by_role("button", name="Try again").first.click()
    says(page, "Trying again")
    page.goto(page.url.replace("/system", f"/clip/{clip}"))
    expect(page.locator("video")).to_be_visible()


def test_the_day_ahead_and_how_every_source_does(enter: Enter, small: SmallStudio) -> None:
    show = SHOWS["en"].model_copy(update={"sources": (GAZETTE, WIRE, SILENT)})
    small.writer.do(partial(put_show, show=show))
    small.writer.do(partial(record_sources, report=report(), moment=datetime.now(UTC)))
    page = enter(path="/system")
    ahead = page.get_by_role("region", name="Next 24 hours")
    expect(ahead.locator(".ahead-row", has_text=show.name)).to_contain_text("runs")
    assert ahead.locator(".ahead-line i").count() >= 23
    sources = page.get_by_role("region", name="Sources")
    expect(sources).to_contain_text("3 sources")
    expect(sources).to_contain_text("1 source failing")
    expect(sources.locator("small.t-coral", has_text="Silent").first).to_be_visible()
    small.writer.do(partial(put_show, show=SHOWS["en"]))


def test_an_admin_has_the_machine_examined(enter: Enter) -> None:
    page = enter("ada", "/system")
    page.get_by_role("button", name="Examine this machine").click()
    found = page.get_by_role("region", name="Doctor")
    expect(found).to_contain_text("A clip that is ordered now is made with")
    expect(found.locator(".dr", has_text="Ollama").locator("code")).to_have_text("ollama serve")
    expect(found.locator(".dr", has_text="stub-script")).to_contain_text("in order")


def test_an_empty_house_says_how_to_staff_it(enter: Enter) -> None:
    page = enter("vera", "/system")
    expect(page.get_by_text("Nobody works here.")).to_be_visible()
    expect(page.get_by_text("run.py up")).to_be_visible()
