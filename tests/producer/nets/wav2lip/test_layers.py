"""The published network's layout: how many tensors, how many numbers, and shapes that fit each other."""

from __future__ import annotations

from itertools import pairwise
from math import prod

from producer.nets.wav2lip.layers import AUDIO, DOWN, UP, shapes


def test_a_checkpoint_holds_352_tensors_and_36_3_million_parameters() -> None:
    found = shapes()
    trained = {name: shape for name, shape in found.items() if "running" not in name and "tracked" not in name}
    assert len(found) == 352
    assert sum(prod(shape) for shape in trained.values()) == 36_298_035


def test_names_and_shapes_are_the_published_ones() -> None:
    found = shapes()
    assert found["face_encoder_blocks.0.0.conv_block.0.weight"] == (16, 6, 7, 7)
    assert found["face_encoder_blocks.2.3.conv_block.1.running_mean"] == (64,)
    assert found["audio_encoder.12.conv_block.0.weight"] == (512, 512, 1, 1)
    assert found["face_decoder_blocks.3.0.conv_block.0.weight"] == (768, 384, 3, 3)
    assert found["face_decoder_blocks.6.2.conv_block.1.num_batches_tracked"] == ()
    assert found["output_block.0.conv_block.0.weight"] == (32, 80, 3, 3)
    assert found["output_block.1.weight"] == (3, 32, 1, 1)


def test_each_layer_takes_what_the_one_before_gives() -> None:
    for block in (AUDIO, *DOWN, *UP):
        assert all(before.outputs == after.inputs for before, after in pairwise(block))
    given = [block[-1].outputs for block in UP]
    seen = [block[-1].outputs for block in reversed(DOWN)]
    takes = [block[0].inputs for block in UP[1:]] + [80]
    assert [x + y for x, y in zip(given, seen, strict=True)] == takes
