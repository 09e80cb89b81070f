"""Two reviewers at two desks, where a show wants two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import expect

from storage.catalogue import put_show
from storage.catalogue import show as find_show
from tests.support.browser import Enter, says
from tests.support.studio import SmallStudio
from tests.support.topics import SHOWS
from tests.web.conftest import Bearer
from tests.web.test_desk import watch


@pytest.fixture
def strict(small: SmallStudio) -> Iterator[None]:
    small.writer.do(partial(put_show, show=SHOWS["en"].model_copy(update={"review": "two"})))
    yield
    small.writer.do(partial(put_show, show=SHOWS["en"]))


@pytest.mark.usefixtures("strict")
def test_the_first_approval_waits_for_the_second(enter: Enter, small: SmallStudio, bearer: Bearer) -> None:
    clip = small.ready_clip(0)
    first = enter("ana", f"/clip/{clip}")
    expect(first.locator("#policy")).to_contain_text("two different reviewers")
    watch(first)
    first.keyboard.press("a")
    says(first, "one more reviewer has to")
    expect(first.locator(f"#row-{clip}")).to_contain_text("1 of 2")
    first.locator(f"#row-{clip}").click()
    expect(first.locator("#policy")).to_contain_text("You approved it")
    expect(first.locator(".bar").get_by_role("button", name="Approve")).to_have_count(0)
    told = bearer("read").get(f"/api/v1/clips/{clip}").json()
    assert (told["review"], told["review_policy"], told["decision"]["kind"]) == ("endorsed", "two", "endorse")

    second = enter("bo", f"/clip/{clip}")
    expect(second.locator("#policy")).to_contain_text("ana approved it")
    watch(second)
    second.keyboard.press("a")
    says(second, "Approved “")
    assert small.detail(clip).row.review == "approved"


def test_an_admin_chooses_the_policy_on_the_shows_page(enter: Enter, small: SmallStudio) -> None:
    slug = SHOWS["en"].slug
    page = enter("ada", f"/shows/{slug}")
    expect(page.locator(".pair", has_text="Approved by")).to_contain_text("one reviewer")
    page.get_by_role("button", name="Change").click()
    page.get_by_label("Approved by").select_option(label="A reviewer who is not the author")
    page.get_by_role("button", name="Save").click()
    says(page, "Saved")
    expect(page.locator(".pair", has_text="Approved by")).to_contain_text("not the author")
    with small.studio.reading() as db:
        assert find_show(db, slug).review == "other"
    small.writer.do(partial(put_show, show=SHOWS["en"]))
