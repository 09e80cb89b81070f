"""Reading what a program prints while it works. Pure.

tqdm rewrites its line with a carriage return: `Face Renderer::  40%|████      | 26/65 [00:05<00:07,  5.02it/s]`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 4000
"""Characters of a line that are looked at; a program may print a gigabyte without a line break."""
BAR = re.compile(r"^(?P<label>[^%|]*?):?\s*\d{1,3}%\|[^|]*\|\s*(?P<done>\d+)/(?P<total>\d+)\b")
END = re.compile(rb"[\r\n]")


@dataclass(frozen=True)
class Bar:
    """What a progress bar says. `label` without colons; "" for a bar that has none."""

    label: str
    done: int
    total: int

    @property
    def share(self) -> float:
        return min(1.0, self.done / self.total) if self.total else 0.0


def bar_of(line: str) -> Bar | None:
    """The progress bar in a line, as tqdm draws it; None when there is none."""
    found = BAR.match(line.strip()) if "%|" in line else None
    if found is None:
        return None
    return Bar(found["label"].strip().rstrip(":").strip(), int(found["done"]), int(found["total"]))


class Lines:
    """Cuts a stream of bytes into lines, at line feeds and carriage returns alike; remembers the last ones.

    A bar that was rewritten a thousand times is remembered once, and memory stays small whatever comes.
    """

    def __init__(self, remembered: int = 200) -> None:
        self._rest = b""
        self._tail: deque[str] = deque(maxlen=remembered)

    def feed(self, data: bytes) -> Iterator[str]:
        """The lines that these bytes complete, without empty ones."""
        *whole, self._rest = END.split(self._rest + data)
        self._rest = self._rest[-4 * LONGEST :]
        for raw in whole:
            yield from self._take(raw)

    def close(self) -> Iterator[str]:
        """What came after the last line break."""
        rest, self._rest = self._rest, b""
        yield from self._take(rest)

    @property
    def tail(self) -> tuple[str, ...]:
        return tuple(self._tail)

    def _take(self, raw: bytes) -> Iterator[str]:
        line = raw.decode("utf-8", "replace")[-LONGEST:].rstrip()
        if not line:
            return
        bar, before = bar_of(line), bar_of(self._tail[-1]) if self._tail else None
        if bar and before and bar.label == before.label:
            self._tail[-1] = line
        else:
            self._tail.append(line)
        yield line
