"""Puts the gallery into a folder:

index.html      the page                     always whole
gallery.json    what hangs there
SECTION/        its pictures and clips       put in place when all of them are made
.making/        what is being made
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from config.errors import UsageError
from config.writing import write_whole
from producer.render.gallery.exhibit import Exhibit, Film, Section, jpeg
from producer.render.gallery.page import Hung, page

RECORD, PAGE, MAKING = "gallery.json", "index.html", ".making"
SHEET = {"gallery": 1}
"""How a record begins."""

Progress = Callable[[str, int, bool], None]
"""Told a section, how many of its exhibits are made, and whether it hangs."""


def hang(folder: Path, sections: Mapping[str, Section], only: Sequence[str], progress: Progress) -> Path:
    """Makes the sections that `only` names, or all of them, and gives the page. Others that hang there already stay.

    Raises UsageError when the folder holds something that is not a gallery.
    """
    hung = _opened(folder)
    making = folder / MAKING
    try:
        for slug in only or sections:
            shutil.rmtree(making, ignore_errors=True)
            hung[slug] = _made(making / slug, slug, sections[slug], progress)
            _swap(making / slug, folder / slug, making / "old")
            write_whole(folder / RECORD, json.dumps(SHEET | {"sections": _plain(hung)}, ensure_ascii=False, indent=1))
            write_whole(folder / PAGE, page(sections, hung))
            progress(slug, len(hung[slug]), True)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder / PAGE


def _opened(folder: Path) -> dict[str, list[Hung]]:
    """What hangs in the folder; an empty or new one becomes a gallery."""
    record = folder / RECORD
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a new folder, or an empty one.")
    if not record.is_file():
        if folder.is_dir() and any(folder.iterdir()):
            raise UsageError(f"{folder} holds other things than a gallery.", "Name a new folder, or an empty one.")
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(record, json.dumps(SHEET | {"sections": {}}))
    try:
        kept = json.loads(record.read_text("utf-8"))
        if kept["gallery"] != SHEET["gallery"]:
            return {}
        return {slug: [Hung(**thing) for thing in things] for slug, things in kept["sections"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{record} is not what a gallery writes there.", "Delete it, or name another folder."
        ) from error


def _made(folder: Path, slug: str, section: Section, progress: Progress) -> list[Hung]:
    folder.mkdir(parents=True)
    hung: list[Hung] = []
    for exhibit in section.exhibits():
        hung.append(_one(folder, slug, f"{len(hung) + 1:03}-{_plain_name(exhibit)}", exhibit))
        progress(slug, len(hung), False)
    return hung


def _one(folder: Path, slug: str, name: str, exhibit: Exhibit) -> Hung:
    pixels = exhibit.make(folder / f"{name}.mp4") if isinstance(exhibit, Film) else exhibit.draw()
    (folder / f"{name}.jpg").write_bytes(jpeg(pixels))
    picture, (height, width) = f"{slug}/{name}.jpg", pixels.shape[:2]
    if isinstance(exhibit, Film):
        return Hung(exhibit.name, exhibit.group, f"{slug}/{name}.mp4", width, height, picture)
    return Hung(exhibit.name, exhibit.group, picture, width, height)


def _plain_name(exhibit: Exhibit) -> str:
    """What every file system and every address can spell."""
    return re.sub(r"[^a-z0-9]+", "-", f"{exhibit.group} {exhibit.name}".lower()).strip("-")


def _plain(hung: Mapping[str, Sequence[Hung]]) -> dict[str, list[dict[str, object]]]:
    return {slug: [asdict(thing) for thing in things] for slug, things in hung.items()}


def _swap(new: Path, place: Path, aside: Path) -> None:
    if place.exists():
        place.rename(aside)
    new.rename(place)
