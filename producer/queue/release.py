"""Workers and the control process must be of one release, and mean one store: a document that one of them does not know
would be refused late, and a file that the other cannot find would be made for ever."""

from __future__ import annotations

from importlib.metadata import version

import redis

from config.errors import StudioError

KEY = "dailies:release"
STORE = "dailies:store"


def announce(connection: redis.Redis, store: str = "") -> None:
    """Said by the control process again and again, for a Redis that was wiped. `store`: its id."""
    connection.mset({KEY: version("dailies"), STORE: store})


def refuse_other(connection: redis.Redis, store: str = "") -> None:
    """Raises StudioError when the studio is of another release than this worker, or keeps its artifacts elsewhere.
    Nobody has said yet: welcome."""
    said, theirs = (_text(value) for value in connection.mget(KEY, STORE))
    own = version("dailies")
    if said not in (None, own):
        raise StudioError(
            f"The studio runs Dailies {said}, and this worker is {own}.",
            "Install the same release here; nothing is lost meanwhile.",
        )
    if theirs not in (None, store):
        raise StudioError(
            f"The studio keeps its artifacts in {_called(theirs)}, and this worker in {_called(store)}.",
            "Name the studio's own with --store or in the [store] of its settings.",
        )


def is_other(connection: redis.Redis, store: str = "") -> bool:
    """Whether this worker would be refused now."""
    try:
        refuse_other(connection, store)
    except StudioError:
        return True
    return False


def _called(store: str | None) -> str:
    return f"the store {store[-12:]}" if store else "a folder"


def _text(value: object) -> str | None:
    return value.decode() if isinstance(value, bytes) else None
