"""A prepared folder is read whole, or refused with the reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.errors import BadInput
from producer.training.dataset import MANIFEST, read_prepared


def prepared(folder: Path, count: int = 6) -> dict[str, Any]:
    """A folder as it is prepared; its manifest, to be spoilt."""
    images = []
    for number in range(count):
        data, name = f"picture {number}".encode(), f"{number:03}.png"
        (folder / name).write_bytes(data)
        images.append({"file": name, "caption": f"ana {number}", "sha256": hashlib.sha256(data).hexdigest()})
    return {"token": "ana", "images": images, "prepared_by": "a later version"}


def write(folder: Path, manifest: object) -> None:
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_gives_files_and_words(tmp_path: Path) -> None:
    write(tmp_path, prepared(tmp_path))
    found = read_prepared(tmp_path)
    assert found.token == "ana"
    assert found.pictures[3] == (tmp_path / "003.png", "ana 3")


SPOILT: dict[str, tuple[Callable[[Path, dict[str, Any]], object], str]] = {
    "a picture is gone": (lambda folder, _: (folder / "002.png").unlink(), "002.png is missing"),
    "a picture is another": (lambda folder, _: (folder / "002.png").write_bytes(b"x"), "is not the picture"),
    "a picture is elsewhere": (lambda _, m: m["images"][0].update(file="../../etc/passwd"), "makes no sense"),
    "there are few": (lambda _, m: m.update(images=m["images"][:4]), "There are 4 pictures"),
    "there are none": (lambda _, m: m.pop("images"), "makes no sense"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_not_whole_is_refused(tmp_path: Path, spoil: str) -> None:
    manifest = prepared(tmp_path)
    act, words = SPOILT[spoil]
    act(tmp_path, manifest)
    write(tmp_path, manifest)
    with pytest.raises(BadInput, match=words):
        read_prepared(tmp_path)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no manifest"):
        read_prepared(tmp_path)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    manifest = prepared(tmp_path)
    (tmp_path / "002.png").unlink()
    (tmp_path / "002.png").symlink_to("/etc/hostname")
    manifest["images"][2]["sha256"] = ""
    write(tmp_path, manifest)
    with pytest.raises(BadInput, match=r"002\.png is missing"):
        read_prepared(tmp_path)
