"""A portrait that OmniAvatar films: doubles of its program and of torchrun, everything else is real."""

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
from producer.engines.video.omniavatar import OmniAvatar, OmniAvatar14B
from storage.artifacts import FolderStore
from tests.producer.engines.video.test_wav2lip import Sitter, request
from tests.support import programs
from tests.support.sitter import portrait

SECONDS, BEFORE_S = 1.2, 0.36


class Studio:
    """An engine whose program has the mood of the test, on a machine that has a driver."""

    def __init__(self, folder: Path, mood: str = "well", kind: type[OmniAvatar] = OmniAvatar, faces: int = 1) -> None:
        self.store, self.folder = FolderStore(folder / "store"), folder
        self.engine = kind(Sitter(faces))  # type: ignore[arg-type]
        self.engine.drivers = (folder,)  # type: ignore[misc]
        self.engine.weights_folder = folder / "weights" / "omniavatar"
        for path, _size in self.engine.wanted():
            (self.engine.weights_folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.engine.weights_folder / path).write_bytes(b"weights")
        made = programs.environment(
            folder / "environments", "omniavatar", programs.OMNIAVATAR, SECONDS + BEFORE_S, mood
        )
        self.engine.environment_folder = made.folder
        self.scripts = made.code / "scripts"
        png = cv2.imencode(".png", portrait()[..., ::-1])[1].tobytes()
        self.look = {"portrait": self.store.put_bytes(png, "image/png").model_dump()}

    def run(self, seed: int = 0, **hooks: Any) -> Any:
        workdir = self.folder / "run"
        workdir.mkdir()
        self.engine.load("cuda:0")
        wanted = replace(request(self.store, self.look, SECONDS), seed=seed)
        return self.engine.run(wanted, Context(workdir, self.store, **hooks))

    @property
    def called(self) -> dict[str, str]:
        return dict(json.loads((self.scripts / "called.json").read_text()))


@pytest.mark.parametrize(("kind", "size"), [(OmniAvatar, "1.3B"), (OmniAvatar14B, "14B")])
def test_the_film_begins_with_the_speech(tmp_path: Path, kind: type[OmniAvatar], size: str) -> None:
    """The program hears a silence first; each frame of the double is brighter than the one before."""
    studio = Studio(tmp_path, kind=kind)
    made = studio.run(seed=11)
    assert (made.fps, made.duration_s) == (25, SECONDS)
    assert studio.called == {
        "rank": "0", "size": size, "seed": "11", "num_steps": "25", "silence_duration_s": "0.32",
    }  # fmt: skip
    with av.open(str(studio.store.fetch(made.footage))) as container:
        seen = [frame.to_ndarray(format="gray").mean() for frame in container.decode(video=0)]
    assert len(seen) == round(25 * SECONDS)
    assert abs(seen[0] - 2 * 9) < 3, "nine frames are left out"
    assert seen == sorted(seen)


def test_progress_goes_through_all_its_parts(tmp_path: Path) -> None:
    told: list[float] = []
    Studio(tmp_path).run(progress=lambda share, _: told.append(share))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    for start, end in ((0.05, 0.49), (0.51, 0.95)):
        assert sum(start < share < end for share in told) > 20


class TestItsMemory:
    def test_ever_fewer_parameters_stay_on_the_gpu(self, tmp_path: Path) -> None:
        with pytest.raises(OutOfMemory):
            Studio(tmp_path / "all", "full with all", OmniAvatar14B).run()
        studio = Studio(tmp_path / "part", "full with all", OmniAvatar14B)
        studio.engine.profile = "part"
        assert studio.run().footage is not None
        assert studio.called["num_persistent_param_in_dit"] == "7000000000"

    def test_and_when_none_is_still_too_many_the_planner_is_told(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, "full", OmniAvatar14B)
        studio.engine.profile = "frugal"
        with pytest.raises(OutOfMemory):
            studio.run()
        assert studio.called["num_persistent_param_in_dit"] == "0"


class TestWhatGoesWrong:
    def test_a_portrait_that_cannot_speak_costs_no_gpu_time(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path, faces=0)
        with pytest.raises(BadInput, match="No face was found"):
            studio.run()
        assert not (studio.scripts / "called.json").exists()

    def test_no_film(self, tmp_path: Path) -> None:
        with pytest.raises(EngineError, match="ended well and made no film"):
            Studio(tmp_path, "no film").run()

    def test_no_gpu(self, tmp_path: Path) -> None:
        with pytest.raises(Unavailable, match="cannot use this machine's GPU"):
            Studio(tmp_path, "no gpu").run()

    def test_it_stops_in_the_middle(self, tmp_path: Path) -> None:
        told: list[float] = []
        studio = Studio(tmp_path, "slow")
        with pytest.raises(Cancelled):
            studio.run(progress=lambda share, _: told.append(share), cancelled=lambda: bool(told) and told[-1] > 0.06)
        assert told[-1] < 0.4

    def test_a_processor_alone_is_not_enough(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path)
        with pytest.raises(Unavailable, match="needs an NVIDIA GPU"):
            studio.engine.load("cpu")
        studio.engine.drivers = (tmp_path / "nothing",)  # type: ignore[misc]
        assert "needs an NVIDIA GPU" in studio.engine.check()[0].message

    def test_a_folder_with_a_space_is_refused_before_its_shell_stumbles(self, tmp_path: Path) -> None:
        (tmp_path / "my studio").mkdir()
        problems = Studio(tmp_path / "my studio").engine.check()
        assert ["has a space" in problem.message for problem in problems] == [True]

    def test_missing_weights_say_where_they_go(self, tmp_path: Path) -> None:
        studio = Studio(tmp_path)
        folder = studio.engine.weights_folder
        assert folder is not None
        (folder / "Wan2.1-T2V-1.3B" / "Wan2.1_VAE.pth").unlink()
        (problem,) = studio.engine.check()
        assert problem.message == "OmniAvatar 1.3B lacks Wan2.1-T2V-1.3B/Wan2.1_VAE.pth."
        assert problem.cure.startswith(f"Put the published Wan2.1-T2V-1.3B into {folder}")
