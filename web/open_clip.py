"""The clip that lies on the table: everything a reviewer sees of it, as it was when it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from review.bundle import known_names
from review.decide import current_cuts
from review.policy import policy_of, to_say
from review.support import LineSupport, source_text, support
from storage.consents import Lapse, lapse_of
from storage.decisions import Decision, decisions_of, standing_decision
from storage.exports import ExportRecord, Wanted, list_exports
from storage.history import Revision, revisions_of
from storage.orders import ReviewPolicy
from storage.queries import ClipDetail, clip_detail
from storage.takes import finished_revisions


@dataclass(frozen=True)
class OpenClip:
    detail: ClipDetail
    supports: tuple[LineSupport, ...]
    standing: Decision | None
    decisions: list[Decision]
    revisions: list[Revision]
    exports: list[ExportRecord]
    policy: ReviewPolicy = "one"
    lapse: Lapse | None = None
    """Why the person it shows or sounds like does not agree to that now."""
    takes: int = 1
    """How many finished revisions there are."""

    @classmethod
    def read(cls, db: Database, clip_id: str) -> OpenClip:
        """Raises UnknownName."""
        detail = clip_detail(db, clip_id)
        source = source_text(detail.brief.topic, direct=detail.brief.direct)
        return cls(
            detail=detail,
            supports=support(detail.script, source, known_names(detail.brief)) if detail.script else (),
            standing=standing_decision(db, clip_id),
            decisions=decisions_of(db, clip_id),
            revisions=revisions_of(db, clip_id),
            exports=list_exports(db, wanted=Wanted(clip=clip_id)),
            policy=policy_of(db, detail.brief),
            lapse=lapse_of(db, detail.brief),
            takes=len(finished_revisions(db, clip_id)),
        )

    @property
    def id(self) -> str:
        return self.detail.row.id

    @property
    def claims(self) -> list[str]:
        """The lines that the source does not support, in their own words."""
        script = self.detail.script
        return [script.lines[s.line - 1].text for s in self.supports if s.state == "unsupported"] if script else []

    def say_of_policy(self, user: str) -> str:
        """What the show's review policy means for this reviewer; "" when nothing."""
        if self.detail.row.production != "ready" or self.detail.row.trashed:
            return ""
        return to_say(self.policy, user, {revision.author for revision in self.revisions}, self.standing)

    def unplayed(self, played: Mapping[str, str]) -> list[str]:
        """The formats whose present file is not among `played` (format → sha256)."""
        return [frame for frame, sha256 in current_cuts(self.detail).items() if played.get(frame) != sha256]
