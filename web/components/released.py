"""The note that a clip has left the house: where it lies, and the way to take it along."""

from __future__ import annotations

from html import escape

from storage.exports import ExportRecord
from web.components.basics import html
from web.desk import Desk
from web.theme.marks import icon
from web.words import moment


def bundle_address(export_id: str) -> str:
    return f"/api/v1/exports/{export_id}/bundle.zip"


def released_note(desk: Desk, record: ExportRecord) -> None:
    path = desk.studio.folder.exports / record.folder
    html(
        f'<div class="note mint" style="margin:0"><div class="note-h">{icon("package-check")}'
        f"<span>Exported by {escape(record.made_by)}, {moment(record.made_at)}</span></div>"
        f'<p class="path mono">{escape(str(path))}</p><div class="acts">'
        f'<a class="btn btn-quiet btn-small" href="{bundle_address(record.id)}" download>{icon("download")}<span>Download</span></a>'
        "</div></div>",
        "section",
    )
