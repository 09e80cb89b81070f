"""The published network as a table: its layers, and the name and shape of every tensor of a checkpoint.

    mel (1, 80, 16) ──▶ audio ──▶ (512, 1, 1) ──▶ up 0 ──▶ up 1 ──▶ … ──▶ up 6 ──▶ out ──▶ face (3, 96, 96)
    face (6, 96, 96) ──▶ down 0 ──▶ … ──▶ down 6 ──────────┘ (joined by channels, the deepest first)

Each layer is a convolution with bias, a batch normalisation and a ReLU; a residual one adds its input before the ReLU.
The facts are those of the authors' repository (github.com/Rudrabha/Wav2Lip, `models/wav2lip.py`); none of its code is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SIDE = 96
"""Of the face that goes in and comes out, in pixels."""
MELS, COLUMNS = 80, 16
"""Of a window of speech."""
EPSILON = 1e-5
"""What the batch normalisations add to the variance."""


@dataclass(frozen=True)
class Layer:
    """A convolution, or a transposed one (`up`), that halves or doubles where `stride` says so."""

    inputs: int
    outputs: int
    kernel: int = 3
    stride: tuple[int, int] = (1, 1)
    padding: int = 1
    up: bool = False
    residual: bool = False

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """Shape of its weights."""
        ends = (self.inputs, self.outputs) if self.up else (self.outputs, self.inputs)
        return (*ends, self.kernel, self.kernel)

    @property
    def output_padding(self) -> int:
        """So that a transposed convolution doubles exactly."""
        return int(self.up and self.stride != (1, 1))


Block = tuple[Layer, ...]


def _conv(inputs: int, outputs: int, kernel: int = 3, stride: int | tuple[int, int] = 1, padding: int = 1) -> Layer:
    return Layer(inputs, outputs, kernel, stride if isinstance(stride, tuple) else (stride, stride), padding)


def _up(inputs: int, outputs: int, stride: int = 2, padding: int = 1) -> Layer:
    return Layer(inputs, outputs, 3, (stride, stride), padding, up=True)


def _same(channels: int, times: int) -> Block:
    return times * (Layer(channels, channels, residual=True),)


DOWN: tuple[Block, ...] = (
    (_conv(6, 16, 7, padding=3),),
    (_conv(16, 32, stride=2), *_same(32, 2)),
    (_conv(32, 64, stride=2), *_same(64, 3)),
    (_conv(64, 128, stride=2), *_same(128, 2)),
    (_conv(128, 256, stride=2), *_same(256, 2)),
    (_conv(256, 512, stride=2), *_same(512, 1)),
    (_conv(512, 512, padding=0), _conv(512, 512, 1, padding=0)),
)
AUDIO: Block = (
    _conv(1, 32), *_same(32, 2),
    _conv(32, 64, stride=(3, 1)), *_same(64, 2),
    _conv(64, 128, stride=3), *_same(128, 2),
    _conv(128, 256, stride=(3, 2)), *_same(256, 1),
    _conv(256, 512, padding=0), _conv(512, 512, 1, padding=0),
)  # fmt: skip
UP: tuple[Block, ...] = (
    (_conv(512, 512, 1, padding=0),),
    (_up(1024, 512, stride=1, padding=0), *_same(512, 1)),
    (_up(1024, 512), *_same(512, 2)),
    (_up(768, 384), *_same(384, 2)),
    (_up(512, 256), *_same(256, 2)),
    (_up(320, 128), *_same(128, 2)),
    (_up(160, 64), *_same(64, 2)),
)
OUT = _conv(80, 32)
COLOUR = _conv(32, 3, 1, padding=0)
"""The last layer: neither normalised nor cut off at nought, but brought to 0..1 by a sigmoid."""
COLOUR_NAME = "output_block.1"


def named_layers() -> Iterator[tuple[str, Layer]]:
    """Every normalised layer, by its name in a checkpoint."""
    for part, blocks in (("face_encoder_blocks", DOWN), ("face_decoder_blocks", UP)):
        for number, block in enumerate(blocks):
            for place, layer in enumerate(block):
                yield f"{part}.{number}.{place}", layer
    for place, layer in enumerate(AUDIO):
        yield f"audio_encoder.{place}", layer
    yield "output_block.0", OUT


def shapes() -> dict[str, tuple[int, ...]]:
    """Name → shape of all 352 tensors of a checkpoint."""
    found: dict[str, tuple[int, ...]] = {}
    for name, layer in named_layers():
        of = (layer.outputs,)
        found |= {f"{name}.conv_block.0.weight": layer.weight, f"{name}.conv_block.0.bias": of}
        found |= {f"{name}.conv_block.1.{what}": of for what in ("weight", "bias", "running_mean", "running_var")}
        found[f"{name}.conv_block.1.{COUNTER}"] = ()
    return found | {f"{COLOUR_NAME}.weight": COLOUR.weight, f"{COLOUR_NAME}.bias": (COLOUR.outputs,)}


COUNTER = "num_batches_tracked"
"""A whole number that only training looks at."""
