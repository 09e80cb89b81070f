"""Proof on files: the published format is read, and everything else is refused in one line that says why."""

from __future__ import annotations

import json
import os
import pickle
import struct
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: pip install 'dailies[torch]'")

from config.errors import Unavailable  # noqa: E402
from producer.nets.wav2lip.checkpoint import read_checkpoint  # noqa: E402
from producer.nets.wav2lip.layers import COUNTER, shapes  # noqa: E402
from producer.nets.wav2lip.random_weights import random_tensors, save_random  # noqa: E402

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weights") / "wav2lip_gan.pth"
    save_random(path, seed=5)
    return path


def hollow(**changes: object) -> dict[str, object]:
    """All tensors by their published names, each of one number that is stored once."""
    tensors: dict[str, object] = {
        f"module.{name}": torch.tensor(1) if name.endswith(COUNTER) else torch.full((1,), 0.5).expand(shape)
        for name, shape in shapes().items()
    }
    tensors.update({f"module.{name}": value for name, value in changes.items()})
    return {name: value for name, value in tensors.items() if value is not None}


def why(path: Path) -> str:
    with pytest.raises(Unavailable) as refused:
        read_checkpoint(path)
    assert "\n" not in str(refused.value)
    assert str(path) in refused.value.cure
    return refused.value.message


def saved(path: Path, content: object, **how: object) -> Path:
    torch.save(content, path, **how)
    return path


def safetensors(path: Path, tensors: dict[str, torch.Tensor]) -> Path:
    header, parts, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        parts.append(tensor.numpy().tobytes())
        kind, end = "I64" if tensor.dtype == torch.int64 else "F32", at + len(parts[-1])
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [at, end]}  # type: ignore[dict-item]
        at = end
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))
    return path


class TestWhatIsRead:
    def test_is_the_published_format(self, published: Path) -> None:
        read = read_checkpoint(published)
        assert all(torch.equal(read[name].long() if name.endswith(COUNTER) else read[name], tensor) for name, tensor in random_tensors(5).items())  # fmt: skip
        assert set(read) == set(shapes())

    def test_is_the_older_file_format_too_and_names_without_their_prefix(self, tmp_path: Path) -> None:
        plain = {name.removeprefix("module."): tensor for name, tensor in hollow().items()}
        path = saved(tmp_path / "old.pth", {"state_dict": plain}, _use_new_zipfile_serialization=False)
        assert set(read_checkpoint(path)) == set(shapes())

    def test_is_a_safetensors_file_of_the_same_tensors(self, tmp_path: Path) -> None:
        tensors = random_tensors(5)
        read = read_checkpoint(safetensors(tmp_path / "wav2lip.safetensors", tensors))
        assert all(torch.equal(read[name].to(tensor.dtype), tensor) for name, tensor in tensors.items())

    def test_may_carry_what_training_left_beside_it(self, tmp_path: Path) -> None:
        left = {"optimizer": {"state": {0: {"step": 3, "exp_avg": torch.zeros(2)}}}, "global_step": 7}
        assert len(read_checkpoint(saved(tmp_path / "wav2lip.pth", {"state_dict": hollow(), **left}))) == 352


class TestWhatIsRefused:
    @pytest.mark.parametrize("share", [0.001, 0.3, 0.9, 0.9999])
    def test_is_what_was_cut_off(self, published: Path, tmp_path: Path, share: float) -> None:
        whole = published.read_bytes()
        path = tmp_path / "wav2lip.pth"
        path.write_bytes(whole[: int(share * len(whole))])
        assert "cut off" in why(path)

    @pytest.mark.parametrize("content", [b"", b"not a model", b"\x89PNG\r\n\x1a\n" + bytes(64), b"PK\x03\x04" + bytes(64)])  # fmt: skip
    @pytest.mark.parametrize("ending", ["pth", "safetensors"])
    def test_is_another_kind_of_file(self, tmp_path: Path, content: bytes, ending: str) -> None:
        path = tmp_path / f"wav2lip.{ending}"
        path.write_bytes(content)
        assert "is no Wav2Lip checkpoint" in why(path)

    @pytest.mark.parametrize("as_zip", [True, False])
    def test_is_what_would_run_as_a_program(self, tmp_path: Path, as_zip: bool) -> None:
        marker = tmp_path / "was here"

        class Evil:
            def __reduce__(self) -> tuple[object, ...]:
                return os.mkdir, (str(marker),)

        path = tmp_path / "wav2lip.pth"
        if as_zip:
            saved(path, {"state_dict": hollow(), "more": Evil()})
        else:
            path.write_bytes(pickle.dumps({"state_dict": Evil()}, protocol=2))
        assert "could run as a program" in why(path)
        assert not marker.exists()

    def test_is_what_lacks_tensors(self, tmp_path: Path) -> None:
        lacking = hollow(**{"output_block.1.bias": None, "output_block.1.weight": None})
        assert "2 of 352 tensors are missing, output_block.1.weight first" in why(
            saved(tmp_path / "wav2lip.pth", {"state_dict": lacking})
        )

    def test_is_what_belongs_to_another_network(self, tmp_path: Path) -> None:
        foreign = hollow(**{"style.weight": torch.zeros(1)})
        assert "another network, style.weight" in why(saved(tmp_path / "wav2lip.pth", {"state_dict": foreign}))

    def test_is_what_has_another_shape(self, tmp_path: Path) -> None:
        larger = hollow(**{"output_block.1.bias": torch.zeros(4)})
        assert "output_block.1.bias is (4,), not (3,)" in why(saved(tmp_path / "wav2lip.pth", {"state_dict": larger}))

    @pytest.mark.parametrize("value", [torch.full((3,), float("nan")), torch.zeros(3, dtype=torch.int64)])
    def test_is_what_holds_no_numbers(self, tmp_path: Path, value: torch.Tensor) -> None:
        broken = hollow(**{"output_block.1.bias": value})
        assert "output_block.1.bias holds what are no numbers" in why(saved(tmp_path / "w.pth", {"state_dict": broken}))

    @pytest.mark.parametrize("content", [[1, 2], {"state_dict": {"a": 1}}, torch.zeros(2), {}])
    def test_is_what_holds_no_state(self, tmp_path: Path, content: object) -> None:
        assert "is no Wav2Lip checkpoint" in why(saved(tmp_path / "wav2lip.pth", content))

    @pytest.mark.parametrize("offsets", [[0, 8], [0, 4_000], [-4, 8], [8, 4]])
    def test_is_a_safetensors_file_that_points_elsewhere(self, tmp_path: Path, offsets: list[int]) -> None:
        header = json.dumps({"a": {"dtype": "F32", "shape": [3], "data_offsets": offsets}}).encode()
        path = tmp_path / "wav2lip.safetensors"
        path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(12))
        assert "is no Wav2Lip checkpoint" in why(path)
