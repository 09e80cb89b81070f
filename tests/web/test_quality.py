"""The quality report beside a clip: what failed stands on top, and every place that it names is one click away."""

from __future__ import annotations

from functools import partial

from playwright.sync_api import expect
from sqlite_utils import Database

from storage.canonical import canonical_json
from storage.clips import record_nodes
from storage.quality import Cure, Finding, QualityReport, Tried, Where
from storage.queries import node_keys
from storage.work import WorkOrder, record_queued
from tests.support.browser import Enter
from tests.support.engines import FACTS
from tests.support.studio import SmallStudio
from web.cards import Board
from web.components import quality

REPORT = QualityReport(
    format="16:9",
    findings=(
        Finding(name="loudness", family="sound", verdict="pass", value=-16.0, bound="-16 ± 0.5 LUFS"),
        Finding(
            name="flicker", family="picture", verdict="fail", value=11.0, bound="≤ 5 in half a second",
            why="the <b>lamp</b> goes on and off", where=(Where(start=2.5, end=3.0, line=1),),
            cure=Cure(remedy="new seed", node="video"),
        ),
        Finding(name="reading speed", family="captions", verdict="warn", value=27.1, bound="≤ 25 characters a second"),
        Finding(name="speech read back", family="speech", verdict="not run", why="faster-whisper is not installed"),
    ),
)  # fmt: skip


def give_report(db: Database, clip_id: str, report: QualityReport) -> None:
    """As if the gate had looked at the clip's cut."""
    key = f"quality-of-{clip_id}-{report.format}".replace(":", "-")
    record_queued(db, [WorkOrder(key=key, kind="stage", queue="cpu.gate", stage="quality", engine="gate", payload={})])
    db.execute("UPDATE work SET state = 'done', document = ? WHERE key = ?", [canonical_json(report.to_json()), key])
    record_nodes(db, clip_id, {**node_keys(db, clip_id), f"quality.{report.format}": ("quality", key)})


def test_what_failed_stands_on_top_and_leads_to_its_place(enter: Enter, small: SmallStudio) -> None:
    clip = small.ready_clip(3)
    small.writer.do(partial(give_report, clip_id=clip, report=REPORT))
    page = enter("ana", f"/clip/{clip}")
    flag = page.locator("#flag")
    expect(flag).to_contain_text("1 check failed")
    expect(flag).to_contain_text("11, wanted ≤ 5 in half a second")
    expect(flag).to_contain_text("The <b>lamp</b> goes on and off")  # their words are words, never markup
    expect(page.locator(f"#row-{clip}")).to_contain_text("failed checks")
    checks = page.locator("#checks")
    expect(checks).to_contain_text("1 of 3 passed")
    expect(checks).to_contain_text("1 check did not run")
    page.wait_for_function("document.querySelector('.screen video')?.readyState >= 1")
    flag.get_by_role("button", name="Jump to 0:02.5").click()
    page.wait_for_function("Math.abs(document.querySelector('.screen video').currentTime - 2.5) < 0.05")


def test_a_report_that_comes_after_the_row_was_drawn_still_flags_it(small: SmallStudio) -> None:
    board, clip = Board(small.studio, FACTS), small.ready_clip(3)
    assert board.cards()[clip].flags.failed == 0
    small.writer.do(partial(give_report, clip_id=clip, report=REPORT))
    assert board.cards()[clip].flags.failed == 1


def test_what_was_tried_before_anybody_saw_it_is_told(small: SmallStudio) -> None:
    clip = small.ready_clip(4)
    small.writer.do(partial(give_report, clip_id=clip, report=REPORT))
    detail = small.detail(clip)
    tried = detail.brief.model_copy(update={"tried": (Tried(check="flicker", remedy="respeak", node="line.1"),)})
    told = quality.flag(detail.model_copy(update={"brief": tried}))
    assert "line 2 spoken again because of <b>flicker</b>" in told
    mended = detail.model_copy(update={"brief": tried, "reports": {}})
    assert "Made once more by itself" in quality.flag(mended)
    assert quality.flag(detail.model_copy(update={"reports": {}})) == ""


def test_an_outcome_that_all_formats_share_is_told_once(small: SmallStudio) -> None:
    other = REPORT.model_copy(update={"format": "9:16", "findings": REPORT.findings[:2]})
    detail = small.detail(small.ready_clip(4)).model_copy(update={"reports": {"16:9": REPORT, "9:16": other}})
    told = quality.told_once(detail)
    assert [(formats, finding.name) for formats, finding in told] == [
        ("", "loudness"), ("", "flicker"), ("16:9", "reading speed"), ("16:9", "speech read back"),
    ]  # fmt: skip
