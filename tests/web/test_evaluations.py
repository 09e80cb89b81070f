"""The page of evaluations: trends of each figure, an engine a line, and a table that compares the engines."""

from __future__ import annotations

from playwright.sync_api import expect

from producer.evaluate.records import Run, as_markdown, keep, kept, middle
from tests.support.browser import Enter
from tests.support.studio import SmallStudio
from web.components.trends import chart

RUNS = [
    Run(
        scenario="short-en",
        engine=engine,
        voice=engine.title(),
        at="2026-11-27T12:00:00Z",
        repeat=n,
        tts_ms=ms,
        lip_sync=0.9,
    )
    for engine, ms in (("hibari", 300.0), ("kokoro", 900.0))
    for n in range(3)
]


def test_engines_are_compared_in_charts_and_a_table(enter: Enter, small: SmallStudio) -> None:
    for run in RUNS:
        keep(run, small.studio.folder.evaluations)
    page = enter("ana", "/system")
    page.get_by_role("link", name="Evaluations").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evaluations")
    expect(page.get_by_role("img", name="Speech: hibari 300 ms; kokoro 900 ms")).to_be_visible()
    expect(page.get_by_role("row", name="short-en kokoro 3 900")).to_be_visible()


def test_a_figure_that_nobody_measured_has_no_chart() -> None:
    assert chart("f0_rmse_hz", {}) == ""
    assert chart("tts_ms", {"<b>": [1.0]}).count("<b>") == 0, "names are words, never markup"


def test_records_are_read_as_they_were_kept_and_others_passed_over(tmp_path) -> None:
    for run in RUNS:
        keep(run, tmp_path)
    (tmp_path / "notes.json").write_text("{")
    assert kept(tmp_path) == RUNS
    assert middle(RUNS, "tts_ms") == 600
    assert middle(RUNS, "wer") is None
    table = as_markdown(RUNS).splitlines()
    assert len(table) == 4
    assert table[2].startswith("| short-en | hibari | 3 | 300 | – |")
