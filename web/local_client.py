"""How the command line reaches a running studio."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from config.errors import StudioError, UsageError

Reply = dict[str, Any]


class LocalClient:
    """Calls a running studio's commands."""

    def __init__(self, socket: Path) -> None:
        self._client = httpx.Client(
            transport=httpx.HTTPTransport(uds=str(socket)), base_url="http://studio", timeout=60
        )

    def call(self, name: str, **arguments: Any) -> Reply:
        """Raises UsageError or StudioError as the studio says, StudioError when it does not answer."""
        try:
            answer = self._client.post(f"/{name}", json=arguments)
        except httpx.HTTPError as error:
            raise StudioError("The studio does not answer.", "Is it still starting? Try again in a moment.") from error
        reply: Reply = answer.json()
        if answer.is_success:
            return reply
        kind = UsageError if reply["exit"] == 2 else StudioError
        raise kind(reply["message"], reply["cure"])

    def answers(self) -> bool:
        try:
            return self._client.post("/status", json={}, timeout=2).is_success
        except httpx.HTTPError:
            return False
