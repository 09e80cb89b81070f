"""A portrait that SadTalker makes speak: a double of its program, everything else is real."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import cv2
import pytest

from config.errors import BadInput, Cancelled, EngineError, OutOfMemory, Unavailable
from producer.engines.base import Context
from producer.engines.registry import Registry
from producer.engines.video.omniavatar import OmniAvatar, OmniAvatar14B
from producer.engines.video.sadtalker import SadTalker, SadTalker512
from producer.outside.environment import MADE
from producer.outside.runner import Limits
from producer.plan.freeze import step_down
from producer.ready import FREE, capability_of, publish_capabilities
from review.bundle import fallbacks_of
from storage.artifacts import FolderStore
from storage.plans import EngineChoice, Plan
from tests.producer.engines.video.test_wav2lip import Sitter, request
from tests.support import programs
from tests.support.sitter import portrait

SECONDS = 1.3


class Studio:
    """An engine with a double of its program in the mood of the test, and a store."""

    def __init__(self, folder: Path, mood: str, faces: int = 1, kind: type[SadTalker] = SadTalker) -> None:
        self.store = FolderStore(folder / "store")
        self.engine = kind(Sitter(faces))  # type: ignore[arg-type]
        self.engine.weights_folder = programs.weights(folder / "weights", "sadtalker")
        environment = programs.environment(folder / "environments", "sadtalker", programs.SADTALKER, SECONDS, mood)
        self.engine.environment_folder = environment.folder
        self.code, self._folder, self._runs = environment.code, folder, 0
        png = cv2.imencode(".png", portrait()[..., ::-1])[1].tobytes()
        self.look: dict[str, Any] = {"portrait": self.store.put_bytes(png, "image/png").model_dump()}
        self.logged: list[str] = []

    def context(self, **hooks: Any) -> Context:
        self._runs += 1
        workdir = self._folder / f"run-{self._runs}"
        workdir.mkdir()
        return Context(workdir, self.store, log=self.logged.append, **hooks)

    def run(self, seed: int = 0, **hooks: Any) -> Any:
        self.engine.load("cpu")
        return self.engine.run(replace(request(self.store, self.look, SECONDS), seed=seed), self.context(**hooks))

    @property
    def called(self) -> dict[str, Any]:
        return dict(json.loads((self.code / "called.json").read_text()))


class TestThePerformance:
    def test_is_the_film_that_the_program_made(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well")
        studio.look["framing"] = "close"
        made = studio.run()
        assert (made.fps, made.duration_s, made.tracks, made.renderer) == (25, SECONDS, None, "")
        assert made.look == studio.look
        film = studio.store.fetch(made.footage)
        assert film.read_bytes() == (studio.code / "film.mp4").read_bytes()
        with av.open(str(film)) as container:
            assert sum(1 for _ in container.decode(video=0)) == round(25 * SECONDS)

    def test_the_program_is_called_as_it_wants_to_be(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well")
        studio.run(seed=50)
        called = studio.called
        assert (called["size"], called["preprocess"], called["still"], called["batch_size"]) == (256, "full", True, 2)
        assert (called["pose_style"], called["enhancer"], called["cpu"]) == (4, None, True)
        assert called["argv"][0] == str(studio.code / "inference.py"), "it finds its settings by its own name"
        assert called["path0"] == str(studio.code), "and its modules beside it"

    def test_is_the_same_for_an_equal_request(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well")
        assert studio.run().content_hash == studio.run().content_hash

    def test_tells_how_far_it_is_from_the_programs_own_bars(self, tmp_path: Path) -> None:
        told: list[float] = []
        Studio(tmp_path, "well").run(progress=lambda share, _: told.append(share))
        assert told == sorted(told)
        assert (told[0], told[-1]) == (0.0, 1.0)
        rendering = [share for share in told if 0.16 < share < 0.81]
        assert len(rendering) >= 15, "most of it is told while faces are rendered"

    def test_a_program_that_talks_a_lot_is_no_trouble(self, tmp_path: Path) -> None:
        assert Studio(tmp_path, "talks").run().footage is not None


class TestBeforeTheGpuIsAsked:
    @pytest.mark.parametrize(("faces", "reason"), [(0, "No face was found"), (2, "2 faces were found")])
    def test_a_portrait_that_cannot_speak_is_refused(self, tmp_path: Path, faces: int, reason: str) -> None:
        studio = Studio(tmp_path, "well", faces)
        with pytest.raises(BadInput, match=reason):
            studio.run()
        assert not (studio.code / "called.json").exists()

    def test_so_is_a_presenter_without_one(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well")
        studio.look.clear()
        with pytest.raises(BadInput, match="no portrait"):
            studio.run()


class TestWhatGoesWrong:
    @pytest.mark.parametrize("mood", ["no face", "no landmarks"])
    def test_no_face_is_the_portraits_fault(self, tmp_path: Path, mood: str) -> None:
        with pytest.raises(BadInput, match="SadTalker found no face in this portrait"):
            Studio(tmp_path, mood).run()

    def test_of_a_full_gpu_the_planner_is_told_and_a_smaller_profile_goes_on(self, tmp_path: Path) -> None:
        """The profile is the plan's to choose, so that the clip says how it was made."""
        studio = Studio(tmp_path, "full at 2")
        with pytest.raises(OutOfMemory, match="ran out of the GPU's memory") as full:
            studio.run()
        can = {"sadtalker": capability_of(studio.engine.info, profiles=tuple(studio.engine.levels))}
        choice = EngineChoice(engine="sadtalker", version="1", profile=studio.engine.profile)
        smaller = step_down(choice, can, full.value.message)
        assert smaller is not None
        plan = Plan(variant="presenter", engines={"video": (choice,)}).with_fallback("video", smaller)
        (told,) = fallbacks_of(plan)
        assert (told.used, told.profile) == ("sadtalker", "frugal")
        assert "memory" in told.reason + told.problem
        studio.engine.profile = smaller.profile
        assert studio.run().footage is not None
        assert studio.called["batch_size"] == 1
        assert step_down(smaller, can) is None, "after that, the next engine has to"

    @pytest.mark.parametrize("mood", ["full", "waits for memory"])
    def test_so_it_is_at_its_smallest_profile(self, tmp_path: Path, mood: str) -> None:
        """Also when the program itself would wait for memory until the end of days."""
        studio = Studio(tmp_path, mood)
        studio.engine.profile = "frugal"
        with pytest.raises(OutOfMemory, match="ran out of the GPU's memory"):
            studio.run()

    def test_each_profile_needs_less_than_the_one_before(self) -> None:
        for kind in (SadTalker, SadTalker512, OmniAvatar, OmniAvatar14B):
            needs = [profile.memory_mb for profile in kind().info.profiles]
            assert needs == sorted(set(needs), reverse=True)
            assert kind().info.memory_mb == needs[0]

    def test_one_that_hangs_is_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(SadTalker, "limits", lambda _self, _duration: Limits(silence_s=0.5))
        with pytest.raises(EngineError, match="said nothing") as failed:
            Studio(tmp_path, "hangs").run()
        assert "audio2exp" in failed.value.message

    @pytest.mark.parametrize(
        ("mood", "reason"),
        [
            ("no film", "ended well and made no film"),
            ("no ffmpeg", "ffmpeg: not found"),
            ("rubbish", "a file that is no film"),
        ],
    )
    def test_no_film_is_a_failure_whatever_it_says(self, tmp_path: Path, mood: str, reason: str) -> None:
        with pytest.raises(EngineError, match=reason):
            Studio(tmp_path, mood).run()

    def test_nor_is_one_that_is_far_too_short(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well")
        programs.film(studio.code / "film.mp4", 0.4)
        with pytest.raises(EngineError, match=r"a film of 0\.4 seconds for a speech of 1\.3"):
            studio.run()

    def test_it_stops_in_the_middle(self, tmp_path: Path) -> None:
        told: list[float] = []
        studio = Studio(tmp_path, "slow")
        with pytest.raises(Cancelled):
            studio.run(progress=lambda share, _: told.append(share), cancelled=lambda: bool(told) and told[-1] > 0.2)
        assert told[-1] < 0.5


class TestWhatItLacks:
    def test_is_told_with_the_command_that_brings_it(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well")
        assert studio.engine.check() == []
        assert studio.engine.weights_folder is not None
        (studio.engine.weights_folder / "gfpgan/weights/alignment_WFLW_4HG.pth").write_bytes(b"cut off")
        (problem,) = studio.engine.check()
        assert (problem.message, problem.cure) == (
            "SadTalker lacks gfpgan/weights/alignment_WFLW_4HG.pth.",
            "run.py pull sadtalker",
        )
        with pytest.raises(Unavailable, match="alignment_WFLW_4HG"):
            studio.engine.load()

    def test_an_environment_that_is_half_made_or_made_of_something_else_does_not_count(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well")
        made = studio.code.parent / MADE
        for text in ('{"digest": "of another lock"}', "{", "[]", ""):
            made.write_text(text)
            assert [problem.cure for problem in studio.engine.check()] == ["run.py pull sadtalker"]

    def test_the_larger_model_is_brought_by_whoever_has_it(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "well", kind=SadTalker512)
        (problem,) = studio.engine.check()
        assert problem.cure.startswith("Put the published SadTalker_V0.0.2_512.safetensors into ")
        assert studio.engine.weights_folder is not None
        (studio.engine.weights_folder / "checkpoints/SadTalker_V0.0.2_512.safetensors").write_bytes(b"weights")
        assert studio.run().footage is not None
        assert studio.called["size"] == 512
        assert studio.engine.info.weights not in ("", "not here")


def test_it_is_never_chosen_while_nobody_allows_weights_of_unclear_standing(tmp_path: Path) -> None:
    programs.weights(tmp_path / "weights", "sadtalker")
    programs.weights(tmp_path / "weights", "photo")
    programs.environment(tmp_path / "environments", "sadtalker", programs.SADTALKER, SECONDS)
    registry = Registry(weights=tmp_path / "weights")
    found = {c.engine: c for c in publish_capabilities(registry)}["sadtalker"]
    assert found.problem == "SadTalker is under a licence of the class unclear."
    allowed = {c.engine: c for c in publish_capabilities(registry, (*FREE, "unclear"))}["sadtalker"]
    assert (allowed.problem, allowed.lane, allowed.presenters) == ("", "gpu", ("portrait",))
