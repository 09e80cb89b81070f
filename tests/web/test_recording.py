"""A recording that somebody brings along, from the file to the order of a clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput, UsageError
from producer.engines.line.ears import Ears, Transcript
from producer.speech.wav import from_wav, to_wav
from storage.artifacts import FolderStore
from storage.catalogue import put_presenter
from storage.database import reading
from storage.documents import ArtifactRef
from storage.orders import PresenterSpec
from storage.writer import Writer
from web.ordering import ClipOrder, build_brief
from web.recording import RATE, take_recording

WORDS = "Otters are back. The town counted eleven."


class Listener(Ears):
    """Writes down what it was made with."""

    problem = ""  # type: ignore[assignment]

    def hear(self, audio: np.ndarray, language: str = "", look_up: object = None) -> Transcript:
        assert len(audio) == pytest.approx(3 * 16000, abs=200)
        return Transcript(WORDS, language or "en")


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "artifacts")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "voice"
    path.write_bytes(to_wav(np.random.default_rng(0).normal(0, 0.1, 3 * 22050).astype(np.float32), 22050))
    return path


def test_is_kept_as_plain_sound_with_its_script(file: Path, store: FolderStore) -> None:
    taken = take_recording(file, WORDS, "en", store, Ears(None))
    sound, rate = from_wav(store.fetch(taken.recording))
    assert (rate, len(sound) / rate) == (RATE, pytest.approx(3.0, abs=0.01))
    assert (taken.script, taken.language) == (WORDS, "en")


def test_is_written_down_where_it_has_no_script(file: Path, store: FolderStore) -> None:
    taken = take_recording(file, "", "", store, Listener(None))
    assert (taken.script, taken.language) == (WORDS, "en")


def test_without_a_listener_it_asks_for_the_script(file: Path, store: FolderStore, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--script.*(faster-whisper|Whisper)"):
        take_recording(file, "", "", store, Ears(tmp_path))


def test_has_limits(file: Path, store: FolderStore) -> None:
    file.write_bytes(to_wav(np.full(4000, 0.1, np.float32), 8000))
    with pytest.raises(UsageError, match="shorter than a second"):
        take_recording(file, WORDS, "en", store, Ears(None))
    file.write_bytes(to_wav(np.full(8000 * 160, 0.1, np.float32), 8000))
    with pytest.raises(BadInput, match="longer than"):
        take_recording(file, WORDS, "en", store, Ears(None))


class TestTheOrder:
    @pytest.fixture
    def database(self, tmp_path: Path) -> Path:
        writer = Writer(tmp_path / "studio.db").start()
        writer.do(lambda db: put_presenter(db, PresenterSpec(slug="mara", name="Mara")))
        writer.stop()
        return writer.path

    RECORDING = ArtifactRef(sha256="1" * 64, media_type="audio/wav", size=1)

    def test_becomes_a_direct_brief(self, database: Path) -> None:
        with reading(database) as db:
            brief = build_brief(db, ClipOrder(script=WORDS, recording=self.RECORDING))
        assert brief.direct
        assert brief.recording == self.RECORDING
        assert "script" in brief.pins

    @pytest.mark.parametrize(
        ("order", "says"),
        [
            ({"topic": "Otters"}, "needs its script"),
            ({"script": WORDS, "voice": "hibari/heart"}, "its own voice"),
            ({"script": WORDS, "recording": {"sha256": "1" * 64, "media_type": "video/mp4", "size": 1}}, "no WAV"),
        ],
    )
    def test_that_makes_no_sense_is_refused(self, database: Path, order: dict[str, object], says: str) -> None:
        with reading(database) as db, pytest.raises(UsageError, match=says):
            build_brief(db, ClipOrder.model_validate({"recording": self.RECORDING, **order}))
