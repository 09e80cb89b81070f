"""The list of clips. It never shifts under the reviewer: changes show in place, new clips wait to be asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from nicegui import ui

from review.inbox import SHELVES
from web.cards import Card, shelves
from web.words import LANGUAGES

GONE = "gone"
"""The shelf of a clip that left the list."""


class Queue(ui.element, component="queue.js"):
    """All clips in one element: a row costs the server one small record, not forty elements."""

    def __init__(
        self,
        cards: dict[str, Card],
        at: str,
        *,
        on_open: Callable[[str], Any],
        on_refresh: Callable[[], Any],
        on_find: Callable[[str], Any],
        on_batch: Callable[[str, list[str]], Any],
        decides: bool,
    ) -> None:
        super().__init__()
        self.props.update(languages=LANGUAGES, decides=decides)
        self.on(
            "batch",
            lambda event: on_batch(str(event.args["act"]), [str(one) for one in event.args["ids"]]),
            ["act", "ids"],
        )
        self.props["first"] = at
        self.props["names"] = SHELVES
        self.lay_out(cards)
        self.on("open", lambda event: on_open(str(event.args)))
        self.on("refresh", lambda _event: on_refresh())
        self.on("find", lambda event: on_find(str(event.args)))

    def lay_out(self, cards: dict[str, Card]) -> None:
        """Lay the list out anew. Only when a person asked for it."""
        self._laid, self._shown, self._fresh = dict(cards), dict(cards), 0
        self._gone: set[str] = set()
        groups = [{"name": name, "cards": [card.model_dump() for card in found]} for name, found in shelves(cards)]
        self.props["laid-out"] = json.dumps(groups, ensure_ascii=False, separators=(",", ":"))
        self.update()

    def show(self, cards: dict[str, Card]) -> None:
        """Show what changed, in place; what is new is only counted."""
        changed = [
            {"id": card.id, "shelf": card.shelf, **_difference(self._shown[card.id], card)}
            for card in cards.values()
            if card.id in self._laid and (card != self._shown[card.id] or card.id in self._gone)
        ]
        changed += [{"id": clip_id, "shelf": GONE} for clip_id in self._shown.keys() - cards.keys() - self._gone]
        self._gone = self._shown.keys() - cards.keys()
        fresh = len(self._waiting(cards) - self._waiting(self._laid))
        if changed or fresh != self._fresh:
            self.run_method("patch", changed, fresh)
        self._fresh = fresh
        self._shown = {clip_id: cards.get(clip_id, card) for clip_id, card in self._shown.items()}

    def found(self, words: str, cards: list[Card]) -> None:
        """Clips of these words that are not in the list."""
        self.run_method("found", words, [card.model_dump() for card in cards])

    def stop_picking(self) -> None:
        """No clip is chosen any more."""
        self.run_method("leavePicking")

    def select(self, clip_id: str) -> None:
        """Mark a clip as the open one."""
        self.run_method("select", clip_id)

    def move_on(self) -> None:
        """Open what took the place of a clip that left the list."""
        self.run_method("moveOn")

    def advance(self) -> None:
        """Open the next clip that waits for review."""
        self.run_method("advance")

    @staticmethod
    def _waiting(cards: dict[str, Card]) -> set[str]:
        return {card.id for card in cards.values() if card.shelf == "review"}


def _difference(before: Card, after: Card) -> dict[str, Any]:
    old = before.model_dump()
    return {name: value for name, value in after.model_dump().items() if value != old[name]}
