"""Compressed answers, honest and hostile."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import SourceError
from scraper.unpack import unpack

TEXT = b"Night ferry returns to the harbour. " * 400


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[i : i + size] for i in range(0, len(data), size))


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_gzip_in_any_pieces_is_unpacked(data: bytes, size: int) -> None:
    assert unpack(in_pieces(gzip.compress(data, mtime=0), size), "gzip", 10_000) == data


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_deflate_in_any_pieces_is_unpacked(data: bytes, size: int) -> None:
    assert unpack(in_pieces(zlib.compress(data), size), "deflate", 10_000) == data


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_brotli_in_any_pieces_is_unpacked(data: bytes, size: int) -> None:
    assert unpack(in_pieces(brotli.compress(data), size), "br", 10_000) == data


def test_a_long_brotli_answer_is_unpacked_piece_by_piece() -> None:
    text = TEXT * 200
    assert unpack([brotli.compress(text)], "br", 10_000_000) == text


def test_several_gzip_members_and_padding_are_one_answer() -> None:
    packed = gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0) + bytes(64)
    assert unpack(in_pieces(packed, 50), "GZIP ", 100_000) == TEXT


@pytest.mark.parametrize(
    ("pack", "coding"), [(gzip.compress, "gzip"), (zlib.compress, "deflate"), (brotli.compress, "br")]
)
def test_a_bomb_costs_no_more_memory_than_the_limit(pack: Callable[[bytes], bytes], coding: str) -> None:
    bomb = pack(bytes(50_000_000))
    assert len(bomb) < 100_000
    tracemalloc.start()
    with pytest.raises(SourceError, match="larger than"):
        unpack(in_pieces(bomb, 65_536), coding, 1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_the_limit_itself_is_allowed() -> None:
    assert unpack([bytes(1000)], "", 1000) == bytes(1000)
    assert unpack([gzip.compress(bytes(1000), mtime=0)], "gzip", 1000) == bytes(1000)


def test_what_travels_is_limited_too() -> None:
    many_empty_members = gzip.compress(b"", mtime=0) * 1000
    with pytest.raises(SourceError, match="larger than"):
        unpack(in_pieces(many_empty_members, 100), "gzip", 10_000)


@pytest.mark.parametrize(
    ("data", "coding", "words"),
    [
        (gzip.compress(TEXT, mtime=0)[:-30], "gzip", "in the middle"),
        (b"", "gzip", "in the middle"),
        (b"<rss>plain after all</rss>", "gzip", "damaged"),
        (gzip.compress(TEXT, mtime=0)[:12] + b"\xff" * 200, "gzip", "damaged"),
        (brotli.compress(TEXT)[:-9], "br", "in the middle"),
        (b"", "br", "in the middle"),
        (b"\xff" * 200, "br", "damaged"),
        (brotli.compress(TEXT) + b"more", "br", "damaged"),
        (TEXT, "zstd", "not asked for"),
        (TEXT, "gzip, gzip", "not asked for"),
    ],
)
def test_what_cannot_be_unpacked_says_so(data: bytes, coding: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        unpack([data], coding, 1_000_000)
