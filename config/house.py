"""One studio as every command finds it: its folder, its settings, and how to reach its parts."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

from config.addresses import complete
from config.errors import UsageError
from config.folders import DataFolder
from config.settings import Settings, load

PROGRAM = Path(__file__).resolve().parent.parent / "run.py"
EXAMPLE_SHOW = PROGRAM.parent / "examples" / "the-morning-desk" / "show.toml"


class House:
    """A data folder and what follows from it. Settings are read when they are first needed."""

    def __init__(self, folder: DataFolder, *, redis: str = "", store: str = "") -> None:
        """`redis`, `store`: addresses from the command line, that win over the settings."""
        self.folder, self._redis, self._store = folder, redis, store

    @functools.cached_property
    def settings(self) -> Settings:
        own = load(self.folder.root)
        return (
            own.model_copy(update={"store": own.store.model_copy(update={"url": self._store})}) if self._store else own
        )

    @functools.cached_property
    def redis_url(self) -> str:
        """A Redis of the user's own, with all that it takes to log in there; or "" for the embedded one."""
        own = self.settings.redis
        return complete(self._redis or os.environ.get("REDIS_URL") or own.url, own.user, own.secret, own.ca)

    def need_redis(self, who: str) -> str:
        """Raises UsageError when none is named."""
        if not self.redis_url:
            raise UsageError(f"{who} needs a Redis.", "Set REDIS_URL, or start everything with: python run.py up")
        return self.redis_url

    @property
    def address(self) -> str:
        """Where the desk is."""
        return f"http://{self.settings.web.host}:{self.settings.web.port}"

    def command(self, *arguments: str) -> list[str]:
        """How to start another process of this studio."""
        return [sys.executable, str(PROGRAM), "--data", str(self.folder.root), *arguments]
