"""A drop folder: files become topics."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.errors import Blocked, SourceError
from scraper.fetch import Client
from scraper.sources.base import FetchResult
from scraper.sources.folder import Folder, title_and_rest
from storage.orders import SourceSpec
from storage.topics import FetchPolicy, SourceState


def read(folder: Path, state: SourceState | None = None, *allowed: Path) -> FetchResult:
    client = Client(folder.as_uri(), FetchPolicy(folders=tuple(map(str, allowed or (folder,)))))
    return Folder().fetch(SourceSpec(kind="folder", url=folder.as_uri()), client, state or SourceState())


def drop(folder: Path, name: str, text: str, at: int) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    os.utime(file, (at, at))
    return file


def test_text_and_markdown_become_topics_the_youngest_first(tmp_path: Path) -> None:
    drop(tmp_path, "ferry.md", "# Night *ferry* returns\n\nIt sails **again**.\n\n- market\n- hospital\n", 1795157400)
    drop(tmp_path, "otters.txt", "Otters in the dock\n\n2 < 3 & counting.", 1795157500)
    drop(tmp_path, ".hidden.txt", "no", 1)
    drop(tmp_path, "notes.pdf", "no", 1)
    (tmp_path / "ferry.jpg").write_bytes(b"x")
    otters, ferry = read(tmp_path).candidates
    assert (otters.title, otters.body) == ("Otters in the dock", "2 &lt; 3 &amp; counting.")
    assert (ferry.title, ferry.published_at) == ("Night *ferry* returns", "2026-11-20T06:50:00+00:00")
    assert "<strong>again</strong>" in ferry.body
    assert ferry.pictures == ((tmp_path / "ferry.jpg").as_uri(),)


def test_an_unchanged_folder_is_not_read_again(tmp_path: Path) -> None:
    file = drop(tmp_path, "ferry.md", "# Ferry\n\nIt sails.", 1795157400)
    first = read(tmp_path)
    assert read(tmp_path, first.state).unchanged
    file.write_text("# Ferry\n\nIt sails on.", "utf-8")
    assert not read(tmp_path, first.state).unchanged


def test_only_allowed_folders_are_read_whatever_links_lie_in_them(tmp_path: Path) -> None:
    inbox, secret = tmp_path / "inbox", tmp_path / "secret"
    inbox.mkdir()
    secret.mkdir()
    drop(secret, "diary.txt", "Dear diary\n\nsecret", 1795157400)
    (inbox / "link.txt").symlink_to(secret / "diary.txt")
    result = read(inbox)
    assert result.candidates == ()
    assert "not in a folder that sources may be read from" in result.warnings[0]
    with pytest.raises(Blocked):
        read(secret, None, inbox)
    with pytest.raises(SourceError, match="cannot be read"):
        read(inbox / "gone", None, inbox)


def test_a_title_is_a_heading_or_a_short_first_line_or_nothing() -> None:
    assert title_and_rest("## Ferry ##\ntext") == ("Ferry", "text")
    assert title_and_rest("Ferry\ntext") == ("Ferry", "text")
    assert title_and_rest("One line alone.") == ("", "One line alone.")
    assert title_and_rest("word " * 60 + "\nmore")[0] == ""


def test_markup_in_a_file_is_words_not_markup(tmp_path: Path) -> None:
    drop(tmp_path, "a.md", "# A\n\n<script>alert(1)</script>", 1)
    assert "&lt;script&gt;" in read(tmp_path).candidates[0].body
