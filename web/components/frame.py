"""One frame for every page: a rail on wide screens, tabs below on phones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Literal

from nicegui import ui

from storage.people import Person
from web.components.account import account_sheet
from web.components.basics import box, html, sheet, text
from web.desk import Desk
from web.keys import DECIDING, GOING, WATCHING, keys_for_browser
from web.sessions import Visit
from web.theme.boot import links, script, theme_button
from web.theme.marks import MARK, icon

Place = Literal["inbox", "topics", "shows", "presenters", "new", "exports", "people", "system", "trash"]
PLACES: tuple[tuple[Place, str, str, str], ...] = (
    ("inbox", "Inbox", "/", "inbox"),
    ("topics", "Topics", "/topics", "rss"),
    ("new", "One-off", "/new", "clapperboard"),
    ("exports", "Exports", "/exports", "package-check"),
    ("shows", "Shows", "/shows", "calendar-clock"),
    ("presenters", "Presenters", "/presenters", "circle-user-round"),
    ("system", "System", "/system", "activity"),
    ("people", "People", "/people", "users-round"),
    ("trash", "Trash", "/trash", "trash-2"),
)
"""(id, label, address, icon) of every page that exists. On phones the first four are tabs, the rest is behind “More”."""
TABS = 4


@contextmanager
def frame(desk: Desk, visit: Visit, person: Person, here: Place, title: str) -> Iterator[None]:
    ui.page_title(f"{title} · Dailies")
    ui.add_head_html(links(desk.sheet))
    ui.add_body_html(
        f'<script type="application/json" id="desk-keys">{keys_for_browser()}</script><script src="{script("desk.js")}"></script>'
    )
    box("toasts", role="status", aria_live="polite", id="toasts")
    account = account_sheet(desk, visit, person)
    with box("app"):
        with box("rail", "nav", aria_label="Main"):
            html(MARK, "rail-mark", "a", href="/", aria_label="Dailies, inbox")
            shown = [place for place in PLACES if place[0] != "people" or person.may("admin")]
            for number, (place, label, address, picture) in enumerate(shown):
                with _rail(label, picture, "a", href=address) as entry:
                    if place == "inbox":
                        html(str(waiting(desk) or ""), "rail-n", "span", data_waiting="")
                if place == here:
                    entry.props["aria-current"] = "page"
                if number >= TABS:
                    entry.classes("no-phone")
            more = _rail("More", "ellipsis", "button", type="button").classes("only-phone")
            more.on("click", more_sheet(shown[TABS:]).open)
            if here in [place[0] for place in shown[TABS:]]:
                more.props["aria-current"] = "page"
            box("grow")
            _rail("Keys", "keyboard", "button", type="button", data_desk="help", title="Keys  ?").classes("no-phone")
            html(theme_button("rail-a"), tag="div").style("display:contents")
            you = box("rail-a", "button", type="button", title=f"{person.name}, {person.role}")
            with you:
                html(escape(person.name[:2].upper()), "avatar", "span")
                text("Your account", "unseen", "span")
            you.on("click", account.open)
        with box("page"):  # inside of the <main> that Quasar makes
            yield


def more_sheet(places: Sequence[tuple[Place, str, str, str]]) -> ui.dialog:
    """Where else one may go, on a screen too small for all tabs."""
    with sheet("More") as dialog, box("more", "nav", aria_label="More"):
        for _, label, address, picture in places:
            html(f"{icon(picture)}<span>{label}</span>", "more-a", "a", href=address)
    return dialog


def waiting(desk: Desk) -> int:
    """How many clips wait for a reviewer."""
    return sum(card.shelf == "review" for card in desk.board.cards().values())


def help_sheet() -> ui.dialog:
    """The table of keys."""
    with sheet("Keys") as dialog:
        dialog.classes("help")
        with box("keys"):
            for name, keys in (("Watching", WATCHING), ("Deciding", DECIDING), ("Going", GOING)):
                with box("", "section"):
                    text(name, tag="h3")
                    for key in keys:
                        caps = "".join(f'<kbd class="kbd">{escape(cap)}</kbd>' for cap in key.label.split(" "))
                        html(f"<span>{escape(key.does)}</span><span>{caps}</span>")
    return dialog


def _rail(label: str, picture: str, tag: str, **attributes: str) -> ui.element:
    with box("rail-a", tag, **attributes) as entry:
        html(icon(picture), "rail-i", "span")
        text(label, tag="span")
    return entry
