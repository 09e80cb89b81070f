"""Proof on random weights: our network is the published one, though it folds, splits and sees a face only once."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: pip install 'dailies[torch]'")
from torch.nn import functional as F  # noqa: E402

from producer.nets.wav2lip.layers import shapes  # noqa: E402
from producer.nets.wav2lip.network import Network  # noqa: E402
from producer.nets.wav2lip.random_weights import random_tensors  # noqa: E402
from producer.nets.wav2lip.speaker import Speaker  # noqa: E402

pytestmark = pytest.mark.proof

EXACT = 1e-9


@pytest.fixture(scope="module")
def tensors() -> dict[str, torch.Tensor]:
    return {name: t.double() if t.is_floating_point() else t for name, t in random_tensors(3).items()}


@pytest.fixture(scope="module")
def face() -> torch.Tensor:
    return torch.rand(1, 6, 96, 96, dtype=torch.float64, generator=torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def heard() -> torch.Tensor:
    return torch.randn(3, 1, 80, 16, dtype=torch.float64, generator=torch.Generator().manual_seed(2))


def layer(t, name, x, stride=1, padding=1, up=False):
    """A convolution, a batch normalisation, the input again where the shape is kept, a ReLU: as published."""
    conv, norm = f"{name}.conv_block.0", f"{name}.conv_block.1"
    weight, bias = t[f"{conv}.weight"], t[f"{conv}.bias"]
    y = F.conv_transpose2d(x, weight, bias, stride, padding, stride - 1) if up else F.conv2d(x, weight, bias, stride, padding)  # fmt: skip
    y = F.batch_norm(y, *(t[f"{norm}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")), eps=1e-5)
    kept = not up and stride == 1 and padding == 1 and weight.shape[0] == weight.shape[1]
    return F.relu(y + x if kept else y)


def published(t, mels, faces):
    """The whole network without a shortcut, by the strides and paddings of the authors' description."""
    x = mels
    for place, stride in enumerate([1, 1, 1, (3, 1), 1, 1, 3, 1, 1, (3, 2), 1, 1, 1]):
        x = layer(t, f"audio_encoder.{place}", x, stride, 0 if place > 10 else 1)
    seen, y = [], faces
    for block, (count, stride, padding) in enumerate([(1, 1, 3), (3, 2, 1), (4, 2, 1), (3, 2, 1), (3, 2, 1), (2, 2, 1), (2, 1, 0)]):  # fmt: skip
        for place in range(count):
            first = place == 0
            y = layer(t, f"face_encoder_blocks.{block}.{place}", y, stride if first else 1, padding if first or not padding else 1)  # fmt: skip
        seen.append(y)
    for block, count in enumerate([1, 2, 3, 3, 3, 3, 3]):
        for place in range(count):
            name = f"face_decoder_blocks.{block}.{place}"
            up = place == 0 and block > 0
            x = layer(t, name, x, 2 if up and block > 1 else 1, 0 if block == 0 or (up and block == 1) else 1, up)
        x = torch.cat([x, seen.pop()], dim=1)
    x = layer(t, "output_block.0", x)
    return torch.sigmoid(F.conv2d(x, t["output_block.1.weight"], t["output_block.1.bias"]))


def test_pictures_are_those_of_the_published_network(tensors, face, heard) -> None:
    network = Network(tensors)
    with torch.inference_mode():
        made, expected = network(heard, network.see(face)), published(tensors, heard, face.expand(3, -1, -1, -1))
    assert made.shape == (3, 3, 96, 96)
    assert expected.std() > 0.05, "random weights must let something through, or this shows nothing"
    assert (made - expected).abs().max() < EXACT


def test_a_face_that_is_seen_once_is_as_good_as_one_seen_for_every_frame(tensors, face, heard) -> None:
    network = Network(tensors)
    with torch.inference_mode():
        once, each = network(heard, network.see(face)), network(heard, network.see(face.expand(3, -1, -1, -1)))
    assert (once - each).abs().max() < EXACT


def test_folding_costs_nothing_in_the_precision_that_runs(face, heard) -> None:
    tensors = random_tensors(3)
    network = Network(tensors)
    with torch.inference_mode():
        made = network(heard.float(), network.see(face.float()))
        expected = published(tensors, heard.float(), face.float().expand(3, -1, -1, -1))
    assert (made - expected).abs().mean() < 1e-5


def test_half_precision_changes_what_nobody_sees(face, heard) -> None:
    speaker, network = Speaker(random_tensors(3), "cpu"), Network(random_tensors(3))
    faces, said = face[0].float().numpy(), heard.float().numpy()
    made = speaker.pictures(said, speaker.see(faces))
    with torch.inference_mode():
        expected = network(torch.from_numpy(said), network.see(torch.from_numpy(faces[None])))
    assert made.shape == (3, 96, 96, 3)
    difference = abs(made.astype(float) - 255 * expected.permute(0, 2, 3, 1).numpy())
    assert difference.mean() < 3, "of 255"


def test_shapes_follow_from_the_same_table_as_the_layers(tensors) -> None:
    assert {name: tuple(t.shape) for name, t in tensors.items()} == shapes()


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU here")
def test_a_gpu_makes_the_same_pictures(face, heard) -> None:
    on_cpu, on_gpu = Speaker(random_tensors(3), "cpu"), Speaker(random_tensors(3), "cuda")
    assert on_gpu.precision == torch.float16
    faces, said = face[0].float().numpy(), heard.float().numpy()
    made, expected = (s.pictures(said, s.see(faces)).astype(float) for s in (on_gpu, on_cpu))
    assert abs(made - expected).mean() < 3, "of 255"
    on_gpu.close()
