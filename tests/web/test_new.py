"""The one-off form in a real browser: write, choose, hear, see what it costs, and land on the clip being made."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from producer.speech.wav import to_wav
from storage.events import Event
from storage.history import brief_of
from storage.orders import Brief
from storage.queries import list_clips
from storage.topics import ScrapeReport, SourceReport
from storage.work import apply_events
from tests.support.browser import Enter, says
from tests.support.found import found
from tests.support.studio import SmallStudio
from tests.support.topics import TEXTS

LINES = ("The bakery on our corner has baked through two wars.", "This Saturday it turns a hundred years old.")


def write(page: Page, *lines: str) -> None:
    page.get_by_label("Line 1", exact=True).fill(lines[0])
    for line in lines[1:]:
        page.keyboard.press("Enter")
        page.keyboard.type(line)
    expect(page.get_by_text(f"English, {len(lines)} line")).to_be_visible()


def spoken(path: Path) -> Path:
    """Three seconds of something to hear."""
    path.write_bytes(to_wav(np.random.default_rng(0).normal(0, 0.1, 3 * 22050).astype(np.float32), 22050))
    return path


def bring(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bring a recording").click()
    chooser.value.set_files(file)


def ordered(page: Page, small: SmallStudio) -> Brief:
    """The brief of the clip whose page is open."""
    page.wait_for_url(re.compile("/clip/"))
    with small.studio.reading() as db:
        return brief_of(db, page.url.rpartition("/")[2], 1)


def test_your_own_words_become_a_clip_with_what_you_chose(enter: Enter, small: SmallStudio) -> None:
    page = enter(path="/new")
    page.get_by_label("Title").fill("The bakery turns a hundred")
    write(page, *LINES)
    page.get_by_role("radio", name="Skyline").check()
    page.get_by_role("radio", name="Lines", exact=True).check()
    page.get_by_role("checkbox", name="9:16 tall").check()
    expect(page.locator(".pstage", has_text="Finish")).to_contain_text("16:9 and 9:16")
    page.get_by_role("button", name="Make this clip").click()
    brief = ordered(page, small)
    assert brief.direct
    assert brief.topic.title == "The bakery turns a hundred"
    assert [line["text"] for line in brief.pins["script"].document["lines"]] == list(LINES)
    assert (brief.options.backdrop, brief.options.captions, brief.options.formats) == (
        "skyline",
        "lines",
        ("16:9", "9:16"),
    )
    expect(page.locator(".stage-title")).to_have_text("The bakery turns a hundred")
    expect(page.locator("video")).to_be_visible()


def test_a_pasted_script_falls_into_lines(enter: Enter) -> None:
    page = enter(path="/new")
    page.get_by_label("Line 1", exact=True).focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        "\n\n".join(LINES),
    )
    expect(page.get_by_label("Line 2", exact=True)).to_have_value(LINES[1])


def test_the_writer_tells_a_text_and_its_lines_are_forecast(enter: Enter, small: SmallStudio) -> None:
    small.ready_clip(2)
    page = enter(path="/new?mode=guided")
    page.get_by_label("Text to be told").fill("渡轮回来了。九年之后，渡轮周五再次启航。三百人在码头等候。")
    expect(page.get_by_text("中文, about 35 s")).to_be_visible()
    expect(page.locator(".pstage", has_text="Script")).to_contain_text("written from the source")
    expect(page.locator(".total")).to_contain_text("Over")
    page.get_by_role("radio", name="20 s").check()
    expect(page.get_by_text("中文, about 20 s")).to_be_visible()
    page.get_by_role("button", name="Make this clip").click()
    brief = ordered(page, small)
    assert not brief.direct
    assert (brief.topic.title, brief.options.language, brief.options.length_s) == ("渡轮回来了", "zh", 20)


def test_a_line_that_was_heard_is_not_spoken_again(enter: Enter, small: SmallStudio) -> None:
    page = enter(path="/new")
    write(page, "Nobody had said this line before today.", "Nor this one.")
    with page.expect_response(re.compile("/heard/")) as heard:
        page.get_by_role("button", name="Hear the first line").click()
    assert heard.value.status in (200, 206)
    says(page, "Spoken in")
    page.get_by_label("Line 2", exact=True).fill("Nor this other one.")
    expect(page.locator(".pstage", has_text="Voice")).to_contain_text("line 2")


def test_a_page_is_read_and_credited(enter: Enter, small: SmallStudio) -> None:
    page = enter(path="/new?mode=guided")
    page.get_by_label("Text to be told").fill("https://gazette.example/ferry")
    expect(page.get_by_text("A page of gazette.example")).to_be_visible()
    expect(page.get_by_role("button", name="Make this clip")).to_be_disabled()
    page.get_by_role("button", name="Read the page").click()
    says(page, "Reading the page")
    play_worker(small, ScrapeReport(show="one-off", topics=(found(3),)))
    expect(page.get_by_label("Text to be told")).to_have_value(re.compile("Four thousand flat roofs"))
    expect(page.get_by_text("From The Harbour Gazette, quoted with credit")).to_be_visible()
    page.get_by_role("button", name="Make this clip").click()
    topic = ordered(page, small).topic
    assert topic.title == TEXTS[3][1]
    assert topic.source is not None
    assert (topic.source.name, topic.source.url) == ("The Harbour Gazette", found(3).url)


def test_a_page_that_cannot_be_read_says_why(enter: Enter, small: SmallStudio) -> None:
    page = enter(path="/new?mode=guided")
    page.get_by_label("Text to be told").fill("http://192.168.0.1/admin")
    page.get_by_role("button", name="Read the page").click()
    says(page, "Reading the page")
    fault = SourceReport(
        url="http://192.168.0.1/admin", kind="page", error="Nobody may go there.", cure="Give a public address."
    )
    play_worker(small, ScrapeReport(show="one-off", sources=(fault,)))
    says(page, "Nobody may go there. Give a public address.")


def play_worker(small: SmallStudio, report: ScrapeReport) -> None:
    """Report what a worker would about the page that was asked for last."""
    order = small.production.scrapes[-1]
    done = Event(
        kind="read", key=order.key, attempt=1, type="finished", worker="w", at="2026-11-19T08:00:00Z",
        document=report.to_json(), content_hash=report.content_hash,
    )  # fmt: skip
    small.writer.do(partial(apply_events, epoch="inline", last_id="", events=[done]))


def test_voices_follow_the_language_and_those_that_are_missing_say_how_they_come(enter: Enter) -> None:
    page = enter(path="/new")
    write(page, *LINES)
    voices = page.get_by_label("Voice", exact=True)
    expect(voices.locator("option:not([disabled])", has_text="Heart, en-US, female").first).to_be_attached()
    page.get_by_label("Language").select_option("es")
    missing = voices.locator("option", has_text="Dora, es-ES, female")
    expect(missing).to_contain_text("run.py pull kokoro")
    expect(missing).to_be_disabled()


def test_a_voice_may_be_chosen(enter: Enter, small: SmallStudio) -> None:
    page = enter(path="/new")
    write(page, *LINES)
    page.get_by_label("Voice", exact=True).select_option(label="Heart, en-US, female")
    page.get_by_role("button", name="Make this clip").click()
    brief = ordered(page, small)
    assert brief.options.preferred == {"line": ("hibari",)}
    assert brief.presenter.voices == {"en": "heart"}


def test_a_recording_of_your_own_is_the_voice(enter: Enter, small: SmallStudio, tmp_path: Path) -> None:
    page = enter(path="/new")
    write(page, *LINES)
    file = spoken(tmp_path / "me.wav")
    bring(page, file)
    expect(page.get_by_text("me.wav, 3.0 s, will be heard.")).to_be_visible()
    page.get_by_role("button", name="Make this clip").click()
    brief = ordered(page, small)
    assert brief.recording is not None
    assert small.artifacts.fetch(brief.recording).is_file()


def test_what_is_no_recording_is_refused_and_one_may_be_removed(enter: Enter, tmp_path: Path) -> None:
    page = enter(path="/new")
    (tmp_path / "me.wav").write_bytes(b"no sound at all")
    bring(page, tmp_path / "me.wav")
    expect(page.locator(".toast")).to_contain_text(re.compile("recording|file", re.IGNORECASE))
    bring(page, spoken(tmp_path / "again.wav"))
    expect(page.get_by_text("again.wav, 3.0 s")).to_be_visible()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("again.wav, 3.0 s")).to_be_hidden()


def test_who_may_not_order_is_told_so(enter: Enter) -> None:
    page = enter("vera", "/new")
    expect(page.get_by_text("Only reviewers order clips.")).to_be_visible()


def test_a_role_that_was_taken_away_counts_on_an_open_form(enter: Enter, small: SmallStudio) -> None:
    small.user("gus")
    page = enter("gus", "/new")
    write(page, *LINES)
    small.writer.do(lambda db: db.execute("UPDATE users SET role = 'viewer' WHERE name = 'gus'"))
    with small.studio.reading() as db:
        before = len(list_clips(db))
    page.get_by_role("button", name="Make this clip").click()
    says(page, "This is for a reviewer")
    with small.studio.reading() as db:
        assert len(list_clips(db)) == before


def test_it_is_used_without_a_mouse_on_a_phone_too(enter: Enter, small: SmallStudio) -> None:
    page = enter(path="/new", width=390, height=844)
    write(page, "Small screens make clips as well.")
    page.get_by_role("radio", name="Studio").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Skyline")).to_be_checked()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    page.locator(".phone-cta").get_by_role("button", name="Make this clip").press("Enter")
    assert ordered(page, small).options.backdrop == "skyline"
