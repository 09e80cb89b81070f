"""The contract of an engine, for every engine in the registry: what it says of itself, and how it behaves.

An engine that is not ready here is held to the first half only.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from config.errors import Cancelled
from producer.engines.base import Context, Engine, EngineInfo, Lane, Licence, LicenceClass, Problem, Stage
from producer.engines.registry import Registry
from producer.engines.requests import (
    FinishOptions,
    FinishRequest,
    LineOptions,
    LineRequest,
    MotionOptions,
    MotionRequest,
    QualityOptions,
    QualityRequest,
    Recorded,
    Request,
    SceneOptions,
    SceneRequest,
    ScriptOptions,
    ScriptRequest,
    SpeechOptions,
    SpeechRequest,
    TrainingOptions,
    TrainingRequest,
    UpscaleOptions,
    UpscaleRequest,
    VideoOptions,
    VideoRequest,
)
from producer.engines.stub import StubFinish
from storage.artifacts import FolderStore, blobs_of
from storage.documents import (
    ArtifactRef,
    Attribution,
    Cut,
    Document,
    Motion,
    Performance,
    Scene,
    Script,
    ScriptLine,
    Speech,
    SpokenLine,
    Upscaled,
)
from storage.learning import TrainedLora, TrainingPicture
from storage.orders import TopicCopy
from storage.quality import QualityReport
from storage.upcast import read_document
from tests.support.footage import film
from tests.support.model_server import Says, World, model_server
from tests.support.writing import always, reply

ENGINES = Registry().ids()
MAKES: dict[str, type[Document]] = {
    "script": Script, "scene": Scene, "motion": Motion, "upscale": Upscaled, "line": SpokenLine, "speech": Speech, "video": Performance, "finish": Cut,
    "quality": QualityReport, "training": TrainedLora,
}  # fmt: skip
NOT_FOR_A_CHECK = ("torch", "cv2", "onnxruntime", "diffusers", "transformers", "tensorflow")
HARBOUR = Attribution(name="Harbour Gazette", url="https://gazette.example/otters", title="Otters return", rights="own")
TOPIC = TopicCopy(
    title="Otters return to the harbour",
    text="Otters have come back to the harbour after forty years. The town counted eleven animals this spring. "
    "Cleaner water brought back the fish they eat.",
    source=HARBOUR,
)
SCRIPT = Script(title=TOPIC.title, lines=(ScriptLine(text="Otters are back."),), source=HARBOUR)


WORLD: list[World] = []


@pytest.fixture(scope="module", autouse=True)
def language_model() -> Iterator[None]:
    """A model server with something sensible to say, so that the engines that need one can be held to the contract."""
    lines = (
        (f"{TOPIC.title}.", 1),
        ("The town counted eleven animals.", 3),
        ("Cleaner water brought back the fish.", 4),
    )
    with model_server(always(Says(reply(*lines), silence_s=0.05))) as world:
        WORLD.append(world)
        yield
        WORLD.clear()


def registry() -> Registry:
    servers = {"ollama": WORLD[0].ollama, "openai-compatible": WORLD[0].openai} if WORLD else {}
    return Registry(servers=servers)


class Workshop:
    """A store, and for each stage a small request whose inputs were really made by the engines of a bare machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, FolderStore(folder / "artifacts")
        self._runs = 0
        line, scene, speech, video = (
            LineRequest(LineOptions(text="Otters are back."), seed=7),
            SceneRequest(SceneOptions(title=TOPIC.title, keywords=("harbour", "otters"), format="1:1"), seed=7),
            lambda spoken: SpeechRequest(SpeechOptions(), (spoken,), seed=7),
            lambda speech: VideoRequest(VideoOptions(), SCRIPT, speech, seed=7),
        )
        spoken, drawn = self.make("hibari", line), self.make("procedural", scene)
        joined = self.make("join", speech(spoken))
        performed = self.make("drawn", video(joined))
        finish = FinishRequest(FinishOptions(format="1:1", source=HARBOUR), SCRIPT, drawn, joined, performed, seed=7)  # type: ignore[arg-type]
        moving = MotionRequest(MotionOptions(format="1:1"), drawn, seed=7)  # type: ignore[arg-type]
        small = UpscaleRequest(UpscaleOptions(image=drawn.image, width=1200, height=1200), seed=7)  # type: ignore[attr-defined]
        script = ScriptRequest(ScriptOptions(topic=TOPIC, length_s=15), seed=7)
        recorded = Recorded(audio=spoken.audio, lines=("Otters are back.",), line=0)  # type: ignore[attr-defined]
        cut = LineRequest(LineOptions(text="Otters are back.", recording=recorded), seed=7)
        still = SceneRequest(SceneOptions(format="1:1", picture=drawn.image), seed=7)  # type: ignore[attr-defined]
        brought = self.folder / "brought.mp4"
        film(brought, 160, 90, 1.0, 1, "A film", "en")
        footage = VideoRequest(VideoOptions(film=self.store.put(brought, "video/mp4")), SCRIPT, joined, seed=7)  # type: ignore[arg-type]
        shown = StubFinish().run(finish, self.context())
        judged = QualityRequest(QualityOptions(), SCRIPT, drawn, joined, performed, shown, seed=7)  # type: ignore[arg-type]
        faces = (TrainingPicture(file=drawn.image),) * 6  # type: ignore[attr-defined]
        course = TrainingRequest(TrainingOptions(presenter="ana", token="ana", pictures=faces, steps=2), seed=7)
        self.requests: dict[str, Request] = {
            "training": course,
            "script": script, "scene": scene, "motion": moving, "upscale": small, "line": line, "recording": cut, "picture": still, "film": footage,
            "speech": speech(spoken), "video": video(joined), "finish": finish, "quality": judged,
        }  # fmt: skip

    def request(self, engine: Engine) -> Request:
        """What an engine of its kind is asked for: one that cuts a recording is given one."""
        return self.requests[engine.info.needs or engine.info.stage]

    def make(self, engine_id: str, request: Request) -> Document:
        engine = registry().create(engine_id)
        engine.load()
        return engine.run(request, self.context())

    def context(self, **hooks: Any) -> Context:
        self._runs += 1
        workdir = self.folder / f"run-{self._runs}"
        workdir.mkdir()
        return Context(workdir, self.store, **hooks)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, language_model: None) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return registry().create(request.param)


@pytest.fixture(params=ENGINES, scope="module")
def ready(request: pytest.FixtureRequest, language_model: None) -> str:
    """The id of an engine that can run here."""
    problems = registry().create(request.param).check()
    if problems:
        pytest.skip(f"{problems[0].message} {problems[0].cure}")
    return str(request.param)


class TestWhatItSaysOfItself:
    def test_is_typed_and_complete(self, engine: Engine) -> None:
        info = engine.info
        assert isinstance(info, EngineInfo)
        assert info.id in ENGINES
        assert info.stage in get_args(Stage)
        assert info.lane in get_args(Lane)
        assert info.version
        assert info.title
        assert all(language == language.lower() and language.isascii() for language in info.languages)
        assert (info.memory_mb > 0) == (info.lane == "gpu"), "what fills device memory runs where there is some"

    def test_names_its_licences(self, engine: Engine) -> None:
        licences = [engine.info.code_licence, *filter(None, [engine.info.weights_licence])]
        for licence in licences:
            assert isinstance(licence, Licence)
            assert licence.name
            assert licence.kind in get_args(LicenceClass)

    def test_fingerprints_its_weights(self, engine: Engine) -> None:
        """Other weights make other results: their fingerprint is part of the stage key, known without loading them."""
        assert bool(engine.info.weights) == (engine.info.weights_licence is not None)

    def test_is_the_same_each_time(self, engine: Engine) -> None:
        assert registry().create(engine.info.id).info == engine.info

    def test_says_what_it_lacks_and_how_to_cure_it(self, engine: Engine) -> None:
        problems = engine.check()
        assert problems == engine.check()
        for problem in problems:
            assert isinstance(problem, Problem)
            assert problem.message
            assert problem.cure


def test_to_look_at_all_engines_loads_none() -> None:
    code = f"""
import json, sys
from producer.engines.registry import Registry

found, heavy = {{}}, {NOT_FOR_A_CHECK!r}
for engine_id in Registry().ids():
    before = {{name for name in heavy if name in sys.modules}}
    Registry().create(engine_id).check()
    found[engine_id] = [name for name in heavy if name in sys.modules and name not in before]
print(json.dumps(found))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {engine_id: [] for engine_id in ENGINES}


class TestHowItBehaves:
    @pytest.fixture(scope="class")
    def runs(self, ready: str, workshop: Workshop) -> list[tuple[Document, list[float]]]:
        """Two runs of an equal request, each by a new engine that is loaded before and unloaded after; and their progress."""
        runs = []
        for _ in range(2):
            engine, told = registry().create(ready), list[float]()
            engine.load("cpu")
            context = workshop.context(progress=lambda fraction, _words, told=told: told.append(fraction))
            runs.append((engine.run(workshop.request(engine), context), told))
            engine.unload()
        return runs

    def test_makes_the_document_of_its_stage(self, ready: str, runs: list[tuple[Document, list[float]]]) -> None:
        made = MAKES[registry().create(ready).info.stage]
        assert all(type(document) is made for document, _ in runs)
        assert all(read_document(document.to_json()) == document for document, _ in runs)

    def test_makes_the_same_of_an_equal_request(self, runs: list[tuple[Document, list[float]]]) -> None:
        (first, _), (second, _) = runs
        assert first.to_json() == second.to_json()

    def test_puts_every_file_it_names_into_the_store(
        self, workshop: Workshop, runs: list[tuple[Document, list[float]]]
    ) -> None:
        document, _ = runs[0]
        for reference in references(document.to_json()):
            assert workshop.store.fetch(reference).stat().st_size == reference.size
        assert {reference.sha256 for reference in references(document.to_json())} == blobs_of(document.to_json()).keys()

    def test_tells_progress_from_nothing_to_all(self, runs: list[tuple[Document, list[float]]]) -> None:
        for _, told in runs:
            assert all(0 <= fraction <= 1 for fraction in told)
            assert told == sorted(told), "it never goes back"

    def test_stops_when_it_is_asked_to(self, ready: str, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STUB_SECONDS", "600")
        engine = registry().create(ready)
        engine.load()
        with pytest.raises(Cancelled):
            engine.run(workshop.request(engine), workshop.context(cancelled=lambda: True))
        engine.unload()

    def test_stops_in_the_middle_too(self, ready: str, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        """Asked once is not enough: it is looked up again and again, for as long as the work takes."""
        monkeypatch.setenv("STUB_SECONDS", "600")
        engine, asked = registry().create(ready), iter([False] * 2)
        engine.load()
        looks = 0

        def cancelled() -> bool:
            nonlocal looks
            looks += 1
            return next(asked, True)

        request = workshop.request(engine)
        try:
            engine.run(request, workshop.context(cancelled=cancelled))
        except Cancelled:
            assert looks in (3, 4)  # told at the third look; whatever works beside it may look once for itself
        else:
            assert looks < 3, "it was done before it looked up for the third time"

    def test_can_be_loaded_again(self, ready: str, workshop: Workshop) -> None:
        engine = registry().create(ready)
        if engine.info.stage == "finish" and not ready.startswith("stub"):
            pytest.skip("shown by its two runs above; a third would only take time")
        request = workshop.request(engine)
        documents = []
        for _ in range(2):
            engine.load()
            documents.append(engine.run(request, workshop.context()))
            engine.unload()
        engine.unload()
        assert documents[0] == documents[1]


def references(document: Any) -> list[ArtifactRef]:
    if isinstance(document, dict):
        if "sha256" in document:
            return [ArtifactRef.model_validate(document)]
        return [found for value in document.values() for found in references(value)]
    return [found for value in document for found in references(value)] if isinstance(document, list) else []


def test_another_seed_is_another_request(workshop: Workshop) -> None:
    """What a retake relies on, where an engine has any choice at all."""
    engine = registry().create("procedural")
    engine.load()
    request = workshop.requests["scene"]
    assert engine.run(request, workshop.context()) != engine.run(replace(request, seed=8), workshop.context())
