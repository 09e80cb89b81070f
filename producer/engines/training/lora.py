"""A LoRA of a presenter, learnt from their pictures by the model that is to paint them.

    pictures, captions ─▶ training (checkpoints in the artifact store) ─▶ TrainedLora

Its profiles are the presets by device memory (`training/presets.py`). What was learnt belongs to the person it was learnt
from: it is kept with their presenter, used while they agree, and gone when they are forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from loguru import logger

from producer.engines.base import Context, EngineInfo, Stage
from producer.engines.models.engine import INSTALL, ModelEngine
from producer.engines.requests import TrainingRequest
from producer.engines.scene.painters import SD15, SDXL, Painter
from producer.recognition import ID, Faces
from producer.training.presets import PRESETS, Preset
from storage.artifacts import StageRecord, blobs_of
from storage.canonical import tagged_hash
from storage.learning import TrainedLora

if TYPE_CHECKING:
    from producer.training.loop import Likeness
    from producer.training.pupil import Pupil


@dataclass
class LoraTraining(ModelEngine[Painter, "Pupil"]):
    """Trains for one model."""

    stage: ClassVar[Stage] = "training"

    presets: tuple[Preset, ...] = ()
    likeness: Likeness | None = None
    """What compares samples with the person instead of the networks that know faces. Where neither is here, the loss on
    pictures that are held out decides."""

    @property
    def weights_name(self) -> str:
        """It learns beside the weights that paint."""
        return self.model.id

    @property
    def info(self) -> EngineInfo:
        """Whether faces are known is part of the weights: another checkpoint may then be the best."""
        preset, known = self._preset, "" if self._faces.problem else f"+{ID}"
        return EngineInfo(
            id=training_engine(self.model.id), stage=self.stage, version=self.version,
            title=f"LoRA training for {self.model.title}", code_licence=self.code_licence,
            weights_licence=self.model.licence, lane="gpu", memory_mb=preset.memory_mb,
            profiles=tuple(one.as_profile for one in self.presets), weights=self.fingerprint() + known,
            cures=(INSTALL, self._fetching()),
        )  # fmt: skip

    def run(self, request: TrainingRequest, context: Context) -> TrainedLora:
        """Raises BadInput for pictures that cannot be learnt from. After a Cancelled, or a crash, it goes on where it was."""
        from producer.training.checkpoint import Checkpoints
        from producer.training.loop import Training

        pupil, info, options, store = self.ready(), self.info, request.options, context.artifacts
        run = tagged_hash(
            "training/1",
            [info.id, info.version, info.weights, self._preset.id, options.model_dump(mode="json"), request.seed],
        )
        if (known := store.result(run)) is not None:
            made = known.read()
            if isinstance(made, TrainedLora) and all(store.holds(sha256) for sha256 in blobs_of(known.document)):
                return made
            store.discard_result(run)
        checkpoints = Checkpoints(store, run, info.id, info.version)
        training = Training(pupil, self.model.id, options, request.seed, checkpoints, context, self._compare())
        made = training.run()
        store.commit(run, StageRecord.of(made, info.id, info.version, 0.0))
        checkpoints.forget()
        for mark in training.marks:
            if mark.lora is not None and mark.lora != made.lora:
                store.discard(mark.lora.sha256)
        return made

    def _compare(self) -> Likeness | None:
        if self.likeness is not None:
            return self.likeness
        if problem := self._faces.problem:
            logger.warning("The best checkpoint is chosen by its held-out loss alone: {}", problem)
            return None
        return self._faces.compare

    @property
    def _faces(self) -> Faces:
        """Their networks are beside the weights that paint."""
        return Faces(self.weights_folder.parent if self.weights_folder else None)

    @property
    def _preset(self) -> Preset:
        return next((one for one in self.presets if one.id == self.profile), self.presets[0])

    def _open(self, folder: Path, device: str) -> Pupil:
        from producer.training.pupil import Pupil

        return Pupil(folder, self.model, self._preset, device)


def training_engine(painter: str) -> str:
    """The id of the engine that trains for one that paints."""
    return f"train-{painter}"


train_sd15 = partial(LoraTraining, SD15, presets=PRESETS["sd15"])
train_sdxl = partial(LoraTraining, SDXL, presets=PRESETS["sdxl"])
"""What the registry creates."""
