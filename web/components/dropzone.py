"""A place to drop files on; a button for those who do not drag."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import UploadEventArguments

from web.components.basics import box, button, text

DROPPED = """(event) => {{
    event.preventDefault();
    event.currentTarget.classList.remove("is-over");
    const taker = getElement({id});
    (taker.addFiles ?? taker.$refs.qRef.addFiles)(event.dataTransfer.files);
}}"""
OVER = '(event) => { event.preventDefault(); event.currentTarget.classList.add("is-over"); }'
LEFT = '(event) => event.currentTarget.classList.remove("is-over")'


def dropzone(
    label: str, hint: str, accept: str, take: Callable[[UploadEventArguments], Awaitable[None]], largest: int, *, several: bool = False
) -> ui.html:  # fmt: skip
    """`accept`: media types and endings. `largest`: bytes. Returns the hint, which may say something else."""
    upload = ui.upload(on_upload=take, auto_upload=True, max_file_size=largest, multiple=several)
    upload.props(f"no-thumbnails accept='{accept}'").style("display:none")
    with box("drop") as zone:
        button(label, lambda: upload.run_method("pickFiles"), icon_name="upload", classes="btn-small")
        said = text(hint, "muted small", "p", aria_live="polite")
    zone.on("drop", js_handler=DROPPED.format(id=upload.id))
    zone.on("dragover", js_handler=OVER)
    zone.on("dragleave", js_handler=LEFT)
    return said
