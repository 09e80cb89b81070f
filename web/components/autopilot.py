"""What the autopilot did for a show, and by what it chooses: its last runs with their reasons, its weights beside what
people decided. Pure but for the sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from html import escape

from nicegui import ui

from scraper.feedback import Feedback, Tally
from scraper.score import WEIGHTS
from storage.orders import ShowSpec
from storage.runs import Run, RunReport, Verdict
from storage.schedule import Term
from web.components.basics import Tone, box, button, chip, sheet
from web.components.choices import dropdown, one_of
from web.components.new_form import named
from web.words import day_and_time, several

TERMS: dict[Term, str] = {
    "freshness": "How fresh it is", "length": "Enough words to tell it", "picture": "A picture that may be shown",
    "source": "Its source's weight", "engagement": "Votes and comments", "corroboration": "Other sources have it too",
    "variety": "Unlike the last clips", "keywords": "The show's words", "judgement": "What the language model thinks",
}  # fmt: skip
STEPS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
STATES: dict[str, tuple[str, Tone]] = {
    "ordered": ("under way", "slate"), "done": ("done", "mint"), "failed": ("failed", "coral"), "missed": ("missed", "tungsten"),
}  # fmt: skip
NAMED = 8
"""Topics of one run that are named under each heading."""


def last_runs(runs: Sequence[Run]) -> str:
    """Each run in a line; what it found, chose and passed over behind it."""
    if not runs:
        return '<p class="card-in muted">It has not run yet.</p>'
    return "".join(_run(run) for run in runs)


def weighing(show: ShowSpec, fared: Feedback) -> str:
    """The terms of the score with their weights, and how clips fared by source and by word."""
    terms = [
        (name, f"{weight_of(show, term):g}") for term, name in TERMS.items() if term != "judgement" or show.topics.judge
    ]
    weights = {source.name: source.weight for source in show.sources if source.name}
    sources = [
        (name, f"{f'{weights[name]:g} · ' if name in weights else ''}{_fared(fared.sources.get(name))}")
        for name in dict.fromkeys((*weights, *fared.sources))
    ]
    words = [
        (phrase, f"{what} · {_fared(fared.words.get(phrase))}")
        for phrases, what in ((show.topics.want, "wanted"), (show.topics.avoid, "avoided"))
        for phrase in phrases
    ]
    return _pairs("Of a topic", terms) + _pairs("Its source", sources) + _pairs("Words", words)


def weight_of(show: ShowSpec, term: Term) -> float:
    return show.topics.weights.get(term, WEIGHTS[term])


def weights_sheet(show: ShowSpec, done: Callable[[dict[str, object]], Awaitable[None]]) -> ui.dialog:
    """Asks how much each term and each source counts. Calls `done` with the show's changed fields."""
    terms: dict[Term, float] = dict(show.topics.weights)
    sources = {source.url: source.weight for source in show.sources}
    judge = {"on": show.topics.judge}

    def weigh(term: Term) -> Callable[[str], None]:
        return lambda value: terms.update({term: float(value)})

    def weigh_source(url: str) -> Callable[[str], None]:
        return lambda value: sources.update({url: float(value)})

    with sheet("What counts", "How much each of these counts when topics are ranked; 0 is nothing.") as dialog:
        with box("choices"):
            for term, name in TERMS.items():
                with named(name):
                    _weights(name, STEPS, weight_of(show, term), weigh(term))
            for source in show.sources:
                with named(source.name or source.url):
                    steps = tuple(n / 10 for n in range(11))
                    _weights(f"Weight of {source.name or source.url}", steps, source.weight, weigh_source(source.url))
            with named("Ask the language model"):
                now = "on" if show.topics.judge else "off"
                one_of("Ask the model", {"on": "On", "off": "Off"}, now, lambda value: judge.update(on=value == "on"))

        async def save() -> None:
            dialog.close()
            own = {term: weight for term, weight in terms.items() if weight != WEIGHTS[term]}
            rules = show.topics.model_copy(update={"weights": own, "judge": judge["on"]})
            weighed = tuple(one.model_copy(update={"weight": sources[one.url]}) for one in show.sources)
            await done({"topics": rules, "sources": weighed})

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Save", save, kind="primary")
    return dialog


def _weights(label: str, steps: Iterable[float], value: float, on_choice: Callable[[str], None]) -> None:
    dropdown(label, {"": {f"{step:g}": f"{step:g}" for step in sorted({*steps, value})}}, f"{value:g}", on_choice)


def _run(run: Run) -> str:
    words, tone = STATES[run.state]
    report = run.report
    told = (
        f"{several(len(report.chosen), 'clip')} of {several(report.found, 'entry', 'entries')}" if report else run.note
    )
    by = "" if run.starter == "autopilot" else chip("by hand")
    return (
        f'<details class="run"><summary class="card-in"><span class="pair"><span>{day_and_time(run.planned_at)} {chip(words, tone)}{by}</span>'
        f"<b>{escape(told)}</b></span></summary>{_told(report) if report else ''}</details>"
    )


def _told(report: RunReport) -> str:
    counts = (
        f"{report.new} new, {report.known} known, {report.merged} merged, {report.screened} screened, "
        f"{report.refused} of no use; {report.duration_s:.0f} s"
    )
    lines = "".join(f'<p class="small t-coral">{escape(line)}</p>' for line in (*report.problems, *report.notes))
    return f'<div class="card-in stack"><p class="small muted">{counts}</p>{_verdicts("Chosen", report.chosen)}{_verdicts("Passed over", report.passed_over)}{lines}</div>'


def _verdicts(heading: str, verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return ""
    rows = "".join(
        f'<li><strong dir="auto">{escape(one.title)}</strong> <span class="muted small">{escape(one.why)}</span></li>'
        for one in verdicts[:NAMED]
    )
    return f"<h3 class='part'>{heading}</h3><ul>{rows}</ul>"


def _pairs(heading: str, rows: Sequence[tuple[str, str]]) -> str:
    pairs = "".join(
        f'<div class="pair"><span dir="auto">{escape(name)}</span><b>{escape(value)}</b></div>' for name, value in rows
    )
    return f"<h3 class='part'>{heading}</h3>{pairs}" if rows else ""


def _fared(tally: Tally | None) -> str:
    return f"{tally.approved} approved, {tally.rejected} rejected" if tally else "no decision yet"
