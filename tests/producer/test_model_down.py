"""A language model that is down, or goes down in the middle: the clip is made all the same, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from config.folders import DataFolder
from producer.clip import Stepper
from producer.engines.registry import Registry
from producer.engines.servers import ModelServer
from producer.inline import inline_events, make_inline
from producer.plan.freeze import DEFAULT_ORDER, STUB_ORDER
from producer.ready import publish_capabilities
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Performer
from review.bundle import Fallback, fallbacks_of
from storage.artifacts import FolderStore
from storage.clips import create_clip
from storage.database import reading
from storage.documents import Script
from storage.orders import Brief
from storage.queries import ClipDetail, clip_detail
from storage.writer import Writer
from tests.support.briefs import make_brief
from tests.support.model_server import Act, Fails, Says, model_server
from tests.support.writing import GOOD, TOPIC, always, reply

ORDER = {**STUB_ORDER, "script": DEFAULT_ORDER["script"]}


@pytest.fixture
def writer(studio_folder: DataFolder) -> Iterator[Writer]:
    writer = Writer(studio_folder.database).start()
    yield writer
    writer.stop()


def make(folder: DataFolder, writer: Writer, server: ModelServer, brief: Brief) -> ClipDetail:
    """A clip whose script comes from the real writers, in their usual order; all else from stubs."""
    registry = Registry(servers={"ollama": server})
    clip = writer.do(partial(create_clip, brief=brief, author="ana"))
    stages = StageHandler(Residency(registry.create, 8000), FolderStore(folder.artifacts), folder.root / "work")
    performer = Performer({"stage": stages}, inline_events(writer, lambda _event: None), "here")
    capabilities = {capability.engine: capability for capability in publish_capabilities(registry)}
    row = make_inline(writer, folder.database, Stepper(ORDER, 2), performer, capabilities, clip)
    assert row.production == "ready"
    with reading(folder.database) as db:
        return clip_detail(db, clip)


def script_of(detail: ClipDetail) -> Script:
    assert detail.script is not None
    return detail.script


def test_a_model_that_is_there_writes(studio_folder: DataFolder, writer: Writer) -> None:
    with model_server(always(reply())) as world:
        detail = make(studio_folder, writer, world.ollama, make_brief(topic=TOPIC))
    assert script_of(detail).lines[0].text == GOOD[0][0]
    assert detail.plan is not None
    assert detail.plan.engine_for("script").weights.startswith("qwen3:8b@"), "the clip names the very model"
    assert fallbacks_of(detail.plan) == ()


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (Says(reply(), then_cut=True), "Ollama broke off in the middle."),
        (Fails(500, "llama runner process has terminated"), "Ollama failed: llama runner process has terminated."),
        (
            Fails(500, "model requires more system memory"),
            "Ollama ran out of memory: model requires more system memory.",
        ),
        (Says("I would rather not."), "Ollama wrote no usable script: Your answer holds no JSON object."),
    ],
)
def test_one_that_goes_down_in_the_middle_is_replaced_and_the_clip_says_why(
    studio_folder: DataFolder, writer: Writer, act: Act, why: str
) -> None:
    with model_server(always(act)) as world:
        detail = make(studio_folder, writer, world.ollama, make_brief(topic=TOPIC))
    assert all(line.quote in f"{TOPIC.title} {TOPIC.text}" for line in script_of(detail).lines)
    assert fallbacks_of(detail.plan) == (
        Fallback(stage="script", wanted="ollama", used="extractive", reason="instead of ollama", problem=why),
    )


def test_one_that_was_asked_for_and_is_not_there_is_shown_as_replaced(
    studio_folder: DataFolder, writer: Writer
) -> None:
    with model_server(always(reply())) as world:
        server = world.ollama
    brief = make_brief(topic=TOPIC, preferred={"script": ("ollama",)})
    (fallback,) = fallbacks_of(make(studio_folder, writer, server, brief).plan)
    assert (fallback.wanted, fallback.used) == ("ollama", "extractive")


def test_one_that_nobody_asked_for_is_not_missed(studio_folder: DataFolder, writer: Writer) -> None:
    with model_server(always(reply())) as world:
        server = world.ollama
    assert fallbacks_of(make(studio_folder, writer, server, make_brief(topic=TOPIC)).plan) == ()
