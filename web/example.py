"""The example show that a new studio starts with."""

from __future__ import annotations

from functools import partial

from config.house import EXAMPLE_SHOW
from scraper.show_file import read_show
from storage import catalogue
from storage.artifacts import ArtifactStore
from storage.orders import ShowSpec
from storage.writer import Writer


def load_example_show(writer: Writer, artifacts: ArtifactStore) -> list[ShowSpec]:
    """On first start: the example show and its presenters. Returns the shows that were added."""
    if writer.do(catalogue.shows):
        return []
    show, presenters = read_show(EXAMPLE_SHOW, artifacts)
    for presenter in presenters:
        writer.do(partial(catalogue.put_presenter, presenter=presenter))
    writer.do(partial(catalogue.put_show, show=show))
    return [show]
