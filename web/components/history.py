"""What happened to a clip, newest first. Pure: facts in, markup out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from review.decide import DID
from storage.decisions import Decision
from storage.exports import ExportRecord
from storage.history import Revision
from storage.queries import ClipDetail
from web.components.why import section
from web.words import moment


def history(
    detail: ClipDetail,
    decisions: Sequence[Decision],
    revisions: Sequence[Revision],
    exports: Sequence[ExportRecord],
    *,
    takes: int = 1,
) -> str:
    """Everything that happened, newest first: who, when, about which file, and why."""
    undone = {decision.undoes for decision in decisions if decision.undoes}
    steps = [(r.at, _revision(r)) for r in revisions]
    steps += [(d.at, _decision(d, undone=d.id in undone)) for d in decisions]
    steps += [(e.made_at, f"<b>{escape(e.made_by)}</b> exported it<small>{escape(e.folder)}</small>") for e in exports]
    if detail.row.settled_at and detail.row.production == "ready":
        steps.append(
            (
                detail.row.settled_at,
                f"Made{', revision ' + str(detail.row.revision) if detail.row.revision > 1 else ''}",
            )
        )
    rows = [
        f'<li><time datetime="{at}">{moment(at)}</time><div>{step}</div></li>'
        for at, step in sorted(steps, reverse=True)
    ]
    compare = (
        f'<a class="btn btn-quiet btn-small" href="/clip/{escape(detail.row.id)}/compare">Compare takes</a>'
        if takes > 1
        else ""
    )
    return section("history", "History", "", f'<ol class="steps">{"".join(rows)}</ol>{compare}')


def _revision(revision: Revision) -> str:
    act = "Ordered" if revision.revision == 1 else f"Revision {revision.revision}"
    note = f"<small>{escape(revision.note)}</small>" if revision.note else ""
    return f"{act} by <b>{escape(revision.author)}</b>{note}"


def _decision(decision: Decision, *, undone: bool) -> str:
    files = ", ".join(
        f'{frame} <span class="mono">{sha256[:7]}</span>' for frame, sha256 in sorted(decision.cuts.items())
    )
    why = escape(" · ".join(part for part in (decision.reason, decision.note) if part))
    said = f'<span class="{"undone" if undone else ""}"><b>{escape(decision.user)}</b> {DID[decision.kind]}</span>'
    return said + (f"<small>{files}</small>" if files else "") + (f"<small>{why}</small>" if why else "")
