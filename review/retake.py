"""A wanted repeat: some parts of a finished clip are made again with another take, which changes their seed; or a file that
a person brought stands in for what an engine made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from review.wanted import STAGE_OF, Part, next_take, with_files
from storage.clips import revise_clip
from storage.documents import ArtifactRef
from storage.orders import Consent
from storage.queries import clip_nodes, clip_row, newest_brief


def take_again(
    db: Database, clip_id: str, parts: Iterable[str], based_on: int, author: str, note: str = "",
    files: Mapping[Part, ArtifactRef | None] | None = None, consent: Consent | None = None,
) -> int:  # fmt: skip
    """Order another take of these stages or nodes, with these files in place of what engines made, as a new revision.
    A command. Returns the revision. `files`: None = drop what was brought; a film needs `consent`.

    Raises UnknownName, UsageError for a part that a person made, Refused when the clip was revised since.
    """
    row, brief = clip_row(db, clip_id), newest_brief(db, clip_id)
    if row.production in ("waiting", "making"):
        raise Refused("This clip is being made.", "Wait until it is ready, or cancel it first.")
    stage_of = {node.node: node.stage for node in clip_nodes(db, clip_id)}
    stage_of.update({stage: stage for stage in stage_of.values()})
    takes, brought = (
        dict(brief.takes),
        set(brief.brought) - {STAGE_OF[p] for p, f in (files or {}).items() if f is None},
    )
    for part in dict.fromkeys(parts):
        if stage_of.get(part) in brought:
            raise UsageError(f"The {part} was brought by a person.", "Bring another file, or drop it first.")
        if part in brief.pins:
            raise UsageError(f"The {part} was made by a person.", "Edit it in the desk instead.")
        if part not in stage_of:
            raise UnknownName("part of this clip", part, list(stage_of))
        takes[part] = next_take(brief, part)
    brief = with_files(brief, files or {}, consent).model_copy(update={"takes": takes})
    return revise_clip(db, clip_id, brief, author, based_on, note)
