"""Whose approval lets a clip out: the policy of its show. Pure but for looking the show up."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlite_utils import Database

from config.errors import Refused, UnknownName
from storage import catalogue
from storage.decisions import Decision, DecisionKind
from storage.orders import Brief, ReviewPolicy

POLICIES: dict[ReviewPolicy, str] = {
    "one": "One reviewer", "two": "Two different reviewers", "other": "A reviewer who is not the author",
}  # fmt: skip


def policy_of(db: Database, brief: Brief) -> ReviewPolicy:
    """The show's policy as it is today; of a show that is not in the studio, as it was when the clip was ordered."""
    try:
        return catalogue.show(db, brief.show.slug).review
    except UnknownName:
        return brief.show.review


def approval(
    policy: ReviewPolicy, user: str, authors: Collection[str], standing: Decision | None, cuts: Mapping[str, str]
) -> DecisionKind:
    """What an approval by `user` amounts to: "approve", or "endorse" where somebody else has to approve too.

    `authors`: who ordered or changed the clip. `standing`: the decision that stands. `cuts`: format → sha256, as they are
    now; a first approval of other files does not count. Raises Refused when it must be somebody else.
    """
    if policy == "other" and user in authors:
        raise Refused("You ordered or changed this clip.", "Its show wants the approval of somebody else.")
    if policy != "two":
        return "approve"
    if standing is None or standing.kind != "endorse" or standing.cuts != cuts:
        return "endorse"
    if standing.user == user:
        raise Refused("You approved this clip already.", "Its show wants a second reviewer.")
    return "approve"


def to_say(policy: ReviewPolicy, user: str, authors: Collection[str], standing: Decision | None) -> str:
    """What a reviewer should know of the policy before they decide; "" when it changes nothing for them."""
    if policy == "other" and user in authors:
        return "You ordered or changed this clip: its show wants the approval of somebody else."
    if policy != "two" or (standing is not None and standing.kind == "approve"):
        return ""
    if standing is None or standing.kind != "endorse":
        return "Its show wants two different reviewers to approve it."
    return f"{'You' if standing.user == user else standing.user} approved it; its show wants a second reviewer."
