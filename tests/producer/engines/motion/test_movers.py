"""Scenes set in motion by diffusers' models, on tiny networks in the folder format that users have."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from config.errors import Cancelled, Unavailable
from producer.engines.models.row import OFFLOAD, TILED
from producer.engines.motion.diffusion import MotionDiffusion
from producer.engines.motion.movers import LTX, SVD, WAN, Mover
from producer.engines.requests import MotionOptions, MotionRequest, size_of
from producer.render.loops.film import LoopFilm
from storage.documents import Format, Motion
from storage.orders import Movement
from tests.support.cutting import context_in, scene_for, store_in

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")]
for _needed in ("torch", "diffusers", "transformers", "sentencepiece", "ftfy"):
    pytest.importorskip(_needed)

ROWS = (SVD, LTX, WAN)
SMALL = {"pixels": 64 * 64, "frames": 9, "steps": 2}
"""As tiny networks are used: what they film is scaled to the format afterwards, as always."""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch

    from tests.support.tiny_movers import save_ltx, save_svd, save_wan

    torch.set_num_threads(1)  # networks this small are faster so
    folder = tmp_path_factory.mktemp("weights")
    save_svd(folder / "svd")
    save_ltx(folder / "ltx")
    save_wan(folder / "wan")
    return folder


def mover(models: Path, row: Mover = SVD, profile: str = "full", **more: int) -> MotionDiffusion:
    return MotionDiffusion(replace(row, **SMALL | more), models / row.id, profile)


@pytest.fixture(scope="module")
def svd(models: Path) -> Iterator[MotionDiffusion]:
    engine = mover(models)
    engine.load()
    yield engine
    engine.unload()


@pytest.fixture(autouse=True)
def one_thread() -> None:
    cv2.setNumThreads(1)  # as finish does; eight of them on a small frame only fight


def motion(engine: MotionDiffusion, folder: Path, seed: int = 7, format: Format = "1:1", **wishes: object) -> Motion:
    options = MotionOptions(format=format, resolution=576, movement=Movement(**wishes))  # type: ignore[arg-type]
    store = store_in(folder)
    return engine.run(MotionRequest(options, scene_for(store, format), seed), context_in(folder, store))


def film_of(folder: Path, made: Motion, format: Format = "1:1") -> list[np.ndarray]:
    assert made.loop is not None
    film = LoopFilm(store_in(folder).fetch(made.loop), made.frames, made.fps, size_of(format, 576))
    return [film.at(number).copy() for number in range(made.frames)]


class TestALoop:
    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
    def test_is_filmed_by_each_model(self, models: Path, tmp_path: Path, row: Mover) -> None:
        engine = mover(models, row)
        assert engine.check() == []
        engine.load()
        made = motion(engine, tmp_path)
        frames = film_of(tmp_path, made)
        assert (made.fps, made.frames) == (25, round(7 * 25 / row.fps)), "nine frames, less the two that hide the seam"
        assert frames[0].shape == (576, 576, 4)
        assert any(not np.array_equal(frames[0], frame) for frame in frames), "something moves"
        assert motion(engine, tmp_path) == made, "the same seed films the same"
        assert motion(engine, tmp_path, seed=8).loop != made.loop
        engine.unload()

    def test_has_the_size_of_its_format(self, svd: MotionDiffusion, tmp_path: Path) -> None:
        assert film_of(tmp_path, motion(svd, tmp_path, format="9:16"), "9:16")[0].shape[:2] == (1024, 576)

    def test_depends_on_what_a_show_asks_for(self, models: Path, svd: MotionDiffusion, tmp_path: Path) -> None:
        loops = [motion(svd, tmp_path, **wish).loop for wish in ({}, {"amount": 0.0}, {"amount": 1.0}, {"steps": 1})]
        assert len({loop.sha256 for loop in loops if loop}) == 4
        assert motion(svd, tmp_path, words="mist drifts").loop == loops[0], "it does not read"
        reader = mover(models, LTX)
        reader.load()
        assert motion(reader, tmp_path, words="mist drifts").loop != motion(reader, tmp_path).loop

    @pytest.mark.parametrize("row", [LTX, WAN], ids=lambda row: row.id)
    def test_hardly_depends_on_the_profile(self, models: Path, tmp_path: Path, row: Mover) -> None:
        films = []
        for profile in ("full", TILED):
            engine = mover(models, row, profile)
            engine.load()
            films.append(np.array(film_of(tmp_path, motion(engine, tmp_path)), int))
            engine.unload()
        assert abs(films[0] - films[1]).mean() < 1, "of 255 levels"

    def test_is_filmed_in_small_chunks_too(self, models: Path, tmp_path: Path) -> None:
        """Of Stable Video Diffusion, whose decoder sees a chunk at a time: another film, and why the profile is in the key."""
        frugal = mover(models, profile=OFFLOAD)
        frugal.load()
        frames = film_of(tmp_path, motion(frugal, tmp_path))
        assert len(frames) == 25
        assert any(not np.array_equal(frames[0], frame) for frame in frames)
        frugal.unload()


class TestStopping:
    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
    def test_takes_a_moment_wherever_it_is_in_its_work(self, models: Path, tmp_path: Path, row: Mover) -> None:
        """In the middle of a step too: those of large models take long."""
        engine, store, wanted = mover(models, row, steps=500), store_in(tmp_path), threading.Event()
        engine.load()
        told = list[float]()
        context = context_in(tmp_path, store, cancelled=wanted.is_set, progress=lambda done, _: told.append(done))
        threading.Timer(1.0, wanted.set).start()
        with pytest.raises(Cancelled):
            engine.run(MotionRequest(MotionOptions(format="1:1", resolution=576), scene_for(store, "1:1")), context)
        assert told == sorted(told)
        engine.unload()

    def test_is_looked_for_between_layers(self, svd: MotionDiffusion, tmp_path: Path) -> None:
        """No step ends, and yet it is asked."""
        from producer.nets.diffusion.mover import Shot

        looks = 0

        def stop() -> None:
            nonlocal looks
            looks += 1
            if looks == 2:
                raise Cancelled

        picture, steps = np.zeros((512, 1024, 3), np.uint8), list[float]()
        started = time.process_time()
        with pytest.raises(Cancelled):
            svd.ready().film(Shot(picture, "", "", 25, 1, 7), steps.append, stop)
        assert steps == [], "in the middle of the only step"
        assert time.process_time() - started < 20

    def test_leaves_it_able_to_go_on(self, svd: MotionDiffusion, tmp_path: Path) -> None:
        before, asked = motion(svd, tmp_path), iter([False, False])
        store = store_in(tmp_path)
        with pytest.raises(Cancelled):
            svd.run(
                MotionRequest(MotionOptions(format="1:1", resolution=576), scene_for(store, "1:1")),
                context_in(tmp_path, store, cancelled=lambda: next(asked, True)),
            )
        assert motion(svd, tmp_path) == before


def _truncated(folder: Path) -> None:
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-1000])


def _without_eyes(folder: Path) -> None:
    shutil.rmtree(folder / "image_encoder")


def _another_model(folder: Path) -> None:
    index = folder / "model_index.json"
    index.write_text(index.read_text().replace("StableVideoDiffusionPipeline", "LTXPipeline"))


WRONG = {
    _truncated: "cut off",
    _without_eyes: "its part image_encoder is missing",
    _another_model: "a LTXPipeline, not a StableVideoDiffusionPipeline",
}


@pytest.mark.parametrize("spoil", WRONG, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_wrong_folder_is_refused_in_one_line(models: Path, tmp_path: Path, spoil: object) -> None:
    shutil.copytree(models / "svd", tmp_path / "svd")
    spoil(tmp_path / "svd")  # type: ignore[operator]
    with pytest.raises(Unavailable, match=WRONG[spoil]) as refused:  # type: ignore[index]
        mover(tmp_path).load()
    assert "\n" not in str(refused.value)
    assert "hf download" in refused.value.cure
