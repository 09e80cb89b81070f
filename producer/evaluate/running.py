"""One scenario, made by the real planner and engines with nothing found made, and measured."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np

from config.errors import BadInput, DailiesError, UnknownName
from producer.alone import work_of
from producer.engines.line.ears import RATE, Ears
from producer.engines.registry import Registry
from producer.engines.requests import QualityRequest, read_request
from producer.evaluate.records import Run
from producer.evaluate.suites import Scenario
from producer.plan.freeze import ONE_WAY
from producer.quality.evidence import Evidence
from producer.quality.helpers import Voices
from producer.quality.pitch import pitch, pitch_rmse
from producer.quality.transcripts import reading
from producer.quality.whose_voice import middle
from producer.ready import publish_capabilities
from producer.residency import Residency
from producer.speech.languages import primary
from producer.speech.sound import resampled
from producer.speech.wav import from_wav
from producer.stage import StageHandler
from producer.voices import list_voices, save_sample
from storage.artifacts import FolderStore
from storage.clock import now
from storage.documents import Script, ScriptLine
from storage.orders import Brand, Brief, BriefOptions, Pin, PresenterSpec, ShowSpec, TopicCopy

SPEAKING, SHOWING = frozenset({"line", "speech"}), frozenset({"video", "finish"})
ALWAYS = ("join", "drawn", "procedural", "compositor")
NO_SAMPLE = "this voice has no sample in this language"


class Instruments(NamedTuple):
    """What listens, and where voices introduce themselves."""

    ears: Ears
    voices: Voices
    samples: Path


def ready_voices(registry: Registry) -> list[str]:
    """Engines that could speak here and now."""
    return [
        c.engine
        for c in publish_capabilities(registry)
        if c.stage == "line" and not c.problem and not c.needs and not c.engine.startswith("stub")
    ]


def evaluate(
    scenarios: Sequence[Scenario],
    engines: Sequence[str],
    repeats: int,
    registry: Registry,
    weights: Path,
    samples: Path,
) -> Iterator[Run]:
    """Every scenario by every engine that speaks its language, so many times. `samples`: where voices introduce themselves.
    Raises UnknownName."""
    ready = ready_voices(registry)
    for engine in engines:
        if engine not in ready:
            raise UnknownName("voice engine that is ready here", engine, ready)
    residency, instruments = Residency(registry.create, 0), Instruments(Ears(weights), Voices(weights), samples)
    for engine in (*(engines or ready), *ALWAYS):  # what is measured is the work, not the loading
        residency.load(engine, ONE_WAY, lambda: False)
    for scenario in scenarios:
        for engine in engines or ready:
            if not can_speak(scenario, engine, ready, registry):
                continue
            for repeat in range(repeats):
                yield _run(scenario, engine, repeat, registry, residency, instruments)


def can_speak(scenario: Scenario, engine: str, ready: Sequence[str], registry: Registry) -> bool:
    """Whether an engine can speak the first line, and it or another one each of the others, as the planner would have it."""
    known = {one: registry.create(one).info.languages for one in {engine, *ready}}

    def speaks(one: str, language: str) -> bool:
        return not known[one] or primary(language) in known[one]

    return speaks(engine, scenario.language) and all(
        any(speaks(one, language) for one in known) for language, _ in scenario.lines
    )


def brief_of(scenario: Scenario, engine: str, seed: int) -> Brief:
    lines = tuple(ScriptLine(text=text, language=language) for language, text in scenario.lines)
    script = Script(title=lines[0].text[:60], lines=lines)
    options = BriefOptions(language=scenario.language, resolution=576, preferred={"line": (engine,)})
    return Brief(
        topic=TopicCopy(title=script.title, language=scenario.language),
        show=ShowSpec(slug="evaluation", name="Evaluation", brand=Brand(intro=False, outro=False)),
        presenter=PresenterSpec(slug="mara", name="Mara", role="Host"),
        options=options, seed=seed, pins={"script": Pin(document=script.to_json())}, direct=True,
    )  # fmt: skip


def _run(
    scenario: Scenario, engine: str, repeat: int, registry: Registry, residency: Residency, with_: Instruments
) -> Run:
    known = {"scenario": scenario.name, "engine": engine, "at": now(), "repeat": repeat, "language": scenario.language}
    with tempfile.TemporaryDirectory(prefix="dailies-evaluate-") as folder:
        store = FolderStore(Path(folder) / "artifacts")
        stages = StageHandler(residency, store, Path(folder) / "work")
        spent: Counter[str] = Counter()
        voices: dict[str, str] = {}
        request: QualityRequest | None = None
        try:
            for order, work in work_of(brief_of(scenario, engine, repeat), stages, registry):
                started = time.monotonic()
                work()
                spent[order.stage] += round(1000 * (time.monotonic() - started))
                if order.stage == "line":
                    voices[order.engine] = registry.create(order.engine).info.title
                if order.stage == "quality":
                    request = cast("QualityRequest", read_request(order.payload))
        except DailiesError as error:
            return Run(**known, voice="", error=str(error))
        assert request is not None
        measured, missing = _measured(Evidence(request, store), scenario, engine, registry, with_)
    seen = next((check.value for check in request.cut.checks if check.name == "lip_sync"), "nobody looked at the lips")
    lips = seen if isinstance(seen, float) else None
    if lips is None:
        missing["lip_sync"] = str(seen)
    return Run(
        **known, **measured, voice=", ".join(voices.values()), lip_sync=lips,
        tts_ms=sum(ms for stage, ms in spent.items() if stage in SPEAKING),
        render_ms=sum(ms for stage, ms in spent.items() if stage in SHOWING), total_ms=sum(spent.values()),
        missing=missing,
    )  # fmt: skip


def _measured(
    evidence: Evidence, scenario: Scenario, engine: str, registry: Registry, with_: Instruments
) -> tuple[dict[str, object], dict[str, str]]:
    """Figures by name, and why others are missing."""
    found: dict[str, object] = {}
    missing: dict[str, str] = {}
    parts = (_likeness(evidence, scenario, engine, registry, with_), _readings(evidence, scenario, with_.ears))
    for figures, lacks in parts:
        found, missing = {**found, **figures}, {**missing, **lacks}
    return found, missing


def _likeness(
    evidence: Evidence, scenario: Scenario, engine: str, registry: Registry, with_: Instruments
) -> tuple[dict[str, object], dict[str, str]]:
    """How near the speech is to the engine's own voice, introducing itself."""
    languages = list_voices(registry, scenario.language)
    voice = next((v for v in languages if v.engine == engine and v.here and not v.borrowed), None)
    if voice is None:
        return {}, {"f0_rmse_hz": NO_SAMPLE, "speaker_similarity": NO_SAMPLE}
    own, rate = from_wav(save_sample(registry, voice, with_.samples))
    sound, its_rate = evidence.sound
    found: dict[str, object] = {}
    missing: dict[str, str] = {}
    if (apart := pitch_rmse(pitch(sound, its_rate), pitch(own, rate))) is None:
        missing["f0_rmse_hz"] = "no voiced sound is heard"
    else:
        found["f0_rmse_hz"] = apart
    if with_.voices.problem:
        return found, {**missing, "speaker_similarity": with_.voices.problem}
    try:
        one, other = (middle([with_.voices.pieces(resampled(a, b, RATE))]) for a, b in ((sound, its_rate), (own, rate)))
    except BadInput as error:
        return found, {**missing, "speaker_similarity": str(error)}
    return {**found, "speaker_similarity": round(float(np.clip(one @ other, 0, 1)), 3)}, missing


def _readings(evidence: Evidence, scenario: Scenario, ears: Ears) -> tuple[dict[str, object], dict[str, str]]:
    """What is understood of the speech, line by line."""
    if ears.problem:
        return {}, dict.fromkeys(("wer", "cer", "language_detected", "language_correct"), ears.problem)
    read, languages = [], []
    for number, samples, rate in evidence.spoken():
        line = evidence.script.lines[number]
        audio = resampled(samples, rate, RATE)
        read.append(reading(line.text, ears.hear(audio, line.language).text, line.language))
        try:
            languages.append(primary(ears.hear(audio).language))
        except BadInput:
            languages.append("?")
    return {
        "wer": round(float(np.mean([one.errors for one in read])), 3),
        "cer": round(float(np.mean([one.letters for one in read])), 3),
        "language_detected": " ".join(languages),
        "language_correct": languages == [primary(language) for language, _ in scenario.lines],
    }, {}
