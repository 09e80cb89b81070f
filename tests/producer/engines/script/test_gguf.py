"""What a model's file says of itself."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import Unavailable
from producer.engines.script.gguf import read_card
from tests.support.gguf import gguf


def test_its_name_and_licence_are_read(tmp_path: Path) -> None:
    path = tmp_path / "some-file.gguf"
    path.write_bytes(
        gguf({"general.architecture": "llama", "general.name": "Otter 2B", "general.license": "apache-2.0"})
    )
    card = read_card(path)
    assert (card.name, card.licence.name, card.licence.kind) == ("Otter 2B", "Apache-2.0", "osi")


@pytest.mark.parametrize(
    ("said", "kind"),
    [("mit", "osi"), ("llama3.1", "use-limited"), ("gemma", "use-limited"), ("cc-by-nc-4.0", "non-commercial"), ("other", "unclear")],
)  # fmt: skip
def test_the_hubs_short_names_of_licences_are_understood(tmp_path: Path, said: str, kind: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(gguf({"general.license": said}))
    assert read_card(path).licence.kind == kind


def test_a_file_that_says_nothing_is_called_by_its_own_name_and_its_licence_is_unclear(tmp_path: Path) -> None:
    path = tmp_path / "quiet-7b.gguf"
    path.write_bytes(gguf({"llama.context_length": "x"}))
    assert (read_card(path).name, read_card(path).licence.kind) == ("quiet-7b", "unclear")


def test_numbers_are_passed_over_and_a_vocabulary_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    vocabulary = struct.pack("<Q", 18) + b"tokenizer.ggml.tok" + struct.pack("<IIQ", 9, 8, 1 << 40)
    path.write_bytes(gguf({"general.quantization_version": 2, "general.name": "Heron"}, keys=3) + vocabulary)
    assert read_card(path).name == "Heron"


def test_another_model_has_another_fingerprint(tmp_path: Path) -> None:
    prints = set()
    for name, tail in (("a", b""), ("b", b""), ("a", b"more")):
        path = tmp_path / "model.gguf"
        path.write_bytes(gguf({"general.name": name}) + tail)
        prints.add(read_card(path).fingerprint)
    assert len(prints) == 3


@pytest.mark.parametrize(
    "data", [b"", b"GGUF", b"\x80\x02ctorch._utils\n", b"GGUF" + b"\xff" * 40, gguf({}, version=1)]
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    with pytest.raises(Unavailable, match=r"model\.gguf is no whole GGUF file"):
        read_card(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"none\.gguf cannot be read"):
        read_card(tmp_path / "none.gguf")


@given(cut=st.integers(0, 120), byte=st.integers(0, 255))
def test_damage_never_does_more_than_refuse(tmp_path_factory: pytest.TempPathFactory, cut: int, byte: int) -> None:
    whole = bytearray(gguf({"general.name": "Otter", "general.license": "mit", "general.author": "Ana"}))
    whole[cut % len(whole)] = byte
    path = tmp_path_factory.mktemp("gguf") / "model.gguf"
    path.write_bytes(whole[: max(cut, 24)])
    with suppress(Unavailable):
        assert len(read_card(path).fingerprint) == 12
