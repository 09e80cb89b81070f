"""What the API says about clips and exports."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from review.inbox import Shelf, shelf_of
from review.policy import policy_of
from review.progress import StageProgress, overall, stages
from storage.consents import Lapse, lapse_of
from storage.decisions import Decision, standing_decision
from storage.documents import Cut, Script
from storage.exports import ExportRecord
from storage.orders import ReviewPolicy
from storage.plans import Failure
from storage.quality import QualityReport
from storage.queries import ClipDetail, ClipRow, Production, Review, clip_detail
from web.components.released import bundle_address
from web.media import media_address
from web.studio import Studio


class ClipView(BaseModel):
    """A clip in a list."""

    id: str
    title: str
    show: str
    language: str
    author: str
    created_at: str
    settled_at: str | None
    revision: int
    production: Production
    review: Review
    shelf: Shelf
    exported: bool
    trashed: bool
    duration_s: float | None
    waiting: str | None
    failure: Failure | None
    consent: str | None = Field(
        default=None, description="why the person it shows or sounds like does not agree to that now; null = they do"
    )
    failed_checks: int = Field(description="of the quality gate, in all formats")

    @classmethod
    def of(cls, row: ClipRow, lapse: Lapse | None = None) -> ClipView:
        return cls(
            **row.model_dump(exclude={"poster", "done"}), shelf=shelf_of(row), consent=lapse.message if lapse else None
        )


class CutView(BaseModel):
    """One format of a finished clip. `video` and `poster` are paths of this server, for people at the desk."""

    format: str
    sha256: str
    video: str
    poster: str
    duration_s: float
    width: int
    height: int

    @classmethod
    def of(cls, clip_id: str, cut: Cut) -> CutView:
        media = cut.media
        return cls(
            format=cut.format, sha256=cut.video.sha256, video=media_address(clip_id, cut.video.sha256),
            poster=media_address(clip_id, cut.poster.sha256), duration_s=media.duration_s, width=media.width,
            height=media.height,
        )  # fmt: skip


class ClipFullView(ClipView):
    """One clip with its script, cuts, progress and standing decision."""

    progress: float = Field(description="0..1, all stages alike")
    stages: list[StageProgress]
    presenter: str = Field(description="short name of who speaks")
    presenter_version: int = Field(description="the version that it was ordered with; 0 = of none that is stored")
    script: Script | None
    cuts: list[CutView]
    reports: list[QualityReport] = Field(description="what the quality gate says of each cut")
    decision: Decision | None
    review_policy: ReviewPolicy = Field(
        description="whose approval lets it out: one reviewer, two, or one who is no author"
    )
    guidance: str = Field(description="what the writer of this revision was told to change")

    @classmethod
    def of_detail(
        cls, detail: ClipDetail, decision: Decision | None, policy: ReviewPolicy, running: dict[str, tuple[float, str]],
        lapse: Lapse | None = None,
    ) -> ClipFullView:  # fmt: skip
        rows = stages(detail.plan, detail.nodes, running)
        return cls(
            **ClipView.of(detail.row, lapse).model_dump(),
            presenter=detail.brief.presenter.slug,
            presenter_version=detail.brief.presenter_version,
            progress=1.0 if detail.row.production == "ready" else round(overall(rows), 3),
            stages=rows,
            script=detail.script,
            cuts=[CutView.of(detail.row.id, cut) for cut in detail.cuts.values()],
            reports=list(detail.reports.values()),
            decision=decision,
            review_policy=policy,
            guidance=detail.brief.options.guidance,
        )


def read_clip(studio: Studio, clip_id: str) -> ClipFullView:
    """The clip as it is now. Raises UnknownName."""
    with studio.reading() as db:
        detail, decision = clip_detail(db, clip_id), standing_decision(db, clip_id)
        policy, lapse = policy_of(db, detail.brief), lapse_of(db, detail.brief)
    running = {p.node: (p.fraction, p.message) for p in studio.production.progress(clip_id)}
    return ClipFullView.of_detail(detail, decision, policy, running, lapse)


class ExportView(BaseModel):
    """One export. `bundle` is its `clip.json`, schema `clip-export/1`."""

    id: str
    clip: str
    made_at: str
    made_by: str
    folder: str
    download: str
    bundle: dict[str, Any]

    @classmethod
    def of(cls, record: ExportRecord) -> ExportView:
        return cls(
            id=record.id, clip=record.clip_id, made_at=record.made_at, made_by=record.made_by, folder=record.folder,
            download=bundle_address(record.id), bundle=record.bundle,
        )  # fmt: skip


class ClipList(BaseModel):
    clips: list[ClipView]
    next: str | None = Field(description="`before` of the next page; null on the last")


class ExportList(BaseModel):
    exports: list[ExportView]
    next: str | None = Field(description="`before` of the next page; null on the last")
