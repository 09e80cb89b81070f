"""Reads a show from its TOML file, so that a show can live in a folder, in git, or come with Dailies.

slug = "the-morning-desk"          every field of `ShowSpec` …
name = "The Morning Desk"

[[sources]]                        … of `SourceSpec` (a relative url is a file beside this one) …
kind = "feed"
url = "feed.xml"

[brand]                            … of `Brand` (its files, and music_file, lie beside this one too) …
logo = "logo.png"

[[presenters]]                     … and of `PresenterSpec`
slug = "mara"
name = "Mara"
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.errors import UsageError
from scraper.schedule import check
from scraper.show_assets import with_assets
from scraper.sources.registry import create
from storage.artifacts import ArtifactStore
from storage.orders import PresenterSpec, ShowSpec, SourceSpec

Model = TypeVar("Model", bound=BaseModel)

LONGEST_SHOWN = 80


def read_show(path: Path, store: ArtifactStore | None = None) -> tuple[ShowSpec, tuple[PresenterSpec, ...]]:
    """The show in a file, and the presenters that come with it; the files that it names go into the `store`.

    Raises UsageError that names the file, the key and what would be right.
    """
    values = _toml(path)
    presenters = [_model(PresenterSpec, p, path, "presenters") for p in _tables(values, "presenters", path)]
    sources = [_source(s, path) for s in _tables(values, "sources", path)]
    rest = {key: value for key, value in values.items() if key not in ("presenters", "sources")}
    rest = with_assets(rest, path, store) if store else rest
    show = _model(ShowSpec, {**rest, "sources": sources}, path, "")
    check(show.schedule)
    return show, tuple(presenters)


def _source(values: dict[str, Any], path: Path) -> SourceSpec:
    source = _model(SourceSpec, values, path, "sources")
    create(source.kind)
    if urlsplit(source.url).scheme:
        return source
    return source.model_copy(update={"url": (path.parent / source.url).resolve().as_uri()})


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as e:
        raise UsageError(f"{path} cannot be read: {e.strerror}.", "Check the path.") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise UsageError(f"{path} is not valid TOML: {e}.", "Mend that line.") from e


def _tables(values: dict[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    tables = values.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{path}: “{key}” is not a list of tables.", f"Begin each one with [[{key}]].")
    return tables


def _model(model: type[Model], values: dict[str, Any], path: Path, where: str) -> Model:
    try:
        return model.model_validate(values)
    except ValidationError as e:
        raise _explained(e.errors()[0], model, path, where) from e


def _explained(error: ErrorDetails, model: type[BaseModel], path: Path, where: str) -> UsageError:
    """The first thing that is wrong, in a sentence, with what would be right."""
    key = ".".join(str(part) for part in ((where,) if where else ()) + error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return UsageError(
                f"{path}: there is no setting “{key}”.", f"Known: {', '.join(sorted(model.model_fields))}."
            )
        case "missing":
            return UsageError(f"{path}: “{key}” is missing.", "Add it.")
        case "literal_error":
            return UsageError(f"{path}: “{key}” cannot be {error['input']!r}.", f"Choose {error['ctx']['expected']}.")
        case _:
            return UsageError(f"{path}: “{key}” is wrong: {_shown(error['input'])}.", f"{error['msg']}.")


def _shown(value: object) -> str:
    """A value as it was written, short enough for a message."""
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
