"""Weights that were damaged, or made to do harm, are refused in plain words, and nothing of them is run."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed: make proof")
from producer.nets import safetensors  # noqa: E402 - after it is known that torch is there
from producer.nets.wav2lip.checkpoint import read_checkpoint  # noqa: E402
from tests.support.damage import Parser, in_file, outcomes, samples  # noqa: E402

SMALL = (
    b'{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F16","shape":[0],"data_offsets":[24,24]}}'
)


def pickled() -> bytes:
    file = io.BytesIO()
    torch.save({"state_dict": {"a": torch.zeros(2, 3)}}, file)
    return file.getvalue()


PARSERS = {
    "safetensors": Parser(
        samples(len(SMALL).to_bytes(8, "little") + SMALL + bytes(24)),
        in_file("w.safetensors", safetensors.read),
        (ValueError,),
    ),
    "pickles": Parser(samples(), in_file("w.pth", read_checkpoint), spoilt=(pickled(),)),
}


@pytest.mark.parametrize("what", PARSERS)
@pytest.mark.parametrize("tries", [40, pytest.param(600, marks=pytest.mark.proof)])
def test_damaged_weights_are_read_or_refused(what: str, tries: int, tmp_path: Path) -> None:
    said = list(outcomes(PARSERS[what], tmp_path, tries, seed=tries))
    assert all(str(refusal) for refusal in said if refusal is not None)


def test_whole_weights_are_read(tmp_path: Path) -> None:
    for data in PARSERS["safetensors"].samples(tmp_path):
        assert set(PARSERS["safetensors"].read(data, tmp_path)) == {"a", "b"}  # type: ignore[call-overload]
