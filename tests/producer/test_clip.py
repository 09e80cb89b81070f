"""One step of one clip: the commands that follow from its truth, and nothing that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from config.errors import Unavailable
from producer.clip import ClipStep, Stepper
from producer.control import carry_out
from producer.plan.freeze import STUB_ORDER, Capability
from producer.plan.remedy import AUTHOR
from storage.clips import create_clip, resume_clip, revise_clip, try_again
from storage.documents import Document, Script, ScriptLine
from storage.events import ErrorFacts, Event, EventType
from storage.history import revisions_of
from storage.orders import Brief, Pin
from storage.plans import Failure
from storage.quality import UNSEEN, Cure, Finding, QualityReport, Verdict
from storage.queries import clip_detail, clip_plan, clip_row
from storage.takes import finished_revisions
from storage.work import PREVIEW, STRIKES, WorkOrder, apply_events, record_loss, record_queued
from tests.support.briefs import make_brief, make_script, pinned
from tests.support.database import memory_database
from tests.support.model_studio import CAPABILITIES, ModelStudio

ATTEMPTS = 2
SECOND = Capability(engine="second-line", stage="line", version="7", lane="cpu")


class Desk:
    """A database, a stepper, and workers on paper."""

    def __init__(self) -> None:
        self.db = memory_database()
        self.stepper = Stepper({**STUB_ORDER, "line": ("stub-line", "second-line")}, ATTEMPTS)
        self.capabilities = dict(CAPABILITIES)
        self.model = ModelStudio()

    def order(self, brief: Brief | None = None) -> str:
        return create_clip(self.db, brief or make_brief(), "ana")

    def step(self, clip: str) -> list[WorkOrder]:
        """One step, carried out; what is really new of what is due."""
        return self.carry_out(self.look(clip))

    def look(self, clip: str) -> ClipStep:
        return self.stepper.step(self.db, clip, self.capabilities)

    def carry_out(self, step: ClipStep) -> list[WorkOrder]:
        with self.db.atomic():
            return carry_out(self.db, [step])

    def finish(self, order: WorkOrder) -> None:
        document = self.model.finish(order)
        self.tell(order, "finished", document)

    def tell(self, order: WorkOrder, type: EventType, document: Document | None = None, kind: str = "error") -> None:
        facts = (
            {"document": document.to_json(), "content_hash": document.content_hash, "seconds": 2.0}
            if document
            else {"error": ErrorFacts(kind=kind, message="It went wrong.", cure="Mend it.")}  # type: ignore[arg-type]
        )
        said = Event(kind="stage", key=order.key, attempt=order.attempt, type=type, worker="w", at="2026", **facts)  # type: ignore[arg-type]
        apply_events(self.db, "e", "", [said])

    def make(self, clip: str) -> list[WorkOrder]:
        made = []
        while clip_row(self.db, clip).production == "making":
            for order in self.step(clip):
                self.finish(order)
                made.append(order)
        return made


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.db.conn.close()


def test_a_clip_walks_from_its_order_to_its_cuts(desk: Desk) -> None:
    clip = desk.order(make_brief(formats=("16:9", "9:16")))
    stages = [order.stage for order in desk.make(clip)]
    assert stages == ["script", "scene", "scene", "line", "line", "line", "line", "speech", "video", "finish", "finish"]
    detail = clip_detail(desk.db, clip)
    assert (detail.row.production, set(detail.cuts)) == ("ready", {"16:9", "9:16"})
    assert {node.state for node in detail.nodes} == {"done"}


def test_a_second_look_orders_nothing_again(desk: Desk) -> None:
    clip = desk.order()
    assert len(desk.step(clip)) == 1
    assert desk.step(clip) == []
    assert desk.look(clip) == ClipStep(), "nothing follows from what is under way"


def test_nodes_are_written_again_if_the_transaction_was_lost(desk: Desk) -> None:
    """The disk was full just then. Work without a node would be taken for unwanted and cancelled."""
    clip = desk.order()
    lost = desk.look(clip)
    assert lost.commands
    desk.step(clip)
    assert [node.node for node in clip_detail(desk.db, clip).nodes] == ["script"]
    assert clip_plan(desk.db, clip)


class TestTheGate:
    """Through the same graph and keys: a failed check makes one revision more, and then a person looks."""

    GATE = Capability(engine="gate", stage="quality", version="1")

    def make(self, desk: Desk, clip: str, verdicts: list[Verdict]) -> list[str]:
        """Carry the clip out; the gate answers with these verdicts, one after the other."""
        desk.capabilities["gate"] = self.GATE
        desk.stepper = Stepper({**STUB_ORDER, "quality": ("gate",)}, ATTEMPTS)
        stages = []
        while clip_row(desk.db, clip).production == "making":
            for order in desk.step(clip):
                stages.append(order.stage)
                if order.stage == "quality":
                    desk.tell(order, "finished", self.report(verdicts.pop(0)))
                else:
                    desk.finish(order)
        return stages

    def report(self, verdict: Verdict) -> QualityReport:
        cure = Cure(remedy="new seed", node="scene.16:9")
        return QualityReport(
            format="16:9", findings=(Finding(name="flicker", family="picture", verdict=verdict, cure=cure),)
        )

    def test_looks_at_every_cut_last(self, desk: Desk) -> None:
        clip = desk.order()
        assert self.make(desk, clip, ["pass"])[-2:] == ["finish", "quality"]
        detail = clip_detail(desk.db, clip)
        assert detail.row.revision == 1
        assert detail.reports["16:9"].having("pass")

    def test_has_a_failed_cut_made_once_more_and_no_more(self, desk: Desk) -> None:
        clip = desk.order()
        stages = self.make(desk, clip, ["fail", "fail"])
        assert stages[stages.index("quality") + 1 :] == ["scene", "finish", "quality"], "and nothing else is made again"
        detail = clip_detail(desk.db, clip)
        assert (detail.row.production, detail.row.revision, detail.row.review) == ("ready", 2, "undecided")
        assert detail.row.failed_checks == 1, "it goes to review with its flag"
        assert [one.check for one in detail.brief.tried] == ["flicker"]
        assert [one.author for one in revisions_of(desk.db, clip)] == ["ana", AUTHOR]
        assert finished_revisions(desk.db, clip) == [1, 2], "so that both can be compared"

    @pytest.mark.parametrize("kind", ["error", "bad_input", "unavailable"])
    def test_that_cannot_look_sends_the_cut_to_its_reviewer_and_says_so(self, desk: Desk, kind: str) -> None:
        clip = desk.order()
        desk.capabilities["gate"] = self.GATE
        desk.stepper = Stepper({**STUB_ORDER, "quality": ("gate",)}, ATTEMPTS)
        tries = 0
        while clip_row(desk.db, clip).production == "making":
            for order in desk.step(clip):
                if order.stage == "quality":
                    tries += 1
                    desk.tell(order, "failed", kind=kind)
                else:
                    desk.finish(order)
        detail = clip_detail(desk.db, clip)
        assert tries == (ATTEMPTS if kind == "error" else 1)
        assert (detail.row.production, detail.row.failed_checks) == ("ready", 1)
        (finding,) = detail.reports["16:9"].findings
        assert (finding.name, finding.value, finding.why) == ("quality gate", UNSEEN, "It went wrong.")
        assert desk.step(clip) == [], "and that is the end of it"

    def test_leaves_what_somebody_revised_meanwhile_to_them(self, desk: Desk) -> None:
        clip = desk.order()
        brief = make_brief()
        with desk.db.atomic():
            revise_clip(desk.db, clip, brief, "bo", based_on=1)
            try_again(desk.db, clip, 1, brief, AUTHOR, "too late")
        assert [one.author for one in revisions_of(desk.db, clip)] == ["ana", "bo"]

    def test_asks_for_nothing_where_no_worker_has_it(self, desk: Desk) -> None:
        clip = desk.order()
        assert "quality" not in [order.stage for order in desk.make(clip)]
        assert clip_row(desk.db, clip).production == "ready"


class TestWaiting:
    def test_says_so_once(self, desk: Desk) -> None:
        desk.capabilities = {}
        clip = desk.order()
        desk.step(clip)
        row = clip_row(desk.db, clip)
        assert row.production == "waiting"
        assert row.waiting
        assert "No worker" in row.waiting
        assert desk.look(clip) == ClipStep()

    def test_ends_when_somebody_can(self, desk: Desk) -> None:
        desk.capabilities = {}
        clip = desk.order()
        desk.step(clip)
        desk.capabilities = dict(CAPABILITIES)
        assert len(desk.step(clip)) == 1
        assert clip_row(desk.db, clip).production == "making"


class TestTrouble:
    def fail(self, desk: Desk, clip: str, stage: str, kind: str) -> None:
        """Walk to `stage` and let it fail as often as it is tried."""
        for _ in range(30):
            for order in desk.step(clip):
                if order.stage == stage and order.engine != "second-line":
                    desk.tell(order, "failed", kind=kind)
                else:
                    desk.finish(order.model_copy(update={"engine": f"stub-{order.stage}"}))

    def test_that_lasts_fails_the_clip_and_says_why(self, desk: Desk) -> None:
        clip = desk.order()
        self.fail(desk, clip, "scene", "error")
        row = clip_row(desk.db, clip)
        assert row.failure == Failure(
            node="scene.16:9", stage="scene", engine="stub-scene", message="It went wrong.", cure="Mend it."
        )
        assert row.production == "failed"

    def test_of_an_engine_goes_to_the_next_and_stays_on_record(self, desk: Desk) -> None:
        desk.capabilities["second-line"] = SECOND
        clip = desk.order()
        self.fail(desk, clip, "line", "unavailable")
        plan = clip_plan(desk.db, clip)
        assert plan
        assert [(one.engine, one.reason) for one in plan.engines["line"]] == [
            ("stub-line", "the default"), ("second-line", "instead of stub-line"),
        ]  # fmt: skip
        lines = [node for node in clip_detail(desk.db, clip).nodes if node.stage == "line"]
        assert {node.engine for node in lines} == {"second-line"}, "one voice speaks the whole clip"
        assert clip_row(desk.db, clip).production == "ready"

    def test_of_the_last_engine_fails_the_clip(self, desk: Desk) -> None:
        clip = desk.order()
        self.fail(desk, clip, "line", "unavailable")
        failure = clip_row(desk.db, clip).failure
        assert failure
        assert (failure.stage, failure.cure) == ("line", "Mend it.")

    def test_that_kills_workers_is_set_aside(self, desk: Desk) -> None:
        clip = desk.order()
        for _ in range(STRIKES):
            (order,) = desk.step(clip)
            record_loss(desk.db, order.key, order.attempt, died=True)
        desk.step(clip)
        failure = clip_row(desk.db, clip).failure
        assert failure
        assert (failure.stage, failure.set_aside) == ("script", True)
        assert "worker" in failure.message

    def test_is_forgotten_when_somebody_resumes(self, desk: Desk) -> None:
        clip = desk.order()
        self.fail(desk, clip, "scene", "error")
        done = {node.node for node in clip_detail(desk.db, clip).nodes if node.state == "done"}
        assert done == {"script", "line.0", "line.1", "line.2", "line.3", "speech"}
        resume_clip(desk.db, clip)
        assert [order.stage for order in desk.make(clip)] == ["scene", "video", "finish"]
        assert clip_row(desk.db, clip).production == "ready"

    @pytest.mark.parametrize("again", ["the same order", "a new revision"])
    def test_is_not_held_against_whoever_asks_again(self, desk: Desk, again: str) -> None:
        clip = desk.order()
        self.fail(desk, clip, "scene", "error")
        desk.db.execute("UPDATE work SET finished_at = '2026-01-01T00:00:00.000Z'")
        if again == "a new revision":
            revise_clip(desk.db, clip, make_brief(length_s=40), "ana", based_on=1)
        else:
            clip = desk.order()
        desk.make(clip)
        assert clip_row(desk.db, clip).production == "ready"

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda brief: brief.model_copy(update={"pins": {"script": Pin(document={"tag": "script/99"})}}),
            lambda brief: brief.model_copy(
                update={"pins": {"script": Pin(document={"tag": "script/1", "title": "x"})}}
            ),
            lambda brief: brief.model_copy(update={"pins": {"script": Pin(document=next(iter(scenes())).to_json())}}),
        ],
        ids=["of a newer release", "that is none", "of another stage"],
    )
    def test_with_a_pin_fails_that_clip_alone(self, desk: Desk, spoil: Callable[[Brief], Brief]) -> None:
        clip = desk.order(spoil(make_brief()))
        desk.step(clip)
        row = clip_row(desk.db, clip)
        assert row.production == "failed"
        assert row.failure
        assert row.failure.cure


def scenes() -> Iterator[Document]:
    studio = ModelStudio()
    yield from (node.document for node in studio.make(make_brief()).nodes if node.stage == "scene" and node.document)


class TestAForecast:
    def test_says_what_an_edit_runs_again_and_how_long_that_took(self, desk: Desk) -> None:
        brief = pinned(make_brief(), make_script("First.", "Second."))
        clip = desk.order(brief)
        desk.make(clip)
        edited = pinned(make_brief(), make_script("First.", "Changed."))
        forecast = {one.node: one for one in desk.stepper.forecast(desk.db, clip, edited, desk.capabilities)}
        assert [node for node, one in forecast.items() if one.again] == ["line.1", "speech", "video", "finish.16:9"]
        assert (forecast["script"].engine, forecast["line.1"].engine) == ("you", "stub-line")
        assert forecast["line.1"].seconds == 2.0
        assert desk.model.look(edited).finished is False, "and asking orders nothing"

    def test_of_no_change_is_free(self, desk: Desk) -> None:
        clip = desk.order()
        desk.make(clip)
        assert not any(one.again for one in desk.stepper.forecast(desk.db, clip, make_brief(), desk.capabilities))

    def test_of_what_cannot_start_yet_is_empty(self, desk: Desk) -> None:
        clip = desk.order()
        assert desk.stepper.forecast(desk.db, clip, make_brief(), {}) == []


class TestALineHeardBeforehand:
    def test_is_the_line_that_the_clip_then_finds_spoken(self, desk: Desk) -> None:
        key, order = desk.stepper.first_line(desk.db, pinned(make_brief(), make_script("First.")), desk.capabilities)
        assert order is not None
        assert order.key == key
        record_queued(desk.db, [order.model_copy(update={"kind": PREVIEW})])
        assert desk.stepper.first_line(desk.db, pinned(make_brief(), make_script("First.")), desk.capabilities) == (
            key,
            None,
        )
        desk.finish(order)
        clip = desk.order(pinned(make_brief(), make_script("First.", "Second.")))
        due = {one.stage: one for one in (*desk.step(clip), *desk.step(clip))}
        assert due["line"].payload["options"]["text"] == "Second."

    def test_says_why_nobody_can_speak_it(self, desk: Desk) -> None:
        with pytest.raises(Unavailable, match="No worker"):
            desk.stepper.first_line(desk.db, pinned(make_brief(), make_script("First.")), {})


class TestAScriptThatSwitches:
    SCRIPT = Script(title="T", lines=(ScriptLine(text="Hello."), ScriptLine(text="Hola.", language="es")))

    def test_is_spoken_by_two_voices_and_no_line_by_one_that_does_not_know_it(self, desk: Desk) -> None:
        english = desk.capabilities["stub-line"].model_copy(update={"languages": ("en",)})
        desk.capabilities |= {"stub-line": english, "second-line": SECOND}
        clip = desk.order(pinned(make_brief(), self.SCRIPT))
        due = [order for _ in range(4) for order in desk.step(clip) if order.stage == "line"]
        assert {order.payload["options"]["text"]: order.engine for order in due} == {
            "Hello.": "stub-line",
            "Hola.": "second-line",
        }

    def test_waits_for_a_voice_and_goes_on_when_there_is_one(self, desk: Desk) -> None:
        english = desk.capabilities["stub-line"].model_copy(update={"languages": ("en",)})
        desk.capabilities["stub-line"] = english
        clip = desk.order(pinned(make_brief(), self.SCRIPT))
        for _ in range(3):
            assert desk.step(clip) == []
        assert "Spanish" in (clip_row(desk.db, clip).waiting or "")
        assert desk.look(clip).commands == (), "what is known is not said again"
        desk.capabilities["stub-line"] = CAPABILITIES["stub-line"]
        for order in desk.step(clip):
            desk.finish(order)
        desk.make(clip)
        assert clip_row(desk.db, clip).production == "ready"
