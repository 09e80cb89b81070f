"""Real-ESRGAN checkpoints of a few random numbers, in the published format."""

from __future__ import annotations

from pathlib import Path

import torch

from producer.nets.esrgan.network import RRDBNet, Shape


def save_realesrgan(path: Path, times: int = 4, seed: int = 0) -> Path:
    torch.manual_seed(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    network = RRDBNet(Shape(times, features=8, blocks=2, growth=4))
    torch.save({"params_ema": network.state_dict()}, path)
    return path
