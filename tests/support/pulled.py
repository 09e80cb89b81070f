"""Weights and portraits that proofs fetch once, into the machine's temporary folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from producer.render.inputs import read_picture
from producer.weights import pull

FOLDER = Path(tempfile.gettempdir()) / "dailies-proof"
PORTRAITS = Path(__file__).with_name("portraits.toml")


def weights(engine_id: str) -> Path:
    return pull(engine_id, FOLDER, lambda *_: None)


def portrait_file(name: str) -> Path:
    """`name` without its ending."""
    folder = pull("portraits", FOLDER, lambda *_: None, lock=PORTRAITS)
    (path,) = folder.glob(f"{name}.*")
    return path


def portrait(name: str) -> npt.NDArray[np.uint8]:
    """Opaque RGBA."""
    return read_picture(portrait_file(name))
