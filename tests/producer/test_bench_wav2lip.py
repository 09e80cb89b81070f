"""Proof of the whole engine on random weights in the published format, and of the benchmark that runs it."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed: pip install 'dailies[torch]'")

from config.errors import BadInput, Cancelled, StudioError
from producer.bench_wav2lip import PARTS, SCRIPT, measure, portrait_png, speech_of
from producer.engines.base import Context
from producer.engines.registry import Registry
from producer.engines.requests import VideoOptions, VideoRequest
from producer.engines.video.wav2lip import CHECKPOINTS, Wav2Lip
from producer.nets.wav2lip.random_weights import save_random
from storage.artifacts import FolderStore
from storage.documents import Speech
from tests.support.pulled import FOLDER, weights

pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Wav2Lip:
    """Loaded from a folder like a user's."""
    folder = tmp_path_factory.mktemp("data") / "weights"
    (folder / "wav2lip").mkdir(parents=True)
    (folder / "photo").symlink_to(weights("photo"))
    save_random(folder / "wav2lip" / CHECKPOINTS[0])
    engine = Registry(weights=folder).create("wav2lip")
    assert isinstance(engine, Wav2Lip)
    assert engine.check() == []
    engine.load("cpu")
    return engine


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FolderStore:
    return FolderStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def speech(store: FolderStore) -> Speech:
    return speech_of(store, 0.5)


def asked(store: FolderStore, speech: Speech, png: bytes) -> VideoRequest:
    return VideoRequest(VideoOptions(look={"portrait": store.put_bytes(png, "image/png").model_dump()}), SCRIPT, speech)


def test_a_portrait_becomes_footage_of_the_speech_and_the_same_again(
    engine: Wav2Lip, store: FolderStore, speech: Speech, tmp_path: Path
) -> None:
    request = asked(store, speech, portrait_png())
    first, again = (engine.run(request, Context(tmp_path, store)) for _ in range(2))
    assert first.content_hash == again.content_hash
    assert first.footage is not None
    with av.open(str(store.fetch(first.footage))) as file:
        assert sum(1 for _ in file.decode(video=0)) == 13


def test_nobody_is_refused_before_the_network_runs(
    engine: Wav2Lip, store: FolderStore, speech: Speech, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.speaker, "see", lambda _: pytest.fail("it was asked"))
    noise = cv2.GaussianBlur(np.random.default_rng(0).integers(0, 255, (400, 400, 3), dtype=np.uint8), (0, 0), 9)
    with pytest.raises(BadInput, match="No face was found"):
        engine.run(asked(store, speech, cv2.imencode(".png", noise)[1].tobytes()), Context(tmp_path, store))


def test_it_stops_in_the_middle(engine: Wav2Lip, store: FolderStore, speech: Speech, tmp_path: Path) -> None:
    answers = iter([False] * 3)
    with pytest.raises(Cancelled):
        engine.run(
            asked(store, speech, portrait_png()), Context(tmp_path, store, cancelled=lambda: next(answers, True))
        )


def test_it_can_be_unloaded_and_loaded_again(
    engine: Wav2Lip, store: FolderStore, speech: Speech, tmp_path: Path
) -> None:
    engine.unload()
    engine.unload()
    engine.load("cpu")
    assert engine.run(asked(store, speech, portrait_png()), Context(tmp_path, store)).footage


def test_the_benchmark_tells_the_network_from_the_rest() -> None:
    weights("photo")
    figures = measure(0.4, 1, FOLDER / "weights", "cpu")
    assert figures["frames"] == 10
    assert 0 < figures["outside_forward_share"] < 1
    assert figures["fps"] > 0
    assert all(figures[f"{part}_cpu_s"] >= 0 for part in PARTS)


def test_the_benchmark_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="face models") as missing:
        measure(0.4, 1, tmp_path, "cpu")
    assert missing.value.cure == "run.py pull photo"
