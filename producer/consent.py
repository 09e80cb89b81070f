"""Which licences were accepted here: asked once for each, and again when its words change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.errors import UsageError
from config.writing import write_whole
from producer.engines.base import LicenceClass
from storage.clock import now

FILE = "licences.json"


@dataclass(frozen=True)
class Terms:
    """Under which licences a set of weights or a program comes."""

    name: str
    licence: str
    kind: LicenceClass
    origin: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.licence}\n{self.origin}".encode()).hexdigest()[:16]


class Consents:
    """What was accepted, in `licences.json` of the data folder."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE

    def given(self, terms: Terms) -> bool:
        """Whether it was accepted, or lets everybody do everything that a studio does (osi)."""
        return terms.kind == "osi" or self._read().get(terms.name, {}).get("digest") == terms.digest

    def need(self, terms: Terms, accept: bool, ask: Callable[[str], bool] | None) -> None:
        """Goes on when it is accepted, now or before. `accept`: said beforehand. `ask`: None where nobody can answer.

        Raises UsageError when it is not.
        """
        if self.given(terms):
            return
        told = f"{terms.name} is under a licence of the class {terms.kind}: {terms.licence}. See {terms.origin}."
        if not accept:
            if ask is None:
                raise UsageError(told, "Read it, and say that you accept it with: --accept-licence")
            if not ask(told):
                raise UsageError(f"{terms.name} was not fetched: its licence was not accepted.")
        kept = self._read() | {
            terms.name: {"licence": terms.licence, "kind": terms.kind, "digest": terms.digest, "at": now()}
        }
        write_whole(self._path, json.dumps(kept, indent=2))

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            return dict(json.loads(self._path.read_text("utf-8")))
        except (OSError, ValueError):
            return {}
