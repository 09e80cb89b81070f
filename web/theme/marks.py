"""The mark of the house, and icons as HTML."""

from __future__ import annotations

MARK = (
    '<svg viewBox="0 0 24 24" class="mark" aria-hidden="true"><rect x="2" y="3" width="5" height="18" rx="1.6"/>'
    '<rect x="9.5" y="3" width="5" height="18" rx="1.6"/><rect class="lit" x="17" y="3" width="5" height="18" rx="1.6"/></svg>'
)
"""Three frames of film, one of them lit."""


def icon(name: str, classes: str = "") -> str:
    """An icon of `web/static/icons`, in the colour of the text around it."""
    return f'<i class="i i-{name} {classes}" aria-hidden="true"></i>'
