"""The planner: what is due, what is reused, and how a clip walks to its end whatever goes wrong on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.plan.planner import Known
from producer.plan.policy import LOSSES
from producer.plan.variants import PRESENTER, VARIANTS
from storage.documents import ArtifactRef, Attribution, Scene, Script, ScriptLine
from storage.events import ErrorFacts
from storage.learning import TrainedLora
from storage.orders import Brief, Pin, TopicCopy, Trained
from tests.support.briefs import learning, make_brief, make_script, moving, pinned, upscaled
from tests.support.model_studio import ATTEMPTS, STUBS, ModelStudio, stub_plan

WORDS = st.text("abc ñ中é", min_size=1, max_size=12).filter(str.strip)
FORMATS = st.lists(st.sampled_from(["16:9", "9:16", "1:1"]), min_size=1, max_size=3, unique=True).map(tuple)
SCRIPTS = st.builds(
    Script, title=WORDS, scene=st.just("") | WORDS,
    lines=st.lists(st.builds(ScriptLine, text=WORDS), min_size=1, max_size=4).map(tuple),
)  # fmt: skip
NODES = ["script", "scene", "scene.9:16", "line", "line.0", "line.2", "speech", "video", "finish", "finish.1:1"]
TAKES = st.dictionaries(st.sampled_from(NODES), st.integers(0, 2), max_size=3)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    topic = TopicCopy(title=draw(WORDS), text=". ".join(draw(st.lists(WORDS, max_size=3))))
    brief = make_brief(draw(st.integers(0, 3)), topic=topic, formats=draw(FORMATS))
    brief = brief.model_copy(update={"takes": draw(TAKES), "direct": draw(st.booleans())})
    return pinned(brief, draw(SCRIPTS)) if draw(st.booleans()) else brief


class TestWhatIsDue:
    @given(brief=briefs(), data=st.data())
    def test_is_never_what_is_done_or_under_way_whatever_is_finished_already(
        self, brief: Brief, data: st.DataObject
    ) -> None:
        finished = ModelStudio()
        finished.make(brief)
        studio = ModelStudio()
        for key, known in finished.work.items():
            state = data.draw(st.sampled_from(["unknown", "done", "queued", "running", "cancelled"]))
            if state != "unknown":
                studio.work[key] = Known(state, 1, known.document if state == "done" else None)
        before = dict(studio.work)
        look = studio.look(brief)
        assert studio.look(brief) == look, "equal questions have equal answers"
        assert studio.work == before, "and asking changes nothing"
        for order in look.due:
            assert order.key not in before or before[order.key].state == "cancelled"
        assert len({order.key for order in look.due}) == len(look.due)

    @given(brief=briefs(), data=st.data())
    def test_makes_what_is_missing_and_nothing_else_to_the_same_end(self, brief: Brief, data: st.DataObject) -> None:
        finished = ModelStudio()
        end = finished.make(brief)
        kept = data.draw(st.sets(st.sampled_from(sorted(finished.work)))) if finished.work else set()
        studio = ModelStudio()
        studio.work = {key: finished.work[key] for key in kept}
        again = studio.make(brief)
        assert [node.document for node in again.nodes] == [node.document for node in end.nodes]
        assert sorted(order.key for order in studio.ordered) == sorted(finished.work.keys() - kept)

    def test_comes_stage_by_stage(self) -> None:
        studio, brief, waves = ModelStudio(), make_brief(formats=("16:9", "9:16")), []
        while due := studio.look(brief).due:
            waves.append([order.stage for order in due])
            for order in due:
                studio.finish(order)
        assert waves == [["script"], ["scene"] * 2 + ["line"] * 4, ["speech"], ["video"], ["finish"] * 2]

    def test_names_the_queue_of_its_engine_and_all_that_a_worker_needs(self) -> None:
        (order,) = ModelStudio().look(make_brief()).due
        assert (order.kind, order.queue, order.stage, order.engine, order.attempt) == (
            "stage", "gpu.stub-script", "script", "stub-script", 1,
        )  # fmt: skip
        assert order.payload["options"]["topic"]["title"] == "Story 0"


class TestTheWalk:
    @settings(max_examples=150)
    @given(brief=briefs(), data=st.data())
    def test_ends_in_bounded_steps_whatever_fails(self, brief: Brief, data: st.DataObject) -> None:
        """Workers end the work in flight in any order, well or badly; the clip ends finished, failed or in need of
        another engine."""
        studio, pending, most = ModelStudio(), [], (ATTEMPTS + LOSSES) * 20
        ends = st.sampled_from(["well"] * 4 + ["error", "bad_input", "unavailable", "oom", "lost", "corrupt"])
        for _step in range(most):
            look = studio.look(brief)
            if look.finished or look.failed or look.fallback_for:
                break
            for order in look.due:
                studio.queue(order)
                pending.append(order)
            assert pending, "something is always under way until the end"
            order = pending.pop(data.draw(st.integers(0, len(pending) - 1)))
            if (end := data.draw(ends)) == "well":
                studio.finish(order)
            else:
                studio.fail(order, ErrorFacts(kind=end, message="It went wrong."))
        else:
            raise AssertionError("it went on for ever")
        tries: dict[str, int] = {}
        for order in studio.ordered:
            tries[order.key] = tries.get(order.key, 0) + 1
            assert order.attempt == tries[order.key], "attempts count up from one"
        assert look.finished == all(node.done for node in look.nodes)

    def test_gives_up_after_so_many_ordinary_failures(self) -> None:
        studio, brief = ModelStudio(), make_brief()
        for attempt in range(1, ATTEMPTS + 1):
            (order,) = studio.look(brief).due
            assert order.attempt == attempt
            studio.fail(order, ErrorFacts(message="It went wrong."))
        look = studio.look(brief)
        assert (look.due, look.finished) == ((), False)
        assert look.failed
        assert (look.failed.name, look.failed.error) == ("script", ErrorFacts(message="It went wrong."))

    def test_asks_for_another_engine_where_this_one_cannot(self) -> None:
        studio, brief = ModelStudio(), make_brief()
        (order,) = studio.look(brief).due
        studio.fail(order, ErrorFacts(kind="unavailable", message="No server."))
        look = studio.look(brief)
        assert look.fallback_for
        assert look.fallback_for.name == "script"
        assert look.failed is None

    def test_of_a_second_clip_uses_what_the_first_one_made(self) -> None:
        studio = ModelStudio()
        studio.make(make_brief())
        count = len(studio.ordered)
        assert studio.look(make_brief()).finished
        studio.make(make_brief(formats=("16:9", "1:1")))
        assert [order.stage for order in studio.ordered[count:]] == ["scene", "finish"]


def changed(before: Brief, after: Brief) -> set[str]:
    """The nodes that an edit makes again, of those that both clips have."""
    studio = ModelStudio()
    old, new = studio.keys(before), studio.keys(after)
    return {name for name in old.keys() & new.keys() if old[name] != new[name]}


class TestAnEdit:
    """Each edit makes again what depends on it, and nothing else. A pinned script has no key of its own."""

    LINES = ("First.", "Second.", "Third.")
    BRIEF = pinned(make_brief(formats=("16:9", "9:16")), make_script(*LINES))
    AFTER_THE_VOICE = frozenset({"speech", "video", "finish.16:9", "finish.9:16"})

    @pytest.mark.parametrize("number", range(3))
    def test_of_one_line_speaks_only_that_line_again(self, number: int) -> None:
        lines = [*self.LINES]
        lines[number] = "Different."
        assert changed(self.BRIEF, pinned(self.BRIEF, make_script(*lines))) == {f"line.{number}", *self.AFTER_THE_VOICE}

    @given(script=SCRIPTS, data=st.data())
    def test_of_any_line_of_any_script_speaks_only_that_line_again(self, script: Script, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(script.lines) - 1))
        text = data.draw(WORDS.filter(lambda text: text != script.lines[number].text))
        lines = list(script.lines)
        lines[number] = lines[number].model_copy(update={"text": text})
        edited = script.model_copy(update={"lines": tuple(lines)})
        changes = changed(pinned(self.BRIEF, script), pinned(self.BRIEF, edited))
        assert changes == {f"line.{number}", *self.AFTER_THE_VOICE}

    def test_of_what_nobody_hears_speaks_nothing_again(self) -> None:
        """The quote that supports a line is shown to the reviewer and not spoken."""
        script = make_script(*self.LINES)
        lines = tuple(line.model_copy(update={"quote": "As somebody said."}) for line in script.lines)
        edited = pinned(self.BRIEF, script.model_copy(update={"lines": lines}))
        assert changed(self.BRIEF, edited) == {"video", "finish.16:9", "finish.9:16"}

    @pytest.mark.parametrize("scene", ["a quiet studio", ""])
    def test_of_the_title_speaks_nothing_again(self, scene: str) -> None:
        """Where the script describes no scene, the title does."""
        before, after = (pinned(self.BRIEF, make_script("Same.", title=t, scene=scene)) for t in ("Old", "New"))
        scenes = set() if scene else {"scene.16:9", "scene.9:16"}
        assert changed(before, after) == {"video", "finish.16:9", "finish.9:16"} | scenes

    def test_of_the_order_of_lines_speaks_nothing_again(self) -> None:
        studio = ModelStudio()
        studio.make(self.BRIEF)
        count = len(studio.ordered)
        studio.make(pinned(self.BRIEF, make_script(*reversed(self.LINES))))
        assert [order.stage for order in studio.ordered[count:]] == ["speech", "video", "finish", "finish"]

    @given(first=FORMATS, second=FORMATS)
    def test_of_the_formats_changes_no_key_that_both_have(self, first: Any, second: Any) -> None:
        assert changed(make_brief(formats=first), make_brief(formats=second)) == set()

    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            ("line.1", {"line.1", *AFTER_THE_VOICE}),
            ("line", {"line.0", "line.1", "line.2", *AFTER_THE_VOICE}),
            ("scene.9:16", {"scene.9:16", "finish.9:16"}),
            ("scene", {"scene.16:9", "scene.9:16", "finish.16:9", "finish.9:16"}),
            ("speech", {"speech"}),
            ("finish.16:9", {"finish.16:9"}),
            ("script", set()),
        ],
    )
    def test_of_a_take_makes_its_node_and_what_follows(self, node: str, expected: set[str]) -> None:
        """The stub speech is the same in every take, so that nothing follows from it. A pin has no takes."""
        retaken = self.BRIEF.model_copy(update={"takes": {node: 1}})
        assert changed(self.BRIEF, retaken) == expected

    def test_of_the_presenters_voice_speaks_only_lines_of_its_language_again(self) -> None:
        lines = (ScriptLine(text="Hello."), ScriptLine(text="Hola.", language="es"))
        before = pinned(make_brief(), Script(title="T", lines=lines))
        presenter = before.presenter.model_copy(update={"voices": {"es": "carmen"}})
        after = before.model_copy(update={"presenter": presenter})
        assert changed(before, after) == {"line.1", "speech", "video", "finish.16:9"}

    def test_of_the_presenters_looks_speaks_nothing_again(self) -> None:
        presenter = self.BRIEF.presenter.model_copy(update={"look": {"tie": "red"}})
        after = self.BRIEF.model_copy(update={"presenter": presenter})
        assert changed(self.BRIEF, after) == {"video"}, "the stub performance does not show ties"

    def test_of_captions_makes_only_the_cuts_again(self) -> None:
        options = self.BRIEF.options.model_copy(update={"captions": "none"})
        after = self.BRIEF.model_copy(update={"options": options})
        assert changed(self.BRIEF, after) == {"finish.16:9", "finish.9:16"}

    @pytest.mark.parametrize("stage", PRESENTER.needed)
    def test_of_an_engines_version_makes_its_stage_again(self, stage: str) -> None:
        brief = learning(upscaled(moving(make_brief())))
        studio = ModelStudio(stub_plan(brief))
        before = studio.keys(brief)
        choice = studio.plan.engine_for(stage).model_copy(update={"version": "2"})
        studio.plan = studio.plan.with_fallback(stage, choice)
        after = studio.keys(brief)
        different = {name.partition(".")[0] for name in before if before[name] != after[name]}
        assert different == {stage}, "the stub makes the same again, which stops the rebuild there"


class TestAMovingScene:
    BRIEF = moving(pinned(make_brief(formats=("16:9", "9:16")), make_script("One thing.", "Another thing.")))

    def studio(self) -> ModelStudio:
        studio = ModelStudio(stub_plan(self.BRIEF))
        studio.make(self.BRIEF)
        return studio

    def test_is_made_of_the_scene_and_shown_in_the_cut(self) -> None:
        studio = self.studio()
        (motion,) = (order for order in studio.ordered if order.stage == "motion" and "9:16" in str(order.payload))
        assert set(motion.payload["documents"]) == {"scene"}
        assert all("backdrop" in order.payload["documents"] for order in studio.ordered if order.stage == "finish")

    def test_is_kept_when_a_line_is_edited(self) -> None:
        studio = self.studio()
        count = len(studio.ordered)
        studio.make(moving(pinned(self.BRIEF, make_script("One thing.", "Something else."))))
        assert "motion" not in {order.stage for order in studio.ordered[count:]}

    def test_is_filmed_again_when_somebody_wants_another_take(self) -> None:
        studio = self.studio()
        before = studio.keys(self.BRIEF)
        after = studio.keys(self.BRIEF.model_copy(update={"takes": {"motion.9:16": 1}}))
        assert {name for name in before if before[name] != after[name]} == {"motion.9:16", "finish.9:16"}

    def test_is_left_out_of_a_clip_whose_plan_has_none(self) -> None:
        """A plan is frozen: what a show wants later is not for clips that were begun."""
        assert ModelStudio(stub_plan()).make(self.BRIEF).finished


class TestMorePixels:
    SOURCE = Attribution(name="Wire", rights="own")
    PICTURE = ArtifactRef(sha256="0" * 64, media_type="image/jpeg", size=1)
    BRIEF = upscaled(
        make_brief(topic=TopicCopy(title="T", text="One.", source=SOURCE, image=PICTURE), formats=("1:1",))
    )

    def test_are_given_to_the_scene_and_to_the_topics_picture_and_shown_in_the_cut(self) -> None:
        studio = ModelStudio(stub_plan(self.BRIEF))
        end = studio.make(self.BRIEF)
        assert end.finished
        made = {node.name: node.document for node in end.nodes}
        (finish,) = (order for order in studio.ordered if order.stage == "finish")
        assert finish.payload["documents"]["scene"]["image"] == made["upscale.1:1"].to_json()["image"]  # type: ignore[union-attr]
        assert finish.payload["options"]["picture"] == made["upscale.picture"].to_json()["image"]  # type: ignore[union-attr]
        (scene,) = (order for order in studio.ordered if order.stage == "scene")
        assert scene.payload["options"]["as_painted"]

    def test_are_no_matter_where_nobody_wants_them(self) -> None:
        studio = ModelStudio()
        studio.make(make_brief())
        assert "upscale" not in {order.stage for order in studio.ordered}
        (scene,) = (order for order in studio.ordered if order.stage == "scene")
        assert "as_painted" not in scene.payload["options"]

    def test_go_with_a_scene_that_moves(self) -> None:
        brief = moving(self.BRIEF)
        assert ModelStudio(stub_plan(brief)).make(brief).finished


class TestPins:
    def test_a_pinned_script_needs_no_work(self) -> None:
        studio = ModelStudio()
        end = studio.make(pinned(make_brief(), make_script("Said by a person.")))
        assert end.finished
        assert "script" not in {order.stage for order in studio.ordered}
        assert end.script == make_script("Said by a person.")
        assert [node.name for node in end.nodes if node.pinned] == ["script"]

    def test_any_stage_can_be_pinned(self) -> None:
        studio, brief = ModelStudio(), make_brief()
        end = studio.make(brief)
        speech = next(node.document for node in end.nodes if node.name == "speech")
        assert speech
        by_hand = speech.model_copy(update={"loudness_lufs": -16.0})
        count = len(studio.ordered)
        again = studio.make(brief.model_copy(update={"pins": {"speech": Pin(document=by_hand.to_json())}}))
        assert again.finished
        assert [order.stage for order in studio.ordered[count:]] == ["video", "finish"]

    def test_a_pin_that_is_taken_back_costs_nothing(self) -> None:
        studio, brief = ModelStudio(), make_brief()
        studio.make(brief)
        studio.make(pinned(brief, make_script("Said by a person.")))
        count = len(studio.ordered)
        assert studio.make(brief).finished
        assert len(studio.ordered) == count


class TestEqualWork:
    def test_equal_lines_share_a_key_and_are_spoken_once(self) -> None:
        studio = ModelStudio()
        keys = studio.keys(pinned(make_brief(), make_script("Again.", "Once.", "Again.")))
        assert keys["line.0"] == keys["line.2"] != keys["line.1"]
        assert [order.stage for order in studio.ordered].count("line") == 2

    def test_lines_are_equal_across_clips_shows_and_titles(self) -> None:
        studio = ModelStudio()
        first = studio.keys(pinned(make_brief(0), make_script("Hello.", title="One")))
        second = studio.keys(pinned(make_brief(0, topic=TopicCopy(title="Two")), make_script("Hello.", title="Two")))
        assert first["line.0"] == second["line.0"]


class TestRights:
    PICTURE = ArtifactRef(sha256="a" * 64, media_type="image/jpeg", size=9)

    @pytest.mark.parametrize(("rights", "shown"), [("own", True), ("licensed", True), ("quote", False)])
    def test_a_picture_is_shown_only_where_its_source_allows_it(self, rights: Any, shown: bool) -> None:
        self.expect(Attribution(name="Wire", rights=rights), shown=shown)

    def test_a_picture_of_unknown_source_is_not_shown(self) -> None:
        self.expect(None, shown=False)

    def expect(self, source: Attribution | None, *, shown: bool) -> None:
        topic = TopicCopy(title="A title", text="A text", source=source, image=self.PICTURE)
        studio = ModelStudio()
        studio.make(make_brief(topic=topic))
        (finish,) = (order for order in studio.ordered if order.stage == "finish")
        assert ("picture" in finish.payload["options"]) == shown

    def test_a_persons_own_words_have_no_source(self) -> None:
        topic = TopicCopy(title="A title", source=Attribution(name="Wire"))
        brief = pinned(make_brief(topic=topic), make_script("My own words."))
        studio = ModelStudio()
        studio.make(brief.model_copy(update={"direct": True}))
        (finish,) = (order for order in studio.ordered if order.stage == "finish")
        assert "source" not in finish.payload["options"]


def test_every_variant_can_be_walked_and_has_stages_after_what_they_need() -> None:
    for variant in VARIANTS.values():
        for number, node in enumerate(variant.nodes):
            assert set(node.needs) <= set(variant.stages[:number])
        plan = stub_plan(upscaled(moving(make_brief()))).model_copy(update={"variant": variant.id})
        assert ModelStudio(plan).make(upscaled(moving(make_brief()))).finished
    assert set(STUBS) == {f"stub-{stage}" for variant in VARIANTS.values() for stage in variant.needed}


class TestATrainingBeforeTheClip:
    BRIEF = learning(pinned(make_brief(), make_script("One thing.", "Another thing.")))

    def test_comes_before_the_scene_and_holds_up_nothing_else(self) -> None:
        studio = ModelStudio(stub_plan(self.BRIEF))
        due = {order.stage for order in studio.look(self.BRIEF).due}
        assert due == {"training", "line"}
        studio.make(self.BRIEF)
        stages = [order.stage for order in studio.ordered]
        assert stages.index("training") < stages.index("scene")

    def test_gives_the_scene_what_was_learnt(self) -> None:
        studio = ModelStudio(stub_plan(self.BRIEF))
        made = {node.name: node.document for node in studio.make(self.BRIEF).nodes}
        learnt, scene = made["training"], made["scene.16:9"]
        assert isinstance(learnt, TrainedLora)
        assert isinstance(scene, Scene)
        assert scene.trained == (learnt.lora.sha256,)

    def test_is_done_once_for_all_clips(self) -> None:
        studio = ModelStudio(stub_plan(self.BRIEF))
        studio.make(self.BRIEF)
        other = self.BRIEF.model_copy(update={"seed": 99})
        assert "training" not in {order.stage for order in studio.look(other).due}

    def test_that_is_longer_is_another(self) -> None:
        studio = ModelStudio(stub_plan(self.BRIEF))
        before, after = studio.keys(self.BRIEF), studio.keys(learning(self.BRIEF, steps=20))
        assert {name for name in before if before[name] != after[name]} == {"training", "scene.16:9", "finish.16:9"}

    def test_of_a_pinned_version_is_used_by_the_engine_that_it_was_for_alone(self) -> None:
        file = ArtifactRef(sha256="8" * 64, media_type="application/x-safetensors", size=9)
        for engine, used in (("stub-scene", (file.sha256,)), ("sdxl", ())):
            part = Trained(engine=engine, file=file, token="tess person", trained_at="2026-11-28T00:00:00Z")
            brief = make_brief()
            brief = brief.model_copy(update={"presenter": brief.presenter.model_copy(update={"trained": (part,)})})
            made = {node.name: node.document for node in ModelStudio(stub_plan(brief)).make(brief).nodes}
            scene = made["scene.16:9"]
            assert isinstance(scene, Scene)
            assert scene.trained == used
