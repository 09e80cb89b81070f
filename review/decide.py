"""The rules of deciding, checked in the same transaction that records the decision.

A decision names the very files that were played: format → sha256. An approval names all formats of the
clip, so that what is exported later can be proved to be what was watched.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from config.errors import Refused
from review.policy import approval, policy_of
from storage.decisions import Decision, DecisionKind, record_decision, standing_decision
from storage.exports import export_of_decision
from storage.history import authors_of
from storage.people import Person, find_person
from storage.queries import ClipDetail, clip_detail

REASONS = (
    "Claim not supported", "Wrong or misleading", "Not interesting", "Looks or sounds bad", "Duplicate", "Sensitive subject",
)  # fmt: skip
"""Why a clip is rejected; the first nine have number keys."""

DID: dict[DecisionKind, str] = {
    "approve": "approved this clip",
    "endorse": "approved this clip, as the first of two",
    "reject": "rejected this clip",
    "request_changes": "asked for changes",
    "hold": "put this clip on hold",
    "undo": "took a decision back",
}


def decide(
    db: Database,
    clip_id: str,
    kind: DecisionKind,
    user: str,
    *,
    played: Mapping[str, str],
    seen: str | None,
    reason: str = "",
    note: str = "",
) -> Decision:
    """Record a decision. A command: run it by the writer. The show's policy may make an approval the first of two.

    `played`: format → sha256 of each video that was played. `seen`: id of the standing decision when the
    person looked, or None. Raises Refused, UnknownName.
    """
    person = reviewer(db, user)
    detail = clip_detail(db, clip_id)
    standing = standing_decision(db, clip_id)
    _nobody_was_faster(standing, seen, person)
    cuts = current_cuts(detail)
    check(kind, detail, cuts, played, reason)
    named = dict(played) if kind != "approve" else cuts
    if kind == "approve":
        kind = approval(policy_of(db, detail.brief), person.name, authors_of(db, clip_id), standing, cuts)
    return record_decision(db, clip_id, detail.row.revision, kind, user, cuts=named, reason=reason, note=note.strip())


def undo(db: Database, decision_id: str, clip_id: str, user: str) -> Decision:
    """Take back the standing decision. A command: run it by the writer. Raises Refused, UnknownName."""
    reviewer(db, user)
    standing = standing_decision(db, clip_id)
    if standing is None or standing.id != decision_id:
        raise Refused("That decision no longer stands.", "Reload the clip to see what was decided since.")
    if export_of_decision(db, decision_id):
        raise Refused("This clip has left the house; its approval cannot be undone.", "Edit it to make a new version.")
    return record_decision(db, clip_id, standing.revision, "undo", user, cuts=standing.cuts, undoes=standing.id)


def check(
    kind: DecisionKind, detail: ClipDetail, cuts: Mapping[str, str], played: Mapping[str, str], reason: str
) -> None:
    """Whether this decision makes sense for what lies on the table. Raises Refused."""
    if detail.row.trashed:
        raise Refused("This clip is in the trash.", "Restore it first.")
    if detail.row.production != "ready":
        raise Refused("This clip is not made yet.", "Wait until it is ready, or look at why it is not.")
    for format_, sha256 in played.items():
        if cuts.get(format_) != sha256:
            raise Refused(f"The {format_} cut changed since you watched it.", "Reload the clip and watch it again.")
    if kind == "approve" and (unwatched := [f for f in cuts if f not in played]):
        raise Refused(f"You have not played {_list(unwatched)} yet.", "An approval names every file that was watched.")
    if kind == "reject" and not reason.strip():
        raise Refused("A rejection needs a reason.", "Pick one, or write one.")


def current_cuts(detail: ClipDetail) -> dict[str, str]:
    """format → sha256 of the videos that lie on the table; empty while they are being made."""
    return {format_: cut.video.sha256 for format_, cut in detail.cuts.items()}


def reviewer(db: Database, user: str) -> Person:
    """Who decides. Raises Refused for everybody else."""
    person = find_person(db, user)
    if person is None or not person.may("reviewer"):
        raise Refused("Only reviewers decide about clips.", "Ask an admin for the reviewer role.")
    return person


def _nobody_was_faster(standing: Decision | None, seen: str | None, reviewer: Person) -> None:
    if standing is None or standing.id == seen:
        return
    who = "You" if standing.user == reviewer.name else standing.user
    raise Refused(f"{who} {DID[standing.kind]} meanwhile.", "Look at that decision first; it can be undone.")


def _list(names: list[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
