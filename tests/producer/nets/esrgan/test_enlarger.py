"""Real-ESRGAN's network, against what is known of the published one, and through files in its format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.proof
torch = pytest.importorskip("torch")

from config.errors import Cancelled, Unavailable  # noqa: E402
from producer.nets.esrgan.checkpoint import read_network  # noqa: E402
from producer.nets.esrgan.enlarger import Enlarger  # noqa: E402
from producer.nets.esrgan.network import RRDBNet, Shape  # noqa: E402
from tests.support.tiny_esrgan import save_realesrgan  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)  # networks this small are faster so


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return save_realesrgan(tmp_path / "RealESRGAN_x4plus.pth")


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


def enlarge(path: Path, picture: np.ndarray, tile: int = 400) -> np.ndarray:
    return Enlarger(path, tile, "cpu").enlarge(picture, lambda _done: None, lambda: None)


def test_it_has_the_published_layout() -> None:
    """x4plus: 702 tensors and 16,697,987 numbers, 67 MB at four bytes each."""
    with torch.device("meta"):
        network = RRDBNet(Shape(4, features=64, blocks=23, growth=32))
    tensors = network.state_dict()
    assert len(tensors) == 702
    assert sum(tensor.numel() for tensor in tensors.values()) == 16_697_987
    assert tuple(tensors["body.22.rdb3.conv5.weight"].shape) == (64, 192, 3, 3)


@pytest.mark.parametrize("times", [4, 2])
@pytest.mark.parametrize("size", [(20, 30), (21, 33)])
def test_a_picture_becomes_that_much_larger(tmp_path: Path, times: int, size: tuple[int, int]) -> None:
    path = save_realesrgan(tmp_path / "net.pth", times)
    assert enlarge(path, noise(*size)).shape == (size[0] * times, size[1] * times, 3)


@pytest.mark.parametrize("size", [(60, 50), (33, 71)])
def test_tiles_leave_no_seams(file: Path, size: tuple[int, int]) -> None:
    whole, tiled = (enlarge(file, noise(*size), tile).astype(int) for tile in (400, 24))
    assert np.abs(whole - tiled).max() <= 1


def test_numbers_come_through_unchanged(tmp_path: Path) -> None:
    """With nothing but the last layer's bias, every pixel is that bias."""
    path = save_realesrgan(tmp_path / "net.pth")
    saved = torch.load(path, weights_only=True)
    for name, tensor in saved["params_ema"].items():
        tensor.fill_(0.25 if name == "conv_last.bias" else 0)
    torch.save(saved, path)
    assert (enlarge(path, noise(9, 9)) == 64).all()


def test_it_tells_after_each_tile_and_stops_in_the_middle(file: Path) -> None:
    told = list[float]()
    enlarger = Enlarger(file, 20, "cpu")
    enlarger.enlarge(noise(40, 40), told.append, lambda: None)
    assert told == [0.25, 0.5, 0.75, 1.0]

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        enlarger.enlarge(noise(40, 40), told.append, stop)
    assert len(told) == 4


class _Bomb:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.path,)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def _malicious(path: Path) -> None:
    torch.save({"params_ema": _Bomb(path.parent / "boom")}, path)


def _other(path: Path) -> None:
    torch.save({"state_dict": {"module.conv.weight": torch.zeros(3)}}, path)


def _lacking(path: Path) -> None:
    saved = torch.load(path, weights_only=True)
    del saved["params_ema"]["conv_hr.bias"]
    torch.save(saved, path)


def _broken(path: Path) -> None:
    saved = torch.load(path, weights_only=True)
    saved["params_ema"]["conv_hr.bias"][0] = float("nan")
    torch.save(saved, path)


def _mismatched(path: Path) -> None:
    saved = torch.load(path, weights_only=True)
    saved["params_ema"]["conv_hr.bias"] = torch.zeros(9)
    torch.save(saved, path)


WRONG = {
    _cut_off: "cannot be read",
    _malicious: "could run as a program",
    _other: "holds no tensors under params_ema or params",
    _lacking: "1 of 72 tensors are missing, conv_hr.bias first",
    _broken: "conv_hr.bias holds what are no numbers",
    _mismatched: r"conv_hr.bias is \(9,\), not \(8,\)",
}


@pytest.mark.parametrize("spoil", WRONG, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_wrong_file_is_refused_in_one_line(file: Path, spoil: Callable[[Path], None]) -> None:
    spoil(file)
    with pytest.raises(Unavailable, match=WRONG[spoil]) as refused:
        read_network(file)
    assert "\n" not in str(refused.value)
    assert not (file.parent / "boom").exists(), "nothing in it ran"


def test_safetensors_are_read_too(file: Path) -> None:
    save = pytest.importorskip("safetensors.torch").save_file
    save(torch.load(file, weights_only=True)["params_ema"], file.with_name("realesrgan.safetensors"))
    picture = noise(12, 12)
    assert np.array_equal(enlarge(file, picture), enlarge(file.with_name("realesrgan.safetensors"), picture))
