"""How like one voice a recording is, and the best part of one: python -m producer.likeness WEIGHTS like FILE SAMPLE …

It comes from outside, and what hears it is large: a process of its own, which prints one JSON object.

    like FILE SAMPLE …   {"likeness": 0.91, "same": true}
    part FILE            {"start_s": 12.0, "end_s": 22.0, "snr_db": 38.1, "faults": [], …}
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from config.errors import BadInput, DailiesError, Unavailable
from producer.speech.intake import read_sound
from producer.speech.reference import Alike, best_part
from producer.speech.sound import Samples
from producer.weights import read_lock

if TYPE_CHECKING:
    from producer.nets.speaker.encoder import VoiceEncoder

ID = "speaker"
RATE, LONGEST_S = 16_000, 600.0
FEW = 5
"""Percent of the pairs: a cough is not another speaker."""


def encoder(weights: Path | None) -> VoiceEncoder:
    """`weights`: the folder of all weights. Raises Unavailable."""
    if weights is None or read_lock()[ID].missing(weights / ID):
        raise Unavailable("The voice encoder is not installed.", f"Run `run.py pull {ID}`.")
    if find_spec("torch") is None:
        raise Unavailable("The voice encoder needs torch.", 'pip install "dailies[torch]"')
    from producer.nets.speaker.encoder import VoiceEncoder

    return VoiceEncoder(weights / ID)


def like(weights: Path, file: Path, samples: list[Path]) -> dict[str, Any]:
    """Raises Unavailable, BadInput."""
    from producer.nets.speaker.encoder import SAME, likeness

    ears = encoder(weights)
    found = likeness(ears.voice([_read(file)]), ears.voice([_read(sample) for sample in samples]))
    return {"likeness": round(found, 3), "same": found >= SAME}


def part(weights: Path, file: Path) -> dict[str, Any]:
    """The best ten seconds; whether it is one speaker is told where the encoder is here. Raises BadInput."""
    return asdict(best_part(_read(file), RATE, alike=alike(weights)))


def alike(weights: Path | None) -> Alike | None:
    """How alike the pieces of a stretch are; None where the encoder is not here."""
    try:
        ears = encoder(weights)
    except Unavailable:
        return None

    def told(sound: Samples) -> float:
        try:
            pieces = ears.pieces(sound)
        except BadInput:
            return 0.0
        return least_alike(pieces)

    return told


def least_alike(pieces: npt.NDArray[np.float32]) -> float:
    """How alike the least alike of these unit vectors are, but for a few pairs; 1 where there is only one of them."""
    pairs = (pieces @ pieces.T)[np.triu_indices(len(pieces), 1)]
    return float(np.percentile(pairs, FEW)) if len(pairs) else 1.0


def _read(path: Path) -> Samples:
    return read_sound(path, RATE, LONGEST_S)


def main(arguments: list[str]) -> dict[str, Any]:
    weights, what, file, *samples = arguments
    try:
        if what == "like":
            return like(Path(weights), Path(file), [Path(one) for one in samples])
        return part(Path(weights), Path(file))
    except DailiesError as error:
        return {"fault": error.message, "cure": error.cure}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
