"""Stage keys: the hash of everything that determines a stage's output, and of nothing else.

Inputs enter by the content hash of their documents, not by who made them: an identical input stops the rebuild.
Options enter without their default values: a new option never remakes the archive.
"""

from __future__ import annotations

from collections.abc import Mapping

from storage.canonical import tagged_hash
from storage.documents import Document, Frozen
from storage.plans import EngineChoice

Inputs = Mapping[str, Document | tuple[Document, ...]]


def stage_key(stage: str, choice: EngineChoice, options: Frozen, seed: int, take: int, inputs: Inputs) -> str:
    """Hex sha256 that names the output of one stage."""
    return tagged_hash(
        "stage-key/1",
        {
            "stage": stage,
            "engine": [choice.engine, choice.version, choice.weights, choice.profile],
            "options": options.model_dump(mode="json", exclude_defaults=True),
            "seed": seed,
            "take": take,
            "inputs": {name: _hashes(value) for name, value in inputs.items()},
        },
    )


def take_seed(seed: int, take: int) -> int:
    """The seed of a take: the brief's own for the first, a different fixed one for each repeat (32 bits)."""
    return seed if take == 0 else int(tagged_hash("take-seed", [seed, take])[:8], 16)


def _hashes(value: Document | tuple[Document, ...]) -> str | list[str]:
    return value.content_hash if isinstance(value, Document) else [document.content_hash for document in value]
