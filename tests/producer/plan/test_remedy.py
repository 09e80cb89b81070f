"""A cut that fails a check is made once more, at most, by what would mend it, and never against a person's will."""

from __future__ import annotations

import pytest

from producer.plan.remedy import new_attempt
from storage.documents import ArtifactRef
from storage.orders import Brief
from storage.plans import EngineChoice, Plan
from storage.quality import Cure, Finding, QualityReport, QualityRules, Remedy, Verdict
from tests.support.briefs import make_brief, make_script, pinned
from tests.support.model_studio import stub_plan

OTHER = EngineChoice(engine="other-line", version="1")


def report(*cures: Cure, verdict: Verdict = "fail", format: str = "16:9") -> QualityReport:
    findings = [Finding(name=f"check {n}", family="speech", verdict=verdict, cure=cure) for n, cure in enumerate(cures)]
    return QualityReport(format=format, findings=tuple(findings))


def attempt(
    brief: Brief, *cures: Cure, other: EngineChoice | None = None, cost_s: float = 1.0, verdict: Verdict = "fail"
):
    plan = stub_plan()
    return new_attempt(brief, plan, {"16:9": report(*cures, verdict=verdict)}, lambda _stage: other, lambda *_: cost_s)


def test_a_line_is_spoken_again_and_nothing_else_is_asked_for() -> None:
    made = attempt(make_brief(), Cure(remedy="respeak", node="line.1"))
    assert made is not None
    assert made.brief.takes == {"line.1": 1}
    assert made.brief.options == make_brief().options
    assert "line.1 spoken again: check 0" in made.note


def test_all_that_failed_is_mended_in_one_attempt_and_each_thing_once() -> None:
    made = attempt(
        make_brief(),
        Cure(remedy="new seed", node="video"),
        Cure(remedy="new seed", node="video"),
        Cure(remedy="respeak", node="line.0"),
    )
    assert made is not None
    assert made.brief.takes == {"video": 1, "line.0": 1}
    assert [(one.check, one.node) for one in made.brief.tried] == [("check 0", "video"), ("check 2", "line.0")]


def test_a_take_that_a_reviewer_wanted_before_counts() -> None:
    made = attempt(make_brief().model_copy(update={"takes": {"line": 2}}), Cure(remedy="respeak", node="line.1"))
    assert made is not None
    assert made.brief.takes["line.1"] == 3


def test_the_writer_is_told_what_to_write_otherwise() -> None:
    made = attempt(make_brief(), Cure(remedy="rewrite", node="script", words="Do not swear."))
    assert made is not None
    assert made.brief.options.guidance == "Do not swear."
    assert made.brief.takes == {"script": 1}


def test_another_engine_joins_the_plan_with_the_reason() -> None:
    made = attempt(make_brief(), Cure(remedy="other engine", node="line"), other=OTHER)
    assert made is not None
    assert [choice.engine for choice in made.plan.engines["line"]] == ["stub-line", "other-line"]
    assert "check 0" in made.plan.engine_for("line").problem


def test_there_is_one_attempt_and_no_second() -> None:
    first = attempt(make_brief(), Cure(remedy="new seed", node="video"))
    assert first is not None
    assert attempt(first.brief, Cure(remedy="new seed", node="video")) is None


@pytest.mark.parametrize("remedy", ["new seed", "respeak", "rewrite", "other engine"])
def test_nothing_is_made_again_where_nothing_failed_or_the_show_does_not_want_it(remedy: Remedy) -> None:
    cure = Cure(remedy=remedy, node="line.0" if remedy == "respeak" else "script" if remedy == "rewrite" else "video")
    assert attempt(make_brief(), cure, verdict="warn") is None
    assert attempt(make_brief(), cure, verdict="not run") is None
    frugal = make_brief().show.model_copy(update={"quality": QualityRules(retry=False)})
    assert attempt(make_brief().model_copy(update={"show": frugal}), cure, other=OTHER) is None


def test_an_attempt_keeps_to_the_budget() -> None:
    cure = Cure(remedy="new seed", node="video")
    assert attempt(make_brief(), cure, cost_s=QualityRules().retry_s) is not None
    assert attempt(make_brief(), cure, cost_s=QualityRules().retry_s + 1) is None


def test_what_a_person_made_stays_as_it_is() -> None:
    rewrite, respeak = Cure(remedy="rewrite", node="script"), Cure(remedy="respeak", node="line.0")
    assert attempt(pinned(make_brief(), make_script("Hello.")), rewrite) is None
    assert attempt(make_brief().model_copy(update={"direct": True}), rewrite) is None
    own = ArtifactRef(sha256="0" * 64, media_type="audio/wav", size=1)
    assert (
        attempt(
            make_brief().model_copy(update={"recording": own}),
            respeak,
            Cure(remedy="other engine", node="line"),
            other=OTHER,
        )
        is None
    )


def test_without_another_engine_the_clip_goes_to_review_as_it_is() -> None:
    assert attempt(make_brief(), Cure(remedy="other engine", node="line"), other=None) is None


def test_the_plan_is_the_same_one_where_no_engine_changed() -> None:
    plan: Plan = stub_plan()
    made = new_attempt(
        make_brief(), plan, {"16:9": report(Cure(remedy="new seed", node="video"))}, lambda _: None, lambda *_: 0.0
    )
    assert made is not None
    assert made.plan is plan
