"""Wav2Lip's generator, made for one face that says much.

    seen = network.see(faces)          once for a still
    pictures = network(mels, seen)     for every batch of frames

Two things are done once and change nothing but the time: batch normalisations are folded into the convolutions before
them; and where a face's features are joined to a frame's, the convolution is split by input channels, so that the
face's share of the sum is computed once and then only added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from producer.nets.wav2lip.layers import AUDIO, COLOUR, COLOUR_NAME, DOWN, EPSILON, OUT, UP, Block, Layer

Tensors = Mapping[str, Tensor]
Seen = tuple[Tensor, ...]
"""What a face adds at each join, deepest first."""


class Step(nn.Module):
    """One layer, its normalisation folded in."""

    def __init__(self, layer: Layer, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self._layer = layer
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.bias = None if bias is None else nn.Parameter(bias, requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        y = self.sum(x)
        return functional.relu_(y.add_(x) if self._layer.residual else y)

    def sum(self, x: Tensor) -> Tensor:
        """Before the ReLU."""
        layer = self._layer
        if layer.up:
            return functional.conv_transpose2d(
                x, self.weight, self.bias, layer.stride, layer.padding, layer.output_padding
            )
        return functional.conv2d(x, self.weight, self.bias, layer.stride, layer.padding)


class Join(nn.Module):
    """A layer over a frame's features and, beside them, a face's."""

    def __init__(self, layer: Layer, weight: Tensor, bias: Tensor, face_channels: int) -> None:
        super().__init__()
        channels, axis = [layer.inputs - face_channels, face_channels], 0 if layer.up else 1
        frame, face = weight.split(channels, dim=axis)
        self.frame, self.face = Step(layer, frame, None), Step(layer, face, bias)

    def forward(self, x: Tensor, seen: Tensor) -> Tensor:
        return functional.relu_(self.frame.sum(x).add_(seen))


class Network(nn.Module):
    """The generator; `tensors` as `checkpoint.read_checkpoint` gives them."""

    def __init__(self, tensors: Tensors) -> None:
        super().__init__()
        self.down = nn.ModuleList(_steps(tensors, f"face_encoder_blocks.{n}", b) for n, b in enumerate(DOWN))
        self.audio = _steps(tensors, "audio_encoder", AUDIO)
        self.start = _steps(tensors, "face_decoder_blocks.0", UP[0])
        deep = [block[-1].outputs for block in reversed(DOWN)]
        joins = [(f"face_decoder_blocks.{number}.0", block[0]) for number, block in enumerate(UP)][1:]
        joins.append(("output_block.0", OUT))
        self.joins = nn.ModuleList(
            Join(layer, *folded(tensors, name, layer), channels)
            for (name, layer), channels in zip(joins, deep, strict=True)
        )
        rest = [_steps(tensors, f"face_decoder_blocks.{n}", block, after=1) for n, block in enumerate(UP)][1:]
        self.rest = nn.ModuleList(rest)
        self.colour = Step(COLOUR, tensors[f"{COLOUR_NAME}.weight"], tensors[f"{COLOUR_NAME}.bias"])

    def see(self, faces: Tensor) -> Seen:
        """Of (B, 6, 96, 96): the face without its lower half, and the whole face, each BGR, 0..1. B is 1, or that of
        the windows that follow."""
        features = []
        x = faces
        for block in self.down:
            x = block(x)
            features.append(x)
        pairs = zip(self._joins(), reversed(features), strict=True)
        return tuple(join.face.sum(feature) for join, feature in pairs)

    def forward(self, mels: Tensor, seen: Seen) -> Tensor:
        """BGR pictures (B, 3, 96, 96), 0..1, of what is said in `mels` (B, 1, 80, 16)."""
        x = self.start(self.audio(mels))
        for join, added, block in zip(self._joins(), seen, [*self.rest, nn.Identity()], strict=True):
            x = block(join(x, added))
        return torch.sigmoid(self.colour.sum(x.to(self.colour.weight.dtype)))

    def _joins(self) -> list[Join]:
        return cast("list[Join]", list(self.joins))


def folded(tensors: Tensors, name: str, layer: Layer) -> tuple[Tensor, Tensor]:
    """Weights and bias of a convolution that does its batch normalisation too."""
    convolution, norm = f"{name}.conv_block.0", f"{name}.conv_block.1"
    scale = tensors[f"{norm}.weight"] / torch.sqrt(tensors[f"{norm}.running_var"] + EPSILON)
    along = (1, -1, 1, 1) if layer.up else (-1, 1, 1, 1)
    bias = (tensors[f"{convolution}.bias"] - tensors[f"{norm}.running_mean"]) * scale + tensors[f"{norm}.bias"]
    return tensors[f"{convolution}.weight"] * scale.reshape(along), bias


def _steps(tensors: Tensors, name: str, block: Block, after: int = 0) -> nn.Sequential:
    """The layers of a block, without its first `after` ones."""
    places = list(enumerate(block))[after:]
    return nn.Sequential(*(Step(layer, *folded(tensors, f"{name}.{place}", layer)) for place, layer in places))
