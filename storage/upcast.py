"""Reads a document of any released schema as today's type: old archives stay readable without being remade."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from config.errors import StudioError
from storage.documents import DOCUMENTS, Document
from storage.learning import TrainedLora, TrainingCheckpoint
from storage.quality import QualityReport

KNOWN: dict[str, type[Document]] = {**DOCUMENTS, **{d.tag: d for d in (QualityReport, TrainingCheckpoint, TrainedLora)}}

# old tag -> (next tag, how its fields become the next schema's fields)
LIFTS: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {}


def read_document(data: dict[str, Any]) -> Document:
    """The typed document in `data`. Raises StudioError when its tag is newer than this program."""
    fields = dict(data)
    tag = fields.pop("tag", "")
    while tag in LIFTS:
        tag, lift = LIFTS[tag]
        fields = lift(fields)
    if tag not in KNOWN:
        raise StudioError(f"This program cannot read a document of type “{tag}”.", "Install a newer Dailies.")
    return KNOWN[tag].model_validate(fields)
