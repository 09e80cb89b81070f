"""Weights and portraits that proofs fetch once, into the machine's temporary folder: one process at a time."""

from __future__ import annotations

import fcntl
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from producer.render.inputs import read_picture
from producer.weights import LOCK, pull

FOLDER = Path(tempfile.gettempdir()) / "dailies-proof"
PORTRAITS = Path(__file__).with_name("portraits.toml")


def weights(engine_id: str, lock: Path = LOCK) -> Path:
    """The folder of an engine's weights; `lock`: what pins them."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{engine_id}.turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return pull(engine_id, FOLDER, lambda *_: None, lock=lock)


def portrait_file(name: str) -> Path:
    """`name` without its ending."""
    folder = weights("portraits", PORTRAITS)
    (path,) = folder.glob(f"{name}.*")
    return path


def portrait(name: str) -> npt.NDArray[np.uint8]:
    """Opaque RGBA."""
    return read_picture(portrait_file(name))
