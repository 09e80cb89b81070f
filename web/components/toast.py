"""Short messages at the foot of the page, read out by screen readers; some offer one thing to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from web.components.basics import box, button, text

SHOWN_S = 7.0


def toast(
    message: str, label: str = "", act: Callable[[], Any] | None = None, *, key: str = "", bad: bool = False
) -> None:
    """Show `message` for some seconds; with `label` and `act`, as long offer a button."""
    shelf = next(element for element in ui.context.client.elements.values() if element.props.get("id") == "toasts")
    shelf.clear()
    with shelf, box("toast bad" if bad else "toast", role="alert" if bad else "group") as note:
        text(message, "toast-text", dir="auto")

        def leave() -> None:
            if not note.is_deleted:
                note.delete()

        if act is not None:
            do = act

            async def run() -> None:
                leave()
                result = do()
                if hasattr(result, "__await__"):
                    await result

            button(label, run, key=key)
        ui.timer(SHOWN_S, leave, once=True)
