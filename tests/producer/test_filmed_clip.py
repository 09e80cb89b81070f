"""A clip whose portrait a program of its own films: from the order to the finished file, and when that program breaks.

The programs are doubles (`tests/support/programs.py`); all around them is real.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from rich.console import Console

from config.folders import DataFolder
from config.house import House
from producer.clip import Stepper
from producer.engines.base import Context
from producer.engines.registry import Registry
from producer.engines.requests import SpeechRequest
from producer.engines.video.omniavatar import OmniAvatar
from producer.engines.video.sadtalker import SadTalker
from producer.inline import inline_events, make_inline
from producer.plan.policy import PROGRAM_TRIES
from producer.ready import publish_capabilities
from producer.residency import Residency
from producer.speech.wav import MEDIA_TYPE, to_wav
from producer.stage import StageHandler
from producer.work import Performer
from review.bundle import fallbacks_of, who_made
from storage.artifacts import FolderStore
from storage.catalogue import put_presenter, put_show
from storage.clips import create_clip
from storage.database import reading
from storage.documents import Speech
from storage.orders import Brand, Consent, PresenterSpec, ShowSpec
from storage.queries import ClipDetail, clip_detail
from storage.writer import Writer
from tests.producer.engines.video.test_wav2lip import Sitter
from tests.support import programs, pulled
from tests.support.briefs import make_brief
from tests.support.engines import ORDER, TABLE, Joining
from tests.support.programs import OMNIAVATAR, SADTALKER
from tests.support.sitter import portrait
from web.components.why import made as made_with
from web.facts import engine_facts
from web.terminal.inline import make_without_studio

ATTEMPTS = 3
LICENCES = ("osi", "use-limited", "unclear")


class Sitting(SadTalker):
    """Finds the drawn sitter's face without a network."""

    def __init__(self) -> None:
        super().__init__(Sitter())  # type: ignore[arg-type]


class Speaking(Joining):
    """A second of silence that is a real file."""

    def run(self, request: SpeechRequest, context: Context) -> Speech:
        samples = np.zeros(24_000, np.float32)
        audio = context.artifacts.put_bytes(to_wav(samples, 24_000), MEDIA_TYPE)
        return super().run(request, context).model_copy(update={"audio": audio, "duration_s": 1.0})


@dataclass
class SmallHouse:
    """SadTalker's double among small engines, and who is next in order."""

    folder: DataFolder
    calls: Path

    def make(self, mood: str) -> ClipDetail:
        programs.weights(self.folder.weights, "sadtalker")
        programs.environment(self.folder.root / "environments", "sadtalker", counted(SADTALKER, self.calls), 1.0, mood)
        registry = Registry(TABLE | {name: f"{__name__}:{kind}" for name, kind in (("sadtalker", "Sitting"), ("joining", "Speaking"))}, self.folder.weights)  # fmt: skip
        artifacts, order = FolderStore(self.folder.artifacts), {**ORDER, "video": ("sadtalker", "figure")}
        png = artifacts.put_bytes(cv2.imencode(".png", portrait()[..., ::-1])[1].tobytes(), "image/png")
        brief, agreed = make_brief(), Consent(statement="Tess agreed.", recorded_at="2026-05-03T10:00:00.000Z")
        tess = brief.presenter.model_copy(update={"look": {"portrait": png.model_dump()}, "consent": agreed})
        writer = Writer(self.folder.database).start()
        try:
            writer.do(partial(put_presenter, presenter=tess))
            stages = StageHandler(Residency(registry.create, 8000), artifacts, self.folder.root / "work")
            performer = Performer({"stage": stages}, inline_events(writer, lambda _event: None), "here")
            can = {found.engine: found for found in publish_capabilities(registry, LICENCES)}
            ordered = brief.model_copy(update={"presenter": tess})
            clip = writer.do(partial(create_clip, brief=ordered, author="ana"))
            make_inline(writer, self.folder.database, Stepper(order, ATTEMPTS), performer, can, clip)
        finally:
            writer.stop()
        with reading(self.folder.database) as db:
            return clip_detail(db, clip)

    @property
    def called(self) -> int:
        return len(self.calls.read_text())


def counted(program: str, calls: Path) -> str:
    """The program, which writes down each time that it is called."""
    return f"open({str(calls)!r}, 'a').write('.')\n{program}"


@pytest.fixture
def house(studio_folder: DataFolder, tmp_path: Path) -> SmallHouse:
    return SmallHouse(studio_folder, tmp_path / "calls")


class TestAProgramThatBreaks:
    @pytest.mark.parametrize(
        ("mood", "said"),
        [
            ("no ffmpeg", "SadTalker ended with code 1. Its last words: FileNotFoundError"),
            ("no film", "SadTalker ended well and made no film."),
            ("rubbish", "SadTalker made a file that is no film."),
        ],
    )
    def test_is_tried_once_more_and_then_the_next_engine_makes_the_clip(
        self, house: SmallHouse, mood: str, said: str
    ) -> None:
        detail = house.make(mood)
        assert (detail.row.production, house.called) == ("ready", PROGRAM_TRIES)
        (fallen,) = fallbacks_of(detail.plan)
        assert (fallen.stage, fallen.wanted, fallen.used) == ("video", "sadtalker", "figure")
        assert fallen.problem.startswith(said)
        assert "%|" not in fallen.problem, "a bar says nothing"

    def test_and_the_desk_tells_the_reviewer_what_was_replaced_and_why(self, house: SmallHouse) -> None:
        told = made_with(house.make("no film"), engine_facts(Registry(TABLE)))
        assert "Presenter: Drawn presenter instead of" in told
        assert "SadTalker ended well and made no film." in told

    def test_a_portrait_without_a_face_is_nobodys_to_repair(self, house: SmallHouse) -> None:
        detail = house.make("no face")
        failure = detail.row.failure
        assert (detail.row.production, house.called) == ("failed", 1)
        assert failure is not None
        assert (failure.engine, failure.message) == ("sadtalker", "SadTalker found no face in this portrait.")

    def test_one_that_works_keeps_its_clip(self, house: SmallHouse) -> None:
        detail = house.make("well")
        assert (detail.row.production, house.called, fallbacks_of(detail.plan)) == ("ready", 1, ())


@pytest.mark.proof
@pytest.mark.timeout(600)
class TestAWholeClip:
    """What `run.py make` does, with the engines of this machine and a person's real portrait."""

    WORDS = "The night ferry is back. Tickets cost thirty-five pounds."
    FILM_S = 20.0

    def make(self, folder: DataFolder, engine: str, program: str, mood: str = "well") -> ClipDetail:
        (folder.weights / "photo").symlink_to(pulled.weights("photo"))
        programs.environment(folder.root / "environments", engine, program, self.FILM_S, mood)
        (folder.root / "dailies.toml").write_text(f"[production]\nlicences = {list(LICENCES)}\n")
        artifacts = FolderStore(folder.artifacts)
        picture = artifacts.put(pulled.portrait_file("glasses"), "image/jpeg")
        agreed = Consent(statement="For a test.", recorded_at="2026-05-03T10:00:00.000Z")
        tess = PresenterSpec(slug="tess", name="Tess", look={"portrait": picture.model_dump()}, consent=agreed)
        show = ShowSpec(
            slug="filmed", name="Filmed", presenter="tess", preferred={"video": (engine,)},
            brand=Brand(intro=False, outro=False),
        )  # fmt: skip
        writer = Writer(folder.database).start()
        try:
            writer.do(partial(put_presenter, presenter=tess))
            writer.do(partial(put_show, show=show))
        finally:
            writer.stop()
        order = {"script": self.WORDS, "show": "filmed", "formats": ("1:1",)}
        report = make_without_studio(House(folder), order, Console(file=io.StringIO()))
        with reading(folder.database) as db:
            return clip_detail(db, report["row"]["id"])

    def test_of_sadtalker_shows_the_film_that_it_made(self, studio_folder: DataFolder) -> None:
        programs.weights(studio_folder.weights, "sadtalker")
        detail = self.make(studio_folder, "sadtalker", SADTALKER)
        self.shows_the_film(studio_folder, detail, "sadtalker")

    def test_of_omniavatar_shows_the_film_that_it_made(
        self, studio_folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(OmniAvatar, "drivers", (tmp_path,))
        monkeypatch.setattr("web.terminal.inline.budget", lambda *_: 12_000)
        for path, _size in OmniAvatar().wanted():
            file = studio_folder.weights / "omniavatar" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"weights")
        detail = self.make(studio_folder, "omniavatar", OMNIAVATAR)
        self.shows_the_film(studio_folder, detail, "omniavatar")

    def test_goes_on_with_the_photo_presenter_where_sadtalker_breaks(self, studio_folder: DataFolder) -> None:
        programs.weights(studio_folder.weights, "sadtalker")
        detail = self.make(studio_folder, "sadtalker", SADTALKER, "no film")
        assert detail.row.production == "ready"
        (fallen,) = fallbacks_of(detail.plan)
        assert (fallen.wanted, fallen.used) == ("sadtalker", "photo")
        assert "made no film" in fallen.problem
        assert len(self.frames(studio_folder, detail)) > 50, "and the whole clip is there"

    def shows_the_film(self, folder: DataFolder, detail: ClipDetail, engine: str) -> None:
        """The double's film grows brighter with each frame; so does the presenter, and nothing else."""
        assert (detail.row.production, fallbacks_of(detail.plan)) == ("ready", ())
        parts = {
            part.stage: part.by
            for part in who_made(
                detail.nodes, detail.plan, detail.brief, engine_facts(Registry(weights=folder.weights))
            )
        }
        assert parts["video"] == engine
        frames = self.frames(folder, detail)
        early, late = (frames[round(share * (len(frames) - 1))].astype(float).mean(axis=2) for share in (0.2, 0.8))
        grown = cv2.blur(late - early, (31, 31))
        expected = 2 * 0.6 * len(frames)
        assert grown.max() == pytest.approx(expected, rel=0.25), "as much brighter as the film became meanwhile"
        assert np.median(np.abs(grown)) < 0.25 * expected, "and around the presenter nothing changed like that"

    def frames(self, folder: DataFolder, detail: ClipDetail) -> list[np.ndarray]:
        with av.open(str(FolderStore(folder.artifacts).fetch(detail.cuts["1:1"].video))) as film:
            return [frame.to_ndarray(format="bgr24") for frame in film.decode(video=0)]
