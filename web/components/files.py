"""A file of one's own: a button that asks for it, what became of it, and a button that takes it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape

from nicegui import ui
from nicegui.events import UploadEventArguments

from web.components.basics import box, button, text
from web.components.toast import toast


class FileField:
    """Nothing was brought until `show` says so. The file itself is taken by `on_file`."""

    def __init__(
        self, label: str, hint: str, accept: str, largest: int, on_file: Callable[[UploadEventArguments], Awaitable[None]],
        on_drop: Callable[[], Awaitable[None]],
    ) -> None:  # fmt: skip
        """`largest`: bytes; the browser refuses more by itself, and so does whoever takes it."""
        self._hint = hint
        with box("own-file"):
            upload = ui.upload(
                on_upload=on_file, auto_upload=True, max_file_size=largest,
                on_rejected=lambda: toast(f"At most {largest / 1e6:g} MB are taken, of the usual kinds.", bad=True),
            )  # fmt: skip
            upload.props(f"no-thumbnails accept='{accept}'").style("display:none")
            button(label, lambda: upload.run_method("pickFiles"), icon_name="upload")
            self._drop = button("Remove it", on_drop, icon_name="x", kind="ghost", hidden="")
            self._said = text(hint, "muted small", "p", aria_live="polite")

    def show(self, words: str, *, there: bool = True) -> None:
        """Say what was brought; "" = nothing. `there`: whether it can be taken back."""
        self._said.set_content(escape(words or self._hint))
        self._drop.props.pop("hidden", None)
        if not (words and there):
            self._drop.props["hidden"] = ""
        self._drop.update()
