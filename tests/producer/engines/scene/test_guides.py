"""Scenes that pictures lead: a ControlNet by lines, depths and poses, an IP-Adapter by what is to be seen again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from config.errors import Unavailable
from producer.engines.models.row import TILED
from producer.engines.requests import SceneOptions, SceneRequest
from producer.engines.scene.diffusion import Diffusion
from producer.engines.scene.painters import SD15, SDXL, Z_IMAGE_TURBO, Painter
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef, Scene
from storage.orders import GuideKind, Painting, PictureGuide, PictureReference
from tests.support.cutting import context_in, store_in

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")]
for _needed in ("torch", "diffusers", "transformers", "peft"):
    pytest.importorskip(_needed)

SMALL = {"pixels": 64 * 64, "steps": 3}
KINDS: tuple[GuideKind, ...] = ("pose", "depth", "canny")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch

    from tests.support.tiny_painters import save_controlnet, save_ip_adapter, save_sd15, save_sdxl

    torch.set_num_threads(1)  # networks this small are faster so
    folder = tmp_path_factory.mktemp("weights")
    save_sd15(folder / "sd15")
    save_sdxl(folder / "sdxl")
    for number, kind in enumerate(KINDS):
        save_controlnet(folder / "sd15", kind, seed=number)
    save_controlnet(folder / "sdxl", "canny")
    save_ip_adapter(folder / "sd15")
    save_ip_adapter(folder / "sdxl")
    return folder


def painter(models: Path, row: Painter = SD15, profile: str = "full") -> Diffusion:
    return Diffusion(replace(row, **SMALL), models / row.id, profile)


@pytest.fixture(scope="module", params=[SD15, SDXL], ids=lambda row: row.id)
def ready(request: pytest.FixtureRequest, models: Path) -> Iterator[Diffusion]:
    engine = painter(models, request.param)
    engine.load()
    yield engine
    engine.unload()


def picture(store: FolderStore, shape: str = "circle") -> ArtifactRef:
    pixels = np.full((80, 120, 3), 20, np.uint8)
    if shape == "circle":
        cv2.circle(pixels, (60, 40), 25, (230, 200, 90), -1)
    else:
        cv2.rectangle(pixels, (20, 10), (70, 70), (40, 90, 220), -1)
    return store.put_bytes(cv2.imencode(".png", pixels)[1].tobytes(), "image/png")


def scene(engine: Diffusion, folder: Path, **painting: object) -> Scene:
    options = SceneOptions(description="a harbour", format="1:1", resolution=576, painting=Painting(**painting))  # type: ignore[arg-type]
    return engine.run(SceneRequest(options, 7), context_in(folder, store_in(folder)))


def guide(folder: Path, kind: GuideKind = "canny", shape: str = "circle", **more: float) -> PictureGuide:
    return PictureGuide(kind=kind, picture=picture(store_in(folder), shape), **more)


def reference(folder: Path, shape: str = "circle", **more: float) -> PictureReference:
    return PictureReference(picture=picture(store_in(folder), shape), **more)


class TestAGuide:
    def test_leads_the_picture_as_it_weighs_and_as_long_as_it_may(self, ready: Diffusion, tmp_path: Path) -> None:
        wishes = [
            guide(tmp_path),
            guide(tmp_path, weight=0.5),
            guide(tmp_path, shape="square"),
            guide(tmp_path, until=0.4),
        ]
        images = [scene(ready, tmp_path, guide=wish).image.sha256 for wish in (None, *wishes)]
        assert len(set(images)) == 5

    def test_of_weight_nothing_changes_nothing(self, ready: Diffusion, tmp_path: Path) -> None:
        assert scene(ready, tmp_path, guide=guide(tmp_path, weight=0)) == scene(ready, tmp_path)

    def test_leaves_no_trace(self, ready: Diffusion, tmp_path: Path) -> None:
        before = scene(ready, tmp_path)
        led = scene(ready, tmp_path, guide=guide(tmp_path))
        assert scene(ready, tmp_path) == before != led
        assert scene(ready, tmp_path, guide=guide(tmp_path)) == led, "the same seed, the same picture"

    def test_may_be_a_pose_or_depths(self, models: Path, tmp_path: Path) -> None:
        engine = painter(models)
        engine.load()
        assert len({scene(engine, tmp_path, guide=guide(tmp_path, kind)).image for kind in KINDS}) == 3


class TestAReference:
    def test_leads_the_picture_as_it_weighs(self, ready: Diffusion, tmp_path: Path) -> None:
        wishes = [reference(tmp_path), reference(tmp_path, weight=1), reference(tmp_path, "square")]
        images = [scene(ready, tmp_path, reference=wish).image.sha256 for wish in (None, *wishes)]
        assert len(set(images)) == 4

    def test_of_weight_nothing_changes_nothing(self, ready: Diffusion, tmp_path: Path) -> None:
        assert scene(ready, tmp_path, reference=reference(tmp_path, weight=0)) == scene(ready, tmp_path)

    def test_leaves_no_trace(self, ready: Diffusion, tmp_path: Path) -> None:
        before = scene(ready, tmp_path)
        led = scene(ready, tmp_path, reference=reference(tmp_path))
        assert scene(ready, tmp_path) == before != led
        assert scene(ready, tmp_path, reference=reference(tmp_path)) == led

    def test_goes_with_a_guide(self, ready: Diffusion, tmp_path: Path) -> None:
        both = scene(ready, tmp_path, reference=reference(tmp_path, "square"), guide=guide(tmp_path))
        assert both != scene(ready, tmp_path, guide=guide(tmp_path))
        assert both != scene(ready, tmp_path, reference=reference(tmp_path, "square"))

    def test_leaves_attention_in_slices_where_memory_is_short(self, models: Path, tmp_path: Path) -> None:
        frugal = painter(models, profile=TILED)
        frugal.load()
        before = scene(frugal, tmp_path)
        assert scene(frugal, tmp_path, reference=reference(tmp_path)) != before
        assert scene(frugal, tmp_path) == before


class TestWhatIsMissing:
    """The next engine takes over, and the clip says why."""

    def test_is_named_with_where_it_belongs(self, models: Path, tmp_path: Path) -> None:
        shutil.copytree(models / "sd15", tmp_path / "sd15", ignore=shutil.ignore_patterns("controlnets", "ip-adapter"))
        engine = painter(tmp_path)
        engine.load()
        with pytest.raises(Unavailable, match=r"ControlNet for canny .* is not here") as refused:
            scene(engine, tmp_path, guide=guide(tmp_path))
        assert str(tmp_path / "sd15" / "controlnets" / "canny") in refused.value.cure
        with pytest.raises(Unavailable, match=r"IP-Adapter .* is not here"):
            scene(engine, tmp_path, reference=reference(tmp_path))

    def test_may_be_a_part_of_it(self, models: Path, tmp_path: Path) -> None:
        shutil.copytree(models / "sd15", tmp_path / "sd15")
        for name in ("controlnets/canny/diffusion_pytorch_model.safetensors", "ip-adapter/ip-adapter.safetensors"):
            file = tmp_path / "sd15" / name
            file.write_bytes(file.read_bytes()[:-100])
        engine = painter(tmp_path)
        engine.load()
        for wish in ({"guide": guide(tmp_path)}, {"reference": reference(tmp_path)}):
            with pytest.raises(Unavailable, match="cut off"):
                scene(engine, tmp_path, **wish)

    def test_may_be_another_models(self, models: Path, tmp_path: Path) -> None:
        shutil.copytree(models / "sd15", tmp_path / "sd15")
        shutil.rmtree(tmp_path / "sd15" / "ip-adapter")
        shutil.copytree(models / "sdxl" / "ip-adapter", tmp_path / "sd15" / "ip-adapter")
        engine = painter(tmp_path)
        engine.load()
        before = scene(engine, tmp_path)
        with pytest.raises(Unavailable, match="does not fit") as refused:
            scene(engine, tmp_path, reference=reference(tmp_path))
        assert "\n" not in str(refused.value)
        assert scene(engine, tmp_path) == before, "and it paints on as before"

    def test_is_all_of_it_for_models_that_are_not_led(self, models: Path, tmp_path: Path) -> None:
        engine = painter(models)
        engine.load()
        engine.model = replace(Z_IMAGE_TURBO, **SMALL)
        with pytest.raises(Unavailable, match="is not led by pictures"):
            scene(engine, tmp_path, guide=guide(tmp_path))


def test_what_leads_is_part_of_what_names_the_weights(models: Path, tmp_path: Path) -> None:
    shutil.copytree(models / "sd15", tmp_path / "sd15")
    before = painter(tmp_path).info.weights
    shutil.rmtree(tmp_path / "sd15" / "controlnets" / "pose")
    assert painter(tmp_path).info.weights != before
