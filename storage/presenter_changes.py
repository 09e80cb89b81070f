"""What differs between two versions of a presenter, in words. Pure."""

from __future__ import annotations

from typing import Any

from storage.orders import PresenterSpec

NAMES = {
    "name": "name", "role": "role", "languages": "languages", "look": "look", "voices": "voices", "samples": "samples of the voice",
    "portraits": "pictures to train with", "trained": "trained parts", "clips": "sample clips", "persona": "persona",
    "consent": "consent",
}  # fmt: skip
"""Every field that can differ, as people call it."""


def differing(before: PresenterSpec, after: PresenterSpec) -> list[str]:
    """The fields that are not the same."""
    return [field for field in NAMES if getattr(before, field) != getattr(after, field)]


def changes(before: PresenterSpec, after: PresenterSpec) -> list[str]:
    """A few words for each: `role: Coast → Sea`."""
    return [f"{NAMES[field]}: {told(before, field)} → {told(after, field)}" for field in differing(before, after)]


def told(spec: PresenterSpec, field: str) -> str:
    """A field's value for people; "–" = nothing."""
    value: Any = getattr(spec, field)
    if field == "look":
        return _look(spec)
    if field == "voices":
        return ", ".join(f"{language}={voice}" for language, voice in sorted(value.items())) or "–"
    if field == "consent":
        return f"“{value.statement}”" if value else "–"
    if field in ("samples", "portraits", "clips"):
        return ", ".join(ref.sha256[:8] for ref in value) or "–"
    if field == "trained":
        return ", ".join(f"{part.kind} for {part.engine} ({part.file.sha256[:8]})" for part in value) or "–"
    return (", ".join(value) if isinstance(value, tuple) else str(value)) or "–"


def _look(spec: PresenterSpec) -> str:
    if "forgotten" in spec.look:
        return "forgotten"
    if "portrait" in spec.look:
        return f"a portrait ({str(spec.look['portrait']['sha256'])[:8]})"
    own = sorted(spec.look.keys() - {"name"})
    return (
        " ".join(filter(None, [str(spec.look.get("name", "")), f"with its own {', '.join(own)}" if own else ""])) or "–"
    )
