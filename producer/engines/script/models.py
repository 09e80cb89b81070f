"""Which of a server's models writes, and under which licence it stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from producer.engines.base import Licence

RECOMMENDED = "qwen3:8b"
"""What a person with no model is told to fetch: Apache-2.0, 5.2 GB, over a hundred languages."""
COMFORTABLE_B = 15.0
"""Billions of parameters that a consumer GPU holds in four bits."""
NO_WRITERS = re.compile(r"embed|minilm|bge-|rerank|bert|guard|-ocr|whisper|code", re.IGNORECASE)
ELSEWHERE = re.compile(r"[:-]cloud$", re.IGNORECASE)
"""Models that only seem to be here: Ollama sends the text to its own servers."""


@dataclass(frozen=True)
class Model:
    """A model as its server lists it."""

    name: str
    digest: str = ""
    billions: float = 0.0
    """Parameters; 0 = unknown."""
    family: str = ""
    size_mb: int = 0

    @property
    def writes(self) -> bool:
        return not NO_WRITERS.search(f"{self.name} {self.family}") and not ELSEWHERE.search(self.name)


def named(wanted: str, models: Iterable[Model]) -> Model | None:
    """The model of this name; “qwen3” is “qwen3:latest”."""
    names = {wanted, f"{wanted}:latest"}
    return next((model for model in models if model.name in names), None)


def best_writer(models: Iterable[Model]) -> Model | None:
    """The largest model that a consumer GPU holds; of larger ones the smallest. None when no model writes."""
    writers = sorted((model for model in models if model.writes), key=lambda m: (m.billions, m.name))
    comfortable = [model for model in writers if model.billions <= COMFORTABLE_B]
    return next(iter(comfortable[-1:] or writers[:1]), None)


def billions(size: str) -> float:
    """“8.2B” → 8.2, “135M” → 0.135; 0 for what is no size."""
    match = re.fullmatch(r"\s*([\d.]+)\s*([BMK])\s*", size, re.IGNORECASE)
    return float(match[1]) * {"B": 1.0, "M": 1e-3, "K": 1e-6}[match[2].upper()] if match else 0.0


LICENCES: tuple[tuple[str, Licence], ...] = (
    (r"apache license|apache-2\.0", Licence("Apache-2.0")),
    (r"non-?commercial|research (?:license|licence|only)|cc[- ]by[- ]nc", Licence("non-commercial", "non-commercial")),
    (r"llama ?-?[\d.]+ (?:community )?license|meta llama|^llama[\d.-]*$", Licence("Llama Community", "use-limited")),
    (r"gemma (?:terms|prohibited)|^gemma$", Licence("Gemma Terms", "use-limited")),
    (r"(?:qwen|tongyi qianwen).{0,20}license", Licence("Qwen License", "use-limited")),
    (r"openrail", Licence("OpenRAIL", "use-limited")),
    (r"permission is hereby granted, free of charge|\bmit license\b|^mit$", Licence("MIT")),
    (r"redistribution and use in source and binary forms", Licence("BSD")),
)
"""Opening words of a licence → what it is; the first that fits."""
UNKNOWN = Licence("unknown", "unclear")
OPENING = 3_000


def licence_of(text: str) -> Licence:
    """What kind of licence a model's licence text, or the hub's short name of it, is."""
    opening = " ".join(text[:OPENING].lower().split())
    return next((licence for pattern, licence in LICENCES if re.search(pattern, opening)), UNKNOWN)
