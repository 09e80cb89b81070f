"""Which files are a presenter's own: of every version and every order, of trainings, and of their training set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from storage.consents import read_presenter
from storage.documents import ArtifactRef
from storage.orders import PresenterSpec
from storage.training_sets import set_files


def copies(db: Database, slug: str) -> Iterator[PresenterSpec]:
    """Every version of a presenter, and every copy of one in an order."""
    rows = db.execute(
        """SELECT document FROM presenters WHERE slug = :slug UNION SELECT json_extract(document, '$.presenter') FROM briefs
           WHERE json_extract(document, '$.presenter.slug') = :slug""", {"slug": slug},
    ).fetchall()  # fmt: skip
    yield from (read_presenter(json.loads(row[0])) for row in rows)


def files_of(spec: PresenterSpec) -> Iterator[tuple[str, ArtifactRef]]:
    """(what, file) of everything that a presenter is made of."""
    groups: Mapping[str, Any] = {
        "portrait": [spec.look.get("portrait"), *(ref.model_dump() for ref in spec.portraits)],
        "sample": [ref.model_dump() for ref in spec.samples], "trained part": [part.file.model_dump() for part in spec.trained],
        "sample clip": [ref.model_dump() for ref in spec.clips],
        "consent": [spec.consent.document.model_dump() if spec.consent and spec.consent.document else None],
    }  # fmt: skip
    for what, values in groups.items():
        yield from ((what, ref) for value in values for ref in refs_in(value))


def learnt_from(db: Database, slug: str) -> Iterator[ArtifactRef]:
    """The pictures of trainings that were ordered, by themselves or with a clip, whatever became of them."""
    rows = db.execute(
        """SELECT json_extract(payload, '$.options.pictures') FROM work
           WHERE stage = 'training' AND json_extract(payload, '$.options.presenter') = :slug
           UNION SELECT json_extract(document, '$.training.pictures') FROM briefs
           WHERE json_extract(document, '$.presenter.slug') = :slug""", {"slug": slug},
    ).fetchall()  # fmt: skip
    yield from refs_in([json.loads(row[0]) for row in rows if row[0]])


def brought(db: Database, slug: str) -> Iterator[ArtifactRef]:
    """The files of their training set."""
    yield from (one.file for one in set_files(db, slug))


def refs_in(value: Any) -> Iterator[ArtifactRef]:
    """Every reference to a file in a document."""
    if isinstance(value, dict):
        if {"sha256", "media_type", "size"} <= value.keys():
            yield ArtifactRef(**{name: value[name] for name in ("sha256", "media_type", "size")})
        value = list(value.values())
    for item in value if isinstance(value, list | tuple) else ():
        yield from refs_in(item)
