"""The one table of keys: the browser acts by it, the help sheet shows it, the buttons name theirs from it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Where = Literal["player", "queue", "desk", "page"]
"""Who acts: the player or the queue, in the browser; the desk, on the server; or another page is opened."""


@dataclass(frozen=True)
class Key:
    """One key. `call` is a method of the player or queue with `values`, an act of the desk, or the address of a page.
    `key` is the DOM's name."""

    key: str
    does: str
    where: Where
    call: str
    values: tuple[int, ...] = ()
    shown: str = ""

    @property
    def label(self) -> str:
        return self.shown or self.key


WATCHING = (
    Key("j", "Next clip", "queue", "move", (1,)),
    Key("k", "Previous clip", "queue", "move", (-1,)),
    Key("/", "Find by title", "queue", "find"),
    Key("b", "Choose several", "queue", "pick"),
    Key("n", "Show new clips", "desk", "refresh"),
    Key(" ", "Play, pause", "player", "toggle", shown="space"),
    Key("ArrowLeft", "One frame back", "player", "step", (-1,), "←"),
    Key("ArrowRight", "One frame on", "player", "step", (1,), "→"),
    Key("Shift+ArrowLeft", "One line back", "player", "jump", (-1,), "⇧ ←"),
    Key("Shift+ArrowRight", "One line on", "player", "jump", (1,), "⇧ →"),
    Key("[", "Slower", "player", "faster", (-1,)),
    Key("]", "Faster", "player", "faster", (1,)),
    Key("l", "Repeat the line", "player", "repeat"),
    Key("v", "Hear the other take", "player", "swap"),
    Key("f", "Full screen", "player", "full"),
)
DECIDING = (
    Key("a", "Approve and next", "desk", "approve"),
    Key("r", "Reject, with a reason", "desk", "reject"),
    Key("c", "Request changes", "desk", "request_changes"),
    Key("h", "Hold", "desk", "hold"),
    Key("u", "Undo", "desk", "undo"),
    Key("e", "Edit the script", "desk", "edit"),
    Key("g", "Make again", "desk", "again"),
    Key("d", "Compare with the take before", "desk", "compare"),
    Key("x", "Export", "desk", "export"),
    Key("Delete", "Discard to the trash", "desk", "discard", shown="del"),
    Key("?", "This help", "desk", "help"),
)
GOING = (
    Key("i", "Inbox", "page", "/"),
    Key("t", "Topics", "page", "/topics"),
    Key("o", "One-off clip", "page", "/new"),
    Key("s", "Shows", "page", "/shows"),
)
KEYS = (*WATCHING, *DECIDING, *GOING)


def key_of(act: str) -> str:
    """What to press for an act of the desk; "" when it has no key."""
    return next((key.label for key in KEYS if key.where == "desk" and key.call == act), "")


def keys_for_browser() -> str:
    """The table as JSON, safe inside a `<script>` element."""
    table: dict[str, Any] = {key.key: asdict(key) for key in KEYS}
    return json.dumps(table, ensure_ascii=False).replace("<", "\\u003c")
