"""What a training has come to is found by whoever asks while it runs: the checkpoint that is furthest, of that training alone."""

from __future__ import annotations

from pathlib import Path

from producer.engines.requests import TrainingOptions
from producer.training.progress import PLACES, furthest, place_key, run_of
from storage.artifacts import FolderStore, StageRecord
from storage.documents import ArtifactRef
from storage.learning import TrainingCheckpoint, TrainingPicture

FILE = ArtifactRef(sha256="a" * 64, media_type="image/png", size=1)
COURSE = TrainingOptions(presenter="ana", token="ana", pictures=(TrainingPicture(file=FILE),))


def test_the_furthest_checkpoint_of_a_training_is_found_and_no_other_trainings(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    run = run_of("train-sd15", "1", "w", "8gb", COURSE, 0)
    assert furthest(store, run) is None
    for place, step in zip(PLACES, (150, 100), strict=True):
        checkpoint = TrainingCheckpoint(presenter="ana", step=step, state=FILE)
        store.commit(place_key(run, place), StageRecord.of(checkpoint, "train-sd15", "1", 0.0))
    found = furthest(store, run)
    assert found is not None
    assert found.step == 150
    longer = run_of("train-sd15", "1", "w", "8gb", COURSE.model_copy(update={"steps": 2000}), 0)
    assert furthest(store, longer) is None
