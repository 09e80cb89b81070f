"""Which engines a clip gets: the best that is ready, with the reason said, or what it waits for."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.engines.registry import Registry
from producer.engines.video.drawn import Drawn
from producer.engines.video.photo import Photo
from producer.plan.freeze import (
    DEFAULT_ORDER,
    STUB_ORDER,
    Capability,
    Waiting,
    choose,
    engine_order,
    finisher,
    follow,
    freeze_plan,
    with_voices,
)
from producer.plan.variants import PRESENTER
from producer.ready import capability_of
from review.bundle import fallbacks_of
from storage.documents import ArtifactRef, Script, ScriptLine
from storage.orders import Brief, EncoderName, PresenterSpec
from storage.plans import EngineChoice, Plan
from tests.support.briefs import learning, make_brief, moving, upscaled
from tests.support.model_studio import CAPABILITIES

ORDER = {stage: (f"best-{stage}", f"plain-{stage}") for stage in PRESENTER.stages}


PORTRAIT = {"portrait": {"sha256": "0" * 64, "media_type": "image/jpeg", "size": 1}}
PRESENTERS = {info.id: capability_of(info) for info in (Drawn.info, Photo().info)}


def presented_by(look: dict[str, Any]) -> Brief:
    return make_brief().model_copy(update={"presenter": PresenterSpec(slug="ana", name="Ana", look=look)})


def can(engine: str, **facts: Any) -> Capability:
    return Capability(engine=engine, stage=engine.partition("-")[2], version="1", **facts)


def ready(*more: Capability) -> dict[str, Capability]:
    """Every engine of ORDER, with `more` in place of its own."""
    all_of_them = [can(engine) for engines in ORDER.values() for engine in engines]
    return {capability.engine: capability for capability in [*all_of_them, *more]}


def without(*engines: str) -> dict[str, Capability]:
    return {engine: capability for engine, capability in ready().items() if engine not in engines}


def preferring(*engines: str, language: str = "en") -> Brief:
    return make_brief(language=language, preferred={"line": engines})


def choice(answer: EngineChoice | Waiting) -> tuple[str, str]:
    assert isinstance(answer, EngineChoice), str(answer)
    return answer.engine, answer.reason


VOICE = {"sha256": "1" * 64, "media_type": "audio/wav", "size": 1}


class TestAVoiceOfOnesOwn:
    """XTTS speaks for presenters who gave samples of their voice, where its licence is allowed."""

    def plan_of(self, samples: tuple[Any, ...], problem: str = "") -> tuple[str, str]:
        ana = PresenterSpec.model_validate({"slug": "ana", "name": "Ana", "samples": samples})
        cloning = can("xtts-line", needs="samples", problem=problem)
        order = {"line": ("xtts-line", "best-line")}
        brief = make_brief().model_copy(update={"presenter": ana})
        return choice(choose("line", brief, ready(cloning), order))

    def test_is_used_where_there_are_samples(self) -> None:
        assert self.plan_of((VOICE,)) == ("xtts-line", "the default")

    def test_is_not_missed_where_there_are_none(self) -> None:
        assert self.plan_of(()) == ("best-line", "the default")

    def test_is_missed_visibly_where_there_are_some(self) -> None:
        assert self.plan_of((VOICE,), "XTTS is under a licence of the class non-commercial.") == (
            "best-line", "xtts-line cannot do it here",
        )  # fmt: skip


class TestARecording:
    """A clip that was ordered with a recording is spoken by it, and by nothing else."""

    def test_speaks_where_there_is_one_and_only_there(self) -> None:
        cutting = can("cut-line", needs="recording")
        order = {"line": ("cut-line", "best-line")}
        plain = make_brief()
        recorded = plain.model_copy(update={"recording": ArtifactRef.model_validate(VOICE)})
        assert choice(choose("line", plain, ready(cutting), order)) == ("best-line", "the default")
        assert choice(choose("line", recorded, ready(cutting), order)) == ("cut-line", "the default")
        assert isinstance(choose("line", recorded, ready(cutting), order, tried=("cut-line",)), Waiting)


class TestAPlan:
    def test_names_an_engine_for_every_stage_of_the_variant(self) -> None:
        plan = freeze_plan(make_brief(), CAPABILITIES, STUB_ORDER)
        assert isinstance(plan, Plan)
        assert plan.variant == "presenter"
        assert set(plan.engines) == {node.stage for node in PRESENTER.wanted(make_brief())} - {"quality"}
        line = plan.engine_for("line")
        assert (line.engine, line.version, line.lane, line.reason) == ("stub-line", "1", "gpu", "the default")

    def test_has_a_scene_that_moves_only_where_a_show_wants_it(self) -> None:
        still, lively = (freeze_plan(brief, CAPABILITIES, STUB_ORDER) for brief in (make_brief(), moving(make_brief())))
        assert isinstance(still, Plan)
        assert isinstance(lively, Plan)
        assert set(lively.engines) - set(still.engines) == {"motion"}

    def test_freezes_version_and_weights_as_they_are_now(self) -> None:
        capabilities = ready(can("best-line", weights="sha256:abc", lane="gpu"))
        plan = freeze_plan(make_brief(), capabilities, ORDER)
        assert isinstance(plan, Plan)
        assert plan.engine_for("line").weights == "sha256:abc"

    @given(st.sets(st.sampled_from(sorted(ready()))))
    def test_exists_exactly_when_every_stage_has_a_ready_engine(self, missing: set[str]) -> None:
        answer = freeze_plan(make_brief(), without(*missing), ORDER)
        wanted = [node.stage for node in PRESENTER.wanted(make_brief()) if node.presence != "possible"]
        possible = all(set(ORDER[stage]) - missing for stage in wanted)
        assert isinstance(answer, Plan) == possible
        if isinstance(answer, Waiting):
            assert answer.reason
            assert answer.cure

    def test_keeps_what_was_tried_when_it_falls_back(self) -> None:
        plan = freeze_plan(make_brief(), ready(), ORDER)
        assert isinstance(plan, Plan)
        fallback = choose("line", make_brief(), ready(), ORDER, tried=("best-line",))
        assert isinstance(fallback, EngineChoice)
        longer = plan.with_fallback("line", fallback)
        assert [one.engine for one in longer.engines["line"]] == ["best-line", "plain-line"]
        assert longer.engine_for("line") == fallback
        assert longer.content_hash != plan.content_hash

    def test_shows_that_an_engine_which_was_wished_for_is_not_ready(self) -> None:
        capabilities = ready(can("wished-line", problem="Its server does not answer."))
        plan = freeze_plan(preferring("wished-line"), capabilities, ORDER)
        assert isinstance(plan, Plan)
        (chosen,) = plan.engines["line"]
        assert (chosen.engine, chosen.instead_of) == ("best-line", "wished-line")
        assert chosen.problem == "Its server does not answer."
        assert not plan.engine_for("video").instead_of

    def test_says_nothing_of_a_language_model_that_nobody_wished_for(self) -> None:
        down = Capability(engine="ollama", stage="script", version="1", problem="Ollama does not answer.")
        answering = {"ollama": down}
        order = {**ORDER, "script": ("ollama", *ORDER["script"])}
        assert not choose("script", make_brief(), {**ready(), **answering}, order).instead_of
        wishing = make_brief(preferred={"script": ("ollama",)})
        assert choose("script", wishing, {**ready(), **answering}, order).instead_of == "ollama"

    def test_says_that_a_camera_move_is_instead_of_a_scene_that_moves(self) -> None:
        models = {name: Capability(engine=name, stage="motion", version="1", problem="Not here.", cure=f"Fetch {name}.")
                  for name in ("wan", "svd", "ltx")}  # fmt: skip
        move = {"kenburns": Capability(engine="kenburns", stage="motion", version="1")}
        choice = choose("motion", moving(make_brief()), {**models, **move}, DEFAULT_ORDER)
        assert isinstance(choice, EngineChoice)
        assert (choice.engine, choice.instead_of, choice.problem) == ("kenburns", "ltx", "Not here. Fetch ltx.")
        small = {"svd": Capability(engine="svd", stage="motion", version="1", lane="gpu")}
        choice = choose("motion", moving(make_brief()), {**models, **move, **small}, DEFAULT_ORDER)
        assert isinstance(choice, EngineChoice)
        assert (choice.engine, choice.instead_of) == ("svd", ""), "another model is no loss"

    def test_for_stubs_or_for_real(self) -> None:
        assert engine_order("stub") == STUB_ORDER
        assert engine_order("default") == DEFAULT_ORDER
        assert set(STUB_ORDER) == set(PRESENTER.needed)
        assert set(DEFAULT_ORDER) == set(PRESENTER.stages)

    def test_encodes_with_what_the_studio_is_set_to_and_else_with_x264(self) -> None:
        assert engine_order("default", "svt-av1") == {
            **DEFAULT_ORDER, "finish": ("compositor-svt-av1", "compositor"),
        }  # fmt: skip
        assert engine_order("default", "x264") == DEFAULT_ORDER
        assert engine_order("stub", "nvenc") == STUB_ORDER

    def test_has_an_engine_for_each_encoder(self) -> None:
        known = Registry().ids()
        assert all(finisher(encoder) in known for encoder in get_args(EncoderName))


class TestTheChoice:
    def test_is_the_first_in_order_that_is_ready(self) -> None:
        assert choice(choose("line", make_brief(), ready(), ORDER)) == ("best-line", "the default")

    def test_says_why_it_is_not_the_first(self) -> None:
        broken = ready(can("best-line", problem="No server."))
        for capabilities in (broken, without("best-line")):
            assert choice(choose("line", make_brief(), capabilities, ORDER)) == (
                "plain-line", "best-line cannot do it here",
            )  # fmt: skip

    def test_remembers_what_it_stands_in_for(self) -> None:
        """Wanted and missing is a fallback, whether it shows when the plan is made or when the work is."""
        broken = ready(can("best-line", problem="No server.", cure="Start it."))
        for capabilities, wanted, problem in (
            (broken, "best-line", "No server. Start it."),
            (without("best-line"), "best-line", ""),
            (ready(), "", ""),
        ):
            answer = choose("line", make_brief(), capabilities, ORDER)
            assert isinstance(answer, EngineChoice)
            assert (answer.instead_of, answer.problem) == (wanted, problem)

    def test_prefers_the_clips_wish_then_the_shows_then_the_default(self) -> None:
        capabilities = ready(can("wished-line"), can("show-line"))
        brief = preferring("wished-line")
        show = brief.show.model_copy(update={"preferred": {"line": ("show-line",)}})
        brief = brief.model_copy(update={"show": show})
        assert choice(choose("line", brief, capabilities, ORDER)) == ("wished-line", "as preferred")
        del capabilities["wished-line"]
        assert choice(choose("line", brief, capabilities, ORDER)) == ("show-line", "wished-line cannot do it here")
        del capabilities["show-line"]
        assert choice(choose("line", brief, capabilities, ORDER)) == ("best-line", "wished-line cannot do it here")

    def test_after_a_failure_is_another_engine_and_says_instead_of_which(self) -> None:
        answer = choose("line", make_brief(), ready(), ORDER, tried=("best-line",))
        assert choice(answer) == ("plain-line", "instead of best-line")
        answer = choose("line", make_brief(), ready(), ORDER, tried=("best-line",), why="Its server is gone.")
        assert choice(answer) == ("plain-line", "instead of best-line")
        assert isinstance(answer, EngineChoice)
        assert answer.problem == "Its server is gone."

    @given(st.lists(st.sampled_from(["best-line", "plain-line"]), unique=True))
    def test_is_never_one_that_was_tried(self, tried: list[str]) -> None:
        answer = choose("line", make_brief(), ready(), ORDER, tried)
        assert isinstance(answer, Waiting) == (len(tried) == 2)
        if isinstance(answer, EngineChoice):
            assert answer.engine not in tried

    def test_speaks_the_clips_language(self) -> None:
        capabilities = ready(can("best-line", languages=("en",)), can("plain-line", languages=("en", "es")))
        for language, engine in (("en", "best-line"), ("es", "plain-line")):
            assert choice(choose("line", make_brief(language=language), capabilities, ORDER))[0] == engine

    @pytest.mark.parametrize(("look", "engine"), [({"name": "mara"}, "drawn"), ({}, "drawn"), (PORTRAIT, "photo")])
    def test_shows_a_portrait_by_what_makes_portraits_speak_and_draws_everybody_else(
        self, look: dict[str, Any], engine: str
    ) -> None:
        assert choice(choose("video", presented_by(look), PRESENTERS, DEFAULT_ORDER)) == (engine, "the default")

    def test_never_draws_somebody_else_in_place_of_a_portrait(self) -> None:
        brief = presented_by(PORTRAIT)
        wish = {"video": ("drawn",)}
        brief = brief.model_copy(update={"options": brief.options.model_copy(update={"preferred": wish})})
        assert choice(choose("video", brief, PRESENTERS, DEFAULT_ORDER))[0] == "photo"
        assert isinstance(choose("video", brief, PRESENTERS, DEFAULT_ORDER, tried=("photo",)), Waiting)


class TestWaiting:
    def test_for_the_face_models_names_what_fetches_them(self) -> None:
        photo = PRESENTERS["photo"].model_copy(
            update={"problem": "The face models are not installed.", "cure": "run.py pull photo"}
        )
        answer = choose("video", presented_by(PORTRAIT), {**PRESENTERS, "photo": photo}, DEFAULT_ORDER)
        assert answer == Waiting("The face models are not installed.", "run.py pull photo")
        assert choice(choose("video", presented_by({}), {**PRESENTERS, "photo": photo}, DEFAULT_ORDER))[0] == "drawn"

    def test_for_a_voice_names_the_language_and_the_cure(self) -> None:
        capabilities = ready(can("best-line", languages=("en",)), can("plain-line", languages=("en",)))
        answer = freeze_plan(make_brief(language="zh"), capabilities, ORDER)
        assert answer == Waiting("No installed voice speaks Chinese.", "Install one with: run.py pull kokoro")
        assert str(answer) == "No installed voice speaks Chinese. Install one with: run.py pull kokoro"

    def test_for_a_language_without_a_name_here_still_names_it(self) -> None:
        capabilities = ready(can("best-line", languages=("en",)), can("plain-line", languages=("en",)))
        answer = freeze_plan(make_brief(language="tlh"), capabilities, ORDER)
        assert isinstance(answer, Waiting)
        assert "tlh" in answer.reason

    def test_for_a_voice_that_is_not_ready_says_what_it_lacks(self) -> None:
        capabilities = ready(
            can("best-line", languages=("en",)), can("plain-line", problem="No weights.", cure="Pull them.")
        )
        assert freeze_plan(make_brief(language="zh"), capabilities, ORDER) == Waiting("No weights.", "Pull them.")

    def test_for_a_worker(self) -> None:
        answer = freeze_plan(make_brief(), {}, ORDER)
        assert isinstance(answer, Waiting)
        assert "No worker" in answer.reason
        assert "run.py up" in answer.cure

    @pytest.mark.parametrize("stage", [stage for stage in PRESENTER.needed if stage != "line"])
    def test_for_any_stage_has_a_reason_and_a_cure(self, stage: str) -> None:
        capabilities = {c.engine: c for c in ready(can(f"unasked-{stage}")).values() if c.engine not in ORDER[stage]}
        answer = freeze_plan(learning(upscaled(moving(make_brief()))), capabilities, ORDER)
        assert isinstance(answer, Waiting)
        assert stage in answer.reason
        assert answer.cure


VOICES = {**ORDER, "line": ("a-line", "b-line")}


class TestLinesInAnotherLanguage:
    """The clip's own voice speaks them if it can; else whoever can, and the clip says so."""

    SCRIPT = Script(title="T", lines=(ScriptLine(text="Hello."), ScriptLine(text="Hola.", language="es-MX")))

    def plan(self, *voices: Capability, script: Script = SCRIPT) -> Plan | Waiting:
        brief, there = make_brief(), {**without("a-line", "b-line"), **{voice.engine: voice for voice in voices}}
        plan = freeze_plan(brief, there, VOICES)
        assert isinstance(plan, Plan)
        self.frozen = plan
        return with_voices(plan, script, brief, there, VOICES)

    def test_get_a_voice_that_knows_it(self) -> None:
        plan = self.plan(can("a-line", languages=("en",)), can("b-line", languages=("en", "es")))
        assert isinstance(plan, Plan)
        assert plan.engine_for("line").engine == "a-line"
        spanish = plan.engine_for(plan.voice_for("es"))
        assert (spanish.engine, spanish.instead_of) == ("b-line", "a-line")
        assert "a-line does not speak Spanish" in spanish.problem
        [fallback] = fallbacks_of(plan)
        assert (fallback.stage, fallback.wanted, fallback.used) == ("line", "a-line", "b-line")

    def test_keep_the_voice_that_speaks_both(self) -> None:
        for voice in (can("a-line"), can("a-line", languages=("en", "es"))):
            assert self.plan(voice, can("b-line", languages=("es",))) is self.frozen

    def test_wait_for_a_voice_and_name_the_language(self) -> None:
        waiting = self.plan(can("a-line", languages=("en",)))
        assert isinstance(waiting, Waiting)
        assert "Spanish" in waiting.reason

    def test_are_planned_once_the_script_is_known(self) -> None:
        brief, there = make_brief(), {**without("a-line"), "a-line": can("a-line", languages=("en",))}
        plan = freeze_plan(brief, there, ORDER)
        assert isinstance(plan, Plan)
        assert with_voices(plan, None, brief, there, ORDER) is plan

    def test_hold_up_no_revision_that_has_them_no_more(self) -> None:
        both = (can("a-line", languages=("en",)), can("b-line", languages=("en", "es")))
        plan = self.plan(*both)
        assert isinstance(plan, Plan)
        first = make_brief()
        later = make_brief(preferred={"line": ("a-line",)})
        there = {**without("a-line", "b-line"), "a-line": both[0]}
        after = follow(plan, later, first, there, VOICES)
        assert isinstance(after, Plan)
        assert after.voice_for("es") == "line"
