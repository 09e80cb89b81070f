"""Where a training stands, in the artifact store: whoever takes it up next goes on from there, on this machine or another.

Two places are written in turn, so that whatever is killed while it writes leaves the other one. Only tensors are kept:
nothing in a checkpoint can run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save

from config.errors import Corrupt
from producer.training.pupil import Weights
from storage.artifacts import ArtifactStore, StageRecord
from storage.learning import TrainingCheckpoint

PLACES = ("a", "b")
MEDIA_TYPE = "application/x-safetensors"
STATE = "optimiser"


@dataclass(frozen=True)
class Checkpoints:
    """Of one training, which `run` names. `engine` and `version` made them."""

    store: ArtifactStore
    run: str
    engine: str
    version: str

    def newest(self) -> tuple[TrainingCheckpoint, Weights] | None:
        """The one that is furthest, and its tensors. One that is damaged is forgotten."""
        found = [(document, place) for place in PLACES if (document := self._read(place)) is not None]
        for document, place in sorted(found, key=lambda pair: -pair[0].step):
            try:
                return document, _tensors(self.store.fetch(document.state))
            except (Corrupt, SafetensorError):
                self.store.discard(document.state.sha256)
                self.store.discard_result(self._key(place))
        return None

    def keep(self, checkpoint: TrainingCheckpoint) -> None:
        """In the place of the older one, whose tensors go."""
        there = {place: self._read(place) for place in PLACES}
        place = min(PLACES, key=lambda name: before.step if (before := there[name]) else -1)
        self.store.discard_result(self._key(place))
        self.store.commit(self._key(place), StageRecord.of(checkpoint, self.engine, self.version, 0.0))
        old = there[place]
        if old is not None and all(old.state != other.state for other in (checkpoint, *filter(None, (there[n] for n in PLACES if n != place)))):  # fmt: skip
            self.store.discard(old.state.sha256)

    def forget(self) -> None:
        """The training is over."""
        for place in PLACES:
            document = self._read(place)
            self.store.discard_result(self._key(place))
            if document is not None:
                self.store.discard(document.state.sha256)

    def _read(self, place: str) -> TrainingCheckpoint | None:
        record = self.store.result(self._key(place))
        document = record.read() if record else None
        return document if isinstance(document, TrainingCheckpoint) else None

    def _key(self, place: str) -> str:
        return f"{self.run}-{place}"


def state_of(optimiser: torch.optim.Optimizer) -> Weights:
    """An optimiser's moments and steps, as tensors by name."""
    return {
        f"{STATE}.{number}.{name}": (value if isinstance(value, torch.Tensor) else torch.tensor(value)).detach().cpu()
        for number, one in optimiser.state_dict()["state"].items()
        for name, value in one.items()
    }


def restore(optimiser: torch.optim.Optimizer, tensors: Weights) -> None:
    """Whole numbers come back as such: the optimiser in 8 bits counts its steps so."""
    state: dict[int, dict[str, object]] = {}
    for full, tensor in tensors.items():
        kind, number, name = ([*full.split(".", 2), "", ""])[:3]
        if kind == STATE:
            whole = tensor.dtype == torch.int64 and tensor.dim() == 0
            state.setdefault(int(number), {})[name] = int(tensor) if whole else tensor
    optimiser.load_state_dict({**optimiser.state_dict(), "state": state})


def to_bytes(tensors: Weights) -> bytes:
    return bytes(save({name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}))


def _tensors(path: Path) -> Weights:
    return dict(load_file(path))
