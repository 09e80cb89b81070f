"""One studio as every command finds it: its folder, its settings, and how to reach its parts."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

from config.errors import UsageError
from config.folders import DataFolder
from config.settings import Settings, load

PROGRAM = Path(__file__).resolve().parent.parent / "run.py"
EXAMPLE_SHOW = PROGRAM.parent / "examples" / "the-morning-desk" / "show.toml"


class House:
    """A data folder and what follows from it. Settings are read when they are first needed."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder

    @functools.cached_property
    def settings(self) -> Settings:
        return load(self.folder.root)

    @property
    def redis_url(self) -> str:
        """A Redis of the user's own, or "" for the embedded one."""
        return os.environ.get("REDIS_URL") or self.settings.redis.url

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
