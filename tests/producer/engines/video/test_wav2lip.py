"""A portrait that Wav2Lip makes speak: with a network that answers what it saw, everything else is real."""

from __future__ import annotations

import math
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from config.errors import BadInput, Cancelled, Unavailable
from producer.engines.base import Context
from producer.engines.registry import Registry
from producer.engines.requests import VideoOptions, VideoRequest
from producer.engines.video.wav2lip import CHECKPOINTS, Wav2Lip
from producer.faces import points as named
from producer.plan.freeze import DEFAULT_ORDER
from producer.ready import FREE, publish_capabilities
from producer.render.photo.gate import Measures
from producer.render.photo.study import Study
from producer.speech.wav import MEDIA_TYPE, to_wav
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef, Script, ScriptLine, Speech, SpokenSpan
from tests.support.sitter import face, portrait

RATE = 24_000


class Sitter:
    """Knows where the drawn sitter's face is; may be told to see nobody."""

    def __init__(self, faces: int = 1) -> None:
        self._faces = faces

    def study(self, picture: object) -> Study:
        if not self._faces:
            return Study(Measures(faces=0))
        return Study(Measures(faces=self._faces, score=1.0, face_width=160.0), face())

    def top(self, picture: object, anatomy: object) -> float:
        return 60.0


class Echo:
    """Answers with the face it saw, brighter the louder it is."""

    batch = 4

    def __init__(self) -> None:
        self.seen, self.heard = 0, 0

    def see(self, face: np.ndarray) -> np.ndarray:
        self.seen += 1
        return face

    def pictures(self, heard: np.ndarray, seen: np.ndarray) -> np.ndarray:
        self.heard += len(heard)
        whole = 255 * seen[3:].transpose(1, 2, 0)
        return np.array([np.clip(whole + 8 * (window.max() + 4), 0, 255) for window in heard]).astype(np.uint8)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def context(tmp_path: Path, store: FolderStore) -> Context:
    return Context(workdir=tmp_path, artifacts=store)


@pytest.fixture
def look(store: FolderStore) -> dict[str, object]:
    png = cv2.imencode(".png", portrait()[..., ::-1])[1].tobytes()
    return {"portrait": store.put_bytes(png, "image/png").model_dump()}


def request(store: FolderStore, look: dict[str, object], seconds: float = 1.3, fps: int = 25) -> VideoRequest:
    """A second of silence and then a tone."""
    at = np.arange(round(seconds * RATE)) / RATE
    sound = (0.5 * np.sin(2 * np.pi * 300 * at) * (at > 1)).astype(np.float32)
    audio = store.put_bytes(to_wav(sound, RATE), MEDIA_TYPE)
    span = (SpokenSpan(start=0, end=seconds),)
    speech = Speech(audio=audio, sample_rate=RATE, duration_s=seconds, loudness_lufs=-16, lines=span)
    return VideoRequest(VideoOptions(look=look, fps=fps), Script(title="A", lines=(ScriptLine(text="A"),)), speech)


def frames(store: FolderStore, footage: ArtifactRef | None) -> list[np.ndarray]:
    assert footage is not None
    with av.open(str(store.fetch(footage))) as file:
        return [frame.to_ndarray(format="bgr24") for frame in file.decode(video=0)]


class TestThePerformance:
    @pytest.mark.parametrize("fps", [25, 30])
    def test_has_a_frame_for_every_moment_of_the_speech(
        self, store: FolderStore, look: dict[str, object], context: Context, fps: int
    ) -> None:
        speaker = Echo()
        made = Wav2Lip(Sitter(), speaker).run(request(store, look, 1.3, fps), context)  # type: ignore[arg-type]
        assert (made.fps, made.duration_s, made.tracks) == (fps, 1.3, None)
        assert len(frames(store, made.footage)) == math.ceil(1.3 * fps) == speaker.heard
        assert speaker.seen == 1, "a still is looked at once"

    def test_changes_the_mouth_with_the_sound_and_nothing_else(
        self, store: FolderStore, look: dict[str, object], context: Context
    ) -> None:
        made = Wav2Lip(Sitter(), Echo()).run(request(store, look), context)  # type: ignore[arg-type]
        seen = [frame.astype(int) for frame in frames(store, made.footage)]
        changed = np.abs(seen[28] - seen[2]).max(axis=2) > 12
        rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
        height, width = changed.shape
        assert 0.3 * height < rows[0] < rows[-1] < 0.85 * height
        assert 0.2 * width < columns[0] < columns[-1] < 0.8 * width
        assert not (np.abs(seen[10] - seen[2]).max(axis=2) > 12).any(), "in silence nothing moves"

    def test_keeps_the_portrait_and_how_it_is_to_be_shown(
        self, store: FolderStore, look: dict[str, object], context: Context
    ) -> None:
        asked = {**look, "framing": "close", "name": "ignored"}
        made = Wav2Lip(Sitter(), Echo()).run(request(store, asked), context)  # type: ignore[arg-type]
        assert made.look == {**look, "framing": "close"}

    def test_is_the_same_for_an_equal_request(
        self, store: FolderStore, look: dict[str, object], context: Context
    ) -> None:
        first, again = (Wav2Lip(Sitter(), Echo()).run(request(store, look), context) for _ in range(2))  # type: ignore[arg-type]
        assert first.content_hash == again.content_hash

    def test_tells_how_far_it_is(self, store: FolderStore, look: dict[str, object], tmp_path: Path) -> None:
        told: list[float] = []
        context = Context(tmp_path, store, progress=lambda share, _: told.append(share))
        Wav2Lip(Sitter(), Echo()).run(request(store, look), context)  # type: ignore[arg-type]
        assert told == sorted(told)
        assert (told[0], told[-1]) == (0.0, 1.0)
        assert len(told) > 8


class TestBeforeTheNetworkIsAsked:
    @pytest.mark.parametrize(("faces", "reason"), [(0, "No face was found"), (2, "2 faces were found")])
    def test_a_portrait_is_refused_for_the_reasons_of_the_photo_presenter(
        self, store: FolderStore, look: dict[str, object], context: Context, faces: int, reason: str
    ) -> None:
        speaker = Echo()
        with pytest.raises(BadInput, match=reason) as refused:
            Wav2Lip(Sitter(faces), speaker).run(request(store, look), context)  # type: ignore[arg-type]
        assert refused.value.cure
        assert (speaker.seen, speaker.heard) == (0, 0)

    def test_a_look_without_a_portrait_is_refused(self, store: FolderStore, context: Context) -> None:
        with pytest.raises(BadInput, match="no portrait"):
            Wav2Lip(Sitter(), Echo()).run(request(store, {"name": "mara"}), context)  # type: ignore[arg-type]

    def test_nothing_runs_that_was_not_loaded(
        self, store: FolderStore, look: dict[str, object], context: Context
    ) -> None:
        with pytest.raises(Unavailable, match="not loaded"):
            Wav2Lip().run(request(store, look), context)


@pytest.mark.parametrize("looks", range(1, 6))
def test_it_stops_within_one_batch(store: FolderStore, look: dict[str, object], tmp_path: Path, looks: int) -> None:
    speaker, asked = Echo(), iter([False] * looks)
    context = Context(tmp_path, store, cancelled=lambda: next(asked, True))
    with pytest.raises(Cancelled):
        Wav2Lip(Sitter(), speaker).run(request(store, look, 3.0), context)  # type: ignore[arg-type]
    assert speaker.heard == max(0, looks - 2) * speaker.batch


class TestWhatItSaysOfItself:
    def test_names_what_it_lacks_and_where_the_weights_go(self, tmp_path: Path) -> None:
        engine = Registry(weights=tmp_path).create("wav2lip")
        (first, *_) = engine.check()
        assert first.message == "Wav2Lip's weights are not here."
        assert first.cure == f"Put the published wav2lip_gan.pth into {tmp_path / 'wav2lip'}."
        with pytest.raises(Unavailable, match="weights are not here"):
            engine.load()

    @pytest.mark.parametrize("name", CHECKPOINTS)
    def test_knows_other_weights_by_their_bytes(self, tmp_path: Path, name: str) -> None:
        engine = Registry(weights=tmp_path).create("wav2lip")
        (tmp_path / "wav2lip").mkdir()
        seen = {engine.info.weights}
        for content in (b"one", b"another"):
            (tmp_path / "wav2lip" / name).write_bytes(content)
            seen.add(engine.info.weights)
            assert "weights are not here" not in " ".join(problem.message for problem in engine.check())
        assert len(seen) == 3

    def test_is_never_the_default_and_runs_only_where_its_licence_is_allowed(self, tmp_path: Path) -> None:
        assert "wav2lip" not in DEFAULT_ORDER["video"]
        info = Wav2Lip().info
        assert info.weights_licence is not None
        assert info.weights_licence.kind == "non-commercial"

        def problem(*allowed: str) -> str:
            found = publish_capabilities(Registry(weights=tmp_path), allowed)  # type: ignore[arg-type]
            return next(c.problem for c in found if c.engine == "wav2lip")

        assert "class non-commercial" in problem(*FREE)
        assert "weights are not here" in problem(*FREE, "non-commercial")


def test_what_is_taken_of_an_answer_encloses_the_lips() -> None:
    """The mouth's own points lie inside of the hull that is pasted."""
    from producer.nets.wav2lip.paste import TAKEN

    hull = cv2.convexHull(face().flat[list(TAKEN)].astype(np.float32))
    lips = face().flat[list(named.UPPER_LIP_TOP + named.LOWER_LIP_UNDER)]
    assert all(cv2.pointPolygonTest(hull, (float(x), float(y)), True) > 5 for x, y in lips)
