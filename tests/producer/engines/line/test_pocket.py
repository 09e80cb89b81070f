"""Pocket TTS as an engine: published voices, and a presenter's own, from tiny weights in the layout of users' own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("pocket_tts", reason="the extra pocket is not installed", exc_type=ImportError)

from config.errors import BadInput, Cancelled, Unavailable
from producer.engines.base import Context
from producer.engines.line.ears import Ears, Transcript
from producer.engines.line.pocket import CLONING, EDITIONS, ID, VOICES, Pocket, PocketCloning
from producer.engines.line.telling import TRIES
from producer.engines.registry import Registry
from producer.engines.requests import LineOptions, LineRequest
from producer.speech.sound import Samples
from producer.speech.wav import to_wav
from producer.voices import list_voices
from producer.weights import read_lock
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef, SpokenLine
from tests.support.tiny_pocket import write_tiny_pocket

pytestmark = pytest.mark.proof

TEXT = "Otters are back in the harbour. The town counted eleven."


class HearsNothing(Ears):
    """No sentence is right for it."""

    problem = ""  # type: ignore[assignment]

    def hear(self, _audio: Samples, language: str = "", _look_up: Callable[[], None] = lambda: None) -> Transcript:
        return Transcript("", language)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    write_tiny_pocket(folder / ID / "languages" / EDITIONS["en"], "alba", "zoe", deaf=True)
    write_tiny_pocket(folder / ID / "languages" / EDITIONS["de"], "juergen", deaf=True, seed=1, pieces=True)
    write_tiny_pocket(folder / CLONING / "languages" / EDITIONS["en"])
    return folder


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def engine(weights: Path, name: str = ID) -> Any:
    made = Registry(weights=weights).create(name)
    assert made.check() == []
    made.load()
    return made


def spoken(voice: Any, store: FolderStore, text: str = TEXT, /, seed: int = 7, hooks: Any = None, **options: Any) -> SpokenLine:  # fmt: skip
    line: SpokenLine = voice.run(
        LineRequest(LineOptions(text=text, **options), seed), Context(store.root, store, **(hooks or {}))
    )
    return line


def sample(store: FolderStore, seconds: float = 4.0) -> ArtifactRef:
    noise = np.random.default_rng(0).normal(0, 0.1, round(seconds * 24000)).astype(np.float32)
    return store.put_bytes(to_wav(noise, 24000), "audio/wav")


def test_speaks_a_line_with_times_for_words_and_sounds(weights: Path, store: FolderStore) -> None:
    told: list[float] = []
    voice = engine(weights)
    line = spoken(voice, store, hooks={"progress": lambda fraction, _words: told.append(fraction)})
    assert line.voice == "en-alba"
    assert line.sample_rate == 24000
    assert [word.text for word in line.words] == TEXT.split()
    assert all(a.end <= b.start for a, b in zip(line.words, line.words[1:], strict=False))
    assert line.phonemes[-1].end <= line.duration_s + 0.01
    assert told[0] == 0.0
    assert told == sorted(told)


def test_says_the_same_again_after_it_was_unloaded_and_otherwise_with_another_seed(
    weights: Path, store: FolderStore
) -> None:
    first, again = engine(weights), engine(weights)
    line = spoken(first, store)
    first.unload()
    assert spoken(again, store) == line
    assert spoken(again, store, seed=8) != line


def test_what_is_never_heard_right_is_tried_again_but_not_for_ever(weights: Path, store: FolderStore) -> None:
    voice, logged = Pocket(HearsNothing(None)), list[str]()
    voice.weights_folder = weights / ID
    line = spoken(voice, store, hooks={"log": logged.append})
    assert len(logged) == 2 * TRIES, "two sentences"
    assert line.duration_s > 0


def test_faster_is_shorter(weights: Path, store: FolderStore) -> None:
    usual, fast = (spoken(engine(weights), store, "Otters.", rate=rate) for rate in (1.0, 1.6))
    assert fast.duration_s < usual.duration_s


def test_another_voice_sounds_otherwise_and_one_that_is_not_here_is_replaced(weights: Path, store: FolderStore) -> None:
    voice = engine(weights)
    alba, zoe, gone = (spoken(voice, store, voice=name) for name in ("en-alba", "en-zoe", "en-george"))
    assert (alba.voice, zoe.voice, gone.voice) == ("en-alba", "en-zoe", "en-alba")
    assert alba.audio != zoe.audio
    assert gone == alba


def test_each_language_has_its_own_network(weights: Path, store: FolderStore) -> None:
    voice = engine(weights)
    assert voice.info.languages == ("en", "de")
    german = spoken(voice, store, "Die Otter sind zurück.", language="de")
    assert german.voice == "de-juergen"
    assert spoken(voice, store).voice == "en-alba"
    with pytest.raises(BadInput, match="does not speak"):
        spoken(voice, store, "Les loutres sont revenues.", language="fr")


def test_a_voice_of_its_own_is_learnt_once(weights: Path, store: FolderStore) -> None:
    voice, samples = engine(weights, CLONING), (sample(store),)
    first = spoken(voice, store, samples=samples)
    files = {path for path in (store.root / "blobs").rglob("*") if path.is_file()}
    assert first.voice.startswith("own-")
    assert spoken(voice, store, samples=samples) == first
    assert {path for path in (store.root / "blobs").rglob("*") if path.is_file()} == files
    assert spoken(voice, store, samples=(sample(store, 5.0),)).audio != first.audio
    with pytest.raises(BadInput, match="gave no sample"):
        spoken(voice, store)
    with pytest.raises(BadInput, match="too short"):
        spoken(voice, store, samples=(sample(store, 1.0),))


@pytest.mark.parametrize("looks", [0, 1, 4])
def test_stops_when_it_is_asked_to(weights: Path, store: FolderStore, looks: int) -> None:
    asked = iter([False] * looks)
    with pytest.raises(Cancelled):
        spoken(engine(weights), store, hooks={"cancelled": lambda: next(asked, True)})


def test_says_what_is_missing(tmp_path: Path) -> None:
    voice, own = (Registry(weights=tmp_path).create(name) for name in (ID, CLONING))
    (problem,) = voice.check()
    assert problem.cure == "run.py pull pocket-tts"
    (problem,) = own.check()
    assert f'--local-dir "{tmp_path / CLONING}"' in problem.cure
    assert own.info.needs == "samples"
    assert own.info.languages == tuple(EDITIONS)
    with pytest.raises(Unavailable):
        voice.load()


def test_what_is_pulled_is_what_it_looks_for(tmp_path: Path) -> None:
    """The pinned files, as holes of their size, are a complete language."""
    voice = Pocket()
    voice.weights_folder = tmp_path / ID
    for file in read_lock()[ID].files:
        path = tmp_path / ID / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert voice.check() == []
    assert voice.info.languages == ("en",)
    here = {one.id for one in voice.catalogue() if one.here}
    assert here == {f"en-{name}" for name in VOICES["en"]}


def test_its_voices_are_listed_the_default_first(weights: Path) -> None:
    voices = [voice for voice in list_voices(Registry(weights=weights), "en") if voice.engine == ID]
    assert [(voice.id, voice.here) for voice in voices][:2] == [("en-alba", True), ("en-anna", False)]
    assert voices[-1].id == "en-zoe"
    own = [voice for voice in list_voices(Registry(weights=weights), "en") if voice.engine == CLONING]
    assert [(voice.id, voice.borrowed, voice.here) for voice in own] == [("own-en", True, True)]


def test_another_model_is_another_fingerprint(weights: Path, tmp_path: Path) -> None:
    other = Pocket()
    other.weights_folder = tmp_path / ID
    assert other.info.weights == "not here"
    write_tiny_pocket(tmp_path / ID / "languages" / EDITIONS["en"], "alba", seed=2)
    first = Pocket()
    first.weights_folder = weights / ID
    assert len({other.info.weights, first.info.weights, PocketCloning().info.weights}) == 3
