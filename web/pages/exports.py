"""What left the house: every export, with where it lies and the way to take it along."""

from __future__ import annotations

from html import escape
from typing import Any

from storage.exports import ExportRecord, list_exports
from storage.queries import ClipRow, clip_row
from web.components.basics import box, html, text
from web.components.frame import frame
from web.components.released import bundle_address
from web.desk import Desk
from web.media import media_address
from web.sessions import Visit
from web.theme.marks import MARK, icon
from web.words import day_and_time, duration

SHOWN = 200
HEAD = (
    '<thead><tr><th><span class="unseen">Picture</span></th><th>Clip</th><th>Formats</th><th>Approved</th><th>Exported</th>'
    '<th><span class="unseen">Bundle</span></th></tr></thead>'
)


def exports_page(desk: Desk, visit: Visit) -> None:
    with frame(desk, visit, visit.must(), "exports", "Exports"):
        with desk.studio.reading() as db:
            found = [(record, clip_row(db, record.clip_id)) for record in list_exports(db, SHOWN)]
        if not found:
            html(
                f"{MARK}<h2>Nothing has left the house yet.</h2><p>Approve a clip in the inbox, then export it.</p>",
                "empty",
            )
            return
        with box("page-head", "header"):
            text("Exports", "page-title", "h1")
            text(str(len(found)), "count")
        with box("scroll", tabindex="0"), box("wrap"), box("card"):
            rows = "".join(_row(*one) for one in found)
            html(f'<table class="exports">{HEAD}<tbody>{rows}</tbody></table>')


def _row(record: ExportRecord, clip: ClipRow) -> str:
    bundle: dict[str, Any] = record.bundle
    facts, approval = bundle["clip"], bundle["approval"]
    picture = f'<img src="{media_address(clip.id, clip.poster)}" alt="" loading="lazy">' if clip.poster else ""
    return (
        f'<tr><td>{picture}</td><td><a class="ti" href="/clip/{clip.id}" dir="auto" lang="{escape(facts["language"])}">'
        f'{escape(facts["title"])}</a><div class="path mono">{escape(record.folder)}</div></td>'
        f'<td class="num keep">{escape(", ".join(approval["cuts"]))} · {duration(facts["duration_s"])}</td>'
        f"<td><span class='who'>Approved by </span>{escape(approval['by'])}, <span class='keep'>{day_and_time(approval['at'])}</span></td>"
        f"<td><span class='who'>Exported by </span>{escape(record.made_by)}, <span class='keep'>{day_and_time(record.made_at)}</span></td>"
        f'<td><a class="btn btn-quiet btn-small" href="{bundle_address(record.id)}" download>{icon("download")}'
        f'<span>Download</span><span class="unseen"> {escape(facts["title"])}</span></a></td></tr>'
    )
