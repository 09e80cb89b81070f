"""What is known of the engines that made a clip: their names, versions and licences.

`review` does not know the registry of engines; whoever starts the studio hands these facts in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

LicenceClass = Literal["osi", "use-limited", "non-commercial", "unclear"]
CLASSES: tuple[LicenceClass, ...] = ("osi", "use-limited", "non-commercial", "unclear")
"""Freest first."""


@dataclass(frozen=True)
class EngineFacts:
    """One engine. Licences are SPDX ids where those exist; `licence_class` is the stricter of code and weights."""

    id: str
    title: str
    version: str
    code_licence: str
    weights_licence: str = ""
    licence_class: LicenceClass = "osi"
    heeds: bool = False
    """A writer that follows what a reviewer asks for."""

    @property
    def licences(self) -> str:
        """For people: `Apache-2.0`, or `MIT, weights CPML` where they differ."""
        if not self.weights_licence or self.weights_licence == self.code_licence:
            return self.code_licence
        return f"{self.code_licence}, weights {self.weights_licence}"


def facts_of(engine: str, version: str, known: dict[str, EngineFacts]) -> EngineFacts:
    """The facts of an engine; one that is no longer installed has unclear licences rather than none."""
    return known.get(engine) or EngineFacts(engine, engine, version, "unknown", licence_class="unclear")


def strictest(engines: Iterable[EngineFacts]) -> LicenceClass:
    """The class that governs what was made with all of these."""
    return max((engine.licence_class for engine in engines), key=CLASSES.index, default="osi")
