"""What a painting model learns of a presenter: how each training stands, what it has painted so far, and which look was best."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from html import escape

from nicegui import ui

from producer.training.choose import scores, yardstick
from storage.learning import TrainingMark
from storage.orders import PresenterSpec
from storage.training import TrainingRow
from web.components.basics import Tone, box, button, chip, field, sheet
from web.components.choices import one_of
from web.components.deeds import deed
from web.pictures import sample_address
from web.words import day_and_time, several

TRAINING: dict[str, tuple[str, Tone]] = {
    "queued": ("Waits", "slate"), "running": ("Learns", "slate"), "done": ("Learnt", "mint"), "failed": ("Failed", "coral"),
    "cancelled": ("Stopped", "slate"), "set_aside": ("Set aside", "coral"),
}  # fmt: skip


def training_rows(
    slug: str, found: Sequence[tuple[TrainingRow, float, str]], *, may_change: bool
) -> str:  # fmt: skip
    """A line a training: how it stands, how far it is, and what it has painted at each look. `slug`: of the presenter."""
    if not found:
        return '<p class="card-in muted">Nothing was learnt yet.</p>'
    return "".join(_training(slug, row, fraction, words, may_change=may_change) for row, fraction, words in found)


def _training(slug: str, row: TrainingRow, fraction: float, words: str, *, may_change: bool) -> str:
    word, tone = TRAINING[row.state]
    facts = f"{row.engine.removeprefix('train-')} · ordered {day_and_time(row.queued_at)}"
    lines, going = "", row.state in ("queued", "running")
    if going:
        lines = (
            f'<span class="meter" role="progressbar" aria-label="How far it is" aria-valuenow="{fraction * 100:.0f}">'
            f'<b style="width:{fraction * 100:.0f}%"></b></span>'
            f'<p class="small muted">{escape(words or "waits for a worker")}</p>'
        )
    elif row.learnt is not None:
        best = next(mark for mark in row.learnt.marks if mark.step == row.learnt.chosen)
        like = "" if best.identity is None else f" Likeness {best.identity:.2f}."
        lines = (
            f'<p class="small">Best after step {best.step} of {row.learnt.steps}, by {escape(row.learnt.chosen_by)}.{like}</p>'
            f'<p class="small muted">{WHY[row.learnt.chosen_by]}</p>'
        )
    elif row.error is not None:
        lines = f'<p class="small" dir="auto">{escape(f"{row.error.message} {row.error.cure}".strip())}</p>'
    stop = deed("stop-training", row.key, "Stop", "x", kind="ghost") if going and may_change else ""
    return (
        f'<div class="card-in stack"><div class="hstack">{chip(word, tone)}<span class="small muted grow">{escape(facts)}</span></div>'
        f"{lines}{_looks(slug, row)}{stop}</div>"
    )


WHY = {
    "identity": "Each look is worth its likeness to the person, less twice what it is above the lowest loss on pictures that are never learnt.",
    "held-out loss": "Each look is worth what it is off on pictures that are never learnt: the least is best. Likeness is told where faces are known.",
}
"""Of a yardstick of `producer.training.choose`, in words."""


def _looks(slug: str, row: TrainingRow) -> str:
    """What was painted at each look, in the order in which it was learnt, with its figures."""
    if not row.marks:
        return ""
    chosen = row.learnt.chosen if row.learnt else 0
    worth = dict(zip((mark.step for mark in row.marks), scores(row.marks), strict=True))
    by_identity = yardstick(row.marks) == "identity"
    looks = "".join(
        _look(slug, mark, worth[mark.step] if by_identity else None, best=mark.step == chosen) for mark in row.marks
    )
    return f'<ol class="looks" tabindex="0" aria-label="What was painted, step by step">{looks}</ol>'


def _look(slug: str, mark: TrainingMark, worth: float | None, *, best: bool) -> str:
    pictures = "".join(
        f'<img src="{escape(sample_address(slug, one.sha256))}" alt="Painted after step {mark.step}" loading="lazy">'
        for one in mark.samples
    )
    figures = [f"{mark.held_out:.3f} off"]
    figures += [] if mark.identity is None else [f"{mark.identity:.2f} alike"]
    figures += [] if worth is None else [f"worth {worth:.2f}"]
    return (
        f'<li class="{"look best" if best else "look"}"><div class="look-pics">{pictures}</div>'
        f'<p><b class="num">Step {mark.step}</b> {chip("Best", "mint") if best else ""}</p>'
        f'<p class="small muted num">{", ".join(figures)}</p></li>'
    )


def training_sheet(spec: PresenterSpec, done: Callable[[dict[str, object]], Awaitable[None]]) -> ui.dialog:
    """Asks what is to be learnt. `done` hears the fields of a `TrainingWish`."""
    held: dict[str, object] = {"engine": "sd15"}
    pictures = len(spec.portraits) + ("portrait" in spec.look)
    words = f"From {several(pictures, 'picture')}, by a worker with a GPU. Ordered again, a training that was stopped goes on."
    with sheet(f"Learn {spec.name}’s face", words) as dialog, box("stack"):
        models = {"sd15": "Stable Diffusion 1.5", "sdxl": "Stable Diffusion XL"}
        one_of("Which model learns, and paints", models, "sd15", lambda value: held.update(engine=value))
        steps = field("Steps", type="number", value="1000", min="1", max="20000", hint="About fifty for each picture.")

        async def save() -> None:
            dialog.close()
            await done({**held, "steps": steps() or None})

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Learn", save, kind="primary")
    return dialog
