"""Damage as it happens on the way, and as somebody would plan it: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import DailiesError

POISON = (
    b"\x00", b"\xff" * 8, b"\x80", b"<", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", b"&#x110000;", b"%s%n", b'"', b"\\u0000", b"{" * 2000,
    b"[" * 2000, b"1e999", b"-9223372036854775809", b"NaN", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x7f\xff\xff\xff", b"../../", b"\r\n\r\n",
    "९".encode(), b"http://[", b"//", b"data:text/html,x", b"0000-99-99T99:99:99+99:99",
)  # fmt: skip
"""What parsers have stumbled over: ends of blocks, huge and odd numbers, halves of characters, nesting, odd addresses."""


def damaged(samples: list[bytes], number: int, seed: int) -> Iterator[bytes]:
    """`number` variants of the samples, each hurt one to four times."""
    luck = random.Random(seed)
    for _ in range(number):
        data = bytearray(luck.choice(samples))
        for _ in range(luck.randint(1, 4)):
            data = _hurt(data, samples, luck)
        yield bytes(data)


def _hurt(data: bytearray, samples: list[bytes], luck: random.Random) -> bytearray:
    if not data:
        return bytearray(luck.choice(POISON))
    start = luck.randrange(len(data))
    end = min(start + luck.choice((1, 1, 4, 16, 256)), len(data))
    match luck.randrange(7):
        case 0:
            data[start] ^= 1 << luck.randrange(8)
        case 1:
            del data[start:end]
        case 2:
            data[start:start] = data[start:end] * luck.choice((1, 3, 50))
        case 3:
            data[start:end] = luck.choice(POISON)
        case 4:
            data[start:start] = luck.choice(POISON)
        case 5:
            del data[start:]
        case _:  # the head of one sample, the tail of another
            other = luck.choice(samples)
            data[start:] = other[luck.randrange(len(other) or 1) :]
    return data


@dataclass(frozen=True)
class Parser:
    """`read` may raise `refusals` and nothing else. `samples` are what it is for; `folder` is a place for files."""

    samples: Callable[[Path], list[bytes]]
    read: Callable[[bytes, Path], object]
    refusals: tuple[type[Exception], ...] = (DailiesError,)
    spoilt: tuple[bytes, ...] = ()
    """Where damage may begin too, though it is refused as it is."""


def in_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes, Path], object]:
    def reads(data: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(data)
        return read(path)

    return reads


def samples(*known: bytes) -> Callable[[Path], list[bytes]]:
    return lambda _: list(known)


def outcomes(parser: Parser, folder: Path, tries: int, seed: int) -> Iterator[Any]:
    for data in damaged([*parser.samples(folder), *parser.spoilt], tries, seed):
        try:
            parser.read(data, folder)
        except parser.refusals as refusal:
            yield refusal
        except Exception as error:  # what the test is looking for: say with what
            (folder / "culprit").write_bytes(data)
            raise AssertionError(f"{error!r} for {data[:300]!r}… ({folder / 'culprit'})") from error
        else:
            yield None
