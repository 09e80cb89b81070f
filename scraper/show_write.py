"""Writes a show to a folder as `read_show` reads it: show.toml, and beside it the files that it names. Defaults are left out."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scraper.show_assets import KINDS
from storage.artifacts import ArtifactStore
from storage.documents import ArtifactRef
from storage.orders import PresenterSpec, ShowSpec

BARE = re.compile(r"[A-Za-z0-9_-]+")
FIRST = ("slug", "name")


def write_show(show: ShowSpec, presenters: Iterable[PresenterSpec], folder: Path, store: ArtifactStore) -> Path:
    """Write a show and those who present it. Returns the file. A portrait stays where it is: it goes with its consent."""
    folder.mkdir(parents=True, exist_ok=True)
    values = {key: value for key, value in show.to_json().items() if key != "tag"}
    for key, kinds in KINDS.items():
        table = values if len(key) == 1 else values.get(key[0], {})
        if key[-1] in table:
            table[key[-1]] = _beside(ArtifactRef.model_validate(table[key[-1]]), key[-1], kinds, folder, store)
    values = {key: values[key] for key in (*FIRST, *sorted(set(values) - {*FIRST}))}
    values["presenters"] = [
        {key: value for key, value in known.to_json().items() if key != "tag"}
        for known in presenters
        if known.kind == "drawn"
    ]
    path = folder / "show.toml"
    path.write_text("\n".join(toml_lines(values)) + "\n", "utf-8")
    return path


def toml_lines(values: Mapping[str, Any]) -> Iterator[str]:
    """A mapping as TOML: plain values first, then tables, then lists of tables."""
    tables = {key: value for key, value in values.items() if isinstance(value, dict)}
    lists = {
        key: value for key, value in values.items() if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    for key, value in values.items():
        if key not in tables and key not in lists and value != []:
            yield f"{_key(key)} = {_value(value)}"
    for key, table in tables.items():
        yield ""
        yield f"[{_key(key)}]"
        yield from (f"{_key(name)} = {_value(value)}" for name, value in table.items())
    for key, rows in lists.items():
        for row in rows:
            yield ""
            yield f"[[{_key(key)}]]"
            yield from (f"{_key(name)} = {_value(value)}" for name, value in row.items())


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list() | tuple():
            return f"[{', '.join(_value(item) for item in value)}]"
        case dict():
            return f"{{ {', '.join(f'{_key(k)} = {_value(v)}' for k, v in value.items())} }}" if value else "{}"
        case _:
            return repr(value)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _value(name)


def _beside(ref: ArtifactRef, name: str, kinds: Mapping[str, str], folder: Path, store: ArtifactStore) -> str:
    """Copy a file of the show beside it. Returns its name there."""
    ending = next((ending for ending, media_type in kinds.items() if media_type == ref.media_type), "")
    target = folder / f"{name.removesuffix('_file')}{ending}"
    shutil.copyfile(store.fetch(ref), target)
    return target.name
