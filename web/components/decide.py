"""The decision bar, and the sheets that ask why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from producer.plan.forecast import Forecast
from review.decide import REASONS
from review.inbox import Action
from web.components.basics import Kind, box, button, field, html, sheet, text
from web.components.choices import one_of
from web.components.plan import plan
from web.keys import key_of

Act = Callable[[Action], Awaitable[None]]
Decided = Callable[[str, str], Awaitable[None]]
"""Called with (reason, note)."""

CHANGES = ("Shorter", "Simpler words", "Stronger opening", "Say where it happened", "Other picture", "Other voice")
KEEPING = ("Common knowledge", "I checked it elsewhere", "A figure of speech")

BUTTONS: dict[Action, tuple[str, str, Kind]] = {
    "approve": ("Approve", "check", "approve"),
    "export": ("Export", "package-check", "primary"),
    "retry": ("Try again", "rotate-cw", "primary"),
    "rewrite": ("Write again", "rotate-cw", "primary"),
    "reject": ("Reject", "x", "danger"),
    "request_changes": ("Changes", "message-square-text", "quiet"),
    "hold": ("Hold", "pause", "quiet"),
    "cancel": ("Cancel", "circle-stop", "quiet"),
    "edit": ("Edit", "pencil", "ghost"),
    "undo": ("Undo", "undo-2", "ghost"),
    "discard": ("Discard", "trash-2", "ghost"),
    "restore": ("Restore", "undo-2", "primary"),
}
"""Label, icon and kind, in the order of the bar."""


def decision_bar(offered: Sequence[Action], act: Act, *, facts: str = "", say: str = "") -> None:
    """One button per offered action. `facts`: markup at the far end; `say`: a sentence where nothing is offered."""
    if say:
        text(say, "bar-say")
    for action, (label, picture, kind) in BUTTONS.items():
        if action not in offered:
            continue
        if action == "edit" and len(offered) > 1:
            box("bar-sep")
        button(
            label,
            _doing(act, action),
            icon_name=picture,
            key=key_of("again" if action == "rewrite" else action),
            kind=kind,
            hint=label,
            data_action=action,
        )
    if facts:
        box("grow")
        html(facts, "bar-facts")


def reason_sheet(
    title: str,
    subtitle: str,
    reasons: Sequence[str],
    confirm: str,
    kind: Kind,
    done: Decided,
    claims: Sequence[str] = (),
    more: Callable[[], object] | None = None,
) -> ui.dialog:
    """Asks why. A reason, or its number key, decides at once; a note may be written first, or stand for itself.
    `more` puts further choices under the note."""
    with sheet(title, subtitle) as dialog:
        for claim in claims:
            text(claim, "claim", "p", dir="auto")

        async def decide(reason: str) -> None:
            dialog.close()
            await done(reason or note(), note() if reason else "")

        for number, reason in enumerate(reasons, 1):
            with box("reason", "button", type="button", data_key=str(number)) as choice:
                html(f'<kbd class="kbd" aria-hidden="true">{number}</kbd>', tag="span")
                text(reason, tag="span")
            choice.on("click", _deciding(decide, reason))
        box().style("height:10px")
        note = field("Note", tag="textarea", placeholder="In your own words, if it helps", maxlength="2000", rows="2")
        if more is not None:
            more()
        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button(confirm, lambda: decide(""), kind=kind)
    return dialog


def reject_sheet(done: Decided) -> ui.dialog:
    return reason_sheet("Why not?", "Kept with the clip.", REASONS, "Reject", "danger-fill", done)


def changes_sheet(done: Callable[[str, str, bool], Awaitable[None]], *, own_words: bool) -> ui.dialog:
    """Calls `done` with (reason, note, whether to write it again at once). `own_words`: no writer could."""
    held = {"when": "later"}

    def when() -> None:
        choices = {"later": "Keep it for later", "now": "Write it again at once"}
        one_of("When it is written again", choices, "later", lambda value: held.update(when=value)).style(
            "margin-top:12px"
        )

    async def decided(reason: str, note: str) -> None:
        await done(reason, note, held["when"] == "now")

    subtitle = (
        "Kept with the clip for whoever edits it." if own_words else "The writer is told so when it writes again."
    )
    return reason_sheet(
        "What should change?", subtitle, CHANGES, "Request changes", "primary", decided, more=None if own_words else when
    )  # fmt: skip


def rewrite_sheet(
    guidance: str, forecast: Sequence[Forecast], heeded: bool, done: Callable[[], Awaitable[None]]
) -> ui.dialog:
    """Says what the writer will be told and what that costs, before it is asked for. `heeded`: this writer follows it."""
    with sheet("Write it again?", "The writer is told:") as dialog:
        text(guidance, "claim asked", "p", dir="auto")
        if not heeded:
            words = "This writer keeps the source’s own sentences: it chooses anew, but cannot follow wishes. Edit the lines, or set up a language model."
            text(words, "muted", "p").style("margin-bottom:10px")
        html(plan(forecast) if forecast else '<p class="muted">It waits until an engine is ready.</p>')

        async def confirm() -> None:
            dialog.close()
            await done()

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Write it again", confirm, kind="primary", icon_name="rotate-cw")
    return dialog


def keep_sheet(done: Decided, claims: Sequence[str]) -> ui.dialog:
    several = (
        "claims that the source does not support" if len(claims) > 1 else "a claim that the source does not support"
    )
    return reason_sheet(
        f"Approve with {several}?", "Your reason is kept in the history and in the bundle.", KEEPING, "Approve anyway",
        "approve", done, claims,
    )  # fmt: skip


def acknowledge_sheet(parts: Sequence[str], done: Callable[[], Awaitable[None]]) -> ui.dialog:
    """Asks before parts that are not free to use leave the house. `parts`: a sentence each."""
    with sheet("Not everything here is free to use", "What you acknowledge is kept, and said in the bundle.") as dialog:
        for part in parts:
            text(part, "claim", "p", dir="auto")

        async def export() -> None:
            dialog.close()
            await done()

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("I know, export it", export, kind="primary")
    return dialog


def _doing(act: Act, action: Action) -> Callable[[], Awaitable[None]]:
    return lambda: act(action)


def _deciding(decide: Callable[[str], Awaitable[None]], reason: str) -> Callable[[], Awaitable[None]]:
    return lambda: decide(reason)
