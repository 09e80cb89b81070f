"""Between a phone and a wide screen nothing that can be done is hidden, and no word is cut off its button."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from review.decide import decide
from tests.support.browser import Enter
from tests.support.studio import SmallStudio
from tests.support.topics import topic

pytestmark = pytest.mark.proof

CUT_OFF = """() => [...document.querySelectorAll('.bar .btn, .page-head .btn, .phone-cta .btn, .q-h .btn')]
  .filter((b) => b.offsetParent && b.scrollWidth > b.clientWidth + 1).map((b) => b.innerText || b.ariaLabel)"""


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("width", [360, 390, 768, 900, 1000, 1080])
def test_the_list_can_be_searched_narrowed_and_picked_from(enter: Enter, small: SmallStudio, width: int) -> None:
    small.ready_clip(5)
    page = enter(width=width, height=900)
    for name in ("Choose several", "Narrow and sort", "Find by title"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    page.get_by_role("button", name="Find by title").click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.get_by_role("button", name="Narrow and sort").click()
    expect(page.get_by_role("combobox", name="Sort")).to_be_visible()
    fits(page, width)


@pytest.mark.parametrize("width", [360, 390, 768, 900, 1000, 1080])
def test_every_decision_is_at_hand(enter: Enter, small: SmallStudio, width: int) -> None:
    clip = small.clip(topic(7).model_copy(update={"title": f"Changes at {width} pixels"}))
    small.writer.do(
        partial(
            decide, clip_id=clip, kind="request_changes", user="bo", played={}, seen=None, reason="Shorter", note=""
        )
    )
    page = enter(path=f"/clip/{clip}", width=width, height=900)
    bar = page.locator(".bar")
    for name in ("Approve", "Reject", "Hold", "Edit", "Undo", "Write again"):
        expect(bar.get_by_role("button", name=name)).to_be_visible()
    fits(page, width)


@pytest.mark.parametrize("width", [360, 768, 1000])
def test_edit_page_and_form_fit(enter: Enter, small: SmallStudio, width: int) -> None:
    page = enter(path=f"/clip/{small.ready_clip(5)}/edit", width=width, height=900)
    page.locator(".remake-row").last.wait_for()
    fits(page, width)
    page.goto(page.url.split("/clip/")[0] + "/new")
    page.locator(".step").last.wait_for()
    fits(page, width)
