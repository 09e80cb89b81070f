"""A drop folder: every text or Markdown file in it is a topic, and a picture of the same name is its picture.

    ferry.md      # Night ferry returns
                  The ferry sails again from Friday…
    ferry.jpg

The first heading, else the first line, is the title; the time of the last change is the date.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, ClassVar

from markdown_it import MarkdownIt
from pydantic import AfterValidator, Field

from config.errors import SourceError
from scraper.charset import decode
from scraper.fetch import Client
from scraper.sources.asking import Ask, wrong
from scraper.sources.base import Candidate, FetchResult
from storage.orders import SourceSpec
from storage.topics import SourceState

TEXTS = (".txt", ".md", ".markdown")
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
FILES = 200
FILE_LIMIT = 200_000
"""Bytes of one text."""
TITLE_LIMIT = 120
"""A first line that is longer is no title but a paragraph."""


def _whole_path(text: str) -> str:
    path = Path(text.strip())
    if not path.is_absolute():
        raise wrong("Give the whole path, such as /srv/inbox.")
    return str(path)


class FolderAsk(Ask):
    path: Annotated[str, AfterValidator(_whole_path)] = Field(
        title="Folder", description="On the studio's machine, in a folder that [scraper] allow_folders names. Each text or Markdown file is a topic.",
        examples=["/srv/inbox"],
    )  # fmt: skip

    @property
    def address(self) -> str:
        return Path(self.path).as_uri()


class Folder:
    """Reads a folder by its file: address."""

    kind: ClassVar[str] = "folder"
    label: ClassVar[str] = "Drop folder"
    terms: ClassVar[str] = ""
    asks: ClassVar[type[Ask]] = FolderAsk

    def fetch(self, spec: SourceSpec, client: Client, state: SourceState) -> FetchResult:
        files = client.files(spec.url, TEXTS, FILES)
        told = hashlib.sha256()
        for file in files:
            told.update(f"{file.name}\0{file.stat().st_mtime_ns}\0{file.stat().st_size}\n".encode("utf-8", "replace"))
        seen = SourceState(etag=told.hexdigest())
        if seen == state:
            return FetchResult(state=state, unchanged=True)
        candidates, warnings = [], []
        for file in files:
            try:
                body = client.get(file.as_uri(), max_bytes=FILE_LIMIT).body
            except SourceError as e:
                warnings.append(f"{file.name}: {e.message}")
            else:
                candidates.append(_candidate(file, decode(body)))
        name = files[0].parent.name if files else ""
        return FetchResult(tuple(candidates), seen, name=name, warnings=tuple(warnings))


def _candidate(file: Path, text: str) -> Candidate:
    title, body = title_and_rest(text)
    written = file.suffix.lower() != ".txt"
    return Candidate(
        title=html.escape(title or file.stem.replace("_", " ").replace("-", " "), quote=False),
        body=MarkdownIt("js-default").render(body) if written else html.escape(body, quote=False),
        published_at=datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(),
        pictures=tuple(_pictures(file)),
    )


def title_and_rest(text: str) -> tuple[str, str]:
    """The title that a text begins with, or "", and what follows it."""
    first, _, rest = text.strip().partition("\n")
    heading = first.strip()
    if heading.startswith("#"):
        return heading.strip("# \t"), rest.strip()
    if rest.strip() and len(heading) <= TITLE_LIMIT:
        return heading, rest.strip()
    return "", text.strip()


def _pictures(file: Path) -> Iterator[str]:
    yield from (picture.as_uri() for ending in PICTURES if (picture := file.with_suffix(ending)).is_file())
