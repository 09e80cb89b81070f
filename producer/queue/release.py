"""Workers and the control process must be of one release: a document that one of them does not know would be refused late."""

from __future__ import annotations

from importlib.metadata import version

import redis

from config.errors import StudioError

KEY = "dailies:release"


def announce(connection: redis.Redis) -> None:
    """Said by the control process again and again, for a Redis that was wiped."""
    connection.set(KEY, version("dailies"))


def other_release(connection: redis.Redis) -> str:
    """The control process's release, when it is not ours; "" when it is, or nobody has said yet."""
    said = connection.get(KEY)
    theirs = said.decode() if isinstance(said, bytes) else ""
    return "" if theirs == version("dailies") else theirs


def refuse_other(connection: redis.Redis) -> None:
    """Raises StudioError when the studio is of another release than this worker."""
    if theirs := other_release(connection):
        raise StudioError(
            f"The studio runs Dailies {theirs}, and this worker is {version('dailies')}.",
            "Install the same release here; nothing is lost meanwhile.",
        )
