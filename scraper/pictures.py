"""Fetches the picture of a topic, where its source's rights allow showing it."""

from __future__ import annotations

from dataclasses import replace

from config.errors import SourceError
from scraper.fetch import PICTURES, Client
from scraper.images import FILE_LIMIT, as_jpeg
from scraper.intake import Draft
from storage.artifacts import ArtifactStore
from storage.topics import FetchPolicy

SHOWABLE = ("own", "licensed")
"""Rights that cover pictures; `quote` covers short words only."""
TRIES = 2
"""Pictures of one topic that are tried."""


def may_show(draft: Draft) -> bool:
    """Whether the topic names a picture that may be shown."""
    return bool(draft.pictures) and draft.topic.source.rights in SHOWABLE


def with_picture(draft: Draft, policy: FetchPolicy, artifacts: ArtifactStore) -> tuple[Draft, str]:
    """The draft with its picture, if there is one to be had, and else why not (“” when none was to be expected)."""
    problem = ""
    client = Client(draft.topic.source.url, policy)
    for url in draft.pictures[:TRIES] if may_show(draft) else ():
        try:
            answer = client.get(url, accept=PICTURES, max_bytes=FILE_LIMIT)
            image = artifacts.put_bytes(as_jpeg(answer.body), "image/jpeg")
        except SourceError as e:
            problem = f"“{draft.topic.title}” goes without its picture: {e.message}"
        else:
            return replace(draft, topic=draft.topic.model_copy(update={"image": image})), ""
    if not draft.pictures:
        return draft, ""
    flags = (*draft.topic.flags, "picture-refused")
    return replace(draft, topic=draft.topic.model_copy(update={"flags": flags})), problem
