"""Looking at a model's folder without loading it, and without any of the libraries that would."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from producer.engines.models.folder import Unfit, examine, fingerprint_of, variant_of
from producer.engines.registry import Registry
from producer.engines.scene.painters import PAINTERS, SD15
from producer.ready import publish_capabilities

PARTS = {"unet": ["diffusers", "UNet2DConditionModel"], "scheduler": ["diffusers", "PNDMScheduler"]}


def safetensors(path: Path, data: bytes = bytes(range(64)), **header: object) -> Path:
    """The format by hand: a length, a header, tensors."""
    tensors = header or {"weight": {"dtype": "U8", "shape": [len(data)], "data_offsets": [0, len(data)]}}
    told = json.dumps(tensors).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(told)) + told + data)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    model = tmp_path / "sd15"
    safetensors(model / "unet" / "diffusion_pytorch_model.safetensors")
    (model / "scheduler").mkdir()
    (model / "model_index.json").write_text(json.dumps({"_class_name": SD15.pipeline, **PARTS}))
    return model


def refusal(folder: Path) -> str:
    with pytest.raises(Unfit) as refused:
        examine(folder, SD15.pipeline)
    return str(refused.value)


def test_a_whole_folder_is_accepted(folder: Path) -> None:
    assert [file.name for file in examine(folder, SD15.pipeline)] == ["diffusion_pytorch_model.safetensors"]


def test_half_precision_is_taken_where_it_is(folder: Path) -> None:
    safetensors(folder / "unet" / "diffusion_pytorch_model.fp16.safetensors")
    files = examine(folder, SD15.pipeline)
    assert [file.name for file in files] == ["diffusion_pytorch_model.fp16.safetensors"]
    assert variant_of(files) == "fp16"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "cut off"),
        (b"\x80\x04\x95", "cut off"),
        (b"\xff" * 64, "cut off"),
        (struct.pack("<Q", 4) + b"{{{{", "no safetensors file"),
        (struct.pack("<Q", 2) + b"[]", "no safetensors file"),
        (struct.pack("<Q", 7) + b'{"a":1}', "no safetensors file"),
    ],
)
def test_what_is_no_safetensors_file_is_refused(folder: Path, content: bytes, why: str) -> None:
    (folder / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(content)
    assert why in refusal(folder)


def test_a_file_that_is_longer_or_shorter_than_it_says_is_refused(folder: Path) -> None:
    file = folder / "unet" / "diffusion_pytorch_model.safetensors"
    whole = file.read_bytes()
    for content in (whole[:-1], whole + b"x"):
        file.write_bytes(content)
        assert "is cut off" in refusal(folder)


@pytest.mark.parametrize("index", ["", "[]", "nonsense"])
def test_an_index_that_makes_no_sense_is_refused(folder: Path, index: str) -> None:
    (folder / "model_index.json").write_text(index)
    assert refusal(folder) == "model_index.json makes no sense"


def test_what_is_painted_with_is_named_by_its_content(folder: Path) -> None:
    files = examine(folder, SD15.pipeline)
    before = fingerprint_of(files)
    assert fingerprint_of(files) == before
    safetensors(files[0], bytes(reversed(range(64))))
    assert fingerprint_of(files) != before


@pytest.mark.parametrize("row", PAINTERS.values(), ids=lambda row: row.id)
def test_every_row_is_an_engine_that_says_how_to_get_it(tmp_path: Path, row: object) -> None:
    found = {one.engine: one for one in publish_capabilities(Registry(weights=tmp_path), ("osi", "use-limited"))}
    one = found[row.id]  # type: ignore[attr-defined]
    assert one.problem
    assert one.cure.startswith(("hf download", "Read that licence", "pip install"))


def test_only_what_fits_the_card_is_offered(tmp_path: Path) -> None:
    def profiles(budget_mb: int) -> tuple[str, ...]:
        found = publish_capabilities(Registry(weights=tmp_path), budget_mb=budget_mb)
        return next(one.profiles for one in found if one.engine == "sdxl")

    assert profiles(24_000) == ("full", "tiled", "offload")
    assert profiles(8_500) == ("tiled", "offload")
    assert profiles(6_000) == ("offload",)
    assert profiles(4_000) == ()
