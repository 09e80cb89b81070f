"""What a person typed becomes a topic with a title and a text."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pydantic import ValidationError

from producer.engines.registry import Registry
from producer.plan.freeze import engine_order, freeze_plan
from producer.ready import publish_capabilities
from review.bundle import fallbacks_of
from storage.catalogue import presenter, put_presenter
from storage.orders import Brief, PresenterSpec
from storage.plans import Plan
from storage.writer import Writer
from tests.support.database import memory_database
from web.ordering import LONGEST_TITLE, ClipOrder, build_brief, topic_of


@pytest.mark.parametrize(
    ("typed", "title", "text"),
    [
        ("Night ferry returns\nThe ferry sails again.", "Night ferry returns", "The ferry sails again."),
        ("Night ferry returns. The ferry sails again.", "Night ferry returns", "The ferry sails again."),
        ("Will it sail? Nobody knows.", "Will it sail?", "Nobody knows."),
        ("夜间渡轮回来了。渡轮周五再次启航。", "夜间渡轮回来了", "渡轮周五再次启航。"),
        ("Night ferry returns", "Night ferry returns", "Night ferry returns"),
    ],
)
def test_the_first_line_or_sentence_is_the_title(typed: str, title: str, text: str) -> None:
    found = topic_of(ClipOrder(topic=typed), "zh" if "。" in typed else "en")
    assert (found.title, found.text) == (title, text)


def test_a_given_title_leaves_the_text_whole() -> None:
    found = topic_of(ClipOrder(topic="One. Two.", title="Three"), "en")
    assert (found.title, found.text) == ("Three", "One. Two.")


def test_a_long_first_sentence_is_not_lost_to_the_title() -> None:
    typed = "word " * 60 + "ends. Then more."
    found = topic_of(ClipOrder(topic=typed), "en")
    assert len(found.title) <= LONGEST_TITLE
    assert found.text == typed


class TestAnEncoder:
    @pytest.fixture
    def writer(self, tmp_path: Path) -> Iterator[Writer]:
        writer = Writer(tmp_path / "studio.db").start()
        writer.do(partial(put_presenter, presenter=PresenterSpec(slug="mara", name="Mara")))
        yield writer
        writer.stop()

    @pytest.fixture
    def brief(self, writer: Writer) -> Brief:
        order = ClipOrder(script="The ferry sails again.", encoder="vaapi")
        return writer.do(lambda db: build_brief(db, order))

    def test_that_is_ordered_comes_before_the_studios_own(self, writer: Writer, brief: Brief) -> None:
        assert brief.options.preferred == {"finish": ("compositor-vaapi",)}
        plain = writer.do(lambda db: build_brief(db, ClipOrder(script="The ferry sails again.")))
        assert plain.options.preferred == {}
        with pytest.raises(ValidationError):
            ClipOrder(script="The ferry sails again.", encoder="mpeg2")  # type: ignore[arg-type]

    def test_that_cannot_work_here_is_replaced_and_everybody_is_told(self, brief: Brief) -> None:
        """No machine has VAAPI with the PyAV that comes from its wheel."""
        capabilities = {c.engine: c for c in publish_capabilities(Registry())}
        if not capabilities["compositor-vaapi"].problem:
            pytest.skip("VAAPI works here")
        plan = freeze_plan(brief, capabilities, engine_order("default"))
        assert isinstance(plan, Plan)
        (fallen,) = fallbacks_of(plan)
        assert (fallen.stage, fallen.wanted, fallen.used) == ("finish", "compositor-vaapi", "compositor")
        assert fallen.problem.startswith("VAAPI")


def test_a_voice_and_a_backdrop_are_chosen_for_one_clip_alone() -> None:
    db = memory_database()
    put_presenter(db, PresenterSpec(slug="mara", name="Mara", voices={"es": "ef_dora"}))
    brief = build_brief(db, ClipOrder(topic="A ferry returns.", voice="hibari/heart", backdrop="waves"))
    assert brief.presenter.voices == {"es": "ef_dora", "en": "heart"}
    assert brief.options.preferred == {"line": ("hibari",)}
    assert brief.options.backdrop == "waves"
    assert presenter(db, "mara").voices == {"es": "ef_dora"}


def test_what_no_studio_has_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="backdrop"):
        ClipOrder.model_validate({"topic": "A ferry.", "backdrop": "moon"})
    with pytest.raises(ValidationError, match="voice"):
        ClipOrder(topic="A ferry.", voice="../../heart")
