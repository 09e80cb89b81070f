"""`run.py presenters`: who may speak, by what right, and what becomes of a portrait."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from rich.console import Console

from config.errors import BadInput, Refused, Unavailable, UnknownName, UsageError
from config.folders import DataFolder
from producer.render.photo.gate import NOBODY, Refusal
from producer.render.photo.prepare import Prepared
from producer.speech.wav import to_wav
from storage import catalogue
from storage.artifacts import FolderStore
from storage.clips import create_clip
from storage.documents import ArtifactRef
from storage.orders import PresenterSpec, ShowSpec
from storage.writer import Writer
from tests.support.briefs import make_brief
from web.commands import StudioCommands
from web.ordering import ClipOrder, build_brief
from web.terminal.presenters import list_presenters, look_with, presenter_of

AGREED = "Ana Ruiz agreed on 3 May 2026 to present our news"
ABLE = Prepared((b"", "image/png"), (b"", "image/jpeg"), np.zeros((478, 3), np.float32), "scene", eyes_seen=True)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "ana.jpg"
    cv2.imwrite(str(path), np.full((40, 30, 3), 120, np.uint8))
    return path


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "artifacts")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path / "studio.db").start()
    yield writer
    writer.stop()


@pytest.fixture
def commands(writer: Writer, store: FolderStore) -> StudioCommands:
    return StudioCommands(writer, writer.path, store)


def described(
    store: FolderStore, found: Prepared | Refusal = ABLE, said: Console | None = None, **what: Any
) -> PresenterSpec:
    wanted: dict[str, Any] = {
        "short": "ana", "name": "", "role": "", "look": "", "portrait": None, "consent": "", "framed": False, "voices": (),
        "samples": (),
    }  # fmt: skip
    quiet = said or Console(file=io.StringIO())
    wanted |= {"look_at": lambda _: found, "artifacts": store, "console": quiet, **what}
    return presenter_of(wanted.pop("short"), **wanted)


class TestAVoice:
    """Samples of somebody's own voice, for an engine that learns it."""

    @pytest.fixture
    def sample(self, tmp_path: Path) -> Path:
        path = tmp_path / "ana.wav"
        noise = np.random.default_rng(0).normal(0, 0.1, 4 * 16000).astype(np.float32)
        path.write_bytes(to_wav(noise, 16000))
        return path

    def test_is_kept_with_the_consent_of_the_one_it_is(self, store: FolderStore, sample: Path) -> None:
        spec = described(store, look="noor", samples=(sample,), consent=AGREED)
        assert store.fetch(spec.samples[0]).read_bytes() == sample.read_bytes()
        assert spec.samples[0].media_type == "audio/wav"
        assert spec.consent is not None
        assert spec.consent.statement == AGREED
        said = Console(file=io.StringIO(), width=200)
        list_presenters([spec.model_dump(mode="json")], said)
        assert "speaks in their own voice" in said.file.getvalue()  # type: ignore[attr-defined]

    def test_is_refused_without_consent_here_and_in_the_studio(
        self, store: FolderStore, sample: Path, commands: StudioCommands
    ) -> None:
        with pytest.raises(UsageError, match="consent"):
            described(store, look="noor", samples=(sample,))
        spec = described(store, look="noor", samples=(sample,), consent=AGREED).model_copy(update={"consent": None})
        with pytest.raises(UsageError, match="without that person's consent"):
            commands.call("put-presenter", **spec.model_dump(mode="json"))

    def test_must_be_heard_and_long_enough(self, store: FolderStore, sample: Path, picture: Path) -> None:
        with pytest.raises(BadInput, match="no sound"):
            described(store, look="noor", samples=(picture,), consent=AGREED)
        sample.write_bytes(to_wav(np.full(8000, 0.1, np.float32), 16000))
        with pytest.raises(BadInput, match="too short"):
            described(store, look="noor", samples=(sample,), consent=AGREED)
        with pytest.raises(UsageError, match="too many"):
            described(store, look="noor", samples=(sample,) * 9, consent=AGREED)

    def test_is_forgotten_with_its_presenter(self, store: FolderStore, sample: Path, commands: StudioCommands) -> None:
        spec = described(store, look="noor", samples=(sample,), consent=AGREED)
        commands.call("put-presenter", **spec.model_dump(mode="json"))
        commands.call("remove-presenter", slug="ana")
        assert not store.holds(spec.samples[0].sha256)


class TestAPortrait:
    def test_is_kept_with_its_hash_and_the_consent_of_the_person_it_shows(
        self, store: FolderStore, picture: Path
    ) -> None:
        spec = described(store, portrait=picture, consent=AGREED, role="Reporter", voices=("en=heart", "es=ef_dora"))
        assert store.fetch(ArtifactRef.model_validate(spec.look["portrait"])).read_bytes() == picture.read_bytes()
        assert (spec.slug, spec.name, spec.role, spec.kind) == ("ana", "Ana", "Reporter", "portrait")
        assert spec.voices == {"en": "heart", "es": "ef_dora"}
        assert spec.consent is not None
        assert spec.consent.statement == AGREED

    def test_without_consent_is_refused_by_the_command_and_by_the_catalogue(
        self, store: FolderStore, picture: Path, writer: Writer
    ) -> None:
        with pytest.raises(UsageError, match="consent"):
            described(store, portrait=picture, consent="  ")
        spec = described(store, portrait=picture, consent=AGREED).model_copy(update={"consent": None})
        with pytest.raises(UsageError, match="consent"):
            writer.do(partial(catalogue.put_presenter, presenter=spec))

    def test_that_cannot_speak_is_refused_with_the_reason_and_kept_nowhere(
        self, store: FolderStore, picture: Path
    ) -> None:
        with pytest.raises(BadInput, match="No face was found") as refused:
            described(store, NOBODY, portrait=picture, consent=AGREED)
        assert "--framed" in refused.value.cure
        assert not list((store.root / "blobs").rglob("*"))

    def test_that_cannot_speak_may_be_shown_in_a_frame(self, store: FolderStore, picture: Path) -> None:
        said = io.StringIO()
        spec = described(store, NOBODY, Console(file=said), portrait=picture, consent=AGREED, framed=True)
        assert spec.kind == "portrait"
        assert "No face was found. Ana is shown in a frame" in said.getvalue()

    def test_waits_for_the_face_models_and_names_what_fetches_them(self, tmp_path: Path, picture: Path) -> None:
        with pytest.raises(Unavailable, match=r"run\.py pull photo"):
            look_with(DataFolder(tmp_path))(picture)

    def test_is_a_picture(self, store: FolderStore, tmp_path: Path) -> None:
        letter = tmp_path / "letter.jpg"
        letter.write_text("Dear Ana")
        with pytest.raises(BadInput, match="no picture"):
            described(store, portrait=letter, consent=AGREED)


@pytest.mark.parametrize(
    ("wanted", "says", "cure"),
    [
        ({"short": "Ana Ruiz", "look": "mara"}, "no short name", "ana-ruiz"),
        ({}, "either a drawn look or a portrait", "--portrait"),
        ({"look": "nobody"}, "no look “nobody”", "mara"),
        ({"look": "mara", "voices": ("heart",)}, "names no voice", "LANGUAGE=VOICE"),
        ({"look": "mara", "voices": ("tlh=worf",)}, "no language “tlh”", "en"),
    ],
)
def test_nonsense_is_refused_with_its_cure(store: FolderStore, wanted: dict[str, Any], says: str, cure: str) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        described(store, **wanted)
    assert cure in refused.value.cure


class TestTheStudio:
    def test_lists_presenters_and_makes_clips_with_them(
        self, store: FolderStore, picture: Path, commands: StudioCommands, writer: Writer
    ) -> None:
        for spec in (described(store, portrait=picture, consent=AGREED), described(store, short="noor", look="noor")):
            commands.call("put-presenter", **spec.model_dump(mode="json"))
        said = io.StringIO()
        list_presenters(commands.call("presenters")["presenters"], Console(file=said, width=200))
        ana, noor = said.getvalue().splitlines()
        assert "a portrait" in ana
        assert AGREED in ana
        assert "drawn: noor" in noor
        brief = writer.do(lambda db: build_brief(db, ClipOrder(topic="A ferry returns.", presenter="ana")))
        assert brief.presenter.kind == "portrait"
        assert brief.presenter.consent is not None

    def test_forgets_a_presenter_and_a_portrait_that_no_clip_shows(
        self, store: FolderStore, picture: Path, commands: StudioCommands
    ) -> None:
        spec = described(store, portrait=picture, consent=AGREED)
        commands.call("put-presenter", **spec.model_dump(mode="json"))
        assert commands.call("remove-presenter", slug="ana") == {"clips": 0}
        assert commands.call("presenters") == {"presenters": []}
        assert not store.holds(spec.look["portrait"]["sha256"])
        with pytest.raises(UnknownName, match="ana"):
            commands.call("remove-presenter", slug="ana")

    def test_keeps_a_portrait_that_a_clip_shows(
        self, store: FolderStore, picture: Path, commands: StudioCommands, writer: Writer
    ) -> None:
        spec = described(store, portrait=picture, consent=AGREED)
        commands.call("put-presenter", **spec.model_dump(mode="json"))
        brief = make_brief().model_copy(update={"presenter": spec})
        writer.do(partial(create_clip, brief=brief, author="ana"))
        assert commands.call("remove-presenter", slug="ana") == {"clips": 1}
        assert store.holds(spec.look["portrait"]["sha256"])

    def test_keeps_a_presenter_whom_a_show_needs(
        self, store: FolderStore, commands: StudioCommands, writer: Writer
    ) -> None:
        commands.call("put-presenter", **described(store, short="noor", look="noor").model_dump(mode="json"))
        show = ShowSpec(slug="evening", name="The Evening", presenter="noor")
        writer.do(partial(catalogue.put_show, show=show))
        with pytest.raises(Refused, match="The Evening"):
            commands.call("remove-presenter", slug="noor")
