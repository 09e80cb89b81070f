"""`run.py show`: shows in and out as TOML, so that a studio can live in git."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

from config.errors import UnknownName
from scraper.show_file import read_show
from scraper.show_write import write_show
from storage.artifacts import ArtifactStore
from storage.orders import PresenterSpec, ShowSpec


def show_from(path: Path, store: ArtifactStore) -> dict[str, Any]:
    """The arguments of `put-show` for a show in a file (or in a folder with a show.toml)."""
    show, presenters = read_show(path / "show.toml" if path.is_dir() else path, store)
    return {"show": show.model_dump(mode="json"), "presenters": [known.model_dump(mode="json") for known in presenters]}


def export_show(
    slug: str, told: dict[str, Any], presenters: list[dict[str, Any]], folder: Path, store: ArtifactStore
) -> Path:
    """Write one of the studio's shows, with whoever presents it. Raises UnknownName."""
    shows = {show["slug"]: ShowSpec.model_validate(_untagged(show)) for show in told["shows"]}
    if slug not in shows:
        raise UnknownName("show", slug, list(shows))
    known = [PresenterSpec.model_validate(presenter) for presenter in presenters]
    return write_show(
        shows[slug], [p for p in known if p.slug in (shows[slug].presenter, *shows[slug].rotation)], folder, store
    )


def list_shows(told: dict[str, Any], console: Console) -> None:
    for values in told["shows"]:
        show = ShowSpec.model_validate(_untagged(values))
        when = show.schedule.cron or "as the studio does"
        line = f"{show.slug}: {show.name} ({', '.join(show.languages)}), {len(show.sources)} sources, {when}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _untagged(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "tag"}
