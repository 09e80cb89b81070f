"""A person who is forgotten: every file of their face and voice goes, and a search through the whole studio proves it."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from config.errors import Refused, StudioError, UnknownName
from producer.engines.base import Context
from producer.engines.requests import LineRequest, VideoRequest
from review.retake import take_again
from review.rights import rights_of
from storage.artifacts import StageRecord
from storage.catalogue import presenters, put_presenter, put_show, remove_presenter
from storage.clips import create_clip
from storage.consents import consents, lapsed_clips
from storage.documents import ArtifactRef, Performance, Scene, SpokenLine, VoiceLatents
from storage.forgetting import Forgotten, forget
from storage.inspection import require_sound
from storage.learning import TrainedLora, TrainingCheckpoint, TrainingMark, TrainingPicture
from storage.orders import Consent, PresenterSpec, ShowSpec, Trained, own_voice
from storage.references import needed, speaking_of
from storage.uploads import MediaFacts, record_upload
from tests.support.engines import FACTS, Drawn, Speaking
from tests.support.studio import SmallStudio
from web.commands import StudioCommands
from web.components import why
from web.open_clip import OpenClip
from web.ordering import ClipOrder, build_brief
from web.terminal.consent import show_forgotten
from web.training import TrainingWish

SCRIPT = "The ferry is back.\nIt was away for nine days."
OWN = ("face", "voice", "paper", "lora", "more", "sample clip")
MADE = ("cut-out of the face", "latents", "line spoken in their voice 0", "line spoken in their voice 1")


DRAW, SPEAK = Drawn.run, Speaking.run


def cut_out(self: Drawn, request: VideoRequest, context: Context) -> Performance:
    """As the photo presenter does."""
    made = DRAW(self, request, context)
    if "portrait" not in request.options.look:
        return made
    cutout = context.artifacts.put_bytes(b"cut-out of the face", "image/png")
    return made.model_copy(update={"look": {**request.options.look, "cutout": cutout.model_dump()}})


def clone(self: Speaking, request: LineRequest, context: Context) -> SpokenLine:
    """As XTTS does: the voice is learnt from samples, and kept."""
    options, store, made = request.options, context.artifacts, SPEAK(self, request, context)
    if not options.samples:
        return made
    latents = store.put_bytes(b"latents", "application/x-npz")
    learnt = VoiceLatents(latents=latents, samples=tuple(one.sha256 for one in options.samples))
    store.commit("1" * 64, StageRecord.of(learnt, "xtts", "1", 0.0))
    audio = store.put_bytes(f"line spoken in their voice {int('nine' in options.text)}".encode(), "audio/wav")
    return made.model_copy(update={"voice": own_voice(options.samples), "audio": audio})


@dataclass
class House:
    small: SmallStudio
    files: dict[str, ArtifactRef]

    @property
    def root(self) -> Path:
        return self.small.studio.folder.root

    def order(self, presenter: str = "ana") -> str:
        with self.small.studio.reading() as db:
            brief = build_brief(db, ClipOrder(script=SCRIPT, presenter=presenter))
        return self.small.writer.do(partial(create_clip, brief=brief, author="ana"))

    def clip(self, presenter: str = "ana") -> str:
        clip = self.order(presenter)
        assert self.small.production.make(clip).production == "ready"
        return clip

    def forget(self) -> Forgotten:
        return forget(self.small.writer, self.small.studio.database, self.small.artifacts, self.root, "ana", "ada")

    def left(self, *contents: str) -> list[str]:
        """Which of these are still anywhere in the data folder, by what the files hold."""
        found = {hashlib.sha256(path.read_bytes()).hexdigest() for path in self.root.rglob("*") if path.is_file()}
        return [content for content in contents if hashlib.sha256(content.encode()).hexdigest() in found]

    def put(self, slug: str = "ana", **what: Any) -> None:
        f = self.files
        consent = Consent(statement="Ana agreed.", recorded_at="2026-05-03T10:00:00.000Z", document=f["paper"])
        spec = PresenterSpec(
            slug=slug, name="Ana", look={"portrait": f["face"].model_dump()}, samples=(f["voice"],), portraits=(f["more"],),
            trained=(Trained(engine="sdxl", file=f["lora"]),), clips=(f["sample clip"],), consent=consent,
        ).model_copy(update=what)  # fmt: skip
        self.small.writer.do(partial(put_presenter, presenter=spec))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    small = SmallStudio(tmp_path)
    small.user("ana")
    monkeypatch.setattr(Drawn, "run", cut_out)
    monkeypatch.setattr(Speaking, "run", clone)
    house = House(small, {what: small.artifacts.put_bytes(what.encode(), "image/jpeg") for what in OWN})
    facts = MediaFacts(kind="image", media_type="image/jpeg")
    small.writer.do(partial(record_upload, ref=house.files["face"], facts=facts, name="ana.jpg", user="ana"))
    house.put()
    yield house
    small.stop()


class TestSomebodyWhoIsForgotten:
    def test_leaves_no_file_behind_and_the_search_says_so(self, house: House) -> None:
        house.clip()
        installed = house.root / "weights" / "sdxl" / "loras" / "ana.safetensors"
        installed.parent.mkdir(parents=True)
        installed.write_bytes(b"lora")
        assert house.left(*OWN, *MADE) == [*OWN, *MADE]
        told = house.forget()
        assert house.left(*OWN, *MADE) == []
        assert not installed.exists()
        assert (told.kept, told.left, told.versions, told.clips, told.exported) == ((), (), 1, 1, 0)
        named = {file.sha256: file.what for file in told.removed}
        assert {hashlib.sha256(content.encode()).hexdigest() for content in (*OWN, *MADE)} <= named.keys()
        assert named[house.files["face"].sha256] == "portrait"
        assert set(named.values()) == {
            "portrait", "sample", "trained part", "sample clip", "consent", "performance", "voice", "line", "speech",
        }  # fmt: skip
        assert told.searched > 0

    def test_takes_along_what_was_learnt_of_them_and_every_step_on_the_way(self, house: House) -> None:
        """An unfinished training's checkpoint, a finished one's samples, the pictures, and scenes that were painted with it."""
        store = house.small.artifacts
        names = ("square", "state", "lora at 50", "sample", "scene with their face", "best lora")
        square, state, half, sample, scene, best = (store.put_bytes(n.encode(), "image/png") for n in names)
        mark = TrainingMark(step=50, loss=0.2, held_out=0.3, lora=half, samples=(sample,))
        store.commit("2" * 64 + "-a", StageRecord.of(
            TrainingCheckpoint(presenter="ana", step=60, state=state, marks=(mark,), pictures=(square,)), "t", "1", 0.0))  # fmt: skip
        learnt = TrainedLora(presenter="ana", engine="sd15", lora=best, calls="ana person", steps=50, chosen=50,
                             chosen_by="held-out loss", optimiser="AdamW", pictures=(square,))  # fmt: skip
        store.commit("3" * 64, StageRecord.of(learnt, "t", "1", 1.0))
        painted = Scene(image=scene, width=9, height=9, trained=(best.sha256,))
        store.commit("4" * 64, StageRecord.of(painted, "sd15", "1", 1.0))
        assert house.left(*names) == list(names)
        told = house.forget()
        assert house.left(*names) == []
        assert told.left == ()
        assert {"checkpoint", "lora", "scene"} <= {file.what for file in told.removed}

    def test_is_not_while_they_are_being_learnt_and_the_pictures_of_that_go_too(self, house: House) -> None:
        squares = tuple(house.small.artifacts.put_bytes(f"square {n}".encode(), "image/png") for n in range(5))
        wish = TrainingWish(pictures=tuple(TrainingPicture(file=square) for square in squares))
        house.small.production.train("ana", wish)
        with pytest.raises(Refused, match="is being learnt"):
            house.forget()
        house.small.production.stop_training("ana")
        house.forget()
        assert house.left(*(f"square {n}" for n in range(5))) == []

    def test_is_named_nowhere_in_the_database_and_nothing_that_is_needed_is_missing(self, house: House) -> None:
        house.clip()
        told = house.forget()
        with house.small.studio.reading() as db:
            assert speaking_of(db, [file.sha256 for file in told.removed]) == {}
            assert {one for one in needed(db) if not house.small.artifacts.holds(one)} == set()
            assert "ana" not in {one.slug for one in presenters(db)}
        require_sound(house.small.studio.database)

    def test_leaves_finished_videos_which_are_flagged_and_never_leave(self, house: House) -> None:
        clip = house.clip()
        house.small.approve(clip, "ana")
        house.forget()
        detail = house.small.detail(clip)
        assert detail.row.production == "ready"
        assert all(house.small.artifacts.holds(cut.video.sha256) for cut in detail.cuts.values())
        with house.small.studio.reading() as db:
            opened = OpenClip.read(db, clip)
            assert opened.lapse is not None
            assert "Compositor" in why.made(opened.detail, FACTS)
            assert {right.kind for right in rights_of(opened.detail, FACTS)} >= {"face", "voice"}
            assert lapsed_clips(db)[clip].reason == "forgotten"
            with pytest.raises(Refused, match="Ana was forgotten here"):
                house.small.exporter().export(db, clip, "ana")
        house.small.writer.do(partial(take_again, clip_id=clip, parts=["video"], based_on=1, author="ana"))
        row = house.small.production.make(clip)
        assert (row.production, "Order the clip again with another presenter" in (row.waiting or "")) == (
            "waiting",
            True,
        )

    def test_keeps_on_record_who_had_agreed_to_what_without_the_paper(self, house: House) -> None:
        house.forget()
        with house.small.studio.reading() as db:
            (record,) = consents(db, "ana")
        assert (record.consent.statement, record.consent.document, record.why) == ("Ana agreed.", None, "forgotten")

    def test_can_come_again_and_old_clips_stay_as_they_are(self, house: House) -> None:
        clip = house.clip()
        house.forget()
        house.files["face"] = house.small.artifacts.put_bytes(b"another face", "image/jpeg")
        house.put(samples=(), portraits=(), trained=(), clips=(), look={"portrait": house.files["face"].model_dump()},
                  consent=Consent(statement="Ana agreed again.", recorded_at="2026-06-03T10:00:00.000Z"))  # fmt: skip
        with house.small.studio.reading() as db:
            assert set(lapsed_clips(db)) == {clip}
            assert build_brief(db, ClipOrder(script=SCRIPT, presenter="ana")).presenter_version == 2

    def test_twice_is_as_once_and_a_stranger_is_unknown(self, house: House) -> None:
        house.clip()
        house.forget()
        again = house.forget()
        assert (again.removed, again.left) == ((), ())
        with pytest.raises(UnknownName):
            forget(house.small.writer, house.small.studio.database, house.small.artifacts, house.root, "nobody", "ada")

    def test_who_was_removed_before_is_forgotten_from_the_clips(self, house: House) -> None:
        house.clip()
        house.small.writer.do(partial(remove_presenter, slug="ana"))
        assert house.left("face", "paper") == ["face", "paper"]
        house.forget()
        assert house.left(*OWN, *MADE) == []

    def test_a_crash_before_the_files_are_deleted_loses_nothing_of_the_task(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house.clip()

        def killed(*_: Any, **__: Any) -> None:
            raise StudioError("The disk went away.")

        with monkeypatch.context() as patch:
            patch.setattr("storage.forgetting.sweep", killed)
            with pytest.raises(StudioError):
                house.forget()
        assert house.left("face") == ["face"]
        house.forget()
        assert house.left(*OWN, *MADE) == []


class TestWhatIsSpared:
    def test_files_that_another_presenter_has_too_are_kept_and_named(self, house: House) -> None:
        house.put("bea", samples=(), portraits=(), trained=(), clips=(), consent=Consent(
            statement="Bea agreed.", recorded_at="2026-05-03T10:00:00.000Z"))  # fmt: skip
        told = house.forget()
        assert house.left("face", "voice") == ["face"]
        assert [(one.sha256, one.by) for one in told.kept] == [(house.files["face"].sha256, ("presenters",))]

    def test_nobody_is_forgotten_whom_a_show_needs_or_who_is_being_filmed(self, house: House) -> None:
        house.small.writer.do(partial(put_show, show=ShowSpec(slug="coast", name="The Coast", presenter="ana")))
        with pytest.raises(Refused, match="The Coast"):
            house.forget()
        house.small.writer.do(lambda db: db.execute("DELETE FROM shows WHERE slug = 'coast'"))
        house.small.production.make_some(house.order(), ["script", "scene"])
        with pytest.raises(Refused, match="is being made"):
            house.forget()
        assert house.left(*OWN) == list(OWN)

    def test_other_peoples_clips(self, house: House) -> None:
        house.small.writer.do(
            partial(put_presenter, presenter=PresenterSpec(slug="noor", name="Noor", look={"name": "noor"}))
        )
        other = house.clip("noor")
        before = house.small.detail(other)
        house.clip()
        house.forget()
        assert house.small.detail(other) == before


def test_the_command_line_tells_all_of_it(house: House) -> None:
    house.clip()
    commands = StudioCommands(house.small.writer, house.small.studio.database, house.small.artifacts)
    told = json.loads(json.dumps(commands.call("forget-presenter", slug="ana")))
    said = io.StringIO()
    show_forgotten(told, Console(file=said, width=200))
    words = said.getvalue()
    assert house.files["face"].sha256 in words
    assert "none of the deleted ones is left under any name" in words
    assert "Clips that keep their finished videos, flagged, never exported again: 1." in words
    assert "Backups, and exports that left the house, are out of reach" in words
