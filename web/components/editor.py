"""The script editor: one field per spoken line, with what changed and what supports it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import ui

from review.edit import Change, EditedLine
from review.support import LineSupport
from storage.documents import Script
from storage.spoken_in import marked

Hear = Callable[[str], Awaitable[None]]
"""Called with the words of a line that somebody wants to hear."""
Edited = Callable[[str, list[EditedLine]], Awaitable[None]]
"""Called with (title, lines) shortly after the last keystroke."""


class Editor(ui.element, component="editor.js"):
    """The fields of a script; without one, an empty page to write on (`on_hear`: with a button that speaks a line)."""

    def __init__(self, script: Script | None, language: str, on_edited: Edited, on_hear: Hear | None = None) -> None:
        super().__init__()
        self.props.update(lang=language, fresh=script is None, hears=on_hear is not None)
        if script is not None:
            self.props.update(title=script.title, lines=[marked(line, language) for line in script.lines])

        async def edited(event: Any) -> None:
            lines = [EditedLine(text=str(line["text"]), was=line["was"]) for line in event.args["lines"]]
            await on_edited(str(event.args["title"]), lines)

        self.on("edited", edited, ["title", "lines"])
        if (hear := on_hear) is not None:
            self.on("hear", lambda event: hear(str(event.args)))

    def judge(self, script: Script, supports: Sequence[LineSupport], differences: Sequence[list[Change]]) -> None:
        """Say what came of each line that was sent."""
        answers = [
            {
                "state": answer.state, "reason": answer.reason, "quote": line.quote,
                "changes": [change.model_dump() for change in changed],
            }
            for line, answer, changed in zip(script.lines, supports, differences, strict=True)
        ]  # fmt: skip
        self.run_method("judge", answers)
