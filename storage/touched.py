"""Which clips a commit touched, so that whoever shows clips reads those anew and no others.

Triggers that live on the writer's connection alone call back into this process with the id of a clip, or the key of work,
that a row speaks of. They write nothing: what a statement changed, and how many rows, stays what it was.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

EVERY = "*"
"""Stands for all clips: a show's name or a consent changed, and with it what is said of any of them."""

SPEAK_OF = {"clips": "id", "briefs": "clip_id", "nodes": "clip_id", "decisions": "clip_id", "exports": "clip_id",
            "trash": "clip_id"}  # fmt: skip
"""Tables whose rows each speak of one clip, by this column."""
SPEAK_OF_WORK = {"work": "key"}
"""Those of a piece of work, which any number of clips may wait for."""
SPEAK_OF_EVERY = ("shows", "consents")
DEEDS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}

WAITING_FOR = "SELECT DISTINCT clip_id FROM nodes WHERE key IN (SELECT value FROM json_each(?))"


class Touched:
    """What the commands on one connection touch, until it is taken."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._clips, self._keys = set[str](), set[str]()
        db.conn.create_function("touch_clip", 1, self._clips.add)
        db.conn.create_function("touch_work", 1, self._keys.add)
        for table, column in SPEAK_OF.items():
            self._watch(table, f"touch_clip({{row}}.{column})")
        for table, column in SPEAK_OF_WORK.items():
            self._watch(table, f"touch_work({{row}}.{column})")
        for table in SPEAK_OF_EVERY:
            self._watch(table, f"touch_clip('{EVERY}')")

    def take(self) -> frozenset[str]:
        """Ids of the clips that were touched since the last time, and perhaps `EVERY`; asked after a commit."""
        if self._keys:
            rows = self._db.execute(WAITING_FOR, [json.dumps(list(self._keys))]).fetchall()
            self._clips.update(row[0] for row in rows)
        taken = frozenset(self._clips)
        self.forget()
        return taken

    def forget(self) -> None:
        """What was touched has not come about: the transaction was rolled back."""
        self._clips.clear()
        self._keys.clear()

    def _watch(self, table: str, told: str) -> None:
        for deed, rows in DEEDS.items():
            calls = ", ".join(told.format(row=row) for row in rows)
            self._db.execute(
                f"CREATE TEMP TRIGGER touched_{table}_{deed} AFTER {deed} ON main.{table} BEGIN SELECT {calls}; END"
            )
