"""How the engines did in evaluations: trends of every figure, and a table that compares them."""

from __future__ import annotations

from html import escape

from producer.evaluate.records import FIGURES, Run, engines_of, figure, kept, middle
from web.components.basics import box, html, text
from web.components.frame import frame
from web.components.trends import NAMES, chart
from web.desk import Desk
from web.sessions import Visit
from web.theme.marks import MARK

SHOWN = 400
"""The newest runs that count."""


def evaluations_page(desk: Desk, visit: Visit) -> None:
    person = visit.must()
    with frame(desk, visit, person, "system", "Evaluations"):
        runs = kept(desk.studio.folder.evaluations)[-SHOWN:]
        if not runs:
            html(
                f"{MARK}<h2>Nothing was evaluated yet.</h2><p>In a terminal: <code>run.py evaluate short</code></p>",
                "empty",
            )
            return
        with box("page-head", "header"), box("grow hstack"):
            text("Evaluations", "page-title", "h1")
            text(str(len(runs)), "count")
        with box("scroll", tabindex="0"), box("wrap"):
            html(charts(runs), "cards")
            with box("card"):
                html(table(runs))


def charts(runs: list[Run]) -> str:
    """A chart of each figure that was measured."""
    pictures = []
    for name in FIGURES:
        series = {
            engine: [value for run in runs if run.engine == engine and (value := figure(run, name)) is not None]
            for engine in engines_of(runs)
        }
        pictures.append(chart(name, {engine: line for engine, line in series.items() if line}))
    return "".join(pictures)


def table(runs: list[Run]) -> str:
    """The medians of each scenario and engine."""
    head = "".join(f"<th>{NAMES[name][0]}{f', {NAMES[name][1]}' if NAMES[name][1] else ''}</th>" for name in FIGURES)
    rows = []
    for scenario in dict.fromkeys(run.scenario for run in runs):
        for engine in engines_of(runs):
            own = [run for run in runs if (run.scenario, run.engine) == (scenario, engine)]
            if not own:
                continue
            values = (middle(own, name) for name in FIGURES)
            cells = "".join(f'<td class="num">{"–" if value is None else f"{value:g}"}</td>' for value in values)
            failed = next((f'<small class="t-coral">{escape(run.error)}</small>' for run in own if run.error), "")
            rows.append(
                f"<tr><td>{escape(scenario)}{failed}</td><td>{escape(engine)}</td><td>{len(own)}</td>{cells}</tr>"
            )
    return f'<table class="tbl"><thead><tr><th>Scenario</th><th>Engine</th><th>Runs</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
