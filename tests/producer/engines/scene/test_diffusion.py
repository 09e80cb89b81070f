"""Scenes painted by Stable Diffusion, on tiny networks in the folder format that users have."""

from __future__ import annotations

import pickle
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from config.errors import BadInput, Cancelled, Unavailable
from producer.engines.models.row import OFFLOAD, TILED
from producer.engines.requests import SIZES, SceneOptions, SceneRequest
from producer.engines.scene.diffusion import Diffusion
from producer.engines.scene.painters import SD15, SDXL, Painter
from producer.ready import publish_capabilities
from storage.documents import Format, Scene
from storage.orders import LoraUse, Painting
from tests.support.cutting import context_in, store_in

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")]
for _needed in ("torch", "diffusers", "transformers", "peft"):
    pytest.importorskip(_needed)

SMALL = {"pixels": 64 * 64, "steps": 3}
"""As tiny networks are used: the pictures are scaled to the format afterwards, as always."""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights with both models, and two LoRAs beside the first."""
    import torch

    from tests.support.tiny_painters import save_lora, save_sd15, save_sdxl

    torch.set_num_threads(1)  # networks this small are faster so
    folder = tmp_path_factory.mktemp("weights")
    save_sd15(folder / "sd15")
    save_sdxl(folder / "sdxl")
    save_lora(folder / "sd15", "warm", seed=1)
    save_lora(folder / "sd15", "inked", seed=2)
    return folder


def painter(models: Path, row: Painter = SD15, profile: str = "full") -> Diffusion:
    return Diffusion(replace(row, **SMALL), models / row.id, profile)


@pytest.fixture(scope="module")
def ready(models: Path) -> Iterator[Diffusion]:
    engine = painter(models)
    engine.load()
    yield engine
    engine.unload()


def scene(engine: Diffusion, folder: Path, seed: int = 7, **options: object) -> Scene:
    request = SceneRequest(SceneOptions(description="a harbour at dawn", resolution=576, **options), seed)  # type: ignore[arg-type]
    return engine.run(request, context_in(folder, store_in(folder)))


def pixels(folder: Path, made: Scene) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.imread(str(store_in(folder).fetch(made.image))), np.uint8)


class TestAPicture:
    @pytest.mark.parametrize("row", [SD15, SDXL], ids=lambda row: row.id)
    def test_is_painted_and_said_to_be(self, models: Path, tmp_path: Path, row: Painter) -> None:
        engine = painter(models, row)
        assert engine.check() == []
        engine.load()
        made = scene(engine, tmp_path)
        assert pixels(tmp_path, made).std() > 1, "it is not one flat colour"
        assert made.prompt.startswith("a harbour at dawn")
        assert made.seed == 7
        assert len(made.colours) == 6

    @pytest.mark.parametrize("format", list(SIZES))
    def test_has_the_size_of_its_format(self, ready: Diffusion, tmp_path: Path, format: Format) -> None:
        made = ready.run(
            SceneRequest(SceneOptions(title="Trams", format=format)), context_in(tmp_path, store_in(tmp_path))
        )
        assert (made.width, made.height) == SIZES[format]
        assert pixels(tmp_path, made).shape == (SIZES[format][1], SIZES[format][0], 3)

    def test_is_the_same_for_the_same_seed_and_another_for_another(self, ready: Diffusion, tmp_path: Path) -> None:
        assert scene(ready, tmp_path) == scene(ready, tmp_path)
        assert scene(ready, tmp_path).image != scene(ready, tmp_path, seed=8).image

    def test_depends_on_what_a_show_asks_for(self, ready: Diffusion, tmp_path: Path) -> None:
        wishes = [Painting(), Painting(style="ink"), Painting(avoid="boats"), Painting(steps=2), Painting(guidance=3)]
        images = [scene(ready, tmp_path, painting=wish).image.sha256 for wish in wishes]
        assert len(set(images)) == len(wishes)

    @pytest.mark.parametrize("profile", [TILED, OFFLOAD])
    def test_hardly_depends_on_the_profile(self, models: Path, ready: Diffusion, tmp_path: Path, profile: str) -> None:
        frugal = painter(models, profile=profile)
        frugal.load()
        full, little = (pixels(tmp_path, scene(e, tmp_path)).astype(int) for e in (ready, frugal))
        assert abs(full - little).mean() < 1, "of 255 levels"


class TestLoras:
    def test_of_weight_nothing_change_nothing(self, ready: Diffusion, tmp_path: Path) -> None:
        nothing = Painting(loras=(LoraUse(name="warm", weight=0), LoraUse(name="inked", weight=0)))
        assert scene(ready, tmp_path, painting=nothing).image == scene(ready, tmp_path).image

    def test_change_the_picture_as_they_weigh(self, ready: Diffusion, tmp_path: Path) -> None:
        def weighed(warm: float, inked: float) -> str:
            uses = (LoraUse(name="warm", weight=warm), LoraUse(name="inked", weight=inked))
            return scene(ready, tmp_path, painting=Painting(loras=uses)).image.sha256

        assert len({weighed(*weights) for weights in ((0, 0), (1, 0), (0, 1), (1, 1), (0.5, 1))}) == 5

    def test_leave_no_trace(self, ready: Diffusion, tmp_path: Path) -> None:
        before = scene(ready, tmp_path)
        scene(ready, tmp_path, painting=Painting(loras=(LoraUse(name="warm"),)))
        assert scene(ready, tmp_path) == before

    def test_that_are_not_here_are_missed_by_name(self, ready: Diffusion, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="no LoRA “cold”"):
            scene(ready, tmp_path, painting=Painting(loras=(LoraUse(name="cold"),)))

    def test_of_another_model_are_refused_and_leave_no_trace(self, models: Path, tmp_path: Path) -> None:
        shutil.copytree(models / "sdxl", tmp_path / "sdxl")
        shutil.copytree(models / "sd15" / "loras", tmp_path / "sdxl" / "loras")
        engine = painter(tmp_path, SDXL)
        engine.load()
        before = scene(engine, tmp_path)
        with pytest.raises(BadInput, match="The LoRA warm does not fit") as refused:
            scene(engine, tmp_path, painting=Painting(loras=(LoraUse(name="warm"),)))
        assert "\n" not in str(refused.value)
        assert scene(engine, tmp_path) == before

    def test_belong_to_what_names_the_weights(self, models: Path, tmp_path: Path) -> None:
        shutil.copytree(models / "sd15", tmp_path / "sd15")
        before = painter(tmp_path).info.weights
        (tmp_path / "sd15" / "loras" / "inked.safetensors").unlink()
        assert painter(tmp_path).info.weights != before


class TestStopping:
    def test_in_the_middle_takes_one_step_at_most(self, models: Path, tmp_path: Path) -> None:
        engine, told = Diffusion(replace(SD15, pixels=64 * 64, steps=100), models / "sd15"), list[float]()
        engine.load()
        context = context_in(
            tmp_path, store_in(tmp_path), cancelled=lambda: len(told) >= 2, progress=lambda done, _: told.append(done)
        )
        with pytest.raises(Cancelled):
            engine.run(SceneRequest(SceneOptions(title="Trams")), context)
        assert len(told) == 2
        assert told == sorted(told)

    def test_leaves_it_able_to_go_on(self, ready: Diffusion, tmp_path: Path) -> None:
        before = scene(ready, tmp_path)
        asked = iter([False, False])
        with pytest.raises(Cancelled):
            ready.run(
                SceneRequest(SceneOptions(title="Trams")),
                context_in(tmp_path, store_in(tmp_path), cancelled=lambda: next(asked, True)),
            )
        assert scene(ready, tmp_path) == before


class TestWhatItsSafetyCheckerFlags:
    def test_is_painted_again_from_another_seed(
        self, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from producer.nets.diffusion.pipeline import Pipeline

        paint, flags = Pipeline.paint, iter([True, False])
        monkeypatch.setattr(Pipeline, "paint", lambda *given: (paint(*given)[0], next(flags)))
        engine = painter(models)
        engine.load()
        assert scene(engine, tmp_path).seed == 8

    def test_twice_is_left_to_another_engine(self, models: Path, tmp_path: Path) -> None:
        from tests.support.tiny_painters import save_safety_checker

        shutil.copytree(models / "sd15", tmp_path / "sd15")
        save_safety_checker(tmp_path / "sd15")
        engine = painter(tmp_path)
        assert engine.check() == []
        engine.load()
        with pytest.raises(Unavailable, match="safety checker"):
            scene(engine, tmp_path)


def _truncated(folder: Path) -> None:
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-1000])


def _pickled(folder: Path) -> None:
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    file.unlink()
    file.with_name("diffusion_pytorch_model.bin").write_bytes(pickle.dumps(_Bomb(folder / "boom")))


class _Bomb:
    """What a pickle can do: here, make a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.path,)


def _disguised(folder: Path) -> None:
    _pickled(folder)
    file = folder / "unet" / "diffusion_pytorch_model.bin"
    file.rename(file.with_suffix(".safetensors"))


def _foreign(folder: Path) -> None:
    index = folder / "model_index.json"
    index.write_text(index.read_text().replace('"diffusers",\n    "UNet', '"evil",\n    "UNet'))


def _other_model(folder: Path) -> None:
    shutil.copy(folder.parent.parent / "xl_index", folder / "model_index.json")


def _other_shape(folder: Path) -> None:
    config = folder / "unet" / "config.json"
    config.write_text(config.read_text().replace('"cross_attention_dim": 32', '"cross_attention_dim": 48'))


def _other_tensors(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    tensors = load_file(file)
    tensors.pop("conv_in.weight")
    save_file(tensors, file)


def _half_of_it(folder: Path) -> None:
    shutil.rmtree(folder / "vae")


WRONG = {
    _truncated: "cut off",
    _pickled: "pickle can run as a program",
    _disguised: "no safetensors file",
    _foreign: "evil, which is not trusted",
    _other_model: "a StableDiffusionXLPipeline, not a StableDiffusionPipeline",
    _other_shape: "cannot be read",
    _other_tensors: "conv_in.weight",
    _half_of_it: "its part vae is missing",
}


@pytest.mark.parametrize("spoil", WRONG, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_wrong_folder_is_refused_in_one_line(models: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    shutil.copy(models / "sdxl" / "model_index.json", tmp_path / "xl_index")
    folder = tmp_path / "weights" / "sd15"
    shutil.copytree(models / "sd15", folder)
    spoil(folder)
    engine = painter(tmp_path / "weights")
    with pytest.raises(Unavailable, match=WRONG[spoil]) as refused:
        engine.load()
    assert "\n" not in str(refused.value)
    assert "hf download" in refused.value.cure
    assert not (folder / "boom").exists(), "nothing in it ran"


def test_shards_are_read_like_one_file(models: Path, ready: Diffusion, tmp_path: Path) -> None:
    from diffusers import UNet2DConditionModel

    folder = tmp_path / "sd15"
    shutil.copytree(models / "sd15", folder)
    UNet2DConditionModel.from_pretrained(str(models / "sd15" / "unet")).save_pretrained(
        str(tmp_path / "unet"), max_shard_size="1MB"
    )
    shutil.rmtree(folder / "unet")
    shutil.move(tmp_path / "unet", folder / "unet")
    assert len(list((folder / "unet").glob("*.safetensors"))) > 1
    engine = painter(tmp_path)
    engine.load()
    assert scene(engine, tmp_path).image == scene(ready, tmp_path).image
    next((folder / "unet").glob("*-00001-*.safetensors")).unlink()
    assert "is missing" in painter(tmp_path).check()[0].message


def test_it_is_what_the_planner_takes_once_it_is_here(models: Path) -> None:
    from producer.engines.registry import Registry
    from producer.plan.freeze import engine_order, freeze_plan
    from storage.plans import Plan
    from tests.support.briefs import make_brief

    can = {found.engine: found for found in publish_capabilities(Registry(weights=models))}
    plan = freeze_plan(make_brief(), can, engine_order("default"))
    assert isinstance(plan, Plan)
    assert plan.engine_for("scene").engine == "sdxl"


def test_asked_again_and_again_it_looks_quickly(models: Path) -> None:
    """A worker looks every ten seconds, whatever the size of its models: of each file only pieces are read, and once."""
    engine = painter(models, SDXL)
    engine.info  # noqa: B018 (the first look reads)
    started = time.process_time()
    for _ in range(10):
        engine.check()
    assert time.process_time() - started < 5
