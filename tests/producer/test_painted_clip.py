"""A clip whose scene a diffusion model painted: from weights in the data folder to the finished cut, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from sqlite_utils import Database

from config.folders import DataFolder
from config.house import House
from producer.clip import Stepper
from producer.doctor.report import examine
from producer.engines.base import LicenceClass
from producer.engines.motion import diffusion, movers
from producer.engines.registry import Registry
from producer.engines.scene import diffusion as scene_diffusion
from producer.engines.scene import painters
from producer.inline import inline_events, make_inline
from producer.plan.freeze import DEFAULT_ORDER, engine_order
from producer.ready import FREE, publish_capabilities
from producer.residency import residency_here
from producer.stage import StageHandler
from producer.work import Performer
from review.bundle import fallbacks_of, who_made
from storage import queries
from storage.artifacts import FolderStore
from storage.catalogue import presenter_versions, put_presenter
from storage.clips import create_clip
from storage.database import reading
from storage.documents import Scene, Upscaled
from storage.learning import TrainedLora, TrainingOrder
from storage.orders import Consent, Movement, Painting, PresenterSpec
from storage.queries import ClipDetail, clip_detail
from storage.upcast import read_document
from storage.work_queries import work_document
from storage.writer import Writer
from tests.support.briefs import make_brief
from web.facts import engine_facts

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")]
for _needed in ("torch", "diffusers", "transformers", "peft"):
    pytest.importorskip(_needed)


@pytest.fixture
def painting(studio_folder: DataFolder) -> DataFolder:
    """A data folder whose owner has fetched Stable Diffusion 1.5, if a tiny one."""
    import torch

    from tests.support.tiny_painters import save_sd15

    torch.set_num_threads(1)  # networks this small are faster so
    save_sd15(studio_folder.weights / "sd15")
    return studio_folder


def test_the_doctor_says_that_it_would_paint(painting: DataFolder) -> None:
    report = examine(House(painting))
    assert [choice.engine for choice in report.choices if choice.stage == "scene"] == ["sd15"]
    states = {engine.engine: engine for engine in report.engines}
    assert states["sd15"].problem == ""
    assert states["sdxl"].problem == "The weights of Stable Diffusion XL are not here."
    assert states["sdxl"].cure.startswith("hf download stabilityai/stable-diffusion-xl-base-1.0 ")
    assert str(painting.weights / "sdxl") in states["sdxl"].cure


def made(
    painting: DataFolder,
    registry: Registry,
    licences: Collection[LicenceClass] = FREE,
    brief: dict[str, object] | None = None,
    **show: object,
) -> tuple[ClipDetail, Scene, FolderStore]:
    """A clip of a show from its brief to its cut, and the scene in it."""
    ordered = make_brief(formats=("1:1",), resolution=576)
    changed = ordered.show.model_copy(update={"painting": Painting(steps=2), **show})
    ordered = ordered.model_copy(update={"show": changed, **(brief or {})})
    order = {**engine_order("default"), "script": DEFAULT_ORDER["script"][-1:]}
    artifacts = FolderStore(painting.artifacts)
    writer = Writer(painting.database).start()
    try:
        stages = StageHandler(residency_here(registry.create, 12_000, painting.root), artifacts, painting.root / "work")
        performer = Performer({"stage": stages}, inline_events(writer, lambda _event: None), "here")
        capabilities = {found.engine: found for found in publish_capabilities(registry, licences)}
        clip = writer.do(partial(create_clip, brief=ordered, author="ana"))
        row = make_inline(writer, painting.database, Stepper(order, 1), performer, capabilities, clip)
    finally:
        writer.stop()
    with reading(painting.database) as db:
        detail = clip_detail(db, clip)
        scene = read_document(work_document(db, queries.node_keys(db, clip)["scene.1:1"][1]))
        assert isinstance(scene, Scene)
    assert row.production == "ready"
    return detail, scene, artifacts


def frames_of(detail: ClipDetail, artifacts: FolderStore) -> list[np.ndarray]:
    with av.open(str(artifacts.fetch(detail.cuts["1:1"].video))) as film:
        return [frame.to_ndarray(format="bgr24") for frame in film.decode(video=0)]


def test_the_presenter_stands_in_front_of_it(painting: DataFolder, tmp_path: Path) -> None:
    registry = Registry(weights=painting.weights)
    detail, scene, artifacts = made(painting, registry)
    assert fallbacks_of(detail.plan) == ()
    parts = {part.stage: part for part in who_made(detail.nodes, detail.plan, detail.brief, engine_facts(registry))}
    assert parts["scene"].by == "sd15"
    assert parts["scene"].licence_class == "use-limited"
    assert parts["scene"].profile == "full"
    painted = cv2.imread(str(artifacts.fetch(scene.image)))
    frames = frames_of(detail, artifacts)
    shown = frames[len(frames) // 2]
    cv2.imwrite(str(tmp_path / "frame.png"), shown)
    seen, there = (
        np.asarray(cv2.GaussianBlur(p[280:330, 250:270], (0, 0), 3), float).ravel() for p in (shown, painted)
    )
    assert np.corrcoef(seen, there)[0, 1] > 0.5, "between the words and the presenter, the painted scene is seen"


@pytest.fixture
def filming(painting: DataFolder) -> DataFolder:
    """And whose owner has fetched Stable Video Diffusion too, if a tiny one of few frames."""
    pytest.importorskip("sentencepiece")
    from tests.support.tiny_movers import save_svd

    save_svd(painting.weights / "svd")
    return painting


def test_the_scene_behind_the_presenter_moves(
    filming: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the words to the picture, from the picture to the loop, and the loop behind the presenter to the last frame."""
    few = replace(movers.SVD, pixels=64 * 64, frames=9)
    monkeypatch.setattr(diffusion, "svd", partial(diffusion.MotionDiffusion, few))
    allowed = ("osi", "use-limited", "unclear")
    registry = Registry(weights=filming.weights)
    movement = Movement(steps=2, amount=1.0)
    detail, _, artifacts = made(filming, registry, motion="moving", movement=movement, licences=allowed)
    parts = {part.stage: part for part in who_made(detail.nodes, detail.plan, detail.brief, engine_facts(registry))}
    assert (parts["motion"].by, parts["motion"].licence_class) == ("svd", "unclear")
    assert fallbacks_of(detail.plan) == ()
    frames = frames_of(detail, artifacts)
    body = range(75, len(frames) - 75)
    for number in (body[0], body[6], body[12], body[-1]):
        cv2.imwrite(str(tmp_path / f"frame-{number}.png"), frames[number])
    seen = np.array([frames[number][280:330, 250:270] for number in body], float)
    assert seen.std(axis=0).mean() > 1, "between the words and the presenter, it moves"
    loop = 25  # seven frames at seven a second, seen at 25
    again = np.abs(seen[loop : loop + 20] - seen[:20]).mean() if len(seen) > loop + 20 else 0
    assert again < 3, "and begins again"


def test_without_a_model_the_camera_moves_and_the_clip_says_so(painting: DataFolder) -> None:
    registry = Registry(weights=painting.weights)
    detail, _, _ = made(painting, registry, motion="moving")
    (fallen,) = fallbacks_of(detail.plan)
    assert (fallen.stage, fallen.used) == ("motion", "kenburns")
    assert "LTX-Video" in fallen.problem


def test_a_small_scene_gets_more_pixels_before_it_is_shown(
    painting: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.support.tiny_esrgan import save_realesrgan

    save_realesrgan(painting.weights / "realesrgan" / "RealESRGAN_x4plus.pth")
    small = replace(painters.SD15, pixels=256 * 256)
    monkeypatch.setattr(scene_diffusion, "sd15", partial(scene_diffusion.Diffusion, small))
    registry = Registry(weights=painting.weights)
    detail, scene, artifacts = made(painting, registry, upscale=True)
    parts = {part.stage: part for part in who_made(detail.nodes, detail.plan, detail.brief, engine_facts(registry))}
    assert (parts["upscale"].by, parts["upscale"].licence_class) == ("realesrgan", "osi")
    assert fallbacks_of(detail.plan) == ()
    (node,) = (node for node in detail.nodes if node.stage == "upscale")
    larger = read_document(node.document or {})
    assert isinstance(larger, Upscaled)
    assert cv2.imread(str(artifacts.fetch(larger.image))).shape[:2] == (larger.height, larger.width)
    assert (scene.width, larger.width, larger.times) == (256, 576, 2.25)


def test_a_presenter_is_learnt_first_and_the_clip_is_painted_with_them(
    painting: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One order: the graph has the training before the scene, and afterwards the presenter has a new version."""
    from producer.engines.training import lora
    from tests.support.tiny_training import TINY, pictures

    monkeypatch.setattr(lora, "train_sd15", partial(lora.LoraTraining, replace(painters.SD15, steps=2), presets=(TINY,), profile=TINY.id))  # fmt: skip
    artifacts = FolderStore(painting.artifacts)
    faces = pictures(artifacts)
    consent = Consent(statement="Tess agreed.", recorded_at="2026-05-03T10:00:00.000Z")
    spec = PresenterSpec(slug="tess", name="Tess", portraits=tuple(one.file for one in faces), consent=consent)
    order = TrainingOrder(engine="sd15", token="tess", pictures=faces, steps=4, sample_every=2, prior_pictures=1)
    with_writer(painting, partial(put_presenter, presenter=spec))
    detail, scene, _ = made(painting, Registry(weights=painting.weights), brief={"presenter": spec, "training": order})
    parts = {part.stage: part.by for part in who_made(detail.nodes, detail.plan, detail.brief, engine_facts(Registry(weights=painting.weights)))}  # fmt: skip
    assert (parts["training"], parts["scene"]) == ("train-sd15", "sd15")
    (node,) = (node for node in detail.nodes if node.stage == "training")
    learnt = read_document(node.document or {})
    assert isinstance(learnt, TrainedLora)
    assert scene.trained == (learnt.lora.sha256,)
    assert scene.prompt.startswith("tess person, ")
    with reading(painting.database) as db:
        (newest, first) = presenter_versions(db, "tess")
    assert [part.file for part in newest.presenter.trained] == [learnt.lora]
    assert first.presenter.trained == ()


def with_writer(painting: DataFolder, command: Callable[[Database], object]) -> None:
    writer = Writer(painting.database).start()
    try:
        writer.do(command)
    finally:
        writer.stop()
