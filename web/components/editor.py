"""The script editor: one field per spoken line, with what changed and what supports it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import ui

from review.edit import Change, EditedLine
from review.support import LineSupport
from storage.documents import Script

Edited = Callable[[str, list[EditedLine]], Awaitable[None]]
"""Called with (title, lines) shortly after the last keystroke."""


class Editor(ui.element, component="editor.js"):
    def __init__(self, script: Script, language: str, on_edited: Edited) -> None:
        super().__init__()
        self.props.update(title=script.title, lines=[line.text for line in script.lines], lang=language)

        async def edited(event: Any) -> None:
            lines = [EditedLine(text=str(line["text"]), was=line["was"]) for line in event.args["lines"]]
            await on_edited(str(event.args["title"]), lines)

        self.on("edited", edited, ["title", "lines"])

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
