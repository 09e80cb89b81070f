"""A reviewer asked for changes: their words go to the writer when the script is written again."""

from __future__ import annotations

from sqlite_utils import Database

from config.errors import Refused
from review.decide import reviewer
from storage.clips import revise_clip
from storage.decisions import Decision, standing_decision
from storage.orders import Brief
from storage.queries import clip_row, newest_brief

LONGEST = 1000
"""What `BriefOptions.guidance` holds."""


def guidance_of(decision: Decision | None) -> str:
    """What a standing request for changes asks of the writer, in the reviewer's words; "" when nobody asked."""
    if decision is None or decision.kind != "request_changes":
        return ""
    parts = (" ".join(words.split()) for words in (decision.reason, decision.note))
    return ". ".join(part.rstrip(".") for part in parts if part)[:LONGEST]


def heeding(brief: Brief, guidance: str) -> Brief:
    """A brief whose writer is told `guidance`, if it has one: the pins and takes stay as they are."""
    if not guidance:
        return brief
    return brief.model_copy(update={"options": brief.options.model_copy(update={"guidance": guidance})})


def rewritten(brief: Brief, guidance: str) -> Brief:
    """The next revision of a brief, written anew with `guidance`: another take of the script, and nobody's pin of it.

    Raises Refused where no engine wrote the script, or where the writer would be told nothing.
    """
    if brief.direct:
        raise Refused("These are somebody's own words: no engine wrote them.", "Edit the script instead.")
    if not guidance:
        raise Refused("Nobody said what should change.", "Request changes with a reason or a note first.")
    return heeding(brief, guidance).model_copy(
        update={
            "takes": {**brief.takes, "script": brief.takes.get("script", 0) + 1},
            "pins": {node: pin for node, pin in brief.pins.items() if node != "script"},
        }
    )


def write_again(db: Database, clip_id: str, user: str) -> int:
    """Order the revision that the standing request for changes asks for. Returns its number.

    A command: run it by the writer. Raises Refused, UnknownName.
    """
    person, row = reviewer(db, user), clip_row(db, clip_id)
    guidance = guidance_of(standing_decision(db, clip_id))
    brief = rewritten(newest_brief(db, clip_id), guidance)
    return revise_clip(db, clip_id, brief, person.name, row.revision, f"Written again: {guidance}")
