"""The decision bar, and the sheets that ask why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from review.decide import REASONS
from review.inbox import Action
from web.components.basics import Kind, box, button, field, html, sheet, text
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
    "reject": ("Reject", "x", "danger"),
    "request_changes": ("Changes", "message-square-text", "quiet"),
    "hold": ("Hold", "pause", "quiet"),
    "cancel": ("Cancel", "circle-stop", "quiet"),
    "edit": ("Edit", "pencil", "ghost"),
    "undo": ("Undo", "undo-2", "ghost"),
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
            label, _doing(act, action), icon_name=picture, key=key_of(action), kind=kind, hint=label, data_action=action
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
) -> ui.dialog:
    """Asks why. A reason, or its number key, decides at once; a note may be written first, or stand for itself."""
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
        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button(confirm, lambda: decide(""), kind=kind)
    return dialog


def reject_sheet(done: Decided) -> ui.dialog:
    return reason_sheet("Why not?", "Kept with the clip.", REASONS, "Reject", "danger-fill", done)


def changes_sheet(done: Decided) -> ui.dialog:
    return reason_sheet(
        "What should change?",
        "Kept with the clip for whoever makes it again.",
        CHANGES,
        "Request changes",
        "primary",
        done,
    )


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
