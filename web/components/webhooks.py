"""Webhooks: the table of receivers, the log of deliveries, and the sheet that adds a receiver."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from html import escape

from nicegui import ui

from storage.webhooks import EVENTS, Delivery, Webhook
from web.components.basics import Tone, box, button, chip, field, sheet
from web.components.choices import one_of, some_of
from web.components.deeds import deed
from web.words import day_and_time

EVENT_WORDS: dict[str, str] = {
    "clip.ready": "Clip ready", "clip.failed": "Clip failed", "decision.made": "Decision made", "export.made": "Export made",
}  # fmt: skip
WORDS: dict[str, str] = {**EVENT_WORDS, "webhook.test": "Test"}
GRACES = {24: "Signs for another day", 168: "For another week", 0: "Stops at once"}
"""Hours for which an old secret goes on signing."""
TONES: Mapping[str, Tone] = {"waiting": "slate", "delivered": "mint", "failed": "coral"}


def webhook_table(hooks: Sequence[Webhook]) -> str:
    if not hooks:
        return '<p class="card-in muted">No program is told anything yet.</p>'
    head = "<th>Receiver</th><th>Is told of</th><th>State</th><th></th>"
    rows = "".join(_hook(hook) for hook in hooks)
    return f'<table class="tbl"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def delivery_table(deliveries: Sequence[Delivery], hooks: Sequence[Webhook]) -> str:
    """The newest first. What went to a receiver that was removed cannot be sent again."""
    if not deliveries:
        return '<p class="card-in muted">Nothing was sent yet.</p>'
    names = {hook.id: hook.note or hook.url for hook in hooks}
    head = "<th>Message</th><th>To</th><th>How it went</th><th></th>"
    rows = "".join(_delivery(one, names.get(one.webhook_id, "")) for one in deliveries)
    return f'<table class="tbl"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def webhook_sheet(done: Callable[[str, str, list[str]], Awaitable[None]]) -> ui.dialog:
    """Asks for an address, what it is for, and what it is to be told of."""
    held = {"events": list[str](EVENTS)}
    with sheet("New webhook", "A program that is told what happens here, by signed messages.") as dialog:
        url = field("Address", autocomplete="off", inputmode="url", maxlength="2000", placeholder="https://")
        box().style("height:12px")
        note = field("What is it for?", autocomplete="off", maxlength="200")
        box().style("height:12px")
        some_of("Tell it of", EVENT_WORDS, held["events"], lambda chosen: held.update(events=chosen))

        async def add() -> None:
            dialog.close()
            await done(url().strip(), note().strip(), held["events"])

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Add it", add, kind="primary")
    return dialog


def rotation_sheet(done: Callable[[int], Awaitable[None]]) -> ui.dialog:
    """Asks what becomes of the old secret. Calls `done` with the hours that it goes on signing."""
    held = {"hours": 24}
    with sheet("New secret", "Give it to the receiver while both sign.") as dialog:
        choices = {str(hours): words for hours, words in GRACES.items()}
        one_of("The old secret", choices, "24", lambda value: held.update(hours=int(value)))

        async def go() -> None:
            dialog.close()
            await done(held["hours"])

        with box("sheet-foot"):
            button("Cancel", dialog.close, kind="ghost")
            button("Make it", go, kind="primary")
    return dialog


def _hook(hook: Webhook) -> str:
    name = hook.note or hook.url
    state = chip("Off", "coral") + f"<small>{escape(hook.off_why)}</small>" if hook.off_at else chip("On", "mint")
    turn = deed("on", hook.id, "Turn on", about=name) if hook.off_at else deed("off", hook.id, "Turn off", about=name)
    deeds = deed("test", hook.id, "Test", about=name) + turn + deed("rotate", hook.id, "New secret", about=name)
    deeds += deed("remove", hook.id, "Remove", "x", kind="danger", about=name)
    if hook.both_sign_until:
        state += f"<small>Its old secret signs too until {day_and_time(hook.both_sign_until)}.</small>"
    address = f"<small class='mono path'>{escape(hook.url)}</small>" if hook.note else ""
    return (
        f'<tr><td><span class="nm">{escape(name)}</span>{address}</td>'
        f"<td>{' '.join(chip(EVENT_WORDS[event]) for event in hook.events)}</td><td>{state}</td>"
        f'<td class="end">{deeds}</td></tr>'
    )


def _delivery(one: Delivery, receiver: str) -> str:
    words = WORDS[one.type]
    about = str(one.data.get("title", ""))
    again = deed("replay", f"{one.webhook_id}/{one.number}", "Send again", "rotate-cw", about=words)
    return (
        f'<tr><td><span class="nm">{escape(words)}</span><small dir="auto">{escape(about)}</small></td>'
        f"<td>{escape(receiver) or '<span class=faint>removed</span>'}<small>{day_and_time(one.at)}</small></td>"
        f"<td>{chip(one.state.capitalize(), TONES[one.state])}<small>{escape(_last(one))}</small></td>"
        f'<td class="end">{again if receiver and one.state != "waiting" else ""}</td></tr>'
    )


def _last(one: Delivery) -> str:
    """How its last attempt went, and when the next is."""
    if not one.attempts:
        return ""
    last = one.attempts[-1]
    said = f"{last.status} {last.said}".strip() if last.status else last.said
    tries = f"{len(one.attempts)} tries, " if len(one.attempts) > 1 else ""
    following = f"; next {day_and_time(one.next_at)}" if one.state == "waiting" else ""
    return f"{tries}{said[:120]}{following}"
