"""A model in diffusers' folder format, looked at without loading it: is it whole, and is it only numbers?

    model_index.json                              which pipeline, and the class of each part
    unet/config.json
    unet/diffusion_pytorch_model.safetensors      or …fp16.safetensors, or shards that an …index.json lists
    text_encoder/model.safetensors
    tokenizer/ scheduler/                         text files
    loras/NAME.safetensors                        ours: what shows may add

Pickled weights (.bin, .ckpt, .pt) are never read: a pickle can run as a program.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

INDEX = "model_index.json"
LORAS = "loras"
LIBRARIES = ("diffusers", "transformers")
PICKLES = (".bin", ".ckpt", ".pt", ".pth")
PARTS_WITHOUT_WEIGHTS = ("Tokenizer", "Scheduler", "Processor", "FeatureExtractor", "Discrete")
SPARING, SPARED = "StableDiffusionPipeline", ("safety_checker", "feature_extractor", "image_encoder")
"""The pipeline that works without some of its parts, and which."""
LONGEST_HEADER = 100_000_000
SAMPLES, SAMPLE = 64, 4096
"""How many pieces of how many bytes of each file make its fingerprint."""


class Unfit(ValueError):
    """Why a folder cannot be loaded, as the end of a sentence: “it …”."""


def examine(folder: Path, pipeline: str) -> tuple[Path, ...]:
    """The folder's weight files. Raises Unfit for whatever is not whole, not safetensors, or another model's."""
    index = _json(folder / INDEX)
    if index.get("_class_name") != pipeline:
        raise Unfit(f"it holds a {index.get('_class_name', 'nameless thing')}, not a {pipeline}")
    files: list[Path] = []
    for name, kind in index.items():
        if name.startswith("_") or not isinstance(kind, list) or len(kind) != 2 or kind[0] is None:
            continue
        library, part = map(str, kind)
        if library not in LIBRARIES and library != "stable_diffusion":  # the safety checker's, inside diffusers
            raise Unfit(f"its part {name} comes from {library}, which is not trusted")
        if not (folder / name).is_dir():
            if pipeline == SPARING and name in SPARED:
                continue
            raise Unfit(f"its part {name} is missing")
        if not any(word in part for word in PARTS_WITHOUT_WEIGHTS):
            files += _weights(folder / name)
    for file in files:
        whole(file)
    return tuple(files)


def whole(path: Path) -> None:
    """Raises Unfit unless it is a whole safetensors file: a header, and as many bytes as that promises."""
    size, (length, tensors) = path.stat().st_size, _header(path)
    try:
        last = max((int(tensor["data_offsets"][1]) for tensor in tensors.values()), default=0)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Unfit(f"{_named(path)} is no safetensors file") from error
    if 8 + length + last != size:
        raise Unfit(f"{_named(path)} is cut off: {size} of {8 + length + last} bytes are here")


def tensor_names(part: Path) -> set[str]:
    """The names of all tensors of a part. Raises Unfit."""
    return {name for file in _weights(part) for name in _header(file)[1]}


def _header(path: Path) -> tuple[int, dict[str, Any]]:
    """The header's length in bytes, and what it says of each tensor."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if size < 8 or length > min(size - 8, LONGEST_HEADER):
                raise Unfit(f"{_named(path)} is no safetensors file, or cut off")
            header = json.loads(file.read(length))
    except OSError as error:
        raise Unfit(f"{_named(path)} cannot be read") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Unfit(f"{_named(path)} is no safetensors file") from error
    if not isinstance(header, dict):
        raise Unfit(f"{_named(path)} is no safetensors file")
    return length, {name: tensor for name, tensor in header.items() if name != "__metadata__"}


def variant_of(files: tuple[Path, ...]) -> str | None:
    """fp16, where the files are called so."""
    return "fp16" if any(".fp16" in file.name for file in files) else None


def loras_of(folder: Path) -> dict[str, Path]:
    """The LoRAs beside a model, by name."""
    return {path.stem: path for path in sorted((folder / LORAS).glob("*.safetensors"))}


def fingerprint_of(files: tuple[Path, ...]) -> str:
    """16 hex digits that change with every file: of gigabytes, the header and pieces from all over are read, once for
    as long as a file stays the same."""
    digest = hashlib.sha256()
    for path in files:
        facts = path.stat()
        digest.update(f"{path.parent.name}/{path.name} {_sampled(path, facts.st_size, facts.st_mtime_ns)}\n".encode())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=256)
def _sampled(path: Path, size: int, _changed: int) -> str:
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for number in range(SAMPLES):
            file.seek(number * max(0, size - SAMPLE) // (SAMPLES - 1))
            digest.update(file.read(SAMPLE))
    return digest.hexdigest()


def _weights(part: Path) -> list[Path]:
    """What of a part is loaded: half precision before full."""
    names = [file.name for file in part.iterdir()] if part.is_dir() else []
    for ending in (".fp16.safetensors", ".safetensors"):
        found = [name for name in names if name.endswith(ending) and (ending != ".safetensors" or ".fp16." not in name)]
        if found:
            return sorted(part / name for name in _complete(part, found))
    if any(name.endswith(PICKLES) for name in names):
        raise Unfit(f"its part {part.name} is pickled, and a pickle can run as a program; only .safetensors is read")
    raise Unfit(f"its part {part.name} has no .safetensors file")


def _complete(part: Path, found: list[str]) -> list[str]:
    """All shards that the index beside them lists, or the one file."""
    for index in sorted(part.glob("*.safetensors.index*.json")):
        wanted = set(_json(index).get("weight_map", {}).values())
        if wanted & set(found):
            if lost := sorted(wanted - set(found)):
                raise Unfit(f"of its part {part.name}, {lost[0]} is missing")
            return sorted(wanted)
    return found


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Unfit(f"{_named(path)} {'is missing' if not path.is_file() else 'makes no sense'}") from error
    if not isinstance(read, dict):
        raise Unfit(f"{_named(path)} makes no sense")
    return read


def _named(path: Path) -> str:
    return path.name if path.name == INDEX else f"{path.parent.name}/{path.name}"
