"""Reading safetensors files: a header that says where each tensor lies, and the tensors. Nothing in them can run.

    8 bytes: length of the header, little-endian │ header, JSON │ tensors

The format is documented at huggingface.co/docs/safetensors.
"""

from __future__ import annotations

import json
from math import prod
from pathlib import Path
from typing import Any

import torch

DTYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
    "I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool,
}  # fmt: skip
LONGEST_HEADER = 100_000_000


def read(path: Path) -> dict[str, torch.Tensor]:
    """Raises ValueError, with the reason, for what is no whole safetensors file."""
    data = bytearray(path.read_bytes())
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > min(len(data) - 8, LONGEST_HEADER):
        raise ValueError("its header is cut off")
    try:
        header: dict[str, Any] = json.loads(data[8 : 8 + length])
        entries = [(name, entry) for name, entry in header.items() if name != "__metadata__"]
        return {name: _tensor(entry, memoryview(data)[8 + length :]) for name, entry in entries}
    except (UnicodeDecodeError, json.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
        raise ValueError("its header makes no sense") from error


def _tensor(entry: dict[str, Any], tensors: memoryview) -> torch.Tensor:
    dtype, shape = DTYPES[entry["dtype"]], [int(side) for side in entry["shape"]]
    begin, end = (int(place) for place in entry["data_offsets"])
    if not 0 <= begin <= end <= len(tensors) or min(shape, default=0) < 0:
        raise ValueError("it is cut off")
    if end - begin != prod(shape) * dtype.itemsize:
        raise ValueError("a tensor is not as long as its shape says")
    if end == begin:
        return torch.empty(shape, dtype=dtype)
    return torch.frombuffer(tensors[begin:end], dtype=dtype).reshape(shape)
