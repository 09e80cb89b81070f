"""XTTS as an engine: a presenter's own voice. The network is handed in: one that says what the test wants it to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra torch is not installed")

import torch

from config.errors import BadInput, Cancelled, Unavailable
from producer.engines.base import Context
from producer.engines.line.ears import Ears, Transcript
from producer.engines.line.hibari import HibariVoice
from producer.engines.line.xtts import FILES, Xtts, pieces_of
from producer.engines.requests import LineOptions, LineRequest
from producer.nets.xtts.speaker import Latents
from producer.speech.sound import Samples
from producer.speech.speaking import speak
from producer.speech.wav import to_wav
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef, SpokenLine

TEXT = "Otters are back in the harbour. The town counted eleven."


class Network:
    """Hibari in XTTS's place; `says` may change what it is given, by the number of the call."""

    rate = 24000

    def __init__(self, says: Callable[[int, str], str] = lambda _call, text: text) -> None:
        self.says, self.said, self.learnt = says, list[str](), 0

    def fits(self, text: str, _language: str) -> bool:
        return len(text) <= 60

    def latents(self, _samples: Sequence[Samples]) -> Latents:
        self.learnt += 1
        return Latents(torch.zeros(1, 32, 4), torch.ones(1, 8, 1))

    def say(
        self, text: str, _language: str, _voice: Latents, rate: float, seed: int, look_up: Callable[[], None]
    ) -> Samples:
        look_up()
        self.said.append(text)
        return speak(self.says(len(self.said), text), HibariVoice().voice(), "en", rate=rate, seed=seed).audio

    def close(self) -> None:
        pass


class Listener(Ears):
    """Hears what was said, from the network itself."""

    problem = ""  # type: ignore[assignment]

    def __init__(self, network: Network) -> None:
        super().__init__(None)
        self.network = network

    def hear(self, _audio: Samples, language: str = "", _look_up: Callable[[], None] = lambda: None) -> Transcript:
        number = len(self.network.said)
        return Transcript(self.network.says(number, self.network.said[-1]), language)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def sample(store: FolderStore, seconds: float = 4.0) -> ArtifactRef:
    noise = np.random.default_rng(0).normal(0, 0.1, round(seconds * 24000)).astype(np.float32)
    return store.put_bytes(to_wav(noise, 24000), "audio/wav")


def spoken(
    engine: Xtts, store: FolderStore, samples: tuple[ArtifactRef, ...], text: str = TEXT, **hooks: Any
) -> SpokenLine:
    return engine.run(LineRequest(LineOptions(text=text, samples=samples), 7), Context(store.root, store, **hooks))


def test_speaks_the_line_with_times_for_words_and_sounds(store: FolderStore) -> None:
    network = Network()
    line = spoken(Xtts(network, Listener(network)), store, (sample(store),))  # type: ignore[arg-type]
    assert [word.text for word in line.words] == TEXT.split()
    assert all(a.end <= b.start for a, b in zip(line.words, line.words[1:], strict=False))
    assert line.phonemes[-1].end == pytest.approx(line.duration_s, abs=0.01)
    assert {"ɑ", "ɹ"} <= {phoneme.symbol for phoneme in line.phonemes}
    assert network.said == ["Otters are back in the harbour.", "The town counted eleven."]


def test_says_a_sentence_again_when_words_are_missing_or_added(store: FolderStore) -> None:
    network = Network(lambda call, text: {1: "Otters are.", 2: f"{text} Thank you, and goodbye."}.get(call, text))
    logged: list[str] = []
    line = spoken(Xtts(network, Listener(network)), store, (sample(store),), log=logged.append)  # type: ignore[arg-type]
    assert network.said == ["Otters are back in the harbour."] * 3 + ["The town counted eleven."]
    assert len(logged) == 2
    right = spoken(Xtts(other := Network(), Listener(other)), store, (sample(store),))  # type: ignore[arg-type]
    assert line.duration_s == pytest.approx(right.duration_s, rel=0.1)


def test_keeps_the_best_when_none_is_right(store: FolderStore) -> None:
    """Three tries: without a word, without four, with two that nobody asked for. The first has the fewest faults."""
    ways = {1: "Otters are back in harbour.", 2: "Otters are.", 3: "Otters are back in the harbour today again."}
    network = Network(lambda call, text: ways.get(call, text))
    text = "Otters are back in the harbour."
    line = spoken(Xtts(network, Listener(network)), store, (sample(store),), text)  # type: ignore[arg-type]
    assert network.said == [text] * 3
    only = Network(lambda _call, _text: ways[1])
    assert line.audio == spoken(Xtts(only, Ears(None)), store, (sample(store),), text).audio  # type: ignore[arg-type]


def test_without_a_listener_its_length_still_tells(store: FolderStore) -> None:
    network = Network(lambda call, text: "No." if call == 1 else text)
    spoken(Xtts(network, Ears(None)), store, (sample(store),))  # type: ignore[arg-type]
    assert network.said.count("Otters are back in the harbour.") == 2


def test_learns_a_voice_once(store: FolderStore) -> None:
    network = Network()
    for _ in range(2):
        spoken(Xtts(network, Ears(None)), store, (sample(store),))  # type: ignore[arg-type]
    assert network.learnt == 1
    spoken(Xtts(network, Ears(None)), store, (sample(store, 5.0),))  # type: ignore[arg-type]
    assert network.learnt == 2


def test_learns_it_again_when_what_was_kept_is_gone(store: FolderStore) -> None:
    network = Network()
    first = spoken(Xtts(network, Ears(None)), store, (sample(store),))  # type: ignore[arg-type]
    for path in (store.root / "blobs").rglob("*"):
        if path.is_file() and path.name not in (first.audio.sha256, sample(store).sha256):
            path.unlink()
    assert spoken(Xtts(network, Ears(None)), store, (sample(store),)) == first  # type: ignore[arg-type]
    assert network.learnt == 2


def test_asks_for_samples_and_for_enough_of_them(store: FolderStore) -> None:
    network = Network()
    with pytest.raises(BadInput, match="gave no sample"):
        spoken(Xtts(network, Ears(None)), store, ())  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="too short"):
        spoken(Xtts(network, Ears(None)), store, (sample(store, 1.0),))  # type: ignore[arg-type]


def test_stops_when_it_is_asked_to(store: FolderStore) -> None:
    network = Network()
    with pytest.raises(Cancelled):
        spoken(Xtts(network, Ears(None)), store, (sample(store),), cancelled=lambda: bool(network.said))  # type: ignore[arg-type]
    assert len(network.said) == 1


def test_says_what_is_missing(tmp_path: Path) -> None:
    engine = Xtts()
    engine.weights_folder = tmp_path / "xtts"
    (problem,) = [p for p in engine.check() if "weights" in p.message]
    assert all(name in problem.cure for name in FILES)
    assert engine.info.weights_licence is not None
    assert engine.info.weights_licence.kind == "non-commercial"
    with pytest.raises(Unavailable):
        engine.load()


def test_a_sentence_that_does_not_fit_is_cut_where_one_breathes() -> None:
    text = "Otters are back, and the fish they eat are back as well; nobody in the town had hoped for that."
    pieces = pieces_of(text, "en", lambda part: len(part) <= 60)
    assert [piece.text for piece in pieces] == [
        "Otters are back, and the fish they eat are back as well;", "nobody in the town had hoped for that.",
    ]  # fmt: skip
    assert pieces[1].pause_s < pieces[0].pause_s
