"""A LoRA is learnt from a few pictures by a tiny Stable Diffusion, on the processor, from the first step to the painted scene."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from config.errors import BadInput, Cancelled
from producer.engines.requests import SceneOptions, SceneRequest
from producer.engines.scene.diffusion import Diffusion
from producer.engines.scene.painters import SD15, SDXL, Painter
from producer.engines.training.lora import LoraTraining
from storage.artifacts import FolderStore
from storage.documents import Scene
from storage.learning import TrainedLora, TrainingCheckpoint, TrainingPicture
from storage.orders import Painting, Trained
from tests.support.cutting import context_in, store_in
from tests.support.pulled import portrait_file, weights
from tests.support.tiny_training import pictures, request, trainer

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::UserWarning")]
for _needed in ("torch", "diffusers", "transformers", "peft"):
    pytest.importorskip(_needed)

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch

    from tests.support.tiny_painters import save_sd15, save_sdxl

    torch.set_num_threads(1)  # networks this small are faster so
    folder = tmp_path_factory.mktemp("weights")
    save_sd15(folder / "sd15")
    save_sdxl(folder / "sdxl")
    return folder


@pytest.fixture(scope="module")
def ready(models: Path) -> Iterator[LoraTraining]:
    engine = trainer(models)
    engine.load("cpu")
    yield engine
    engine.unload()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="module")
def learnt(ready: LoraTraining, shop: Path) -> TrainedLora:
    """What an undisturbed training comes to."""
    return ready.run(request(store_in(shop)), context_in(shop, store_in(shop)))


def results(store: FolderStore, kind: type) -> list[object]:
    return [document for _, record in store.all_results() if isinstance(document := record.read(), kind)]


class TestWhatIsLearnt:
    def test_the_loss_falls_on_pictures_that_are_learnt_and_on_those_that_are_not(self, learnt: TrainedLora) -> None:
        assert [mark.step for mark in learnt.marks] == [8, 16, 24]
        for losses in ([mark.loss for mark in learnt.marks], [mark.held_out for mark in learnt.marks]):
            assert losses == sorted(losses, reverse=True), "the same noise each time: every look shows less"
            assert losses[-1] < 0.995 * losses[0]

    def test_the_best_is_kept_and_the_others_are_not(self, learnt: TrainedLora, shop: Path) -> None:
        assert learnt.chosen_by == "held-out loss"
        assert [mark.step for mark in learnt.marks if mark.lora] == [learnt.chosen]
        assert min(learnt.marks, key=lambda mark: mark.held_out).step == learnt.chosen
        assert results(store_in(shop), TrainingCheckpoint) == [], "what it went on from is gone"

    def test_samples_are_pictures(self, learnt: TrainedLora, shop: Path) -> None:
        for mark in learnt.marks:
            for sample in mark.samples:
                seen = cv2.imread(str(store_in(shop).fetch(sample)))
                assert seen is not None
                assert seen.shape == (64, 64, 3)

    def test_an_identity_decides_where_there_is_one(self, models: Path, tmp_path: Path) -> None:
        engine = replace(trainer(models), likeness=lambda samples, _: float(np.mean(samples[0])) % 1)
        engine.load("cpu")
        store = store_in(tmp_path)
        made = engine.run(request(store, steps=4, sample_every=2, prior=0), context_in(tmp_path, store))
        assert made.chosen_by == "identity"
        assert all(mark.identity is not None for mark in made.marks)

    def test_the_networks_that_know_faces_decide_where_they_are_pulled(self, models: Path, tmp_path: Path) -> None:
        """What so small a network paints shows nobody: 0, whatever the step, so that the least over-fit one is best."""
        for name in ("sd15", "photo", "identity"):
            (tmp_path / name).symlink_to(models / name if name == "sd15" else weights(name))
        engine, store = trainer(tmp_path), store_in(tmp_path)
        assert engine.info.weights == f"{trainer(models).info.weights}+identity", "another best one may be found"
        engine.load("cpu")
        own = tuple(TrainingPicture(file=store.put(portrait_file("astronaut"), "image/png")) for _ in range(5))
        made = engine.run(request(store, steps=4, sample_every=2, prior=0, pictures=own), context_in(tmp_path, store))
        assert (made.chosen_by, {mark.identity for mark in made.marks}) == ("identity", {0.0})
        assert min(made.marks, key=lambda mark: mark.held_out).step == made.chosen

    def test_too_few_pictures_are_refused(self, ready: LoraTraining, tmp_path: Path) -> None:
        store = store_in(tmp_path)
        with pytest.raises(BadInput, match="learnt from 5 or more"):
            ready.run(request(store, pictures=pictures(store, 4)), context_in(tmp_path, store))

    def test_the_network_is_afterwards_as_it_was(self, models: Path, ready: LoraTraining, learnt: TrainedLora) -> None:
        from safetensors.torch import load_file

        there = load_file(models / "sd15" / "unet" / "diffusion_pytorch_model.safetensors")
        now = ready.ready()._unet.state_dict()
        assert there.keys() == now.keys()
        assert all((there[name] == now[name]).all() for name in there)


class TestTheFile:
    def test_has_the_names_and_the_metadata_that_other_programs_read(self, learnt: TrainedLora, shop: Path) -> None:
        from safetensors import safe_open

        with safe_open(str(store_in(shop).fetch(learnt.lora)), "pt") as file:  # type: ignore[no-untyped-call]
            facts, names = file.metadata(), set(file.keys())
        stem = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_q"
        assert {f"{stem}.lora_down.weight", f"{stem}.lora_up.weight", f"{stem}.alpha"} <= names
        assert facts["ss_network_module"] == "networks.lora"
        assert (facts["ss_network_dim"], facts["ss_network_alpha"]) == ("4", "4.0")
        assert facts["ss_base_model_version"] == "sd_v1"
        assert facts["ss_steps"] == str(learnt.chosen)
        assert facts["ss_num_train_images"] == "5"
        assert facts["ss_optimizer"] == "AdamW"
        assert facts["modelspec.architecture"] == "stable-diffusion-v1/lora"
        assert facts["modelspec.trigger_phrase"] == "ana"

    @pytest.mark.parametrize("row", [SD15, SDXL], ids=lambda row: row.id)
    def test_is_read_by_the_engine_that_paints(self, models: Path, tmp_path: Path, row: Painter) -> None:
        """It changes what is painted; at weight nothing, and without it, everything is as it was."""
        store = store_in(tmp_path)
        engine = trainer(models, row)
        engine.load("cpu")
        made = engine.run(request(store, steps=8), context_in(tmp_path, store))
        assert made.engine == row.id
        painter = Diffusion(replace(row, pixels=64 * 64, steps=3), models / row.id)
        painter.load()

        def scene(*trained: Trained, loras: bool = True) -> Scene:
            wish = Painting(avoid="" if loras else "x")
            options = SceneOptions(description="a harbour", resolution=576, trained=trained, painting=wish)
            (tmp_path / "room").mkdir(exist_ok=True)
            return painter.run(SceneRequest(options, 7), context_in(tmp_path / "room", store))

        without = scene()
        weighed = [scene(Trained(engine=row.id, file=made.lora, weight=weight)) for weight in (1, 0, 1)]
        assert weighed[0].image != without.image
        assert weighed[0].image == weighed[2].image
        assert weighed[0].trained == (made.lora.sha256,)
        assert scene() == without, "it leaves no trace"
        plain = scene(Trained(engine=row.id, file=made.lora, weight=0))
        shown = [cv2.imread(str(store.fetch(one.image))).astype(int) for one in (weighed[0], plain)]
        assert np.abs(shown[0] - shown[1]).mean() > 0.05
        assert plain.prompt.endswith("photograph")

    def test_at_weight_nothing_restores_the_picture(self, models: Path, learnt: TrainedLora, shop: Path) -> None:
        from producer.nets.diffusion.pipeline import Picture, Pipeline

        path = shop / "ana.safetensors"
        path.write_bytes(store_in(shop).fetch(learnt.lora).read_bytes())
        pipe = Pipeline(models / "sd15", replace(SD15, pixels=64 * 64, steps=3), device="cpu")

        def paint(**loras: tuple[Path, float]) -> np.ndarray:
            asked = Picture(
                prompt="ana person", avoided="", width=64, height=64, steps=3, guidance=7.5, seed=3, loras=loras
            )
            return pipe.paint(asked, lambda _: None)[0]

        before = paint()
        assert not np.array_equal(paint(ana=(path, 1.0)), before)
        assert np.array_equal(paint(ana=(path, 0.0)), before)


class TestWhatIsInterrupted:
    def test_goes_on_after_it_was_cancelled_and_comes_to_the_same_file(
        self, ready: LoraTraining, learnt: TrainedLora, tmp_path: Path
    ) -> None:
        store, said = store_in(tmp_path), list[str]()
        for until in (3, 13):  # before the first mark, and between two
            context = context_in(
                tmp_path, store, cancelled=lambda n=until: any(f"step {n} " in word for word in said),
                progress=lambda _, word: said.append(word),
            )  # fmt: skip
            with pytest.raises(Cancelled):
                ready.run(request(store), context)
            kept = max(document.step for document in results(store, TrainingCheckpoint))  # type: ignore[attr-defined]
            assert kept == until, "it is kept where it stopped"
        said.clear()
        made = ready.run(request(store), context_in(tmp_path, store, progress=lambda _, word: said.append(word)))
        assert not any("step 12 " in word for word in said), "it went on"
        assert made == learnt

    def test_leaves_a_checkpoint_that_can_be_used(self, ready: LoraTraining, models: Path, tmp_path: Path) -> None:
        store, steps = store_in(tmp_path), list[str]()
        context = context_in(
            tmp_path, store, cancelled=lambda: any("step 9 " in word for word in steps),
            progress=lambda _, word: steps.append(word),
        )  # fmt: skip
        with pytest.raises(Cancelled):
            ready.run(request(store), context)
        (document,) = (found for found in results(store, TrainingCheckpoint) if found.step == 9)  # type: ignore[attr-defined]
        (mark,) = document.marks  # type: ignore[attr-defined]
        painter = Diffusion(replace(SD15, pixels=64 * 64, steps=2), models / "sd15")
        painter.load()
        part = Trained(engine="sd15", file=mark.lora, token="ana person")
        made = painter.run(SceneRequest(SceneOptions(title="Trams", trained=(part,))), context_in(tmp_path, store))
        assert made.prompt.startswith("ana person")

    def test_goes_on_from_the_other_checkpoint_when_one_is_damaged(
        self, ready: LoraTraining, learnt: TrainedLora, tmp_path: Path
    ) -> None:
        store, said = store_in(tmp_path), list[str]()
        context = context_in(
            tmp_path, store, cancelled=lambda: any("step 18 " in word for word in said),
            progress=lambda _, word: said.append(word),
        )  # fmt: skip
        with pytest.raises(Cancelled):
            ready.run(request(store), context)
        newest = max(results(store, TrainingCheckpoint), key=lambda found: found.step)  # type: ignore[attr-defined]
        blob = store.blob(newest.state.sha256)  # type: ignore[attr-defined]
        blob.chmod(0o600)
        blob.write_bytes(blob.read_bytes()[:-100])
        said.clear()
        made = ready.run(request(store), context_in(tmp_path, store, progress=lambda _, word: said.append(word)))
        assert any("step 17 " in word for word in said), "what was lost is done again"
        assert not any("step 15 " in word for word in said)
        assert made == learnt

    def test_goes_on_after_kill_9_and_comes_to_the_same_file(
        self, models: Path, ready: LoraTraining, learnt: TrainedLora, tmp_path: Path
    ) -> None:
        """A process of its own is killed in the middle of a step, after its first checkpoint."""
        program = textwrap.dedent(
            f"""
            import time, torch
            from pathlib import Path
            torch.set_num_threads(1)
            from tests.support.cutting import context_in, store_in
            from tests.support.tiny_training import request, trainer
            folder = Path({str(tmp_path)!r})
            def told(_fraction, words):
                print(words, flush=True)
                time.sleep(0.2)
            engine = trainer(Path({str(models)!r}))
            engine.load("cpu")
            engine.run(request(store_in(folder)), context_in(folder, store_in(folder), progress=told))
            """
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith("step 11 "):
                    break
            time.sleep(0.05)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL, "it was not done yet"
        store, said = store_in(tmp_path), list[str]()
        assert [found.step for found in results(store, TrainingCheckpoint)] == [8]  # type: ignore[attr-defined]
        made = ready.run(request(store), context_in(tmp_path, store, progress=lambda _, word: said.append(word)))
        assert not any("step 7 " in word for word in said), "it went on from its checkpoint"
        assert made == learnt, "the very same weights, and the very same samples on the way"
