"""Unpacks a compressed answer piece by piece, so that a bomb costs no more than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

from config.errors import SourceError

GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
PIECE = 1 << 16


def unpack(chunks: Iterable[bytes], coding: str, limit: int) -> bytes:
    """The whole answer. `limit` (bytes) holds for what travels and for what it unpacks to.

    Raises SourceError: too large, an unknown coding, or damaged data.
    """
    coding = coding.strip().lower()
    if coding not in ("", "identity", *CODINGS):
        raise SourceError(
            f"The answer is packed as “{coding}”, which was not asked for.", "Its server is misconfigured."
        )
    travelled = _bounded(chunks, limit)
    pieces = CODINGS[coding](travelled) if coding in CODINGS else travelled
    return b"".join(_bounded(pieces, limit))


def _bounded(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise SourceError(
                f"The answer is larger than {limit / 1e6:g} MB.", "An admin can raise scraper.max_mb in the settings."
            )
        yield piece


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """gzip (also several members, padded with zeros) or zlib, never more than PIECE bytes at a time."""
    stream = zlib.decompressobj(GZIP_OR_ZLIB)
    try:
        for chunk in chunks:
            rest = chunk
            while rest := rest.lstrip(b"\0") if stream.eof else rest:
                if stream.eof:
                    stream = zlib.decompressobj(GZIP_OR_ZLIB)
                yield stream.decompress(rest, PIECE)
                rest = stream.unused_data if stream.eof else stream.unconsumed_tail
        yield stream.flush()
    except zlib.error as e:
        raise _damaged() from e
    if not stream.eof:
        raise _cut_off()


def _unbrotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Brotli (RFC 7932), less than twice PIECE bytes at a time. Its decoder keeps a window of 16 MB at most."""
    stream = brotli.Decompressor()
    try:
        for chunk in chunks:
            if chunk and stream.is_finished():
                raise _damaged()
            piece = stream.process(chunk, output_buffer_limit=PIECE)
            while piece:  # what did not fit comes when it is asked for with nothing
                yield piece
                piece = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=PIECE)
    except brotli.error as e:
        raise _damaged() from e
    if not stream.is_finished():
        raise _cut_off()


def _damaged() -> SourceError:
    return SourceError("The answer's compressed data is damaged.", "It is tried again later.")


def _cut_off() -> SourceError:
    return SourceError("The answer ends in the middle of its compressed data.", "It is tried again later.")


CODINGS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": _inflate,
    "deflate": _inflate,
    "br": _unbrotli,
}
"""Content codings we ask for (RFC 9110, 8.4.1), and what undoes each."""
