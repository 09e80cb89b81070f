"""`run.py gallery`: everything that the studio can draw, on one page."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from loguru import logger
from rich.console import Console

from config.errors import UnknownName


def make_gallery(folder: Path, only: Sequence[str], console: Console) -> Path:
    """Make it, with a line for each section, and give its page. Raises UsageError."""
    from producer.render.gallery.catalogue import SECTIONS
    from producer.render.gallery.hang import hang

    for name in only:
        if name not in SECTIONS:
            raise UnknownName("section", name, list(SECTIONS))
    with console.status("") as status, _no_log():

        def tell(section: str, made: int, hangs: bool) -> None:
            line = f"{SECTIONS[section].title}: {made}"
            if hangs:
                console.print(line, highlight=False)
            else:
                status.update(line)

        return hang(folder, SECTIONS, only, tell)


@contextlib.contextmanager
def _no_log() -> Iterator[None]:
    """What the engines note while they make a clip is not for whoever waits for the page."""
    logger.disable("producer")
    try:
        yield
    finally:
        logger.enable("producer")
