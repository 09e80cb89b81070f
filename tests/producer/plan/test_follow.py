"""A later revision keeps the engines of every stage that is asked the same; one that is asked otherwise changes them, and back."""

from __future__ import annotations

from producer.plan.freeze import DEFAULT_ORDER, Capability, Waiting, follow, freeze_plan, suitable
from producer.plan.options import quality_options
from storage.documents import ArtifactRef
from storage.orders import Brief
from storage.plans import Plan
from tests.support.briefs import make_brief

FILE = ArtifactRef(sha256="a" * 64, media_type="image/png", size=1)
BRIEF = make_brief()
ENGINES = {"script": "extractive", "scene": "procedural", "line": "hibari", "speech": "join", "video": "drawn", "finish": "compositor"}  # fmt: skip
TAKERS = {"recording": ("line", "recording"), "still": ("scene", "picture"), "footage": ("video", "film")}
HERE = {
    **{engine: Capability(engine=engine, stage=stage, version="1") for stage, engine in ENGINES.items()},
    **{engine: Capability(engine=engine, stage=stage, version="1", needs=needs) for engine, (stage, needs) in TAKERS.items()},  # type: ignore[arg-type]
}  # fmt: skip


def frozen(brief: Brief = BRIEF) -> Plan:
    plan = freeze_plan(brief, HERE, DEFAULT_ORDER)
    assert isinstance(plan, Plan)
    return plan


def followed(plan: Plan, brief: Brief) -> Plan:
    found = follow(plan, brief, BRIEF, HERE, DEFAULT_ORDER)
    assert isinstance(found, Plan)
    return found


def engines(plan: Plan) -> dict[str, str]:
    return {stage: plan.engine_for(stage).engine for stage in plan.engines}


def test_each_file_is_taken_by_its_engine_and_changes_no_other_stage() -> None:
    assert engines(frozen()) == ENGINES
    for engine, (stage, field) in {"recording": ("line", "recording"), "still": ("scene", "picture"), "footage": ("video", "film")}.items():  # fmt: skip
        plan = followed(frozen(), BRIEF.model_copy(update={field: FILE}))
        assert engines(plan) == {**ENGINES, stage: engine}
        assert plan.engine_for(stage).instead_of == "", "it is no fallback"


def test_the_gate_is_told_whose_face_a_portrait_shows_and_nobodys_of_a_drawing_or_a_film() -> None:
    drawn = BRIEF.presenter
    portrait = drawn.model_copy(update={"look": {"portrait": FILE.model_dump()}})
    for presenter, film, wanted in ((drawn, None, None), (portrait, None, FILE), (portrait, FILE, None)):
        brief = BRIEF.model_copy(update={"presenter": presenter, "film": film})
        assert quality_options(brief, frozen()).portrait == wanted


def test_what_is_new_on_the_machine_changes_nothing() -> None:
    newer = {**HERE, "sdxl": Capability(engine="sdxl", stage="scene", version="1")}
    assert follow(frozen(), BRIEF.model_copy(update={"seed": 9}), BRIEF, newer, DEFAULT_ORDER) == frozen()


def test_going_back_brings_back_the_very_engine_that_was_frozen() -> None:
    plan = followed(frozen(), BRIEF.model_copy(update={"picture": FILE}))
    upgraded = {**HERE, "procedural": Capability(engine="procedural", stage="scene", version="2")}
    back = follow(plan, BRIEF, BRIEF, upgraded, DEFAULT_ORDER)
    assert isinstance(back, Plan)
    assert back.engine_for("scene") == frozen().engine_for("scene"), (
        "at the version it had, so that nothing is made anew"
    )


def test_a_plan_from_before_there_were_questions_is_read_by_its_first_revision() -> None:
    old = frozen().model_copy(update={"asked": {}})
    assert followed(old, BRIEF) == old
    assert engines(followed(old, BRIEF.model_copy(update={"film": FILE})))["video"] == "footage"


def test_it_waits_where_nothing_takes_the_file() -> None:
    bare = {engine: can for engine, can in HERE.items() if engine != "still"}
    assert isinstance(follow(frozen(), BRIEF.model_copy(update={"picture": FILE}), BRIEF, bare, DEFAULT_ORDER), Waiting)


def test_what_could_make_a_stage_is_offered_best_first() -> None:
    painted = {**HERE, "sdxl": Capability(engine="sdxl", stage="scene", version="1"), "mine": Capability(engine="mine", stage="scene", version="1")}  # fmt: skip
    assert suitable(BRIEF, painted, DEFAULT_ORDER)["scene"] == ["sdxl", "procedural", "mine"]
    assert suitable(BRIEF.model_copy(update={"picture": FILE}), painted, DEFAULT_ORDER)["scene"] == ["still"]
