"""Identifiers that sort by the time they were made (UUIDv7, RFC 9562)."""

from __future__ import annotations

import uuid_utils


def new_id() -> str:
    """A new UUIDv7 in its 36-character form."""
    return str(uuid_utils.uuid7())
