"""The voice encoder that Resemblyzer publishes: speech becomes 256 numbers, alike for one speaker and unlike for two.

    mono 16 kHz ─▶ loud enough, silence cut ─▶ mel, 40 × 100 a second ─▶ pieces of 1.6 s ─▶ 3 LSTM layers ─▶ mean of unit vectors

L. Wan and others, Generalized End-to-End Loss for Speaker Verification, ICASSP 2018 (arXiv:1710.10467). The weights are
Resemblyzer's (Apache-2.0), and so are the parameters (its `hparams.py`); how silence is cut is our own. The file is read
as numbers alone.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from config.errors import BadInput, Unavailable
from producer.nets.wav2lip.mel import slaney
from producer.speech.sound import Samples

ID, FILE = "speaker", "pretrained.pt"
RATE, WINDOW, HOP, MELS = 16_000, 400, 160, 40
PIECE, STEP = 160, 80
"""Columns of a piece (1.6 s), and from one piece to the next."""
SIZE, LAYERS = 256, 3
LEVEL_DB = -30.0
"""Below full scale: quieter sound is made as loud, louder is left."""
QUIET_DB = -30.0
"""Columns that are so far under the loud ones are cut: they say nothing of a voice."""
LEAST_S = 1.0
"""Of speech, that is: less says nothing."""
SAME = 0.75
"""From this likeness on it is taken for the same voice (see `tests/producer/nets/test_speaker.py` for how that was found)."""

Vector = npt.NDArray[np.float32]


class VoiceEncoder:
    """Loads in a tenth of a second; ten seconds of speech take about as long on one core."""

    def __init__(self, folder: Path) -> None:
        """`folder`: what `run.py pull speaker` filled. Raises Unavailable."""
        self._lstm = torch.nn.LSTM(MELS, SIZE, LAYERS, batch_first=True)
        self._linear = torch.nn.Linear(SIZE, SIZE)
        try:
            content = torch.load(folder / FILE, map_location="cpu", weights_only=True)["model_state"]
            self._lstm.load_state_dict({n[5:]: t for n, t in content.items() if n.startswith("lstm.")})
            self._linear.load_state_dict({n[7:]: t for n, t in content.items() if n.startswith("linear.")})
        except (OSError, RuntimeError, KeyError, TypeError, pickle.UnpicklingError) as error:
            raise Unavailable(f"{folder / FILE} is not what it should be.", f"Run `run.py pull {ID}`.") from error
        self._lstm.eval()

    def voice(self, sounds: Sequence[Samples]) -> Vector:
        """The unit vector of one voice from mono recordings at 16 kHz. Raises BadInput where nothing is said."""
        return _unit(np.concatenate([self.pieces(sound) for sound in sounds]).mean(axis=0))

    def pieces(self, sound: Samples) -> Vector:
        """(pieces, 256): a unit vector for every 0.8 seconds of speech. Raises BadInput where less than a second is said."""
        columns = spoken(mel(sound))
        if len(columns) < LEAST_S * RATE / HOP:
            raise BadInput("There is too little speech in it to know a voice by.", "Give a few seconds of one person.")
        if len(columns) < PIECE:
            columns = np.tile(columns, (-(-PIECE // len(columns)), 1))[:PIECE]
        starts = range(0, len(columns) - PIECE + 1, STEP)
        batch = torch.from_numpy(np.stack([columns[start : start + PIECE] for start in starts]))
        with torch.inference_mode():
            _, (hidden, _) = self._lstm(batch)
            found: Vector = torch.relu(self._linear(hidden[-1])).numpy()
        return _unit(found)


def likeness(one: Vector, other: Vector) -> float:
    """0..1: the cosine of two voices' vectors."""
    return float(np.clip(one @ other, 0.0, 1.0))


def mel(sound: Samples) -> Vector:
    """(columns, 40): power in Slaney's bands, 100 columns a second."""
    level = 10 * np.log10(float(np.mean(np.square(sound, dtype=np.float64))) + 1e-12)
    louder = sound * 10 ** (max(0.0, LEVEL_DB - level) / 20)
    padded = np.pad(louder, WINDOW // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    turn = 2 * np.pi * np.arange(WINDOW) / WINDOW
    heard = np.abs(np.fft.rfft(frames * (0.5 - 0.5 * np.cos(turn)), axis=1)) ** 2
    return np.asarray(heard @ slaney(MELS, WINDOW, RATE, 0.0, RATE / 2).T, np.float32)


def spoken(columns: Vector) -> Vector:
    """Without the columns in which nobody speaks."""
    power = 10 * np.log10(columns.sum(axis=1) + 1e-12)
    kept: Vector = columns[power > np.percentile(power, 95) + QUIET_DB] if len(columns) else columns
    return kept


def _unit(vectors: Vector) -> Vector:
    made: Vector = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return made
