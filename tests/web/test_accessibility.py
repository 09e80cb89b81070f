"""Nobody is shut out: axe-core finds nothing serious on any page, light or dark, wide or narrow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page

from review.decide import decide
from storage.catalogue import put_show, record_topics
from storage.orders import ShowSpec
from storage.people import create_login_link
from storage.trash import discard_clip
from tests.support.agreeing import carmen, gone
from tests.support.browser import Enter
from tests.support.found import GAZETTE, SILENT, report
from tests.support.house import killer
from tests.support.studio import SmallStudio
from tests.support.told import told_of
from web.login import link_address

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
GRAVE = ("serious", "critical")
SHOW = ShowSpec(slug="tide", name="Tide Tables", languages=("en", "es"), sources=(GAZETTE, SILENT))


def faults(page: Page) -> list[str]:
    """What axe-core finds grave: rule, what it means, and where."""
    page.add_style_tag(content="*, ::before, ::after { transition: none !important; animation: none !important; }")
    found = axe.Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {fault['help']}: {node['html'][:160]}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


@pytest.fixture(scope="module")
def addresses(small: SmallStudio) -> Iterator[list[str]]:
    small.writer.do(partial(put_show, show=SHOW))
    small.writer.do(partial(record_topics, report=report("tide")))
    killer(small)
    told_of(small)
    rejected = small.ready_clip(6)
    small.writer.do(
        partial(decide, clip_id=rejected, kind="reject", user="bo", played={}, seen=None, reason="Duplicate")
    )
    small.writer.do(partial(discard_clip, clip_id=rejected, user="bo"))
    agreed = carmen(small)
    clip = small.ready_clip(3, unsupported=True)
    yield [
        "/", f"/clip/{clip}", f"/clip/{clip}/edit", f"/clip/{small.two_takes()}/compare", "/trash", "/new", "/new?mode=guided", "/topics?show=tide", "/shows", "/shows/tide",
        "/presenters", "/presenters/add", "/presenters/carmen", "/exports", "/system", "/people", "/webhooks",
    ]  # fmt: skip
    gone(small, agreed)


@pytest.mark.parametrize(("theme", "width"), [("dark", 1440), ("light", 1440), ("light", 390)])
def test_no_page_has_a_serious_fault(
    browser: Browser, address: str, small: SmallStudio, addresses: list[str], theme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/login")
    found = {"/login": faults(page)}
    page.goto(address + link_address(small.writer.do(partial(create_login_link, name="ada"))))
    for path in addresses:
        page.goto(address + path)
        page.wait_for_function("window.did_handshake === true")
        page.wait_for_timeout(200)
        found[path] = faults(page)
    context.close()
    assert {path: told for path, told in found.items() if told} == {}


def test_nor_has_the_list_while_several_are_chosen(enter: Enter) -> None:
    page = enter("ada")
    for name in ("Narrow and sort", "Choose several", "All shown"):
        page.get_by_role("button", name=name).click()
    assert faults(page) == []
    page.locator(".q-batch").get_by_role("button", name="Approve").click()
    page.wait_for_selector(".oc")
    page.wait_for_timeout(400)
    assert faults(page) == []


def test_what_is_wrong_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<html lang="en"><title>x</title><main><h1>x</h1><img src="x.png"><p style="color:#ccc">pale</p></main></html>'
    )
    assert {fault.partition(":")[0] for fault in faults(page)} == {"color-contrast", "image-alt"}
    page.close()


def test_nor_has_a_sheet(enter: Enter) -> None:
    page = enter("ada", "/people")
    for name in ("Add somebody", "New token"):
        page.get_by_role("button", name=name).click()
        page.wait_for_selector(".sheet")
        page.wait_for_timeout(400)
        assert faults(page) == []
        page.keyboard.press("Escape")
        page.wait_for_selector(".sheet", state="detached")
    page.evaluate("emitEvent('desk', 'help')")
    page.wait_for_selector(".sheet")
    page.wait_for_timeout(400)
    assert faults(page) == []
