"""A person to learn, of whom there are a few small pictures; and an engine that learns quickly, from a tiny network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from producer.engines.requests import TrainingOptions, TrainingRequest
from producer.engines.scene.painters import SD15, Painter
from producer.engines.training.lora import LoraTraining
from producer.training.presets import Preset
from storage.artifacts import FolderStore
from storage.learning import TrainingPicture

TINY = Preset(id="tiny", memory_mb=0, pixels=64, rank=4, batch=2, rate=0.02)


def picture(number: int) -> np.ndarray:
    """A face of a kind: a disc that looks a little to one side, BGR."""
    seen = np.full((96, 96, 3), (90 + 6 * number, 120, 60), np.uint8)
    cv2.circle(seen, (44 + number % 5, 48), 30, (140, 170, 230), -1, cv2.LINE_AA)
    for side in (-11, 11):
        cv2.circle(seen, (46 + number % 5 + side, 42), 4, (40, 30, 20), -1, cv2.LINE_AA)
    return seen


def pictures(store: FolderStore, count: int = 6) -> tuple[TrainingPicture, ...]:
    found = []
    for number in range(count):
        _, data = cv2.imencode(".png", picture(number))
        found.append(TrainingPicture(file=store.put_bytes(data.tobytes(), "image/png"), caption=f"ana person {number}"))
    return tuple(found)


def request(store: FolderStore, **options: object) -> TrainingRequest:
    asked = {"steps": 24, "sample_every": 8, "prior_pictures": 2, "pictures": pictures(store), **options}
    return TrainingRequest(TrainingOptions(presenter="ana", token="ana", **asked), seed=5)  # type: ignore[arg-type]


def trainer(weights: Path, painter: Painter = SD15) -> LoraTraining:
    """For the tiny model below that folder of weights."""
    row = replace(painter, pixels=64 * 64, steps=2)
    return LoraTraining(row, weights / painter.id, TINY.id, presets=(TINY,))
