"""Pictures of every page of the desk: python -m tests.support.screenshots OUT

Each page at 1440 and 390 px, light and dark, of a studio with clips in every state and four languages.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page

from review.decide import decide
from scraper.recording import record_sources
from storage.catalogue import put_presenter, put_show, record_topics
from storage.orders import PresenterSpec
from storage.people import create_login_link
from storage.tokens import create_token
from storage.trash import discard_clip
from tests.support import engines
from tests.support.agreeing import carmen
from tests.support.browser import browsing
from tests.support.found import GAZETTE, SILENT, WIRE, report
from tests.support.house import at_work
from tests.support.server import serving
from tests.support.studio import SmallStudio
from tests.support.told import told_of
from tests.support.topics import SHOWS, topic
from web.app import create_app
from web.login import link_address
from web.studio import Progress

SIZES = ((1440, 900), (390, 844))
THEMES = ("dark", "light")
Shot = Callable[[Page, str], None]


def full_studio(root: Path) -> tuple[SmallStudio, dict[str, str]]:
    """A studio in the middle of its day. Returns it, and the ids of the clips that the pictures open."""
    engines.HEIGHT = 360
    small = SmallStudio(root)
    small.user("ana", "admin")
    small.user("bo")
    clips = {}
    for number in (3, 2, 1, 9, 10, 8, 7, 6, 4):
        clips[f"ready{number}"] = small.ready_clip(number, unsupported=number in (3, 10))
    clips["limited"] = small.clip(topic(5), voice="cloned-voice")
    clips["fallback"] = small.clip(topic(11), voice="studio-voice")
    clips["main"] = small.clip(topic(0, unsupported=True), ("16:9", "9:16"), voice="studio-voice")
    clips["failed"] = small.clip(topic(1).model_copy(update={"title": engines.BROKEN}))
    clips["waiting"] = small.order(
        topic(9).model_copy(update={"language": "fr", "title": "Comment les oiseaux apprennent à chanter"})
    )
    small.production.make(clips["waiting"])
    for number, stages in ((12, ("script", "scene", "line")), (13, ("script",))):
        clip = clips[f"making{number}"] = small.order(
            topic(number).model_copy(update={"text": f"News {number}. " + topic(number).text})
        )
        small.production.make_some(clip, stages)
        node = next((n.node for n in small.detail(clip).nodes if n.state == "running"), "")
        small.production.paused[clip] = [Progress(node, node.partition(".")[0], "speaking", 0.4, "speaking line 2")]
    for kind, number in (("reject", 14), ("hold", 15), ("request_changes", 16)):
        clip = small.ready_clip(number)
        small.writer.do(
            partial(decide, clip_id=clip, kind=kind, user="bo", played={}, seen=None, reason="Duplicate", note="")
        )
        clips["asked" if kind == "request_changes" else kind] = clip
    for number in (21, 22):
        clip = small.ready_clip(number)
        small.writer.do(
            partial(decide, clip_id=clip, kind="reject", user="bo", played={}, seen=None, reason="Duplicate", note="")
        )
        small.writer.do(partial(discard_clip, clip_id=clip, user="bo"))
    clips["twice"] = small.two_takes(23)
    for number in (17, 18):
        clips[f"approved{number}"] = small.ready_clip(number)
        small.approve(clips[f"approved{number}"], "bo")
    exporter = small.exporter()
    for number in (19, 20):
        clip = clips[f"exported{number}"] = small.ready_clip(number)
        small.approve(clip, "ana")
        with small.studio.reading() as db:
            exporter.export(db, clip, "ana")
    for name in ("theo", "noor", "omar", "mei", "arjun", "ingrid"):
        seen = PresenterSpec(slug=name, name=name.title(), role="The Morning Desk", look={"name": name})
        small.writer.do(partial(put_presenter, presenter=seen))
    small.writer.do(partial(put_show, show=SHOWS["en"].model_copy(update={"sources": (GAZETTE, WIRE, SILENT)})))
    small.writer.do(partial(record_topics, report=report()))
    small.writer.do(partial(record_sources, report=report(), moment=datetime.now(UTC)))
    small.writer.do(partial(create_token, name="Podcast feed", user="ana", scopes=("read", "export")))
    clips["carmen"] = carmen(small)
    told_of(small)
    at_work(small)
    return small, clips


def take_all(browser: Browser, address: str, small: SmallStudio, clips: dict[str, str], out: Path) -> None:
    for width, height in SIZES:
        for theme in THEMES:
            phone = width < 500
            context = browser.new_context(
                viewport={"width": width, "height": height}, device_scale_factor=2 if phone else 1, color_scheme=theme,  # type: ignore[arg-type]
                has_touch=phone, is_mobile=phone,
            )  # fmt: skip
            page = context.new_page()

            def save(name: str, page: Page = page, end: str = f"{width}-{theme}") -> None:
                page.wait_for_timeout(250)
                page.screenshot(path=out / f"{name}-{end}.png")
                print(f"{name}-{end}", flush=True)

            page.goto(f"{address}/login")
            save("login")
            secret = small.writer.do(partial(create_login_link, name="ana"))
            page.goto(address + link_address(secret))
            page.wait_for_selector(".clip-row")
            save("inbox")
            for name in (
                "main",
                "ready1",
                "ready4",
                "ready7",
                "limited",
                "fallback",
                "failed",
                "waiting",
                "making12",
                "approved17",
                "exported19",
                "carmen",
            ):
                page.goto(f"{address}/clip/{clips[name]}")
                page.wait_for_selector(".stage-title")
                if page.locator("video").count():
                    page.wait_for_function("document.querySelector('video')?.readyState >= 2")
                    page.evaluate(
                        "dailies.player.seek(dailies.player.cut.lines[Math.min(3, dailies.player.cut.lines.length - 1)].start + 0.9)"
                    )
                save(f"clip-{name}")
                if name == "main":
                    _dialogs(page, save)
            _rewrite(page, f"{address}/clip/{clips['asked']}", save)
            page.goto(f"{address}/clip/{clips['twice']}/compare")
            page.wait_for_function("[...document.querySelectorAll('.cmp video')].every((v) => v.readyState >= 2)")
            page.evaluate("dailies.player.seek(4)")
            save("compare")
            page.goto(f"{address}/clip/{clips['ready8']}/edit")
            _edit(page, save)
            for path in (
                "exports",
                "topics",
                "shows",
                "shows/morning-desk",
                "presenters",
                "presenters/add",
                "presenters/carmen",
                "system",
                "people",
                "webhooks",
                "trash",
            ):
                page.goto(f"{address}/{path}")
                page.wait_for_load_state("networkidle")
                save(path.replace("/", "-"))
                if path == "system":
                    page.get_by_role("button", name="Examine this machine").click()
                    page.locator(".dr").last.scroll_into_view_if_needed()
                    save("system-doctor")
            _batch(page, address, save)
            page.goto(f"{address}/new")
            _new(page, save)
            context.close()


def _new(page: Page, save: Callable[[str], None]) -> None:
    page.get_by_label("Title").fill("The bakery turns a hundred")
    page.get_by_label("Line 1", exact=True).fill("The bakery on our corner has baked through two wars and one flood.")
    page.keyboard.press("Enter")
    page.keyboard.type("This Saturday it turns a hundred years old.")
    page.get_by_role("radio", name="Skyline").check()
    page.wait_for_selector(".pstage")
    page.wait_for_load_state("networkidle")
    save("new")
    page.get_by_role("radio", name="Write it for me").check()
    page.get_by_label("Text to be told").fill("渡轮回来了。九年之后，渡轮周五再次启航。三百人在码头等候。")
    page.wait_for_timeout(1200)
    save("new-guided")
    page.get_by_label("Text to be told").fill("https://gazette.example/the-ferry-is-back")
    page.get_by_role("button", name="Read the page").wait_for()
    save("new-guided-link")


def _dialogs(page: Page, save: Callable[[str], None]) -> None:
    page.evaluate("dailies.player.toggle()")
    page.wait_for_timeout(700)
    page.evaluate("dailies.player.$refs.video.pause(); dailies.player.choose('9:16')")
    page.wait_for_function("document.querySelector('video')?.readyState >= 2")
    page.evaluate("dailies.player.toggle()")
    page.wait_for_timeout(700)
    page.evaluate("dailies.player.$refs.video.pause()")
    save("clip-tall")
    for act, name in (("reject", "reject"), ("approve", "keep"), ("help", "help")):
        page.evaluate(f"emitEvent('desk', '{act}')")
        page.wait_for_selector(".q-dialog .sheet")
        page.wait_for_timeout(300)
        save(name)
        page.keyboard.press("Escape")
        page.wait_for_selector(".q-dialog .sheet", state="detached")


def _rewrite(page: Page, address: str, save: Callable[[str], None]) -> None:
    page.goto(address)
    page.wait_for_function("window.did_handshake === true")
    save("clip-asked")
    page.evaluate("emitEvent('desk', 'again')")
    page.wait_for_selector(".q-dialog .pstage")
    save("rewrite")


def _batch(page: Page, address: str, save: Callable[[str], None]) -> None:
    """Nothing was watched, so each clip says that it was not approved: the studio stays as it is."""
    page.goto(f"{address}/")
    page.wait_for_function("window.did_handshake === true")
    for name in ("Narrow and sort", "Choose several", "All shown"):
        page.get_by_role("button", name=name).click()
    save("batch")
    page.locator(".q-batch").get_by_role("button", name="Approve").click()
    page.wait_for_selector(".oc")
    save("batch-outcomes")


def _edit(page: Page, save: Callable[[str], None]) -> None:
    page.wait_for_selector(".eline textarea")
    areas = page.locator(".eline textarea")
    areas.nth(2).fill("Its switches were built in 1935 and oiled by hand, week after week.")
    areas.nth(3).fill("A museum will keep 3 of the racks running.")
    page.wait_for_selector(".pstage")
    save("edit")


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        small, clips = full_studio(Path(folder))
        with serving(create_app(small.studio, engines.FACTS)) as address, browsing() as browser:
            take_all(browser, address, small, clips, out)
        small.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
