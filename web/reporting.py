"""A clip as the command line reads it: plain JSON."""

from __future__ import annotations

from collections.abc import Mapping

from review.bundle import fallbacks_of
from storage.documents import Cut
from storage.quality import QualityReport
from storage.queries import ClipDetail
from web.local_client import Reply


def report(detail: ClipDetail, progress: Mapping[str, tuple[float, str]]) -> Reply:
    """A clip for the command line."""
    nodes = [
        {
            "node": node.node, "stage": node.stage, "engine": node.engine, "state": node.state, "seconds": node.seconds,
            "progress": progress.get(node.key, (0.0, ""))[0],
        }
        for node in detail.nodes
    ]  # fmt: skip
    cuts = {
        name: {
            "video": cut.video.sha256, "duration_s": cut.media.duration_s,
            "quality": findings(detail.reports[name]) if name in detail.reports else quality(cut),
        }
        for name, cut in detail.cuts.items()
    }  # fmt: skip
    fallbacks = [fallback.model_dump(mode="json") for fallback in fallbacks_of(detail.plan)]
    return {"row": detail.row.model_dump(mode="json"), "nodes": nodes, "cuts": cuts, "fallbacks": fallbacks}


def quality(cut: Cut) -> Reply:
    """The checks of a cut: name → value and verdict."""
    return {check.name: {"value": check.value, "passed": check.passed} for check in cut.checks}


def findings(report: QualityReport) -> Reply:
    """What the quality gate found: name → value, verdict and why."""
    return {
        found.name: {"value": found.value, "passed": found.verdict in ("pass", "not run"), "verdict": found.verdict, "why": found.why}
        for found in report.findings
    }  # fmt: skip
