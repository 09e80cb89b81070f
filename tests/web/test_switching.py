"""A line in another language, at the desk: marked where it is edited, named where it is seen, and spoken by itself."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browser import Enter
from tests.support.studio import SmallStudio
from tests.support.topics import topic


def test_a_mark_before_a_line_has_it_spoken_in_that_language_and_no_other_line_again(
    enter: Enter, small: SmallStudio
) -> None:
    clip = small.clip(topic(5).model_copy(update={"title": "A battery that speaks Spanish"}))
    page = enter(path=f"/clip/{clip}/edit")
    expect(page.locator(".eline .tongue")).to_have_count(0)
    page.get_by_label("Line 2", exact=True).fill("[es] La batería respira.")
    expect(page.locator(".eline .tongue")).to_have_text("Español")
    expect(page.get_by_label("Line 2", exact=True)).to_have_attribute("lang", "es")
    expect(page.locator(".pstage", has_text="Voice")).to_contain_text("line 2")
    page.get_by_label("Line 3", exact=True).fill("[applause] All of them.")
    expect(page.locator(".eline .tongue")).to_have_count(1)
    page.get_by_role("button", name="As it was").last.click()
    page.locator(".make-again").click()
    page.wait_for_url(f"**/clip/{clip}?edited=2")
    line = page.locator(".transcript .line").nth(1)
    expect(line.locator(".tongue")).to_have_text("Español")
    expect(line).to_contain_text("La batería respira.")
    expect(line.locator("p")).to_have_attribute("lang", "es")
    expect(page.locator(".transcript .tongue")).to_have_count(1)
    spoken = small.script(clip).lines[1]
    assert (spoken.text, spoken.language) == ("La batería respira.", "es")
    page.goto(page.url.split("?")[0] + "/edit")
    expect(page.get_by_label("Line 2", exact=True)).to_have_value("[es] La batería respira.")
