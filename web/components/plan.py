"""What a change will cost, before it is asked for. Pure: a forecast in, markup out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from producer.plan.forecast import Forecast
from review.progress import STAGES
from web.theme.marks import icon
from web.words import duration, several


def plan(forecast: Sequence[Forecast], *, fresh: bool = False) -> str:
    """One row per stage: made again or reused, which parts of it, and how long that takes. `fresh`: of a new clip."""
    stages = [(stage, [node for node in forecast if node.stage == stage]) for stage in STAGES]
    stages = [(stage, nodes) for stage, nodes in stages if nodes]
    bars = "".join(
        f'<b class="{"again" if any(n.again for n in nodes) else ""}" style="flex:{max(_seconds(nodes), 0.2):.2f}"></b>'
        for _, nodes in stages
    )
    rows = "".join(_row(stage, nodes, fresh=fresh) for stage, nodes in stages)
    return f'<div class="gantt" aria-hidden="true">{bars}</div><div>{rows}</div>{_total(forecast)}'


def again(forecast: Sequence[Forecast]) -> list[Forecast]:
    return [node for node in forecast if node.again]


def cost(forecast: Sequence[Forecast]) -> str:
    """The expected time of what runs again; where an engine never ran before, nobody knows."""
    wanted = again(forecast)
    if any(node.seconds is None for node in wanted):
        known = _seconds(wanted)
        return f"over {duration(known)}" if known else "unknown"
    return duration(_seconds(wanted))


def left(forecast: Sequence[Forecast], running: Mapping[str, tuple[float, str]]) -> float | None:
    """Seconds until a clip is made, by earlier runs; None where an engine never ran. `running`: node → (fraction, words)."""
    ahead = again(forecast)
    if not ahead or any(node.seconds is None for node in ahead):
        return None
    return sum((node.seconds or 0.0) * (1 - running.get(node.node, (0.0, ""))[0]) for node in ahead)


def _row(stage: str, nodes: Sequence[Forecast], *, fresh: bool) -> str:
    runs = again(nodes)
    spent = cost(nodes) if runs else duration(_seconds(nodes)) if _seconds(nodes) else ""
    return (
        f'<div class="pstage {"again" if runs else "keep"}">{icon(("circle" if fresh else "rotate-cw") if runs else "check")}'
        f'<span class="nm">{STAGES[stage]}<span class="unseen">: {_outcome(runs, fresh=fresh)}</span></span>'
        f'<span class="wh">{escape(_parts(stage, nodes, runs, fresh=fresh))}</span><span class="tm">{spent}</span></div>'
    )


def _outcome(runs: Sequence[Forecast], *, fresh: bool) -> str:
    return ("to be made" if fresh else "made again") if runs else "reused"


def _parts(stage: str, nodes: Sequence[Forecast], runs: Sequence[Forecast], *, fresh: bool) -> str:
    if stage == "script":
        written = "written from the source" if fresh else "written anew"
        return "your words, as they are" if nodes[0].engine == "you" else written if runs else "as it is"
    if not runs:
        return "reused"
    if stage == "line":
        numbers = [str(int(node.node.partition(".")[2]) + 1) for node in runs if "." in node.node]
        if numbers and len(numbers) < len(nodes):
            return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {', '.join(numbers)}"
        return several(len(nodes), "line") if fresh else "all lines"
    formats = [node.node.partition(".")[2] for node in runs]
    return " and ".join(name for name in formats if name) or ("" if fresh else "made again")


def _total(forecast: Sequence[Forecast]) -> str:
    kept = _seconds([node for node in forecast if not node.again])
    if not again(forecast):
        return '<p class="total">Nothing has to be made again.</p>'
    known = all(node.seconds is not None for node in again(forecast))
    aside = "or so." if known else "Some engines never ran here before."
    reused = f" {duration(kept)} of work is reused." if kept else ""
    return f'<p class="total"><b>{cost(forecast).capitalize()}</b> {aside}{reused}</p>'


def _seconds(nodes: Sequence[Forecast]) -> float:
    return sum(node.seconds or 0.0 for node in nodes)
