"""A wanted repeat: some parts of a finished clip are made again with another take, which changes their seed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage.clips import revise_clip
from storage.queries import clip_nodes, clip_row, newest_brief


def take_again(db: Database, clip_id: str, parts: Iterable[str], based_on: int, author: str, note: str = "") -> int:
    """Order another take of these stages or nodes, as a new revision. A command. Returns the revision.

    Raises UnknownName, UsageError for a part that a person made, Refused when the clip was revised since.
    """
    row, brief = clip_row(db, clip_id), newest_brief(db, clip_id)
    if row.production in ("waiting", "making"):
        raise Refused("This clip is being made.", "Wait until it is ready, or cancel it first.")
    stage_of = {node.node: node.stage for node in clip_nodes(db, clip_id)}
    stage_of.update({stage: stage for stage in stage_of.values()})
    takes = dict(brief.takes)
    for part in dict.fromkeys(parts):
        if part in brief.pins:
            raise UsageError(f"The {part} was made by a person.", "Edit it in the desk instead.")
        if part not in stage_of:
            raise UnknownName("part of this clip", part, list(stage_of))
        takes[part] = max(brief.takes.get(part, 0), brief.takes.get(stage_of[part], 0)) + 1
    return revise_clip(db, clip_id, brief.model_copy(update={"takes": takes}), author, based_on, note)
