"""Compare two takes of a clip: what the writer, the voice or a person changed, seen, heard and read."""

from __future__ import annotations

from nicegui import ui

from config.errors import UnknownName
from storage.history import Revision, revisions_of
from storage.queries import ClipRow, clip_row
from storage.takes import Take, finished_revisions, take_of
from web.components.basics import box, button, crumbs, html, text
from web.components.choices import dropdown
from web.components.compare import Comparison, facts, script_diff
from web.components.frame import frame, help_sheet
from web.desk import Desk
from web.pages.plain import card, nothing_here
from web.sessions import Visit
from web.words import moment


def compare_page(desk: Desk, visit: Visit, clip_id: str, before: int = 0, after: int = 0) -> None:
    """`before`, `after`: revisions; 0 = the newest that is finished, and the one before it."""
    with frame(desk, visit, visit.must(), "inbox", "Compare"):
        try:
            with desk.studio.reading() as db:
                row, made, revisions = clip_row(db, clip_id), finished_revisions(db, clip_id), revisions_of(db, clip_id)
                if len(made) < 2:
                    nothing_here("There is only one take.", "Edit it, or have it written again; then compare the two.")
                    return
                takes = [take_of(db, clip_id, one) for one in _chosen(made, before, after)]
        except UnknownName as error:
            nothing_here("There is no such clip or take.", error.cure)
            return
        _build(desk, row, takes, made, revisions)


def _chosen(made: list[int], before: int, after: int) -> tuple[int, int]:
    """The two revisions to show. What was asked for and never finished is left to `take_of` to refuse."""
    newer = after or next((one for one in reversed(made) if one != before), made[-1])
    return before or max((one for one in made if one < newer), default=made[0]), newer


def _build(desk: Desk, row: ClipRow, takes: list[Take], made: list[int], revisions: list[Revision]) -> None:
    labels = {r.revision: f"Revision {r.revision}, {r.author}, {moment(r.at)}" for r in revisions}
    shown = [take.revision for take in takes]
    with box("page-head cmp-head", "header"):
        button(icon_name="chevron-left", hint="Back to the clip", kind="ghost", on_click=lambda: _go(f"/clip/{row.id}"))
        with box("grow"):
            html(crumbs("Compare", f"revisions {shown[0]} and {shown[1]}"), "kick")
            text(row.title, "page-title", "h1", language=row.language)
        choices = {"": {str(one): labels[one] for one in made}}
        dropdown("A", choices, str(shown[0]), lambda value: _go(f"/clip/{row.id}/compare?a={value}&b={shown[1]}"))
        dropdown("B", choices, str(shown[1]), lambda value: _go(f"/clip/{row.id}/compare?a={shown[0]}&b={value}"))
    with box("scroll", tabindex="0"), box("wrap stack") as root:
        formats = [frame for frame in takes[0].cuts if frame in takes[1].cuts]
        if formats:
            Comparison(row.id, takes, [labels[one] for one in shown], formats)
        else:
            html('<p class="muted">They have no format in common to play side by side.</p>')
        with box("two"):
            with card("Script", _told(revisions, shown[1])):
                html(script_diff(takes[0], takes[1], row.language))
            with card("Besides"):
                html(facts(takes[0], takes[1], desk.engines), "card-in")

    def act(name: str) -> None:
        with root:
            if name == "help":
                help_sheet().open()

    ui.on("desk", lambda event: act(str(event.args)))


def _told(revisions: list[Revision], number: int) -> str:
    return next((r.note for r in revisions if r.revision == number), "")


def _go(address: str) -> None:
    ui.navigate.to(address)
