"""Where a training keeps what it has come to, by name: what is asked while it runs, by whoever imports no network."""

from __future__ import annotations

from producer.engines.requests import TrainingOptions
from storage.artifacts import ArtifactStore
from storage.canonical import tagged_hash
from storage.learning import TrainingCheckpoint

PLACES = ("a", "b")
"""Two places are written in turn, so that whatever is killed while it writes leaves the other one."""


def run_of(engine: str, version: str, weights: str, preset: str, options: TrainingOptions, seed: int) -> str:
    """The name of a training: of everything that its course depends on."""
    return tagged_hash("training/1", [engine, version, weights, preset, options.model_dump(mode="json"), seed])


def place_key(run: str, place: str) -> str:
    """Under which result the checkpoint in one of the places is kept."""
    return f"{run}-{place}"


def read_place(store: ArtifactStore, run: str, place: str) -> TrainingCheckpoint | None:
    record = store.result(place_key(run, place))
    document = record.read() if record else None
    return document if isinstance(document, TrainingCheckpoint) else None


def furthest(store: ArtifactStore, run: str) -> TrainingCheckpoint | None:
    """How far it is, as far as it was kept; None before the first checkpoint and once it is over."""
    found = [one for place in PLACES if (one := read_place(store, run, place)) is not None]
    return max(found, key=lambda one: one.step, default=None)
